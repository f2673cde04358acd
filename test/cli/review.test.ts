import { execFileSync } from 'node:child_process';
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
    const rules = { 'replacement-needs-approval': 'off', 'delivery-before-replacement': 'off' };
    await console.write('browserstack.policy.json', { version: 1, rules });
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

describe('the policy of a review', () => {
  const git = (...args: readonly string[]) =>
    execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@acme.test', ...args], {
      cwd: console.cwd,
      stdio: 'pipe',
    });

  const lenient = { version: 1, rules: { 'max-rotations': { max: 50 } } };

  it('refuses with 2, whatever the verdict', async () => {
    await given('fleet-rotation');
    expect(await console.run('review', 'plan.json', '--fail-on', 'danger')).toMatchObject({ code: 2 });
    await console.write('browserstack.policy.json', lenient);
    expect(await console.run('review', 'plan.json', '--fail-on', 'danger')).toMatchObject({ code: 0 });
  });

  it('is the one of the base branch: a change does not allow itself', async () => {
    await given('fleet-rotation');
    git('init', '--quiet', '--initial-branch=main');
    await console.write('browserstack.policy.json', { version: 1 });
    git('add', 'browserstack.policy.json');
    git('commit', '--quiet', '-m', 'policy');
    await console.write('browserstack.policy.json', lenient);
    const argv = ['review', 'plan.json', '--fail-on', 'danger', '--base', 'main', '--json'];
    const { code, stdout } = await console.run(...argv);
    expect(code).toBe(2);
    const review = JSON.parse(stdout);
    expect(review.policy).toMatchObject({
      file: 'main:browserstack.policy.json',
      from: 'base',
      changed_in_this_change: true,
    });
    const rules = review.findings.map(
      ({ rule, level }: { rule: string; level: string }) => `${level} ${rule}`,
    );
    expect(rules).toContain('error max-rotations');
    expect(rules).toContain('warning policy-changed');
  });

  it('is new in this change: the rules hold as they are written, and it is told of', async () => {
    await given('fleet-rotation');
    git('init', '--quiet', '--initial-branch=main');
    git('commit', '--quiet', '--allow-empty', '-m', 'nothing');
    await console.write('browserstack.policy.json', lenient);
    const { code, stdout } = await console.run(
      'review',
      'plan.json',
      '--fail-on',
      'danger',
      '--base',
      'HEAD',
      '--json',
    );
    expect(code).toBe(2);
    expect(JSON.parse(stdout).policy).toMatchObject({
      file: null,
      from: 'defaults',
      changed_in_this_change: true,
    });
  });

  it('comes as a file where there is no git', async () => {
    await given('fleet-rotation');
    await console.write('base.json', lenient);
    const argv = ['review', 'plan.json', '--fail-on', 'danger', '--base-policy', 'base.json'];
    expect(await console.run(...argv)).toMatchObject({ code: 0 });
  });

  it('a label that the policy names approves', async () => {
    await given('identifier-changed');
    const rules = { 'delivery-before-replacement': 'warning' };
    await console.write('browserstack.policy.json', { version: 1, rules });
    const argv = ['review', 'plan.json', '--fail-on', 'never', '--labels', 'urgent, browserstack:replace'];
    expect(await console.run(...argv)).toMatchObject({ code: 0 });
  });

  it.each([
    [['--policy', 'nowhere.json'], 'nowhere.json cannot be read'],
    [['--base', 'no-such-branch'], 'git knows no commit "no-such-branch"'],
    [['--base', '--output=/etc/passwd'], 'git knows no commit'],
    [['--policy', 'broken.json'], 'broken.json:1: There is no rule "max-rotation"'],
  ])('%j ends with 1', async (argv, summary) => {
    await given('add-account');
    await console.write('broken.json', { version: 1, rules: { 'max-rotation': 'off' } });
    git('init', '--quiet');
    const ended = await console.run('review', 'plan.json', ...argv);
    expect(ended.code).toBe(1);
    expect(ended.stderr).toContain(summary);
  });
});

describe('review --explain', () => {
  it('says what a rule is about', async () => {
    const { code, stdout } = await console.run('review', '--explain', 'max-key-age');
    expect(code).toBe(0);
    expect(stdout).toContain('days: The greatest age, in days. Default: 90.');
    expect(stdout).toContain('CIS AWS 1.14');
  });

  it('knows which rule was perhaps meant', async () => {
    const { code, stderr } = await console.run('review', '--explain', 'max-key-ages');
    expect(code).toBe(1);
    expect(stderr).toContain('Did you mean "max-key-age"?');
  });
});
