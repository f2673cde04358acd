import { afterEach, describe, expect, it } from 'vitest';
import { serviceAccount } from '../../../src/resources/service-account/index.ts';
import type { ServiceAccountState } from '../../../src/resources/service-account/schema.ts';
import { team } from '../../../src/resources/team/index.ts';
import type { TeamState } from '../../../src/resources/team/schema.ts';
import { caught } from '../../helpers/caught.ts';
import { type LocalSession, localSession, operation } from '../../helpers/local-session.ts';
import { acmeSeed, as, changeTo, plannedAccount } from '../../helpers/planned.ts';

let world: LocalSession;
afterEach(() => world.close());

const stateOf = async (id: string) => {
  const owner = await world.another();
  // The owner sees everything, so nothing is missing.
  return (await serviceAccount.importState?.(id, operation(owner))) as ServiceAccountState;
};

describe('credentials of a Team Admin', () => {
  it('read an account of the own team, and say of others that they cannot see them', async () => {
    world = await localSession({ seed: acmeSeed });
    const own = await stateOf('payments-ci');
    const foreign = await stateOf('search-ci');
    const level = await stateOf('nightly');
    const session = await world.another(as('pay_admin'));
    expect(await serviceAccount.read(own, operation(session))).toMatchObject({ username: 'paymentsci_1' });
    for (const state of [foreign, level]) {
      const problem = await caught(serviceAccount.read(state, operation(session)));
      expect(problem.code).toBe('forbidden');
      expect(problem.detail).toContain('Team Admin of "Payments" only');
      expect(problem.detail).toContain('nothing is planned for it');
    }
  });

  it('say of an own account that is gone that it is gone', async () => {
    world = await localSession({ seed: acmeSeed });
    const own = await stateOf('payments-ci');
    await serviceAccount.delete({ ...own, deletion_protection: false }, operation(await world.another()));
    const op = operation(await world.another(as('pay_admin')));
    expect(await serviceAccount.read(own, op)).toBeUndefined();
    expect(op.warnings).toHaveLength(1);
  });

  it.each(['404', '403'] as const)(
    'never take an account of another team for deleted (the service answers %s)',
    async (answer) => {
      world = await localSession({ seed: acmeSeed, behaviours: { 'team-admin-deletes-foreign': answer } });
      const foreign = { ...(await stateOf('search-ci')), deletion_protection: false };
      const session = await world.another(as('pay_admin'));
      expect(await caught(serviceAccount.delete(foreign, operation(session)))).toMatchObject({
        code: 'forbidden',
      });
      expect(world.local.accounts()).toHaveLength(3);
    },
  );

  it('say of another team that they cannot see it', async () => {
    world = await localSession({ seed: acmeSeed });
    const state = (await team.importState?.('Search', operation(await world.another()))) as TeamState;
    const session = await world.another(as('pay_admin'));
    expect(await caught(team.read(state, operation(session)))).toMatchObject({ code: 'forbidden' });
    expect(await caught(team.importState?.('Search', operation(session)))).toMatchObject({
      code: 'forbidden',
    });
  });
});

describe('an API that is not available', () => {
  it.each(['403', '404', '422'] as const)('is named as what it is (answer %s)', async (answer) => {
    world = await localSession({
      seed: { ...acmeSeed, organization: { name: 'Acme Inc.', api_enabled: false } },
      behaviours: { 'api-not-enabled': answer },
    });
    const accounts = await caught(serviceAccount.list?.(operation(world.session)));
    expect(accounts.summary).toBe('The API for service accounts is not available with these credentials');
    expect(accounts.detail).toContain('Enterprise');
    const teams = await caught(team.list?.(operation(world.session)));
    expect(teams.detail).toContain('Support');
  });

  it.each(['just_a_user', 'nightly_1'])('is what %s meets', async (username) => {
    world = await localSession({
      seed: {
        ...acmeSeed,
        service_accounts: [
          { identifier: 'nightly', username: 'nightly_1', access_key: 'nightly-key-00000001' },
        ],
      },
    });
    const access_key = username === 'nightly_1' ? 'nightly-key-00000001' : as(username).access_key;
    const session = await world.another({ username, access_key });
    expect(await caught(serviceAccount.list?.(operation(session)))).toMatchObject({ code: 'forbidden' });
  });
});

describe('the account that the provider runs on', () => {
  it.each(['delete', 'replace'] as const)('is not %sd', async (action) => {
    world = await localSession({ seed: acmeSeed });
    const self = { ...(await stateOf('nightly')), username: 'owner_local', deletion_protection: false };
    const problem = await caught(
      serviceAccount.plan?.(
        changeTo({ action, prior: self, planned: plannedAccount('other') }),
        operation(world.session),
      ),
    );
    expect(problem).toMatchObject({ code: 'refused' });
    expect(problem.detail).toContain('lock this configuration out');
  });

  it('is not deleted by a saved plan that was made on other credentials', async () => {
    world = await localSession({ seed: acmeSeed, behaviours: { 'service-account-as-caller': 'as-admin' } });
    const self = { ...(await stateOf('nightly')), deletion_protection: false };
    const [account] = world.local.accounts().filter(({ username }) => username === self.username);
    const session = await world.another({ username: self.username, access_key: account?.accessKey ?? '' });
    expect(await caught(serviceAccount.delete(self, operation(session)))).toMatchObject({ code: 'refused' });
    expect(world.local.accounts()).toHaveLength(3);
  });
});

describe('the named organization', () => {
  it('is asked for before a saved plan changes anything in another one', async () => {
    world = await localSession({ seed: acmeSeed, behaviours: { update: 'put' } });
    const account = { ...(await stateOf('nightly')), deletion_protection: false };
    const made = (await team.importState?.('Search', operation(await world.another()))) as TeamState;
    const elsewhere = operation(await world.another({ organization: 'Other Inc.' }));
    for (const write of [
      () => serviceAccount.delete(account, elsewhere),
      () => serviceAccount.update?.({ ...account, identifier: 'other' }, account, elsewhere),
      () => serviceAccount.create(plannedAccount('other'), elsewhere),
      () => team.delete(made, elsewhere),
      () => team.create({ ...made, name: 'Other' }, elsewhere),
    ])
      expect(await caught(write())).toMatchObject({ code: 'refused', summary: 'Wrong organization' });
    expect(world.local.accounts()).toHaveLength(3);
    expect(world.local.teams()).toHaveLength(2);
  });

  it('costs a delete the list it needs to ask, and a delete without it nothing', async () => {
    world = await localSession({ seed: acmeSeed });
    const account = { ...(await stateOf('nightly')), deletion_protection: false };
    const other = { ...(await stateOf('search-ci')), deletion_protection: false };
    world.local.clearRequests();
    await serviceAccount.delete(account, operation(await world.another({ organization: 'Acme Inc.' })));
    await serviceAccount.delete(other, operation(await world.another()));
    expect(world.local.requests().map(({ method }) => method)).toEqual(['GET', 'DELETE', 'DELETE']);
  });
});

describe('teams that belong to the identity provider', () => {
  it.each([403, 422])('are refused with what to do instead (answer %i)', async (status) => {
    world = await localSession({
      seed: acmeSeed,
      faults: [{ kind: 'status', status, when: 'before', path: '/user/create_team' }],
    });
    const planned = { name: 'Web', deletion_protection: true, deletion_policy: 'delete' } as TeamState;
    const problem = await caught(team.create(planned, operation<TeamState>(world.session)));
    expect(problem.summary).toBe('Team "Web" cannot be created');
    expect(problem.detail).toContain('SCIM');
    expect(problem.detail).toContain('data "browserstack_team"');
  });
});
