import { afterEach, describe, expect, it } from 'vitest';
import type { Change } from '../../src/lifecycle/resource.ts';
import type { Session } from '../../src/resources/index.ts';
import { serviceAccount } from '../../src/resources/service-account/index.ts';
import type {
  ServiceAccountState,
  serviceAccountSchema,
} from '../../src/resources/service-account/schema.ts';
import { unknown } from '../../src/schema/value.ts';
import { caught } from '../helpers/caught.ts';
import { type LocalSession, localSession, operation } from '../helpers/local-session.ts';
import { plannedAccount as planned } from '../helpers/planned.ts';

type S = typeof serviceAccountSchema;

const seed = {
  organization: { name: 'Acme Inc.' },
  users: [{ username: 'owner_local', access_key: 'owner-local-key-0001', role: 'owner' as const }],
  teams: [{ name: 'Payments' }],
  service_accounts: [{ identifier: 'nightly', username: 'nightly_1' }],
};

let world: LocalSession;
afterEach(() => world.close());

const create = (session: Session, identifier: string, team: string | null = null) => {
  const op = operation<ServiceAccountState>(session);
  return serviceAccount.create(planned(identifier, team), op);
};

describe('creating a service account', () => {
  it('makes it in its team, or in the organization, for one request each after one list', async () => {
    world = await localSession({ seed });
    const ci = await create(world.session, 'payments-ci', 'Payments');
    const web = await create(world.session, 'web-ci');
    expect(ci).toMatchObject({ identifier: 'payments-ci', team: 'Payments', organization_level: false });
    expect(web).toMatchObject({ identifier: 'web-ci', team: null, organization_level: true });
    expect(world.local.requests().map(({ method }) => method)).toEqual(['GET', 'POST', 'POST']);
  });

  it.each([
    ['the connection is cut', { kind: 'drop' as const, method: 'POST' }],
    ['the answer is half', { kind: 'reset' as const, method: 'POST' }],
    ['the answer is a 504', { kind: 'status' as const, status: 504, method: 'POST' }],
    ['the answer is a page', { kind: 'html' as const, method: 'POST' }],
  ])('finds what it made when %s, and makes no second one', async (_name, fault) => {
    world = await localSession({ seed, faults: [fault] });
    const state = await create(world.session, 'payments-ci', 'Payments');
    const made = world.local.accounts().filter(({ identifier }) => identifier === 'payments-ci');
    expect(made).toHaveLength(1);
    expect(state.username).toBe(made[0]?.username);
  });

  it('says what to look for before it is applied again when nothing is seen to be made', async () => {
    world = await localSession({ seed, faults: [{ kind: 'drop', when: 'before', method: 'POST' }] });
    const problem = await caught(create(world.session, 'payments-ci'));
    expect(problem.code).toBe('unclear_outcome');
    expect(problem.detail).toContain('read 5 times within 60 s, does not show it');
    expect(problem.detail).toContain('Before you apply again, look whether it is there');
    expect(world.local.accounts()).toHaveLength(1);
  });

  it('explains an unknown team at the team attribute', async () => {
    world = await localSession({ seed });
    const problem = await caught(create(world.session, 'payments-ci', 'Paymnets'));
    expect(problem).toMatchObject({ code: 'invalid_input', path: ['team'] });
    expect(problem.detail).toContain(
      'The list of service accounts, read 2 times within 3 s, does not show it.',
    );
  });

  it('knows a team account even where the service contradicts its own page about mainGroup', async () => {
    world = await localSession({ seed, behaviours: { 'main-group-of-team-accounts': 'true' } });
    const made = await create(world.session, 'payments-ci', 'Payments');
    expect(made.team).toBe('Payments');
    const again = await world.another();
    const [state] =
      (await serviceAccount.list?.(operation(again)))?.filter(({ username }) => username === made.username) ??
      [];
    expect(state?.team).toBe('Payments');
  });
});

describe('planning a service account', () => {
  const change = (over: Partial<Change<S>>): Change<S> => ({
    action: 'create',
    config: undefined,
    prior: undefined,
    planned: undefined,
    replaces: [],
    ...over,
  });
  const plan = async (over: Partial<Change<S>>, session = world.session) => {
    const op = operation(session);
    return { answer: await serviceAccount.plan?.(change(over), op), warnings: op.warnings };
  };
  const prior: ServiceAccountState = {
    identifier: 'nightly',
    team: null,
    deletion_protection: true,
    deletion_policy: 'delete',
    consumers: null,
    username: 'nightly_1',
    organization_level: true,
  };
  const unprotected = { ...prior, deletion_protection: false };

  it('refuses an identifier that exists, whatever its case, with the way to import it', async () => {
    world = await localSession({ seed });
    const problem = await caught(plan({ planned: planned('Nightly') }));
    expect(problem).toMatchObject({ code: 'conflict', path: ['identifier'] });
    expect(problem.detail).toContain('terraform import ADDRESS nightly_1');
  });

  it.each(['delete', 'replace'] as const)(
    'refuses to %s a protected account, with the two steps',
    async (action) => {
      world = await localSession({ seed });
      const problem = await caught(
        plan({ action, prior, planned: planned('nightly', 'Payments'), replaces: [['team']] }),
      );
      expect(problem.code).toBe('refused');
      expect(problem.detail).toContain('deletion_protection = false');
    },
  );

  it('says what a replacement costs, and lets its second half pass', async () => {
    world = await localSession({ seed });
    const first = await plan({
      action: 'replace',
      prior: unprotected,
      planned: planned('nightly', 'Payments'),
    });
    expect(first.warnings[0]?.summary).toContain('new user name and a new key');
    // Terraform plans the creation of a replacement as if nothing were there; the engine tells what it replaces.
    const second = await plan({
      action: 'create',
      planned: planned('nightly', 'Payments'),
      replaced: { state: unprotected, announced: true },
    });
    expect(second.warnings).toEqual([]);
  });

  it('refuses to delete the account it runs on', async () => {
    world = await localSession({ seed });
    const self = { ...unprotected, username: 'owner_local' };
    expect(await caught(plan({ action: 'delete', prior: self }))).toMatchObject({ code: 'refused' });
  });

  it('leaves the level open while the team is not known', async () => {
    world = await localSession({ seed });
    const { answer } = await plan({
      planned: { ...planned('web-ci'), team: unknown, organization_level: unknown },
    });
    expect(answer?.planned?.organization_level).toBe(unknown);
  });

  it('costs one request for any number of accounts', async () => {
    world = await localSession({ seed });
    for (let i = 0; i < 50; i += 1) await plan({ planned: planned(`account-${i}`) });
    expect(world.local.requests()).toHaveLength(1);
  });
});

describe('reading and importing a service account', () => {
  it('says that an account is gone, once it is', async () => {
    world = await localSession({ seed });
    const made = await create(world.session, 'web-ci');
    const other = await world.another();
    await serviceAccount.delete({ ...made, deletion_protection: false }, operation(other));
    const op = operation(await world.another());
    expect(await serviceAccount.read(made, op)).toBeUndefined();
    expect(op.warnings[0]?.detail).toContain('another user name and another key');
  });

  it('finds it by user name and by identifier', async () => {
    world = await localSession({ seed });
    for (const id of ['nightly_1', 'nightly', 'NIGHTLY'])
      expect(await serviceAccount.importState?.(id, operation(world.session))).toMatchObject({
        username: 'nightly_1',
        deletion_protection: true,
      });
  });

  it('never guesses between two accounts of one identifier', async () => {
    world = await localSession({
      seed: {
        ...seed,
        service_accounts: [...seed.service_accounts, { identifier: 'nightly', username: 'nightly_2' }],
      },
    });
    const problem = await caught(
      Promise.resolve(serviceAccount.importState?.('nightly', operation(world.session))),
    );
    expect(problem.code).toBe('conflict');
    expect(problem.detail).toContain('(username=nightly_1) and "nightly" (username=nightly_2)');
  });
});

describe('deleting a service account', () => {
  it.each([
    ['answers', []],
    ['loses the answer', [{ kind: 'drop' as const, method: 'DELETE' }]],
    ['answers 502 after the effect', [{ kind: 'status' as const, status: 502, method: 'DELETE' }]],
  ])('is done when the service %s', async (_name, faults) => {
    world = await localSession({ seed, faults });
    const state = {
      identifier: 'nightly',
      team: null,
      deletion_protection: false,
      deletion_policy: 'delete',
      consumers: null,
      username: 'nightly_1',
      organization_level: true,
    };
    await serviceAccount.delete(state, operation(world.session));
    await serviceAccount.delete(state, operation(world.session));
    expect(world.local.accounts()).toEqual([]);
  });
});

describe('the guard of the organization', () => {
  it('refuses another one, before anything is written', async () => {
    world = await localSession({ seed }, { organization: 'Other Inc.' });
    const problem = await caught(create(world.session, 'web-ci'));
    expect(problem).toMatchObject({ code: 'refused', summary: 'Wrong organization' });
    expect(problem.detail).toContain('"Acme Inc."');
    expect(world.local.accounts()).toHaveLength(1);
  });

  it('asks for the name only when the accounts do not give it away', async () => {
    world = await localSession({ seed: { ...seed, service_accounts: [] } }, { organization: 'Acme Inc.' });
    await create(world.session, 'web-ci');
    expect(world.local.requests().map(({ path }) => path)).toEqual([
      '/user/service-accounts',
      '/user/user_detail',
      '/user/service-accounts',
    ]);
  });
});
