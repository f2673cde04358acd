// An engine that was told of no order makes one object of a key while it ends another one, which kills the key: whoever
// comes first, no object ends up with a dead key.

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { accessKey, keyFingerprint } from '../../src/resources/access-key/index.ts';
import type { AccessKeyState, PlannedAccessKey } from '../../src/resources/access-key/schema.ts';
import { unconfigured } from '../../src/resources/access-key/state.ts';
import { credentialPair } from '../../src/resources/credential-pair/index.ts';
import type {
  CredentialPairState,
  PlannedCredentialPair,
} from '../../src/resources/credential-pair/schema.ts';
import { Secret } from '../../src/secret.ts';
import { type LocalSession, localSession, OWNER, operation } from '../helpers/local-session.ts';
import { undecidedKey } from '../helpers/planned.ts';

let world: LocalSession;
let old: AccessKeyState;
beforeEach(async () => {
  world = await localSession({
    seed: {
      organization: { name: 'Acme Inc.' },
      users: [{ ...OWNER, role: 'owner' }],
      service_accounts: [
        { identifier: 'nightly', username: 'nightly_1' },
        { identifier: 'nightly-b', username: 'nightly_2' },
      ],
    },
  });
  const earlier = operation<AccessKeyState>(await world.another());
  old = { ...(await accessKey.create(planned, earlier)), rotate_on_destroy: true };
});
afterEach(() => world.close());

const planned: PlannedAccessKey = {
  ...unconfigured,
  username: 'nightly_1',
  export_access_key: true,
  access_key: null,
  escrowed_access_key: null,
  ...undecidedKey,
};
// What a pair needs to be made.
const plannedPair = {
  username_a: 'nightly_1',
  username_b: 'nightly_2',
  triggers: null,
  export_access_key: true,
} as unknown as PlannedCredentialPair;

const works = ({ key_fingerprint: fingerprint }: { key_fingerprint: string }) => {
  const account = world.local.accounts().find(({ username }) => username === 'nightly_1');
  return keyFingerprint('nightly_1', new Secret(account?.accessKey ?? '')) === fingerprint;
};

/** What is in state at the end, whether or not it failed. */
async function begin<S>(make: (op: ReturnType<typeof operation<S>>) => Promise<S>) {
  const saved: { state?: S } = {};
  const op = { ...operation<S>(world.session), save: (state: S) => Object.assign(saved, { state }) };
  const error = await make(op).then(
    (state) => void Object.assign(saved, { state }),
    (thrown: Error) => thrown,
  );
  return { state: saved.state, error };
}

const ended = () => begin<AccessKeyState>((op) => accessKey.delete(old, op) as Promise<never>);
const made = () => begin<AccessKeyState>((op) => accessKey.create(planned, op));
const paired = () => begin<CredentialPairState>((op) => credentialPair.create(plannedPair, op));

describe('side by side with the end of an object that kills the key', () => {
  it.each(['the end', 'the beginning'])(
    'a new object holds a key that works: %s comes first',
    async (first) => {
      const isEndFirst = first === 'the end';
      const [one, other] = await Promise.all(isEndFirst ? [ended(), made()] : [made(), ended()]);
      const created = isEndFirst ? other : one;
      expect(created.state && works(created.state)).toBe(true);
      expect(created.state?.access_key === old.access_key).toBe(!isEndFirst);
      if (isEndFirst) {
        // What the plan did not know is kept for the next one.
        expect(String(created.error)).toContain('had an object already');
        expect(created.state?.generation).toBe(old.generation + 1);
      } else {
        expect(String(other.error)).toContain('was not rotated');
        expect(other.state).toMatchObject({ rotate_on_destroy: false });
      }
    },
  );

  it('a pair holds a key that works: the end comes first', async () => {
    const [end, pair] = await Promise.all([ended(), paired()]);
    expect(end.error).toBeUndefined();
    expect(pair.state && works(pair.state)).toBe(true);
  });

  it('a pair holds a key that works: the beginning comes first', async () => {
    const pair = await paired();
    const end = await ended();
    expect(String(end.error)).toContain('was not rotated as it was destroyed');
    expect(end.state).toMatchObject({ rotate_on_destroy: false });
    expect(pair.state && works(pair.state)).toBe(true);
  });
});
