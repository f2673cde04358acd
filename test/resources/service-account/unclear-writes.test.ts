import { afterEach, describe, expect, it } from 'vitest';
import { serviceAccount } from '../../../src/resources/service-account/index.ts';
import type {
  ServiceAccountState,
  serviceAccountSchema,
} from '../../../src/resources/service-account/schema.ts';
import { team } from '../../../src/resources/team/index.ts';
import type { TeamState } from '../../../src/resources/team/schema.ts';
import { caught } from '../../helpers/caught.ts';
import { type LocalSession, localSession, operation } from '../../helpers/local-session.ts';
import { acmeSeed, changeTo, plannedAccount } from '../../helpers/planned.ts';

let world: LocalSession;
afterEach(() => world.close());

const make = (identifier: string, op = operation<ServiceAccountState>(world.session)) =>
  serviceAccount.create(plannedAccount(identifier), op);
const withIdentifier = (wanted: string) =>
  world.local.accounts().filter(({ identifier }) => identifier === wanted);
const accountState: ServiceAccountState = {
  identifier: 'nightly',
  team: null,
  deletion_protection: false,
  deletion_policy: 'delete',
  consumers: null,
  username: 'nightly_1',
  organization_level: true,
};

describe('a creation whose answer does not come in time', () => {
  it('is found although it happened after the answer was given up', async () => {
    world = await localSession(
      { seed: acmeSeed, faults: [{ kind: 'slow', seconds: 1, method: 'POST' }] },
      { request_timeout: 1 },
    );
    const state = await make('web-ci');
    expect(withIdentifier('web-ci').map(({ username }) => username)).toEqual([state.username]);
    expect(world.local.requests().filter(({ method }) => method === 'POST')).toHaveLength(1);
  });

  it('is found although the list lags behind', async () => {
    world = await localSession({
      seed: acmeSeed,
      behaviours: { 'read-delay': 5 },
      faults: [{ kind: 'drop', method: 'POST' }],
    });
    world.clock.advance(60_000);
    const state = await make('web-ci');
    expect(withIdentifier('web-ci').map(({ username }) => username)).toEqual([state.username]);
  });

  it('is kept when the run is stopped meanwhile', async () => {
    world = await localSession({ seed: acmeSeed, faults: [{ kind: 'drop', method: 'POST' }] });
    const stop = new AbortController();
    const op = operation<ServiceAccountState>(world.session);
    const making = make('web-ci', {
      ...op,
      signal: stop.signal,
      progress: () => stop.abort(new Error('stop')),
    });
    const state = await making;
    expect(withIdentifier('web-ci').map(({ username }) => username)).toEqual([state.username]);
    expect(op.saved).toHaveLength(1);
  });

  it('is told apart from an account that somebody else made meanwhile', async () => {
    world = await localSession({
      seed: acmeSeed,
      behaviours: { 'duplicate-identifier': 'allow' },
      faults: [{ kind: 'drop', method: 'POST', times: 2 }],
    });
    await world.session
      .snapshot((await import('../../../src/resources/service-account/index.ts')).serviceAccounts)
      .get();
    await make('twin', operation(await world.another()));
    const problem = await caught(make('twin'));
    expect(problem.code).toBe('conflict');
    for (const { username } of withIdentifier('twin')) expect(problem.detail).toContain(username);
    expect(withIdentifier('twin')).toHaveLength(2);
  });
});

describe('several accounts of one identifier', () => {
  it('are named with user names and places, and none is chosen', async () => {
    world = await localSession({
      seed: {
        ...acmeSeed,
        service_accounts: [
          { identifier: 'twin', username: 'twin_1' },
          { identifier: 'Twin', username: 'twin_2', team: 'Search' },
        ],
      },
    });
    const change = changeTo<typeof serviceAccountSchema>({ planned: plannedAccount('twin') });
    const problem = await caught(serviceAccount.plan?.(change, operation(world.session)));
    expect(problem.summary).toBe('2 service accounts "twin" exist already');
    expect(problem.detail).toContain('twin_1 (the organization), twin_2 (team "Search")');
  });
});

describe('a deletion', () => {
  it.each(['404', '422', '200'] as const)('of what is gone is a success (answer %s)', async (answer) => {
    world = await localSession({
      seed: acmeSeed,
      behaviours: { 'delete-unknown': answer, 'delete-answer': 'no-content' },
    });
    for (let i = 0; i < 2; i += 1)
      await serviceAccount.delete(accountState, operation(await world.another()));
    expect(withIdentifier('nightly')).toEqual([]);
  });

  it('that did not happen is no success', async () => {
    world = await localSession(
      {
        seed: acmeSeed,
        faults: [{ kind: 'status', status: 503, when: 'before', method: 'DELETE', times: 'always' }],
      },
      { max_retries: 1 },
    );
    const problem = await caught(serviceAccount.delete(accountState, operation(world.session)));
    expect(problem.code).toBe('unclear_outcome');
    expect(withIdentifier('nightly')).toHaveLength(1);
  });

  it.each(['404', '422'] as const)('of a team that is gone is a success (answer %s)', async (answer) => {
    world = await localSession({ seed: acmeSeed, behaviours: { 'delete-unknown-team': answer } });
    const imported = (await team.importState?.('Search', operation(world.session))) as TeamState;
    const state = { ...imported, deletion_protection: false };
    for (let i = 0; i < 2; i += 1) await team.delete(state, operation(await world.another()));
    expect(world.local.teams().map(({ name }) => name)).toEqual(['Payments']);
  });
});
