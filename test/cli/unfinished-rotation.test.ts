// A rotation whose end nobody heard of is settled by the next run, not made again.

import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FaultRule } from '../../src/entry/emulator.ts';
import { keyFingerprint } from '../../src/resources/access-key/index.ts';
import { Secret } from '../../src/secret.ts';
import { type Console, openConsole } from './console.ts';

const CANARY = 'canary-key-4711';
const seed = {
  organization: { name: 'Acme Inc.' },
  users: [{ username: 'owner_local', access_key: 'owner-local-key-0001', role: 'owner' as const }],
  service_accounts: [{ identifier: 'payments-ci', username: 'paymentsci_1', access_key: CANARY }],
};
const RECYCLE = '/automate/recycle_key.json';
/** The answer is lost, and from then on neither the list nor the key itself says anything. */
const DARK: readonly FaultRule[] = [
  { kind: 'drop', path: RECYCLE },
  { kind: 'status', status: 503, path: '/user/service-accounts', nth: 3, times: 'always' },
  { kind: 'status', status: 503, path: '/automate/plan.json', times: 'always' },
];

let directory: string;
let shell: Console;
const open = (env: object = {}) =>
  openConsole(
    { seed },
    { BROWSERSTACK_REQUEST_BURST: '1000', BROWSERSTACK_REQUEST_BUDGET_DIRECTORY: directory, ...env },
  );
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'open-writes-'));
  shell = await open();
});
afterEach(async () => {
  await shell.close();
  await rm(directory, { recursive: true, force: true });
});

const key = () => shell.local.accounts()[0]?.accessKey ?? '';
const fingerprint = (text: string) => keyFingerprint('paymentsci_1', new Secret(text));
const OLD = fingerprint(CANARY);
const recycles = () => shell.local.requests().filter(({ path }) => path === RECYCLE).length;
const remembered = async () => (await readdir(directory)).filter((name) => name.endsWith('.open.json'));
const rotate = (...args: string[]) => shell.run('rotate', 'payments-ci', '--yes', ...args);
/** Ends in the dark, and then there is light again. */
const unclear = async (...args: string[]) => {
  shell.local.inject(DARK);
  const ended = await rotate(...args);
  shell.local.clearFaults();
  return ended;
};
/** What an error tells people to run, as the arguments of the command line. */
const advised = (stderr: string): string[] => {
  const [, command = ''] =
    /browserstack-iac (rotate \S+ --expected-fingerprint [0-9a-f]{16})/u.exec(stderr) ?? [];
  return command.split(' ');
};

describe('a rotation that ends unclear', () => {
  it('names the key before, and the command that rotates at most once', async () => {
    const { code, stderr } = await unclear();
    expect(code).toBe(1);
    expect(stderr).toContain('It is not known whether the access key of "payments-ci" was rotated');
    expect(advised(stderr)).toEqual(['rotate', 'paymentsci_1', '--expected-fingerprint', OLD]);
    expect(stderr.includes(CANARY) || stderr.includes(key())).toBe(false);
  });

  it('is settled by the same command: the new key is handed over, and nothing rotated again', async () => {
    await unclear('--reason', 'leaked');
    const settled = await rotate('--reason', 'leaked', '--key-file', 'key', '--json');
    expect(settled).toMatchObject({ code: 0 });
    expect(JSON.parse(settled.stdout)).toMatchObject({
      outcome: 'settled',
      old_fingerprint: OLD,
      new_fingerprint: fingerprint(key()),
    });
    expect((await readFile(join(shell.cwd, 'key'), 'utf8')) === key()).toBe(true);
    expect(recycles()).toBe(1);
    // That was that: whoever asks once more means it.
    expect(JSON.parse((await rotate('--reason', 'leaked', '--json')).stdout)).toMatchObject({
      outcome: 'rotated',
    });
    expect(recycles()).toBe(2);
  });

  it('is settled by the command that was advised', async () => {
    const { stderr } = await unclear('--reason', 'leaked');
    const settled = await shell.run(...advised(stderr), '--yes');
    expect(settled).toMatchObject({ code: 0 });
    expect(settled.stdout).toContain('nothing was rotated now');
    expect(recycles()).toBe(1);
  });

  it('is not made again by the command that was advised, on a machine that remembers nothing', async () => {
    const { stderr } = await unclear();
    await rm(directory, { recursive: true });
    const refused = await shell.run(...advised(stderr), '--yes');
    expect(refused).toMatchObject({ code: 1 });
    expect(refused.stderr).toContain('[stale]');
    expect(recycles()).toBe(1);
    const [, reveal = ''] = /browserstack-iac (keys \S+ --reveal)/u.exec(refused.stderr) ?? [];
    expect((await shell.run(...reveal.split(' '))).stdout === key()).toBe(true);
  });

  it('is rotated by the next run when it had not happened', async () => {
    shell.local.inject([{ ...DARK[0], when: 'before' } as FaultRule, ...DARK.slice(1)]);
    expect(await rotate()).toMatchObject({ code: 1 });
    shell.local.clearFaults();
    expect(key() === CANARY).toBe(true);
    expect(JSON.parse((await rotate('--json')).stdout)).toMatchObject({ outcome: 'rotated' });
    expect(key() === CANARY).toBe(false);
    expect(await remembered()).toEqual([]);
  });

  it('is asked about by a dry run, which changes nothing', async () => {
    await unclear();
    const dry = await shell.run('rotate', 'payments-ci', '--dry-run');
    expect(dry.stdout).toContain('it would be handed over, and not rotated');
    expect(await remembered()).toHaveLength(1);
    expect(recycles()).toBe(1);
  });

  it('does not stand for a rotation with another reason, nor for one of another day', async () => {
    await unclear('--reason', 'leaked in build 42');
    expect(JSON.parse((await rotate('--reason', 'leaked in build 43', '--json')).stdout)).toMatchObject({
      outcome: 'rotated',
    });
    await unclear();
    shell.clock.advance(86_400_001);
    expect(JSON.parse((await rotate('--json')).stdout)).toMatchObject({ outcome: 'rotated' });
    expect(recycles()).toBe(4);
  });

  it('stays open while a list still shows the key before', async () => {
    shell.clock.advance(3_600_000);
    await unclear();
    const rotated = key();
    shell.local.inject({
      kind: 'stale-list',
      seconds: 1800,
      path: '/user/service-accounts',
      times: 'always',
    });
    expect((await rotate()).stderr).toContain('The list shows a dead key of paymentsci_1');
    shell.local.clearFaults();
    expect(JSON.parse((await rotate('--json')).stdout)).toMatchObject({ outcome: 'settled' });
    expect(key() === rotated).toBe(true);
  });
});

describe('what is remembered', () => {
  it('is no key and no name, and is forgotten when all is done', async () => {
    await unclear('--reason', 'leaked by Jane');
    const files = await remembered();
    expect(files).toHaveLength(1);
    const text = await readFile(join(directory, files[0] ?? ''), 'utf8');
    for (const secret of [CANARY, key(), 'payments', 'Jane', 'owner']) expect(text).not.toContain(secret);
    await rotate('--reason', 'leaked by Jane');
    expect(await remembered()).toEqual([]);
  });

  it('is nothing after a rotation that was refused, or that went well', async () => {
    shell.local.inject({ kind: 'status', status: 403, message: 'No.', when: 'before', path: RECYCLE });
    expect(await rotate()).toMatchObject({ code: 1 });
    expect(await remembered()).toEqual([]);
    expect(await rotate()).toMatchObject({ code: 0 });
    expect(await remembered()).toEqual([]);
  });

  it('is not needed: where nothing can be kept, a rotation goes well', async () => {
    await shell.close();
    shell = await open({ BROWSERSTACK_REQUEST_BUDGET_DIRECTORY: '/proc/nowhere' });
    expect(await rotate()).toMatchObject({ code: 0 });
  });
});

describe('a new key that could not be handed over', () => {
  it('is handed over by the same command, and not rotated again', async () => {
    expect(await rotate('--pipe-to', 'exit 3')).toMatchObject({ code: 1 });
    const rotated = key();
    const again = await rotate('--pipe-to', 'cat > taken');
    expect(again).toMatchObject({ code: 0 });
    expect((await readFile(join(shell.cwd, 'taken'), 'utf8')) === rotated).toBe(true);
    expect(key() === rotated).toBe(true);
    expect(recycles()).toBe(1);
  });
});
