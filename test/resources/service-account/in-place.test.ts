import { afterEach, describe, expect, it } from 'vitest';
import { readConfigured } from '../../../src/reconcile/input/configured.ts';
import { emptyInventory } from '../../../src/reconcile/inventory/inventory.ts';
import { Reconciler } from '../../../src/reconcile/reconciler.ts';
import type { Session } from '../../../src/resources/index.ts';
import { serviceAccount } from '../../../src/resources/service-account/index.ts';
import type { ServiceAccountState } from '../../../src/resources/service-account/schema.ts';
import { resourceTypes } from '../../../src/workspace/organization.ts';
import { caught } from '../../helpers/caught.ts';
import { type LocalSession, localSession, operation } from '../../helpers/local-session.ts';
import { acmeSeed, as, changeTo, plannedAccount } from '../../helpers/planned.ts';

let world: LocalSession;
afterEach(() => world.close());

const IN_PLACE = { account_changes: 'in_place' };
const managed = async (id: string, session: Session = world.session) =>
  // An import of an account that exists gives all of it.
  (await serviceAccount.importState?.(id, operation(session))) as ServiceAccountState;
const update = async (id: string, identifier: string, teamName: string | null, session = world.session) => {
  const prior = await managed(id, session);
  const planned = { ...plannedAccount(identifier, teamName), username: prior.username };
  return serviceAccount.update?.(planned, prior, operation<ServiceAccountState>(session));
};
const account = (username: string) => world.local.accounts().find((one) => one.username === username);

describe('account_changes = "in_place"', () => {
  it('plans an update that keeps user name and key, also of a protected account', async () => {
    world = await localSession({ seed: acmeSeed }, IN_PLACE);
    const prior = await managed('nightly');
    const planned = plannedAccount('nightly', 'Search');
    const op = operation(world.session);
    const change = changeTo({ action: 'replace', prior, planned, replaces: [['team']] });
    const answer = await serviceAccount.plan?.(change as never, op);
    expect(answer).toMatchObject({
      inPlace: [['team']],
      planned: { username: 'nightly_1', organization_level: false },
    });
    expect(op.warnings).toEqual([]);
  });

  it.each([
    ['moves it to a team', 'nightly', 'Search'],
    ['moves it to the organization', 'payments-ci', null],
    ['renames it', 'nightly', null],
  ])('%s', async (name, id, teamName) => {
    world = await localSession({ seed: acmeSeed, behaviours: { update: 'put' } }, IN_PLACE);
    const before = await managed(id);
    const key = account(before.username)?.accessKey;
    const identifier = name === 'renames it' ? 'renamed' : id;
    const state = await update(id, identifier, teamName);
    expect(state).toMatchObject({ identifier, team: teamName, username: before.username });
    expect(account(before.username)).toMatchObject({ identifier, team: teamName, accessKey: key });
    expect(world.local.accounts()).toHaveLength(3);
    // What this run sees afterwards is what the next one sees.
    const seen = await managed(before.username);
    expect(await managed(before.username, await world.another())).toEqual(seen);
  });

  it.each([
    ['the connection is cut', { kind: 'drop' as const, method: 'PUT', times: 'always' as const }],
    ['the answer is a page', { kind: 'html' as const, method: 'PUT' }],
  ])('looks whether it was done when %s', async (_name, fault) => {
    world = await localSession({ seed: acmeSeed, behaviours: { update: 'put' }, faults: [fault] }, IN_PLACE);
    expect(await update('nightly', 'nightly', 'Search')).toMatchObject({ team: 'Search' });
    expect(account('nightly_1')?.team).toBe('Search');
  });

  it('says how to go back where the service does not know the call, and changes nothing', async () => {
    world = await localSession({ seed: acmeSeed }, IN_PLACE);
    const problem = await caught(update('nightly', 'nightly', 'Search'));
    expect(problem.summary).toBe('Service account "nightly" cannot be changed in place');
    expect(problem.detail).toContain('account_changes = "replace"');
    expect(world.local.accounts()).toHaveLength(3);
    expect(account('nightly_1')?.team).toBeNull();
  });

  it('says the same to a Team Admin who may not move it', async () => {
    world = await localSession({ seed: acmeSeed, behaviours: { update: 'put' } }, IN_PLACE);
    const session = await world.another(as('pay_admin'));
    const problem = await caught(update('payments-ci', 'payments-ci', 'Search', session));
    expect(problem).toMatchObject({ code: 'forbidden' });
  });

  it('refuses, in the plan, an identifier that another account has', async () => {
    world = await localSession({ seed: acmeSeed }, IN_PLACE);
    const prior = await managed('nightly');
    const change = {
      action: 'replace',
      prior,
      planned: plannedAccount('search-ci'),
      replaces: [['identifier']],
    };
    const problem = await caught(
      serviceAccount.plan?.(changeTo(change as never) as never, operation(world.session)),
    );
    expect(problem).toMatchObject({ code: 'conflict', path: ['identifier'] });
    const same = { ...change, planned: plannedAccount('NIGHTLY') };
    expect(
      await serviceAccount.plan?.(changeTo(same as never) as never, operation(world.session)),
    ).toMatchObject({ inPlace: [['identifier']] });
  });

  it('is what the reconciler does too', async () => {
    world = await localSession({ seed: acmeSeed, behaviours: { update: 'put' } }, IN_PLACE);
    const json = {
      resource: {
        browserstack_service_account: { one: { identifier: 'payments-ci', team: 'Search' } },
      },
    };
    const types = { name: 'browserstack', resources: resourceTypes.all };
    const stack = readConfigured([{ path: 'cdk.tf.json', json }], types);
    const op = operation(world.session);
    const reconciler = new Reconciler<Session>({ types: resourceTypes, op, forget: () => {} });
    const planned = await reconciler.plan({ stack, inventory: emptyInventory('x'), adopt: true });
    expect(planned.plan.actions.map(({ kind }) => kind)).toContain('update');
    await reconciler.applyNow(planned);
    expect(account('paymentsci_1')).toMatchObject({ team: 'Search' });
    expect(world.local.accounts()).toHaveLength(3);
  });
});

describe('account_changes = "replace"', () => {
  it('never sends the undocumented call', async () => {
    world = await localSession({ seed: acmeSeed, behaviours: { update: 'put' } });
    const prior = { ...(await managed('nightly')), deletion_protection: false };
    const change = {
      action: 'replace',
      prior,
      planned: plannedAccount('nightly', 'Search'),
      replaces: [['team']],
    };
    const answer = await serviceAccount.plan?.(changeTo(change as never) as never, operation(world.session));
    expect(answer?.inPlace).toBeUndefined();
    expect(world.local.requests().map(({ method }) => method)).not.toContain('PUT');
  });
});
