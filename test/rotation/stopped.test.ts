import { afterEach, expect, it } from 'vitest';
import { accessKey, keyFingerprint } from '../../src/resources/access-key/index.ts';
import type { AccessKeyState, PlannedAccessKey } from '../../src/resources/access-key/schema.ts';
import { unconfigured } from '../../src/resources/access-key/state.ts';
import { Secret } from '../../src/secret.ts';
import { type LocalSession, localSession, OWNER, operation } from '../helpers/local-session.ts';
import { undecidedKey } from '../helpers/planned.ts';

let world: LocalSession;
afterEach(() => world.close());

const wish = (reason: string): PlannedAccessKey => ({
  ...unconfigured,
  username: 'nightly_1',
  triggers: new Map([['reason', reason]]),
  access_key: null,
  escrowed_access_key: null,
  ...undecidedKey,
});

/** As Ctrl-C does: the engine's signal, so many turns of the event loop after the rotation has begun. */
async function stopAfter(turns: number, reason: string, prior: AccessKeyState) {
  const stop = new AbortController();
  const op = { ...operation<AccessKeyState>(await world.another()), signal: stop.signal };
  const progress = async (message: string) => {
    if (!message.startsWith('rotating')) return;
    for (let turn = 0; turn < turns; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    stop.abort(new Error('stopped'));
  };
  return accessKey.update?.(wish(reason), prior, { ...op, progress });
}

it('a rotation that is stopped at any moment either has not begun, or ends with the new key in state', async () => {
  world = await localSession({
    seed: {
      organization: { name: 'Acme Inc.' },
      users: [{ ...OWNER, role: 'owner' }],
      service_accounts: [{ identifier: 'nightly', username: 'nightly_1' }],
    },
  });
  const fingerprint = () =>
    keyFingerprint('nightly_1', new Secret(world.local.accounts()[0]?.accessKey ?? ''));
  let state = await accessKey.create(wish('0'), operation<AccessKeyState>(world.session));
  const ends = new Set<string>();
  for (let turns = 0; turns < 40; turns += 1) {
    const before = fingerprint();
    try {
      state = (await stopAfter(turns, String(turns + 1), state)) as AccessKeyState;
      ends.add('rotated');
    } catch (error) {
      expect(fingerprint()).toBe(before);
      ends.add(String(error));
    }
    expect(state.key_fingerprint).toBe(fingerprint());
  }
  expect(ends).toContain('rotated');
  expect(ends).toContain('Error: stopped');
});
