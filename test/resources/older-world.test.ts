// One list that shows an older world, or nothing at all, makes nothing leave the state, and lets nothing be done that a
// true list would not.

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { accessKey } from '../../src/resources/access-key/index.ts';
import type { AccessKeyState } from '../../src/resources/access-key/schema.ts';
import { unconfigured } from '../../src/resources/access-key/state.ts';
import { credentialPair } from '../../src/resources/credential-pair/index.ts';
import type { CredentialPairState } from '../../src/resources/credential-pair/schema.ts';
import {
  serviceAccount,
  unmanagedServiceAccountsDataSource,
} from '../../src/resources/service-account/index.ts';
import type {
  ServiceAccountState,
  serviceAccountSchema,
} from '../../src/resources/service-account/schema.ts';
import { team } from '../../src/resources/team/index.ts';
import type { TeamState } from '../../src/resources/team/schema.ts';
import { user } from '../../src/resources/user/index.ts';
import type { UserState } from '../../src/resources/user/schema.ts';
import { unknown } from '../../src/schema/value.ts';
import { caught } from '../helpers/caught.ts';
import { type LocalSession, localSession, OWNER, operation } from '../helpers/local-session.ts';
import { acmeSeed, changeTo } from '../helpers/planned.ts';

const ACCOUNTS = '/user/service-accounts';
let world: LocalSession;
afterEach(() => world.close());

const MANY = Array.from({ length: 12 }, (_, i) => ({ identifier: `account-${i}`, username: `account_${i}` }));

beforeEach(async () => {
  // Made after the clock began, so that a list of a day ago shows none of it.
  world = await localSession({
    seed: { organization: { name: 'Acme Inc.' }, users: [{ ...OWNER, role: 'owner' }] },
  });
  for (const name of ['Payments', 'Search'])
    await inConsole('POST', '/user/create_team', { team_name: name });
  for (const identifier of ['nightly', 'other'])
    await inConsole('POST', ACCOUNTS, { identifier, teamName: 'Payments' });
  await inConsole('POST', '/user/create_user', {
    email: 'jane@acme.com',
    full_name: 'Jane',
    team: 'Payments',
  });
  world.clock.advance(3_000_000);
});

async function inConsole(
  method: string,
  path: string,
  query: Readonly<Record<string, string>>,
): Promise<void> {
  const url = `http://local${path}?${new URLSearchParams(query)}`;
  const authorization = `Basic ${btoa('owner_local:owner-local-key-0001')}`;
  const { ok, status } = await world.local.fetch(new Request(url, { method, headers: { authorization } }));
  if (!ok) throw new Error(`${method} ${path} answered ${status}`);
}

const usernameOf = (identifier: string) =>
  world.local.accounts().find((account) => account.identifier === identifier)?.username ?? '';
// An import of what exists gives all of it.
const accountState = async (id = 'nightly') =>
  (await serviceAccount.importState?.(id, operation(await world.another()))) as ServiceAccountState;
const teamState = async () =>
  (await team.importState?.('Search', operation(await world.another()))) as TeamState;
const keyState = async (): Promise<AccessKeyState> => {
  const prior = (await accessKey.importState?.(
    'nightly',
    operation(await world.another()),
  )) as AccessKeyState;
  return (await accessKey.read(
    { ...prior, key_fingerprint: null as never },
    operation(await world.another()),
  )) as AccessKeyState;
};

/** The next list shows the world as it was before everything. */
const older = (path: string, times: number | 'always' = 1) =>
  world.local.inject({ kind: 'stale-list', seconds: 3600, path, times });

describe('one list that shows an older world', () => {
  it('makes no account leave the state', async () => {
    const state = await accountState();
    older(ACCOUNTS);
    const op = operation(await world.another());
    expect(await serviceAccount.read(state, op)).toEqual(state);
    expect(op.warnings).toEqual([]);
  });

  it('makes no team and nobody leave the state', async () => {
    const state = await teamState();
    older('/user/team_detail');
    expect(await team.read(state, operation(await world.another()))).toEqual(state);
    const jane = (await user.importState?.('jane@acme.com', operation(await world.another()))) as UserState;
    older('/user/user_detail', 2);
    const op = operation(await world.another());
    expect(await user.read(jane, op)).toEqual(jane);
    expect(op.warnings).toEqual([]);
  });

  it('makes no key and no pair leave the state', async () => {
    const state = await keyState();
    older(ACCOUNTS);
    expect(await accessKey.read(state, operation(await world.another()))).toEqual(state);
    const pair = (await credentialPair.importState?.(
      'nightly,other',
      operation(await world.another()),
    )) as CredentialPairState;
    const read = async () =>
      credentialPair.read({ ...pair, key_fingerprint: null as never }, operation(await world.another()));
    const seen = (await read()) as CredentialPairState;
    older(ACCOUNTS);
    expect(await credentialPair.read(seen, operation(await world.another()))).toEqual(seen);
  });

  it('costs one list more, however much is missed in it', async () => {
    const states = [await accountState('nightly'), await accountState('other')];
    world.local.clearRequests();
    older(ACCOUNTS);
    const session = await world.another();
    await Promise.all(states.map((state) => serviceAccount.read(state, operation(session))));
    await accessKey.read(await keyState(), operation(session));
    const lists = world.local
      .requests()
      .filter(({ path, faults }) => path === ACCOUNTS && faults === undefined);
    expect(lists.length).toBeLessThanOrEqual(1 + 3);
  });

  it('does not stop a rotation', async () => {
    const state = await keyState();
    const session = await world.another();
    older(ACCOUNTS);
    const planned = { ...state, ...unconfigured, username: state.username, triggers: new Map([['a', '2']]) };
    const prior = { ...state, triggers: new Map([['a', '1']]) };
    const next = await accessKey.update?.(
      { ...planned, key_fingerprint: unknown },
      prior,
      operation<AccessKeyState>(session),
    );
    expect(next?.generation).toBe(2);
  });

  it('does not report what is there as missing', async () => {
    older(ACCOUNTS);
    const { missing } = await unmanagedServiceAccountsDataSource.read(
      { managed: [usernameOf('nightly')], service_accounts: null, duplicates: null, missing: null } as never,
      operation(await world.another()),
    );
    expect(missing).toEqual([]);
  });

  it('takes no protection from what was taken out of the configuration', async () => {
    const account = await accountState();
    older(ACCOUNTS);
    const change = changeTo<typeof serviceAccountSchema>({ action: 'delete', prior: account });
    const problem = await caught(serviceAccount.plan?.(change, operation(await world.another())));
    expect(problem.summary).toContain('is protected against deletion');
    const search = await teamState();
    older('/user/team_detail');
    const ending = {
      action: 'delete' as const,
      config: undefined,
      prior: search,
      planned: undefined,
      replaces: [],
    };
    expect(await caught(team.plan?.(ending, operation(await world.another())))).toMatchObject({
      code: 'refused',
    });
  });
});

describe('what came back between plan and apply', () => {
  it('is not deleted when it is protected: its plan looked at an older world', async () => {
    for (const noun of ['account', 'team'] as const) {
      const op = operation<never>(await world.another());
      const problem = await caught(
        noun === 'account'
          ? serviceAccount.delete(await accountState(), op)
          : team.delete(await teamState(), op),
      );
      expect(problem).toMatchObject({ code: 'refused' });
      expect(problem.detail).toContain('it is there again');
    }
    expect(world.local.accounts()).toHaveLength(2);
    expect(world.local.teams()).toHaveLength(2);
  });

  it('is no failure when it is gone as planned: nothing is sent', async () => {
    const state = await accountState();
    await inConsole('DELETE', ACCOUNTS, { username: state.username });
    await serviceAccount.delete(state, operation<never>(await world.another()));
    expect(
      world.local.requests().filter(({ method, faults }) => method === 'DELETE' && !faults),
    ).toHaveLength(1);
  });
});

describe('what two lists lack', () => {
  it('is gone', async () => {
    const state = await accountState();
    await inConsole('DELETE', ACCOUNTS, { username: state.username });
    const op = operation(await world.another());
    expect(await serviceAccount.read(state, op)).toBeUndefined();
    expect(op.warnings[0]?.summary).toBe('Service account "nightly" is gone');
  });

  it('leaves what was wished for its key: nothing of it is forgotten if the account comes back', async () => {
    const state = { ...(await keyState()), triggers: new Map([['incident', '1']]) };
    await inConsole('DELETE', ACCOUNTS, { username: state.username });
    const op = operation(await world.another());
    expect(await accessKey.read(state, op)).toEqual(state);
    expect(op.warnings[0]?.summary).toContain('is gone');
  });
});

describe('a list that lacks most of what was there', () => {
  const states = (count: number) =>
    MANY.slice(0, count).map(
      ({ identifier, username }): ServiceAccountState => ({
        identifier,
        username,
        team: null,
        deletion_protection: true,
        deletion_policy: 'delete',
        consumers: null,
        organization_level: true,
      }),
    );
  const readAll = async (count: number, settings = {}) => {
    const session = await world.another(settings);
    return Promise.allSettled(states(count).map((state) => serviceAccount.read(state, operation(session))));
  };
  const reopen = async (there: number, others = 0) => {
    await world.close();
    const foreign = Array.from({ length: others }, (_, i) => ({
      identifier: `else-${i}`,
      username: `else_${i}`,
    }));
    world = await localSession({
      seed: { ...acmeSeed, service_accounts: [...MANY.slice(0, there), ...foreign] },
    });
  };

  it.each([
    ['all of two, and shows nothing', 2, 0, 0],
    ['most of twelve', 12, 3, 0],
    ['most of those managed here, and shows many others', 12, 3, 50],
  ])('is an error, not the truth: %s', async (_name, managed, there, others) => {
    await reopen(there, others);
    const results = await readAll(managed);
    const refused = results.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []));
    expect(refused.length).toBeGreaterThan(0);
    expect(refused[0]).toMatchObject({ code: 'unexpected_answer' });
    expect(refused[0].detail).toContain('BROWSERSTACK_MAX_MISSING');
    // Whoever says that it is true is believed.
    const believed = await readAll(managed, { max_missing: managed - there });
    expect(believed.map(({ status }) => status)).toEqual(Array(managed).fill('fulfilled'));
  });

  it.each([
    ['the only one', 1, 0, 0],
    ['a few of many', 12, 8, 0],
    ['some of few, and shows others', 3, 0, 50],
    ['two of three', 3, 1, 0],
  ])('is believed where that is likely: %s', async (_name, managed, there, others) => {
    await reopen(there, others);
    const results = await readAll(managed);
    expect(results.map(({ status }) => status)).toEqual(Array(managed).fill('fulfilled'));
  });

  it('is refused where the user allows less', async () => {
    await reopen(11);
    const results = await readAll(12, { max_missing: 0 });
    expect(results.filter(({ status }) => status === 'rejected')).toHaveLength(1);
  });
});
