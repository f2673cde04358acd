// Wrong clocks: what the service dates wrongly, or this machine counts wrongly, makes no key due and protects none.

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { accessKey, rotateNow, rotationTarget } from '../../src/resources/access-key/index.ts';
import type { AccessKeyState, PlannedAccessKey } from '../../src/resources/access-key/schema.ts';
import { unconfigured } from '../../src/resources/access-key/state.ts';
import { credentialPair } from '../../src/resources/credential-pair/index.ts';
import type {
  CredentialPairState,
  PlannedCredentialPair,
} from '../../src/resources/credential-pair/schema.ts';
import { unknown } from '../../src/schema/value.ts';
import { type LocalSession, localSession, OWNER, operation } from '../helpers/local-session.ts';
import { undecidedKey } from '../helpers/planned.ts';

const YEAR = 365 * 86_400;
const RECYCLE = '/automate/recycle_key.json';

let world: LocalSession;
beforeEach(async () => {
  world = await localSession({
    seed: {
      organization: { name: 'Acme Inc.' },
      users: [{ ...OWNER, role: 'owner' }],
      service_accounts: [
        { identifier: 'ci', username: 'ci_1' },
        { identifier: 'ci-b', username: 'ci_2' },
      ],
    },
  });
});
afterEach(() => world.close());

const policy = { rotate_after_days: 30, minimum_age_days: 7 };
const planned = (reason: string): PlannedAccessKey => ({
  ...unconfigured,
  ...policy,
  username: 'ci_1',
  triggers: new Map([['reason', reason]]),
  access_key: null,
  escrowed_access_key: null,
  ...undecidedKey,
});
const plannedPair = (reason: string) =>
  ({
    ...policy,
    username_a: 'ci_1',
    username_b: 'ci_2',
    triggers: new Map([['reason', reason]]),
    key_fingerprint: unknown,
  }) as unknown as PlannedCredentialPair;

const dated = (seconds: number, path?: string) =>
  world.local.inject([{ kind: 'clock-skew', seconds, times: 'always', ...(path && { path }) }]);
const update = async (reason: string, prior: AccessKeyState) =>
  (await accessKey.update?.(planned(reason), prior, operation(world.session))) as AccessKeyState;
const looked = async (state: AccessKeyState) => {
  const op = operation<AccessKeyState>(await world.another());
  const read = (await accessKey.read(state, op)) as AccessKeyState;
  return { status: read.rotation_status, warnings: op.warnings.map(({ summary }) => summary) };
};
const days = (count: number) => world.clock.advance(count * 86_400_000);

describe.each([
  ['a year ago', -YEAR],
  ['in a year', YEAR],
  ['a minute ago', -60],
  ['in a minute', 60],
])('a rotation whose answer is dated %s', (_when, seconds) => {
  it.each([
    ['that answer', RECYCLE],
    ['every answer', undefined],
  ])('counts from when it happened (%s)', async (_which, path) => {
    const adopted = await accessKey.create(planned('one'), operation<AccessKeyState>(world.session));
    const asked = world.clock.now().toISOString();
    dated(seconds, path);
    const state = await update('two', adopted);
    const answered = world.clock.now().toISOString();
    expect(state.rotated_at !== null && state.rotated_at >= asked && state.rotated_at <= answered).toBe(true);
    days(6);
    expect((await looked(state)).status).toBe('young');
    days(2);
    expect(await looked(state)).toEqual({ status: 'current', warnings: [] });
    world.local.clearFaults();
    days(23);
    expect((await looked(state)).status).toBe('due');
  });

  it('counts so for a pair and for a rotation on demand too', async () => {
    const pair = await credentialPair.create(
      plannedPair('one'),
      operation<CredentialPairState>(world.session),
    );
    dated(seconds);
    const now = world.clock.now().toISOString();
    const switched = await credentialPair.update?.(plannedPair('two'), pair, operation(world.session));
    expect(switched?.rotated_at).toBe(now);
    const { at } = await rotateNow(await rotationTarget('ci_1', {}, world.session), operation(world.session));
    expect(at?.toISOString()).toBe(now);
  });
});

describe('a key is due', () => {
  const adopted = () => accessKey.create(planned('one'), operation<AccessKeyState>(world.session));

  it('when both clocks say so', async () => {
    const state = await adopted();
    days(31);
    for (const seconds of [0, YEAR]) {
      world.local.clearFaults();
      dated(seconds);
      expect(await looked(state)).toEqual({ status: 'due', warnings: [] });
    }
  });

  it('not by the clock of this machine alone, and the plan says so', async () => {
    const state = await adopted();
    days(31);
    dated(-YEAR);
    expect(await looked(state)).toEqual({
      status: 'current',
      warnings: ['The clocks disagree whether ci_1 is due'],
    });
  });

  it('not by the clock of the service alone', async () => {
    const state = await adopted();
    dated(YEAR);
    expect(await looked(state)).toEqual({ status: 'current', warnings: [] });
  });
});

it('a key that a wrong clock dated in the future is protected by no minimum age', async () => {
  const adopted = await accessKey.create(planned('one'), operation<AccessKeyState>(world.session));
  const rotated_at = new Date(world.clock.now().getTime() + YEAR * 1000).toISOString();
  expect((await looked({ ...adopted, rotated_at })).status).toBe('current');
});
