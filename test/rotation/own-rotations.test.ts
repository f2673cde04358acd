// A list that lags behind what this very run did hides it from nobody in this run, however it rotated.

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  accessKey,
  ephemeralAccessKey,
  keyReport,
  listKey,
  rotateAccessKeyAction,
  rotateNow,
  rotationTarget,
} from '../../src/resources/access-key/index.ts';
import type { AccessKeyState, PlannedAccessKey } from '../../src/resources/access-key/schema.ts';
import { unconfigured } from '../../src/resources/access-key/state.ts';
import { credentialPair } from '../../src/resources/credential-pair/index.ts';
import type {
  CredentialPairState,
  PlannedCredentialPair,
} from '../../src/resources/credential-pair/schema.ts';
import type { Session } from '../../src/resources/index.ts';
import { findByUsername, serviceAccounts } from '../../src/resources/service-account/index.ts';
import { unknown } from '../../src/schema/value.ts';
import { type LocalSession, localSession, OWNER, operation } from '../helpers/local-session.ts';
import { undecidedKey } from '../helpers/planned.ts';

const LAG = { kind: 'stale-list', seconds: 60, path: '/user/service-accounts', times: 'always' } as const;

let world: LocalSession;
let session: Session;
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
  world.clock.advance(3_600_000);
  session = world.session;
});
afterEach(() => world.close());

const current = (username = 'nightly_1') =>
  world.local.accounts().find((account) => account.username === username)?.accessKey ?? '';

const planned = (reason: string): PlannedAccessKey => ({
  ...unconfigured,
  username: 'nightly_1',
  triggers: new Map([['reason', reason]]),
  access_key: null,
  escrowed_access_key: null,
  ...undecidedKey,
});

const plannedPair = (reason: string) =>
  ({
    username_a: 'nightly_2',
    username_b: 'nightly_1',
    triggers: new Map([['reason', reason]]),
    key_fingerprint: unknown,
  }) as unknown as PlannedCredentialPair;

/** Each rotates the key of nightly_1. */
const ways: Readonly<Record<string, () => Promise<void>>> = {
  'an apply': async () => {
    const adopted = await accessKey.create(planned('first'), operation<AccessKeyState>(session));
    await accessKey.update?.(planned('second'), adopted, operation(session));
  },
  'a pair': async () => {
    const adopted = await credentialPair.create(
      plannedPair('first'),
      operation<CredentialPairState>(session),
    );
    await credentialPair.update?.(plannedPair('second'), adopted, operation(session));
  },
  'the command line': async () => {
    const target = await rotationTarget('nightly_1', {}, session);
    await rotateNow(target, operation(session));
  },
  'an action': async () => {
    const given = { username: 'nightly_1', reason: 'leaked', expected_fingerprint: null };
    await rotateAccessKeyAction.invoke(given, operation(session));
  },
  'a destroy that rotates': async () => {
    const earlier = await world.another();
    const adopted = await accessKey.create(planned('first'), operation<AccessKeyState>(earlier));
    await accessKey.delete({ ...adopted, rotate_on_destroy: true }, operation(session));
  },
  'an apply whose answer got lost': async () => {
    const adopted = await accessKey.create(planned('first'), operation<AccessKeyState>(session));
    world.local.inject([{ kind: 'drop', path: '/automate/recycle_key.json', times: 1 }]);
    await accessKey.update?.(planned('second'), adopted, operation(session));
  },
  'somebody else, while this run was about to': async () => {
    const adopted = await accessKey.create(planned('first'), operation<AccessKeyState>(session));
    const other = await world.another();
    await rotateNow(await rotationTarget('nightly_1', {}, other), operation(other));
    await accessKey.update?.(planned('second'), adopted, operation(session));
  },
};

describe.each(Object.entries(ways))('after a rotation by %s, a list that lags behind', (_way, rotate) => {
  it('hides the new key from no look of this run', async () => {
    const before = current();
    await rotate();
    expect(current() === before).toBe(false);
    world.local.inject([LAG]);
    // As when something else of this run lists again.
    await session.snapshot(serviceAccounts).fresh();

    const given = { username: 'nightly_1', expected_fingerprint: null };
    const opened = await ephemeralAccessKey.open(
      { ...given, access_key: null, key_fingerprint: null },
      operation(session),
    );
    expect(opened.result.access_key === current()).toBe(true);
    const listed = await listKey(session, 'nightly_1', true);
    expect(listed.credentials.accessKey.reveal() === current()).toBe(true);
    const { rows } = await keyReport(session, [], session.clock.now());
    expect(rows[0]?.fingerprint).toBe(listed.fingerprint);
    const target = await rotationTarget('nightly_1', {}, session);
    expect(target.fingerprint).toBe(listed.fingerprint);
    const account = await findByUsername(session, 'nightly_1');
    expect(account?.accessKey?.reveal() === current()).toBe(true);
  });

  it('does not hide a later rotation elsewhere', async () => {
    await rotate();
    const other = await world.another();
    await rotateNow(await rotationTarget('nightly_1', {}, other), operation(other));
    const listed = await listKey(session, 'nightly_1', true);
    expect(listed.credentials.accessKey.reveal() === current()).toBe(true);
  });
});
