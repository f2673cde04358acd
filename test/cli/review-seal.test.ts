import { readFileSync, statSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { digestOf } from '../../src/review/seal/sealed-plan.ts';
import { kept } from '../review/plans.ts';
import { type Console, type Ended, openConsole } from './console.ts';

/** A plan file holds the state in clear; this one holds a key. */
const PLAN = Buffer.from('PK\u0003\u0004 OwnerCanaryKey000001 \u0000\u00ff', 'latin1');
const DIGEST = digestOf(PLAN);
const COMMIT = 'a1b2c3d4e5f6a7b8c9d0e1f2a3b4c5d6e7f8a9b0';
const HOUR = 3_600_000;

let console: Console;
let recipient: string;

beforeEach(async () => {
  console = await openConsole();
  await writeFile(join(console.cwd, 'tfplan'), PLAN);
  const made = await console.run('review', '--make-identity', 'identity.txt');
  recipient = made.stdout.trim();
});
afterEach(() => console.close());

const path = (name: string) => join(console.cwd, name);

/** Reviews and seals; what is said beside it. */
async function seal(plan = 'add-account', ...more: readonly string[]): Promise<Ended> {
  await console.write('plan.json', kept(plan).text);
  const argv = [
    'review',
    'plan.json',
    '--name',
    'acme',
    '--commit',
    COMMIT,
    '--plan-file',
    'tfplan',
    '--seal',
    'plan.sealed',
    '--seal-to',
    recipient,
  ];
  return console.run(...argv, ...more);
}

const verify = (digest: string, ...more: readonly string[]) =>
  console.run('review', '--verify', digest, '--sealed', 'plan.sealed', '--identity', 'identity.txt', ...more);

describe('a sealed plan', () => {
  it('is opened by the apply job, as exactly the bytes that were reviewed', async () => {
    expect(await seal()).toMatchObject({ code: 0 });
    const ended = await verify(DIGEST, '--name', 'acme', '--commit', COMMIT, '--out', 'opened');
    expect(ended).toMatchObject({ code: 0, stderr: '' });
    expect(ended.stdout).toMatch(
      new RegExp(
        `^Verified: plan "?${DIGEST.slice(0, 12)}"? of stack "acme", reviewed at .* as ok\\. It is in opened`,
        'u',
      ),
    );
    expect(readFileSync(path('opened')).equals(PLAN)).toBe(true);
    expect(statSync(path('opened')).mode & 0o777).toBe(0o600);
  });

  it('shows nothing of the plan to anybody else', async () => {
    const ended = await seal();
    expect(readFileSync(path('plan.sealed'), 'latin1')).not.toContain('CanaryKey');
    expect(`${ended.stdout}${ended.stderr}`).not.toContain('CanaryKey');
    expect(statSync(path('plan.sealed')).mode & 0o777).toBe(0o600);
  });

  it('is approved by the first 12 digits that the comment shows', async () => {
    const { stdout } = await seal('add-account', '--format', 'github');
    const shown = /--verify ([0-9a-f]+)/u.exec(stdout)?.[1] ?? '';
    expect(shown).toHaveLength(12);
    expect(await verify(shown)).toMatchObject({ code: 0 });
  });

  it('a plan that needs a person is sealed for when they said yes; one that nobody may apply is not', async () => {
    await seal('rotate-by-trigger');
    expect(await verify(DIGEST)).toMatchObject({ code: 0 });
    for (const plan of ['over-the-cap', 'identifier-changed', 'targeted']) {
      await console.write('plan.sealed', 'nothing');
      expect(await seal(plan)).toMatchObject({ code: 2 });
      expect(readFileSync(path('plan.sealed'), 'utf8')).toBe('nothing');
    }
  });
});

describe('verifying refuses', () => {
  const refused = async (ended: Promise<Ended>, ...summaries: readonly string[]) => {
    const { code, stderr } = await ended;
    expect(code).toBe(1);
    for (const summary of summaries) expect(stderr).toContain(summary);
  };

  it('another plan than the approved one, and says which', async () => {
    await seal();
    await refused(verify('0'.repeat(64), '--out', 'opened'), 'This is another plan', DIGEST.slice(0, 12));
    expect(() => statSync(path('opened'))).toThrow();
  });

  it('another commit, another stack, all at once', async () => {
    await seal();
    await refused(
      verify(DIGEST, '--commit', 'f'.repeat(40), '--name', 'other'),
      'another commit',
      'another stack',
    );
  });

  it('a policy that changed since the review', async () => {
    await console.write('browserstack.policy.json', { version: 1 });
    await seal();
    expect(await verify(DIGEST)).toMatchObject({ code: 0 });
    await console.write('browserstack.policy.json', { version: 1, rules: { 'max-rotations': { max: 1 } } });
    await refused(verify(DIGEST), 'The policy has changed since the review');
  });

  it('a review of yesterday', async () => {
    await seal();
    console.clock.advance(24 * HOUR - 1000);
    expect(await verify(DIGEST)).toMatchObject({ code: 0 });
    console.clock.advance(2 * 1000);
    await refused(verify(DIGEST), 'The review is too old');
    expect(await verify(DIGEST, '--max-age', '48')).toMatchObject({ code: 0 });
  });

  it('a review of tomorrow', async () => {
    console.clock.advance(HOUR);
    await seal();
    console.clock.advance(-HOUR);
    await refused(verify(DIGEST), 'The review is from the future');
  });

  it('what was sealed to somebody else, damaged, or is something else', async () => {
    await seal();
    await console.run('review', '--make-identity', 'other.txt');
    await refused(
      console.run('review', '--verify', DIGEST, '--sealed', 'plan.sealed', '--identity', 'other.txt'),
      'cannot be opened',
    );
    const sealed = readFileSync(path('plan.sealed'));
    for (const damaged of [
      sealed.subarray(0, -20),
      Buffer.from('nothing'),
      Buffer.concat([sealed.subarray(0, 300), Buffer.from('x'), sealed.subarray(301)]),
    ]) {
      await writeFile(path('plan.sealed'), damaged);
      await refused(verify(DIGEST), 'cannot be opened');
    }
  });

  it.each([['57b0c1e9d3a'], ['not-hex-at-all'], ['']])(
    'a digest that is too short to mean anything: %j',
    async (digest) => {
      await seal();
      await refused(verify(digest), '--verify is missing, or is no such thing');
    },
  );

  it('without an identity, and never shows the one it is given', async () => {
    await seal();
    await refused(
      console.run('review', '--verify', DIGEST, '--sealed', 'plan.sealed'),
      '--identity is missing',
    );
    await console.write('identity.txt', 'AGE-SECRET-KEY-1BROKENCANARYKEY');
    const { code, stderr } = await verify(DIGEST);
    expect(code).toBe(1);
    expect(stderr).not.toContain('BROKENCANARYKEY');
  });

  it('sealing without a plan file or a recipient', async () => {
    await console.write('plan.json', kept('add-account').text);
    await refused(
      console.run('review', 'plan.json', '--seal', 'x', '--seal-to', recipient),
      '--plan-file is missing',
    );
    await refused(
      console.run('review', 'plan.json', '--seal', 'x', '--plan-file', 'tfplan'),
      '--seal-to is missing',
    );
    await refused(
      console.run('review', 'plan.json', '--seal', 'x', '--plan-file', 'tfplan', '--seal-to', 'age1nobody'),
      'Not an age recipient',
    );
  });
});

describe('--make-identity', () => {
  it('writes over no file', async () => {
    const before = readFileSync(path('identity.txt'), 'utf8');
    expect(await console.run('review', '--make-identity', 'identity.txt')).toMatchObject({ code: 1 });
    expect(readFileSync(path('identity.txt'), 'utf8')).toBe(before);
  });

  it('prints the recipient only, and keeps the identity for its owner', () => {
    expect(recipient).toMatch(/^age1[02-9ac-hj-np-z]{58}$/u);
    expect(readFileSync(path('identity.txt'), 'utf8')).toMatch(/^AGE-SECRET-KEY-1[A-Z0-9]+\n$/u);
    expect(statSync(path('identity.txt')).mode & 0o777).toBe(0o600);
  });
});
