import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Console, openConsole } from './console.ts';

const seed = {
  organization: { name: 'Acme Inc.' },
  users: [{ username: 'owner_local', access_key: 'owner-local-key-0001', role: 'owner' as const }],
};
const CREATE = { method: 'POST', path: '/user/service-accounts*' };

let shell: Console;
beforeEach(async () => {
  shell = await openConsole({ seed }, { BROWSERSTACK_REQUEST_BURST: '1000', BROWSERSTACK_MAX_RETRIES: '0' });
  await shell.synth({
    browserstack_team: { core: { name: 'Core' } },
    browserstack_service_account: {
      a: { identifier: 'in-core', team: 'Core' },
      b: { identifier: 'bbb' },
      c: { identifier: 'ccc' },
    },
  });
});
afterEach(() => shell.close());

const identifiers = () =>
  shell.local
    .accounts()
    .map(({ identifier }) => identifier)
    .sort();

interface Report {
  readonly ok: boolean;
  readonly results: readonly { readonly outcome: string; readonly name: string; readonly sentence: string }[];
  readonly remaining: { readonly create: number } | null;
}

async function applied(): Promise<Report & { readonly code: number; readonly outcomes: readonly string[] }> {
  const { code, stdout } = await shell.run('apply', '--auto-approve', '--json');
  const report: Report = JSON.parse(stdout);
  return { code, ...report, outcomes: report.results.map(({ outcome, name }) => `${outcome} ${name}`) };
}

describe('an apply that meets trouble', () => {
  it('makes an account once when the answer is lost', async () => {
    shell.local.inject({ kind: 'drop', ...CREATE });
    expect(await applied()).toMatchObject({ code: 0, ok: true });
    expect(identifiers()).toEqual(['bbb', 'ccc', 'in-core']);
  });

  it('goes on after a refusal, reports it with its address, and finishes the next time', async () => {
    shell.local.inject({ kind: 'status', status: 500, when: 'before', nth: 2, ...CREATE });
    const first = await applied();
    expect(first).toMatchObject({ code: 1, ok: false, remaining: { create: 1 } });
    expect(first.outcomes).toEqual(['created Core', 'created in-core', 'failed bbb', 'created ccc']);
    expect(JSON.stringify(first.results[2])).toContain('"path":"browserstack_service_account.b');
    expect(await applied()).toMatchObject({ code: 0, outcomes: ['created bbb'] });
    expect(identifiers()).toEqual(['bbb', 'ccc', 'in-core']);
  });

  it('does not try accounts of a team that could not be made', async () => {
    shell.local.inject({
      kind: 'status',
      status: 403,
      when: 'before',
      method: 'POST',
      path: '/user/create_team*',
    });
    const report = await applied();
    expect(report.code).toBe(1);
    expect(report.outcomes).toEqual(['failed Core', 'skipped in-core', 'created bbb', 'created ccc']);
    expect(report.results[1]?.sentence).toContain('it depends on browserstack_team.core, which was not done');
  });

  it('stops when the credentials are no longer accepted', async () => {
    shell.local.inject({ kind: 'status', status: 401, when: 'before', nth: 1, ...CREATE });
    const report = await applied();
    expect(report.outcomes).toEqual(['created Core', 'failed in-core', 'skipped bbb', 'skipped ccc']);
    expect(identifiers()).toEqual([]);
  });

  it('stops between two changes when it is interrupted, and says what is done', async () => {
    const interrupt = new AbortController();
    let shown = '';
    const ended = await shell.runWith(
      {
        signal: interrupt.signal,
        stdout: (text) => {
          shown += text;
          if (text.includes('"in-core" has been created')) interrupt.abort();
        },
      },
      ...['apply', '--auto-approve'],
    );
    expect(ended.code).toBe(1);
    expect(shown).toContain('"bbb" was skipped: the run was interrupted');
    expect(shown).toContain('2 of 4 changes are made');
    expect(identifiers()).toEqual(['in-core']);
    expect(await applied()).toMatchObject({ code: 0, outcomes: ['created bbb', 'created ccc'] });
  });

  it('tells what was done also when the last look fails', async () => {
    // The first two looks are those of the plan.
    shell.local.inject({ kind: 'status', status: 500, when: 'before', path: '/user/team_detail', nth: 3 });
    const report = await applied();
    expect(report).toMatchObject({ code: 1, ok: false, remaining: null });
    expect(report.outcomes).toHaveLength(4);
    expect(identifiers()).toEqual(['bbb', 'ccc', 'in-core']);
  });

  it('names what is unreachable', async () => {
    const away = await shell.run('plan', '--base-url', 'http://127.0.0.1:1', '--json');
    expect(away.code).toBe(1);
    expect(JSON.parse(away.stdout).problems[0].code).toBe('unreachable');
  });
});
