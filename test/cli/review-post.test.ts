import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ForgeServer, forgeServer, TOKEN } from '../review/forge-server.ts';
import { kept } from '../review/plans.ts';
import { type Console, type Ended, openConsole } from './console.ts';

const forges = ['github', 'gitlab'] as const;

describe.each(forges)('review --post %s', (kind) => {
  let forge: ForgeServer;
  let console: Console;

  beforeEach(async () => {
    forge = await forgeServer(kind);
    const github = {
      GITHUB_TOKEN: TOKEN,
      GITHUB_REPOSITORY: 'acme/infra',
      GITHUB_API_URL: forge.url,
      GITHUB_REF: 'refs/pull/7/merge',
    };
    const gitlab = {
      GITLAB_TOKEN: TOKEN,
      CI_API_V4_URL: `${forge.url}/api/v4`,
      CI_PROJECT_ID: 'acme/infra',
      CI_MERGE_REQUEST_IID: '7',
    };
    console = await openConsole({}, kind === 'github' ? github : gitlab);
  });
  afterEach(async () => {
    await console.close();
    await forge.close();
  });

  const self = () => forge.login ?? 'github-actions[bot]';
  const bodies = () =>
    forge.comments.map(({ body, author }) => `${author}: ${/### (.*)/u.exec(body)?.[1] ?? body}`);

  async function post(plan: string, ...more: readonly string[]): Promise<Ended> {
    await console.write('plan.json', kept(plan).text);
    const ended = await console.run('review', 'plan.json', '--name', 'acme', '--post', kind, ...more);
    expect(`${ended.stdout}${ended.stderr}`).not.toContain(TOKEN);
    return ended;
  }

  /** The plan, made at another time. */
  async function postAt(plan: string, timestamp: string): Promise<Ended> {
    await console.write(
      'plan.json',
      kept(plan).text.replace(/"timestamp":"[^"]*"/u, `"timestamp":"${timestamp}"`),
    );
    return console.run('review', 'plan.json', '--name', 'acme', '--post', kind);
  }

  it('writes one comment, and brings it up to date', async () => {
    forge.comments.push({ id: 1, body: 'Nice work!', author: 'jane' });
    expect(await post('rotate-by-trigger')).toMatchObject({ code: 2, stderr: 'The comment was written.\n' });
    expect(await post('rotate-by-trigger')).toMatchObject({ stderr: 'The comment says this already.\n' });
    expect(await post('identifier-changed')).toMatchObject({
      stderr: 'The comment was brought up to date.\n',
    });
    expect(bodies()).toEqual([
      'jane: Nice work!',
      `${self()}: 🔴 BrowserStack · \`acme\` — cuts off 3 consumers, cannot be undone`,
    ]);
  });

  it('begins no comment about nothing, but tells the truth in one that is there', async () => {
    expect(await post('nothing-changes')).toMatchObject({ code: 0 });
    expect(forge.comments).toEqual([]);
    await post('rotate-by-trigger');
    await post('nothing-changes');
    expect(bodies()).toEqual([`${self()}: ⚪ BrowserStack · \`acme\` — nothing changes`]);
  });

  it('each stack has its own', async () => {
    await post('rotate-by-trigger');
    await console.run('review', 'plan.json', '--name', 'acme-2', '--post', kind);
    expect(forge.comments).toHaveLength(2);
    await post('identifier-changed');
    expect(forge.comments).toHaveLength(2);
  });

  it('leaves what others wrote, also with the same marker', async () => {
    await post('rotate-by-trigger');
    const [mine] = forge.comments;
    forge.comments.unshift({ id: 3, body: mine?.body ?? '', author: 'mallory' });
    forge.comments.push({ id: 5000, body: `look:\n${mine?.body}`, author: self() });
    await post('identifier-changed');
    expect(bodies()[0]).toContain('mallory: 🟡');
    expect(bodies()[1]).toContain('🔴');
    expect(bodies()[2]).toContain('🟡');
  });

  it('finds its comment behind hundreds of others', async () => {
    await post('rotate-by-trigger');
    const [mine] = forge.comments.splice(0);
    for (let id = 1; id <= 250; id++) forge.comments.push({ id, body: `comment ${id}`, author: 'jane' });
    if (mine !== undefined) forge.comments.push({ ...mine, id: 2000 });
    await post('identifier-changed');
    expect(forge.comments).toHaveLength(251);
    expect(bodies().at(-1)).toContain('🔴');
  });

  it('two jobs at once leave one', async () => {
    await console.write('plan.json', kept('rotate-by-trigger').text);
    const run = () => console.run('review', 'plan.json', '--name', 'acme', '--post', kind);
    const ended = await Promise.all([run(), run(), run(), run()]);
    expect(ended.map(({ code }) => code)).toEqual([2, 2, 2, 2]);
    expect(forge.comments).toHaveLength(1);
  });

  it('removes the doubles that a killed job left', async () => {
    await post('rotate-by-trigger');
    const [mine] = forge.comments;
    forge.comments.push({ id: 3000, body: mine?.body ?? '', author: self() });
    await post('identifier-changed');
    expect(forge.comments.map(({ id }) => id)).toEqual([mine?.id]);
  });

  it('an older run does not write over a newer one', async () => {
    await postAt('identifier-changed', '2026-03-02T10:00:00Z');
    expect(await postAt('rotate-by-trigger', '2026-03-02T09:00:00Z')).toMatchObject({
      code: 2,
      stderr: 'A newer run has written the comment already; it stays as it is.\n',
    });
    expect(bodies()[0]).toContain('🔴');
    await postAt('rotate-by-trigger', '2026-03-02T11:00:00Z');
    expect(bodies()[0]).toContain('🟡');
  });

  it('an answer that got lost makes no second comment', async () => {
    let first = true;
    forge.disturb = (method) => {
      if (method !== 'POST' || !first) return undefined;
      first = false;
      return 'cut after';
    };
    expect(await post('rotate-by-trigger')).toMatchObject({ code: 2 });
    expect(forge.comments).toHaveLength(1);
  });

  it('a request that got lost is made again', async () => {
    let first = true;
    forge.disturb = (method) => {
      if (method !== 'POST' || !first) return undefined;
      first = false;
      return 'cut before';
    };
    expect(await post('rotate-by-trigger')).toMatchObject({ code: 2 });
    expect(forge.comments).toHaveLength(1);
  });

  it('a comment that somebody removes in between is written anew', async () => {
    await post('rotate-by-trigger');
    forge.disturb = (method) => {
      if (method !== 'PATCH' && method !== 'PUT') return undefined;
      forge.disturb = undefined;
      forge.comments.splice(0);
      return { status: 404 };
    };
    await post('identifier-changed');
    expect(bodies()).toHaveLength(1);
    expect(bodies()[0]).toContain('🔴');
  });

  it('waits when it is asked to', async () => {
    let left = 2;
    forge.disturb = (method) =>
      method === 'GET' && left-- > 0 ? { status: 429, headers: { 'retry-after': '7' } } : undefined;
    expect(await post('rotate-by-trigger')).toMatchObject({ code: 2 });
    expect(console.clock.slept.filter((milliseconds) => milliseconds === 7000)).toHaveLength(2);
    expect(forge.comments).toHaveLength(1);
  });

  it.each([
    [401, 'unauthorized', 'Is the token right'],
    [403, 'forbidden', 'May the token write comments?'],
    [404, 'not_found', 'Is the number of the request right'],
    [422, 'unexpected_answer', 'does not take the comment'],
  ])('%i when it writes is an error that says what to do', async (status, code, mend) => {
    forge.disturb = (method) => (method === 'POST' ? { status } : undefined);
    const ended = await post('rotate-by-trigger');
    expect(ended.code).toBe(1);
    expect(ended.stderr).toContain(`answered ${status}`);
    expect(ended.stderr).toContain(`[${code}]`);
    expect(ended.stderr).toContain(mend);
    // The review itself was printed before.
    expect(ended.stdout).toContain('LOOK: ');
  });

  it('a forge that is away is an error after a few tries', async () => {
    forge.disturb = () => 'cut before';
    const ended = await post('rotate-by-trigger');
    expect(ended.code).toBe(1);
    expect(ended.stderr).toContain('did not answer');
    expect(forge.requests.length).toBeLessThan(10);
  });

  it('fits, whatever the plan', async () => {
    await post('hostile-names');
    expect(Buffer.byteLength(forge.comments[0]?.body ?? '')).toBeLessThan(65_536);
    expect(forge.comments[0]?.author).toBe(self());
  });

  it('posts what nobody vouches for as a text, beside the review', async () => {
    await post('rotate-by-trigger');
    await console.write(
      'static.txt',
      '```\n@acme/owners <img src=x> [//]: <> (browserstack-iac:review:v1 stack=acme)\n::error::x\n'.repeat(
        3,
      ),
    );
    const argv = ['review', '--post', kind, '--untrusted', 'static.txt', '--name', 'acme'];
    expect(await console.run(...argv)).toMatchObject({ code: 0 });
    expect(await console.run(...argv)).toMatchObject({ code: 0, stderr: 'The comment says this already.\n' });
    expect(forge.comments).toHaveLength(2);
    expect(forge.comments[1]?.body).toMatch(
      /^\[\/\/\]: <> \(browserstack-iac:review:v1 stack=acme-static\)\n.*````text\n```\n@acme/su,
    );
    await post('identifier-changed');
    expect(bodies()[0]).toContain('🔴');
    expect(bodies()).toHaveLength(2);
  });
});

describe('what the environment lacks', () => {
  it('is told at once', async () => {
    const console = await openConsole();
    try {
      await console.write('plan.json', kept('add-account').text);
      const { code, stderr } = await console.run('review', 'plan.json', '--post', 'github');
      expect(code).toBe(1);
      for (const text of [
        'GITHUB_TOKEN is not set',
        'GITHUB_REPOSITORY is not set',
        'The number of the pull request is not known',
      ])
        expect(stderr).toContain(text);
      expect((await console.run('review', 'plan.json', '--post', 'bitbucket')).stderr).toContain(
        'Not a forge that can be posted to',
      );
      expect((await console.run('review', 'plan.json', '--summary')).stderr).toContain(
        'There is no summary to write to',
      );
    } finally {
      await console.close();
    }
  });

  it('takes the number from the event, and appends to the summary of the job', async () => {
    const forge = await forgeServer('github');
    const directory = mkdtempSync(join(tmpdir(), 'browserstack-iac-job-'));
    const [event, summary] = [join(directory, 'event.json'), join(directory, 'summary.md')];
    writeFileSync(event, JSON.stringify({ pull_request: { number: 7 } }));
    writeFileSync(summary, 'before\n');
    const console = await openConsole(
      {},
      {
        GITHUB_TOKEN: TOKEN,
        GITHUB_REPOSITORY: 'acme/infra',
        GITHUB_API_URL: forge.url,
        GITHUB_EVENT_PATH: event,
        GITHUB_STEP_SUMMARY: summary,
      },
    );
    try {
      await console.write('plan.json', kept('rotate-by-trigger').text);
      const { code } = await console.run('review', 'plan.json', '--post', 'github', '--summary');
      expect(code).toBe(2);
      expect(forge.comments).toHaveLength(1);
      expect(readFileSync(summary, 'utf8')).toMatch(/^before\n\[\/\/\]: <> .*\n### 🟡/u);
    } finally {
      await console.close();
      await forge.close();
      rmSync(directory, { recursive: true });
    }
  });
});
