import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { keyFingerprint } from '../../src/resources/access-key/index.ts';
import { Secret } from '../../src/secret.ts';
import { type Console, openConsole } from './console.ts';

const CANARY = 'canary-key-4711';
const seed = {
  organization: { name: 'Acme Inc.' },
  users: [{ username: 'owner_local', access_key: 'owner-local-key-0001', role: 'owner' as const }],
  service_accounts: [
    { identifier: 'payments-ci', username: 'paymentsci_1', access_key: CANARY },
    { identifier: 'other', username: 'other_1', access_key: `${CANARY}-other` },
  ],
};

let shell: Console;
beforeEach(async () => {
  shell = await openConsole({ seed });
});
afterEach(() => shell.close());

const keyOf = (identifier: string) =>
  shell.local.accounts().find((account) => account.identifier === identifier)?.accessKey ?? '';
const fingerprintOf = (username: string, key: string) => keyFingerprint(username, new Secret(key));

describe('rotate', () => {
  it('gives the account another key and tells both fingerprints, never a key', async () => {
    const rotated = await shell.run('rotate', 'payments-ci', '--reason', 'leaked', '--yes', '--json');
    expect(rotated).toMatchObject({ code: 0 });
    const now = keyOf('payments-ci');
    expect(now).not.toBe(CANARY);
    expect(JSON.parse(rotated.stdout)).toMatchObject({
      outcome: 'rotated',
      identifier: 'payments-ci',
      username: 'paymentsci_1',
      old_fingerprint: fingerprintOf('paymentsci_1', CANARY),
      new_fingerprint: fingerprintOf('paymentsci_1', now),
      reason: 'leaked',
    });
    const shown = await shell.run('rotate', 'paymentsci_1', '--yes');
    const everything = [rotated, shown].map(({ stdout, stderr }) => stdout + stderr).join('');
    for (const key of [CANARY, now, keyOf('payments-ci'), 'owner-local-key-0001'])
      expect(everything.includes(key)).toBe(false);
    expect(keyOf('other')).toBe(`${CANARY}-other`);
  });

  it('asks first', async () => {
    expect((await shell.run('rotate', 'payments-ci')).stderr).toContain('Use --yes.');
    const answered = await shell.runWith({ interactive: true, ask: async () => '' }, 'rotate', 'payments-ci');
    expect(answered).toMatchObject({ code: 1 });
    expect(keyOf('payments-ci') === CANARY).toBe(true);
  });

  it('compares before it rotates', async () => {
    const wrong = await shell.run('rotate', 'payments-ci', '--yes', '--expected-fingerprint', '0'.repeat(16));
    expect(wrong.stderr).toContain('[stale]');
    expect(keyOf('payments-ci') === CANARY).toBe(true);
    const right = fingerprintOf('paymentsci_1', CANARY);
    expect(await shell.run('rotate', 'payments-ci', '--yes', '--expected-fingerprint', right)).toMatchObject({
      code: 0,
    });
  });

  it('never rotates, deletes or replaces the account it runs on', async () => {
    const self = { BROWSERSTACK_USERNAME: 'other_1', BROWSERSTACK_ACCESS_KEY: `${CANARY}-other` };
    const fast = { BROWSERSTACK_REQUEST_BURST: '1000' };
    const behaviours = { 'service-account-as-caller': 'as-admin' } as const;
    const own = await openConsole({ seed, behaviours }, { ...fast, ...self });
    try {
      const refused = await own.run('rotate', 'other', '--yes');
      expect(refused).toMatchObject({ code: 1 });
      expect(refused.stderr).toContain('[refused]');
      const all = {
        self: { identifier: 'other', deletion_protection: false },
        ci: { identifier: 'payments-ci', deletion_protection: false },
      };
      await own.synth({ browserstack_service_account: all });
      expect(await own.run('apply', '--adopt', '--auto-approve')).toMatchObject({ code: 0 });
      await own.synth({ browserstack_service_account: { ci: all.ci } });
      const locked = await own.run('apply', '--prune', '--auto-approve');
      expect(locked).toMatchObject({ code: 1 });
      expect(locked.stderr).toContain('is the one this provider runs on');
      expect(own.local.accounts().map(({ identifier }) => identifier)).toEqual(['payments-ci', 'other']);
      expect(await own.run('rotate', 'payments-ci', '--yes')).toMatchObject({ code: 0 });
    } finally {
      await own.close();
    }
  });

  it('finds the new key when the answer is lost', async () => {
    shell.local.inject({ kind: 'drop', method: 'PUT', path: '/automate/recycle_key.json' });
    const rotated = await shell.run('rotate', 'payments-ci', '--yes', '--json');
    expect(rotated).toMatchObject({ code: 0 });
    expect(JSON.parse(rotated.stdout).new_fingerprint).toBe(
      fingerprintOf('paymentsci_1', keyOf('payments-ci')),
    );
  });

  it('names what it cannot find', async () => {
    const unknown = await shell.run('rotate', 'nobody', '--yes', '--json');
    expect(unknown).toMatchObject({ code: 1 });
    expect(JSON.parse(unknown.stdout)).toMatchObject({ ok: false, problems: [{ code: 'not_found' }] });
    expect((await shell.run('rotate')).stderr).toContain("missing required argument 'account'");
  });

  it('tells what it would do, and does nothing', async () => {
    const dry = await shell.run('rotate', 'payments-ci', '--dry-run', '--json');
    expect(dry.code).toBe(0);
    expect(JSON.parse(dry.stdout)).toMatchObject({
      outcome: 'dry-run',
      old_fingerprint: fingerprintOf('paymentsci_1', CANARY),
      new_fingerprint: null,
    });
    expect((await shell.run('rotate', 'nobody', '--dry-run')).code).toBe(1);
    expect(keyOf('payments-ci') === CANARY).toBe(true);
    expect(shell.requests().filter((request) => !request.startsWith('GET'))).toEqual([]);
  });

  it('rotates once when two people do it at the same moment', async () => {
    let asked = 0;
    let bothAsked = () => {};
    const everybody = new Promise<void>((resolve) => {
      bothAsked = resolve;
    });
    const ask = async () => {
      asked += 1;
      if (asked === 2) bothAsked();
      await everybody;
      return 'yes';
    };
    const run = () => shell.runWith({ interactive: true, ask }, 'rotate', 'payments-ci', '--json');
    const both = await Promise.all([run(), run()]);
    expect(both.map(({ code }) => code)).toEqual([0, 0]);
    const results = both.map(({ stdout }) => JSON.parse(stdout));
    expect(results.map(({ outcome }) => outcome).sort()).toEqual(['adopted', 'rotated']);
    const now = fingerprintOf('paymentsci_1', keyOf('payments-ci'));
    expect(results.map(({ new_fingerprint }) => new_fingerprint)).toEqual([now, now]);
    expect(
      shell.requests().filter((request) => request === 'PUT /automate/recycle_key.json 200'),
    ).toHaveLength(1);
  });
});

describe('the new key is handed over', () => {
  const handed = async (...args: string[]) => shell.run('rotate', 'payments-ci', '--yes', ...args);
  const fileOf = (name: string) => readFile(join(shell.cwd, name), 'utf8');
  const modeOf = async (name: string) => ((await stat(join(shell.cwd, name))).mode & 0o777).toString(8);

  it('to a file that only its owner reads', async () => {
    await shell.write('key', 'an older one');
    const { code, stdout, stderr } = await handed('--key-file', 'key');
    expect(code).toBe(0);
    expect((await fileOf('key')) === keyOf('payments-ci')).toBe(true);
    expect(await modeOf('key')).toBe('600');
    expect(stdout).toContain('handed to file "key"');
    expect((stdout + stderr).includes(keyOf('payments-ci'))).toBe(false);
  });

  it('to an environment file, whose other lines stay', async () => {
    await shell.write('.env', 'A=1\nexport BROWSERSTACK_ACCESS_KEY=old\nB=2');
    expect((await handed('--dotenv', '.env')).code).toBe(0);
    const lines = `A=1\nexport BROWSERSTACK_ACCESS_KEY=${keyOf('payments-ci')}\nB=2\nBROWSERSTACK_USERNAME=paymentsci_1\n`;
    expect((await fileOf('.env')) === lines).toBe(true);
    expect(await modeOf('.env')).toBe('600');
    expect((await readdir(shell.cwd)).sort()).toEqual(['.env']);
  });

  it('to the standard input of a command, whose output is kept apart and never shows it', async () => {
    const { code, stdout, stderr } = await handed('--pipe-to', 'tee taken; echo done', '--json');
    expect(code).toBe(0);
    expect((await fileOf('taken')) === keyOf('payments-ci')).toBe(true);
    expect(JSON.parse(stdout)).toMatchObject({ handed_to: ['command "tee taken; echo done"'] });
    expect(stderr).toContain('***done');
    expect((stdout + stderr).includes(keyOf('payments-ci'))).toBe(false);
  });

  it('nowhere, and nothing is rotated, when a place cannot be written to', async () => {
    await shell.write('directory/file', '');
    const refused = await handed('--key-file', 'no/such/directory/key', '--dotenv', 'directory');
    expect(refused.code).toBe(1);
    expect(refused.stderr).toContain('The new key could not be handed to file "no/such/directory/key"');
    expect(refused.stderr).toContain('The new key could not be handed to file "directory"');
    expect(refused.stderr).toContain('Nothing was rotated.');
    expect(keyOf('payments-ci') === CANARY).toBe(true);
  });

  it('to the others when one of them fails, and says where the key can be had', async () => {
    const { code, stdout, stderr } = await handed('--pipe-to', 'exit 3', '--key-file', 'key', '--json');
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({
      ...{ ok: false, outcome: 'rotated', handed_to: ['file "key"'] },
      problems: [{ code: 'unclear_outcome' }],
    });
    expect(stderr).toContain('exit code 3');
    expect(stderr).toContain('browserstack-iac keys paymentsci_1 --reveal');
    expect((await fileOf('key')) === keyOf('payments-ci')).toBe(true);
  });
});
