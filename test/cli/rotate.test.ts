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
      oldFingerprint: fingerprintOf('paymentsci_1', CANARY),
      newFingerprint: fingerprintOf('paymentsci_1', now),
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
      await own.synth({});
      expect((await own.run('apply', '--prune-only', 'service_account', '--auto-approve')).code).toBe(1);
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
    expect(JSON.parse(rotated.stdout).newFingerprint).toBe(
      fingerprintOf('paymentsci_1', keyOf('payments-ci')),
    );
  });

  it('names what it cannot find', async () => {
    const unknown = await shell.run('rotate', 'nobody', '--yes', '--json');
    expect(unknown).toMatchObject({ code: 1 });
    expect(JSON.parse(unknown.stdout)).toMatchObject({ ok: false, problems: [{ code: 'not_found' }] });
    expect((await shell.run('rotate')).stderr).toContain("missing required argument 'account'");
  });
});
