import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { kept } from '../review/plans.ts';
import { type Console, openConsole } from './console.ts';

let console: Console;
beforeEach(async () => {
  console = await openConsole();
});
afterEach(() => console.close());

const stream = (name: string) =>
  kept(name)
    .diagnostics.map((diagnostic) => JSON.stringify({ '@level': 'error', type: 'diagnostic', diagnostic }))
    .join('\n');

const writeBytes = (name: string, bytes: Buffer) => writeFile(join(console.cwd, name), bytes);

async function given(name: string): Promise<void> {
  await console.write('plan.json', kept(name).text);
  await console.write('plan.jsonl', stream(name));
}

describe('review', () => {
  it.each([
    ['nothing-changes', 0, 'QUIET'],
    ['add-account', 0, 'OK'],
    ['rotate-by-trigger', 2, 'LOOK'],
    ['identifier-changed', 2, 'DANGER'],
    ['over-the-cap', 2, 'REFUSED'],
    ['targeted', 2, 'LOOK'],
  ])('%s ends with %i and says %s first', async (name, code, verdict) => {
    await given(name);
    const ended = await console.run('review', 'plan.json', '--diagnostics', 'plan.jsonl');
    expect(ended).toMatchObject({ code, stderr: '' });
    expect(ended.stdout).toMatch(new RegExp(`^${verdict}: `, 'u'));
  });

  it('calls nothing', async () => {
    await given('rotate-by-trigger');
    await console.run('review', 'plan.json');
    expect(console.requests()).toEqual([]);
  });

  it('fails from the verdict on that it is told, and always for what is not whole', async () => {
    await given('rotate-by-trigger');
    expect(await console.run('review', 'plan.json', '--fail-on', 'danger')).toMatchObject({ code: 0 });
    await given('identifier-changed');
    expect(await console.run('review', 'plan.json', '--fail-on', 'danger')).toMatchObject({ code: 2 });
    expect(await console.run('review', 'plan.json', '--fail-on', 'never')).toMatchObject({ code: 0 });
    await given('targeted');
    expect(await console.run('review', 'plan.json', '--fail-on', 'never')).toMatchObject({ code: 2 });
    await given('over-the-cap');
    expect(await console.run('review', 'plan.json', '--fail-on', 'never')).toMatchObject({ code: 2 });
  });

  it('takes standard input, and what PowerShell writes', async () => {
    const { text } = kept('add-account');
    expect(await console.runWith({ stdin: async () => Buffer.from(text) }, 'review', '-')).toMatchObject({
      code: 0,
    });
    await writeBytes('plan.json', Buffer.from(`\uFEFF${text}`, 'utf16le'));
    expect(await console.run('review', 'plan.json')).toMatchObject({ code: 0 });
    await writeBytes('plan.json', Buffer.from(`\uFEFF${text}`));
    expect(await console.run('review', 'plan.json')).toMatchObject({ code: 0 });
  });

  it('writes several forms at once', async () => {
    await given('rotate-by-trigger');
    const outputs = ['--output', 'github=comment.md', '--output', 'json=review.json'];
    const { stdout } = await console.run(
      'review',
      'plan.json',
      '--name',
      'acme',
      '--format',
      'gitlab',
      ...outputs,
    );
    expect(stdout).toContain('### 🟡 BrowserStack · `acme`');
    expect(readFileSync(join(console.cwd, 'comment.md'), 'utf8')).toContain('<details>');
    expect(JSON.parse(readFileSync(join(console.cwd, 'review.json'), 'utf8'))).toMatchObject({
      version: 1,
      verdict: 'look',
      stack: 'acme',
      exit_code: 2,
    });
  });

  it('names constructs by their paths when it is given the stack', async () => {
    const path = 'acme/payments/ci/key/Resource';
    await console.write('stack.json', {
      '//': { metadata: { stackName: 'acme' } },
      resource: { browserstack_access_key: { ci: { '//': { metadata: { path, uniqueId: 'x' } } } } },
    });
    await given('rotate-by-trigger');
    const { stdout } = await console.run(
      'review',
      'plan.json',
      '--stack',
      'stack.json',
      '--format',
      'github',
    );
    expect(stdout).toContain('BrowserStack · `acme`');
    expect(stdout).toContain('| `payments/ci/key` | rotate |');
    expect(stdout).not.toContain('browserstack_access_key.ci');
  });

  it('reviews what the engine said when it made no plan, and ends with 1', async () => {
    await console.write(
      'plan.jsonl',
      JSON.stringify({ diagnostic: { severity: 'error', summary: 'Unsupported argument' } }),
    );
    for (const plan of [[], ['plan.json']]) {
      const ended = await console.run('review', ...plan, '--diagnostics', 'plan.jsonl');
      expect(ended.code).toBe(1);
      expect(ended.stdout).toContain('refused: "Unsupported argument"');
    }
  });

  it.each([
    [[], 'There is no plan to review'],
    [['nowhere.json'], 'nowhere.json cannot be read'],
    [['broken.json'], 'broken.json is no plan that can be reviewed'],
    [['plan.json', '--fail-on', 'ok'], 'Not a verdict to fail on'],
    [['plan.json', '--format', 'pdf'], 'Not a format of a review'],
    [['plan.json', '--output', 'comment.md'], 'Not an output of a review'],
    [['plan.json', '--stack', 'broken.json'], 'broken.json is not JSON'],
  ])('review %j ends with 1: %s', async (argv, summary) => {
    await given('add-account');
    await console.write('broken.json', '{"format_version":');
    const ended = await console.run('review', ...argv);
    expect(ended.code).toBe(1);
    expect(ended.stderr).toContain(summary);
  });
});
