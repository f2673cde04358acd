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

/** What somebody does in the console meanwhile. */
const inConsole = async (method: string, path: string, query: Record<string, string>) => {
  const authorization = `Basic ${Buffer.from('owner_local:owner-local-key-0001').toString('base64')}`;
  const url = `http://local${path}?${new URLSearchParams(query)}`;
  const answer = await world.local.fetch(new Request(url, { method, headers: { authorization } }));
  expect(answer.status).toBe(200);
};
const refresh = async (state: ServiceAccountState) => {
  const op = operation(await world.another());
  return { state: await serviceAccount.read(state, op), warnings: op.warnings };
};
const managed = async (id: string) =>
  // An import of an account that exists gives all of it.
  (await serviceAccount.importState?.(id, operation(world.session))) as ServiceAccountState;

const ACCOUNTS = '/user/service-accounts';

describe('what happened to an account outside', () => {
  it('nothing: no warning', async () => {
    world = await localSession({ seed: acmeSeed });
    const state = await managed('payments-ci');
    expect(await refresh(state)).toEqual({ state, warnings: [] });
  });

  it('was moved to another team', async () => {
    world = await localSession({ seed: acmeSeed, behaviours: { update: 'put' } });
    const state = await managed('payments-ci');
    await inConsole('PUT', ACCOUNTS, { username: 'paymentsci_1', teamName: 'Search' });
    const { state: now, warnings } = await refresh(state);
    expect(now).toMatchObject({ team: 'Search', username: 'paymentsci_1', organization_level: false });
    expect(warnings.map(({ summary }) => summary)).toEqual([
      'Service account "payments-ci" was moved from team "Payments" to team "Search"',
    ]);
  });

  it('fell to the organization when its team was deleted', async () => {
    world = await localSession({ seed: acmeSeed });
    const state = await managed('payments-ci');
    await inConsole('DELETE', '/user/delete_team', { team_name: 'Payments' });
    const { state: now, warnings } = await refresh(state);
    expect(now).toMatchObject({ team: null, organization_level: true });
    expect(warnings[0]?.summary).toContain('moved from team "Payments" to the organization');
  });

  it('was renamed', async () => {
    world = await localSession({ seed: acmeSeed, behaviours: { update: 'put' } });
    const state = await managed('nightly');
    await inConsole('PUT', ACCOUNTS, { username: 'nightly_1', identifier: 'nightly-builds' });
    const { state: now, warnings } = await refresh(state);
    expect(now).toMatchObject({ identifier: 'nightly-builds' });
    expect(warnings.map(({ summary }) => summary)).toEqual([
      'Service account "nightly" was renamed to "nightly-builds"',
    ]);
  });

  it('was deleted and made again: named as that, and never doubled', async () => {
    world = await localSession({ seed: acmeSeed });
    const state = await managed('nightly');
    await inConsole('DELETE', ACCOUNTS, { username: 'nightly_1' });
    await inConsole('POST', ACCOUNTS, { identifier: 'nightly', teamName: 'Search' });
    const session = await world.another();
    const op = operation(session);
    expect(await serviceAccount.read(state, op)).toBeUndefined();
    expect(op.warnings[0]?.summary).toContain('was deleted and made again');
    expect(op.warnings[0]?.detail).toContain('team "Search"');
    const change = changeTo<typeof serviceAccountSchema>({ planned: plannedAccount('nightly') });
    expect(await caught(serviceAccount.plan?.(change, op))).toMatchObject({ code: 'conflict' });
  });

  it('costs more requests only when something is missing: who asks, and one more list for all of them', async () => {
    world = await localSession({ seed: acmeSeed });
    const states = await Promise.all(['nightly', 'payments-ci', 'search-ci'].map(managed));
    await inConsole('DELETE', ACCOUNTS, { username: 'nightly_1' });
    await inConsole('DELETE', ACCOUNTS, { username: 'searchci_1' });
    world.local.clearRequests();
    const session = await world.another();
    for (const state of states) await serviceAccount.read(state, operation(session));
    expect(world.local.requests().map(({ path }) => path)).toEqual([ACCOUNTS, '/user/user_detail', ACCOUNTS]);
  });
});

describe('what happened to a team outside', () => {
  it('was deleted, or deleted and made again', async () => {
    world = await localSession({ seed: acmeSeed });
    const state = (await team.importState?.('Search', operation(world.session))) as TeamState;
    world.clock.advance(60_000);
    await inConsole('DELETE', '/user/delete_team', { team_name: 'Search' });
    const gone = operation(await world.another());
    expect(await team.read(state, gone)).toBeUndefined();
    expect(gone.warnings[0]?.summary).toBe('Team "Search" is gone');
    await inConsole('POST', '/user/create_team', { team_name: 'Search' });
    const again = operation(await world.another());
    expect(await team.read(state, again)).toMatchObject({ name: 'Search' });
    expect(again.warnings[0]?.summary).toContain('was deleted and made again');
  });
});
