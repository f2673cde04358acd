// Whatever a write is answered, it may have been carried out before, or not: only what the service itself says at the
// door is believed. Each write, with each answer, after the effect and without one.

import { afterEach, describe, expect, it } from 'vitest';
import type { FaultRule } from '../../src/entry/emulator.ts';
import { Problem } from '../../src/errors.ts';
import { accessKey } from '../../src/resources/access-key/index.ts';
import type { AccessKeyState } from '../../src/resources/access-key/schema.ts';
import { unconfigured } from '../../src/resources/access-key/state.ts';
import { serviceAccount } from '../../src/resources/service-account/index.ts';
import type { ServiceAccountState } from '../../src/resources/service-account/schema.ts';
import { team } from '../../src/resources/team/index.ts';
import type { TeamState } from '../../src/resources/team/schema.ts';
import { user } from '../../src/resources/user/index.ts';
import type { UserState } from '../../src/resources/user/schema.ts';
import { unknown } from '../../src/schema/value.ts';
import { caught } from '../helpers/caught.ts';
import { type LocalSession, localSession, operation } from '../helpers/local-session.ts';
import { acmeSeed, plannedAccount, undecidedKey } from '../helpers/planned.ts';

let world: LocalSession;
afterEach(() => world.close());

interface Write {
  readonly where: { readonly method: string; readonly path: string };
  /** Says how things are to be, so it is sent again after what may pass. */
  readonly isRepeatable?: true;
  /** What can be done before anything goes wrong. */
  prepare?(): Promise<void>;
  run(): Promise<unknown>;
  /** Whether it has had its effect, seen from the server's side. */
  isDone(): boolean;
}

const accounts = (identifier: string) =>
  world.local.accounts().filter((account) => account.identifier === identifier);
const CREATE = { method: 'POST', path: '/user/service-accounts' };
let key: AccessKeyState;

const creations: Readonly<Record<string, Write>> = {
  'the creation of an account': {
    where: CREATE,
    run: () => serviceAccount.create(plannedAccount('web-ci'), operation(world.session)),
    isDone: () => accounts('web-ci').length === 1,
  },
  'the creation of a team': {
    where: { method: 'POST', path: '/user/create_team' },
    run: () =>
      team.create(
        { name: 'Web', deletion_protection: true, deletion_policy: 'delete' } as TeamState,
        operation<TeamState>(world.session),
      ),
    isDone: () => world.local.teams().filter(({ name }) => name === 'Web').length === 1,
  },
  'an invitation': {
    where: { method: 'POST', path: '/user/create_user' },
    run: () =>
      user.create(
        {
          email: 'new@acme.com',
          full_name: 'New Person',
          role: 'user',
          team: null,
          products: null,
          username: unknown,
          status: unknown,
          product_access: unknown,
        },
        operation<UserState>(world.session),
      ),
    isDone: () => world.local.users().filter(({ email }) => email === 'new@acme.com').length === 1,
  },
};

const others: Readonly<Record<string, Write>> = {
  'the deletion of an account': {
    where: { method: 'DELETE', path: '/user/service-accounts' },
    isRepeatable: true,
    run: async () => serviceAccount.delete(await stateOf('nightly'), operation(await world.another())),
    isDone: () => accounts('nightly').length === 0,
  },
  'the deletion of a team': {
    where: { method: 'DELETE', path: '/user/delete_team' },
    isRepeatable: true,
    run: async () => {
      const state = (await team.importState?.('Search', operation(world.session))) as TeamState;
      await team.delete({ ...state, deletion_protection: false }, operation(await world.another()));
    },
    isDone: () => !world.local.teams().some(({ name }) => name === 'Search'),
  },
  'a change in place': {
    where: { method: 'PUT', path: '/user/service-accounts' },
    isRepeatable: true,
    run: async () => {
      const prior = await stateOf('nightly');
      const planned = { ...plannedAccount('renamed'), username: prior.username };
      return serviceAccount.update?.(planned, prior, operation<ServiceAccountState>(world.session));
    },
    isDone: () => accounts('renamed').length === 1,
  },
  'a rotation': {
    where: { method: 'PUT', path: '/automate/recycle_key.json' },
    prepare: async () => {
      key = await accessKey.create(wish('first'), operation<AccessKeyState>(world.session));
    },
    run: async () => {
      const state = await accessKey.update?.(
        wish('leak'),
        key,
        operation<AccessKeyState>(await world.another()),
      );
      expect(state?.access_key === world.local.accounts()[0]?.accessKey).toBe(true);
    },
    isDone: () => world.local.accounts()[0]?.accessKey !== FIRST_KEY,
  },
};

const FIRST_KEY = 'CanaryKeyCanaryKey01';
const wish = (reason: string) => ({
  ...unconfigured,
  username: 'nightly_1',
  export_access_key: true,
  triggers: new Map([['reason', reason]]),
  access_key: unknown,
  escrowed_access_key: null,
  ...undecidedKey,
});
// An import of an account that exists gives all of it.
const stateOf = async (id: string) =>
  ({
    ...(await serviceAccount.importState?.(id, operation(world.session))),
    deletion_protection: false,
  }) as ServiceAccountState;

const PAGES: readonly FaultRule[] = [
  { kind: 'status', status: 400 },
  { kind: 'status', status: 401 },
  { kind: 'status', status: 403 },
  { kind: 'status', status: 404 },
  { kind: 'status', status: 408 },
  { kind: 'status', status: 422 },
  { kind: 'status', status: 429 },
  { kind: 'status', status: 302 },
  { kind: 'html' },
  { kind: 'html', status: 403 },
];
/** Said by the service itself; 404 is an answer to anything but a collision. */
const OWN_WORDS: readonly FaultRule[] = [
  { kind: 'status', status: 404, message: 'Not found.' },
  { kind: 'status', status: 400, message: 'Bad request.' },
  { kind: 'status', status: 409, message: 'Conflict.' },
  { kind: 'status', status: 422, message: 'Unprocessable.' },
];
const nameOf = (fault: FaultRule) => JSON.stringify(fault);
const each = (writes: Readonly<Record<string, Write>>, faults: readonly FaultRule[]) =>
  Object.entries(writes).flatMap(([name, write]) =>
    faults.map((fault) => [name, nameOf(fault), write, fault] as const),
  );

async function begin({ where, prepare }: Write, fault: FaultRule): Promise<void> {
  const service_accounts = [
    { identifier: 'nightly', username: 'nightly_1', access_key: FIRST_KEY },
    ...acmeSeed.service_accounts.slice(1),
  ];
  world = await localSession({ seed: { ...acmeSeed, service_accounts }, behaviours: { update: 'put' } });
  await prepare?.();
  world.local.clearRequests();
  world.local.inject({ ...fault, ...where, times: 'always' });
}

/** What would do more than was asked when it is sent again is sent once. */
const isSentOnce = ({ where, isRepeatable }: Write) => {
  const sent = world.local
    .requests()
    .filter(({ method, path }) => method === where.method && path === where.path);
  return isRepeatable ? sent.length > 0 : sent.length === 1;
};

describe('an answer after the effect', () => {
  const everything = { ...creations, ...others };
  it.each([...each(everything, [...PAGES, ...OWN_WORDS.slice(0, 1)]), ...each(others, OWN_WORDS.slice(1))])(
    '%s is seen to be done in spite of %s',
    async (_name, _fault, write, fault) => {
      await begin(write, fault);
      await write.run();
      expect(write.isDone()).toBe(true);
      expect(isSentOnce(write)).toBe(true);
    },
  );

  it.each(each(creations, OWN_WORDS.slice(1)))(
    '%s is refused with %s and there all the same: nobody guesses whose it is',
    async (_name, _fault, write, fault) => {
      await begin(write, fault);
      const problem = await caught(write.run());
      expect(problem).toMatchObject({ code: 'conflict' });
      expect(problem.detail).toContain('terraform import ADDRESS');
      expect(write.isDone()).toBe(true);
      expect(isSentOnce(write)).toBe(true);
    },
  );
});

describe('an answer without an effect', () => {
  it.each(each({ ...creations, ...others }, [...PAGES, ...OWN_WORDS]))(
    '%s is not taken for done, and nothing untrue is said of it (%s)',
    async (_name, _fault, write, fault) => {
      await begin(write, { ...fault, when: 'before' } as FaultRule);
      const problem = await caught(write.run());
      expect(write.isDone()).toBe(false);
      expect(isSentOnce(write)).toBe(true);
      expect(problem.detail).not.toMatch(/Nothing was|Nobody was|as it was|safe to/u);
      expect(problem.message).not.toContain(FIRST_KEY);
      world.local.clearFaults();
      await write.run();
      expect(write.isDone()).toBe(true);
    },
  );
});

describe('what the service itself says at the door', () => {
  it.each(
    each({ ...creations, ...others }, [
      { kind: 'status', status: 401, message: 'Access denied.' },
      { kind: 'status', status: 403, message: 'Not for you.' },
    ]),
  )('is believed: %s is not looked for (%s)', async (name, _fault, write, fault) => {
    await begin(write, { ...fault, when: 'before' } as FaultRule);
    const thrown = await write.run().then(
      () => undefined,
      (error) => error,
    );
    expect(thrown).toBeInstanceOf(Problem);
    expect(write.isDone()).toBe(false);
    // A key that is refused may be the old one of a list that lags behind: for that the list is looked at.
    const looks = name === 'a rotation' && thrown.code === 'stale' ? 6 : 1;
    const lists = world.local
      .requests()
      .filter(({ method, path }) => method === 'GET' && path !== '/automate/plan.json');
    expect(lists.length).toBeLessThanOrEqual(looks);
  });
});
