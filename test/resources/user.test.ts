import { afterEach, describe, expect, it } from 'vitest';
import type { Session } from '../../src/resources/index.ts';
import { user, userDataSource, usersDataSource } from '../../src/resources/user/index.ts';
import type { PlannedUser, UserState, userSchema } from '../../src/resources/user/schema.ts';
import { unknown } from '../../src/schema/value.ts';
import { answering } from '../helpers/answering.ts';
import { caught } from '../helpers/caught.ts';
import { type LocalSession, localSession, OWNER, operation } from '../helpers/local-session.ts';
import { acmeSeed, as, changeTo } from '../helpers/planned.ts';

const seed = {
  ...acmeSeed,
  users: [
    ...acmeSeed.users,
    {
      username: 'jane_1',
      access_key: 'jane-key-00000000001',
      role: 'user' as const,
      team: 'Payments',
      full_name: 'Jane Doe',
      email: 'jane@acme.com',
      product_access: ['automate' as const, 'percy' as const],
    },
  ],
};
const planned = (over: Partial<PlannedUser> = {}): PlannedUser => ({
  email: 'new@acme.com',
  full_name: 'New Person',
  role: 'user',
  team: null,
  products: null,
  username: unknown,
  status: unknown,
  product_access: unknown,
  ...over,
});
const plan = (
  change: Parameters<typeof changeTo<typeof userSchema>>[0],
  session: Session = world.session,
) => {
  const op = operation(session);
  return { op, answer: user.plan?.(changeTo<typeof userSchema>(change), op) };
};
const imported = async (id: string): Promise<UserState> =>
  (await user.importState?.(id, operation(await world.another()))) as UserState;
const sent = () => world.local.requests().map(({ method, path }) => `${method} ${path}`);
const jane = () => world.local.users().find(({ email }) => email === 'jane@acme.com');

let world: LocalSession;
afterEach(() => world.close());

describe('a person', () => {
  it('is invited into a team and given products, two for one request; nothing is read back', async () => {
    world = await localSession({ seed });
    const products = ['automate', 'live_testing', 'app_automate'];
    const op = operation<UserState>(world.session);
    const state = await user.create(planned({ team: 'Search', role: 'admin', products }), op);
    expect(state).toMatchObject({ username: null, status: 'pending', products });
    expect(state.product_access).toEqual(['app_automate', 'automate', 'live_testing']);
    expect(sent()).toEqual([
      'POST /user/create_user',
      'POST /user/add_entitlement',
      'POST /user/add_entitlement',
    ]);
    expect(world.local.users().find(({ email }) => email === 'new@acme.com')).toMatchObject({
      role: 'admin',
      team: 'Search',
      status: 'pending',
    });
    const refreshed = await user.read(state, operation(await world.another()));
    expect(refreshed).toEqual(state);
  });

  it.each([{ kind: 'drop' }, { kind: 'status', status: 504 }, { kind: 'html' }] as const)(
    'is invited once after a lost answer (%o)',
    async (fault) => {
      world = await localSession({ seed, faults: [{ ...fault, path: '/user/create_user' }] });
      await user.create(planned(), operation<UserState>(world.session));
      expect(world.local.users().filter(({ email }) => email === 'new@acme.com')).toHaveLength(1);
      expect(sent().filter((call) => call === 'POST /user/create_user')).toHaveLength(1);
    },
  );

  it('that nobody can see after a lost answer is reported, and was not invited', async () => {
    world = await localSession({
      seed,
      faults: [{ kind: 'drop', when: 'before', path: '/user/create_user' }],
    });
    const problem = await caught(user.create(planned(), operation<UserState>(world.session)));
    expect(problem).toMatchObject({ code: 'unclear_outcome' });
    expect(problem.detail).toContain('Before you apply again, look whether it is there');
  });

  it('keeps the invitation when a product is refused, warns, and is given it by the next plan', async () => {
    world = await localSession({
      seed,
      faults: [{ kind: 'status', status: 422, when: 'before', path: '/user/add_entitlement' }],
    });
    const op = operation<UserState>(world.session);
    const state = await user.create(planned({ products: ['automate'] }), op);
    expect(op.warnings.map(({ summary }) => summary)).toEqual([
      'new@acme.com was invited, but did not get automate',
    ]);
    const refreshed = (await user.read(state, operation(await world.another()))) as UserState;
    expect(refreshed.products).toEqual([]);
    const wanted = { ...planned({ products: ['automate'] }), username: null, status: 'pending' };
    const next = await user.update?.(wanted, refreshed, operation(await world.another()));
    expect(next).toMatchObject({ products: ['automate'], product_access: ['automate'] });
  });

  it('that is there already is not invited again; the plan says how to import them, whatever the case', async () => {
    world = await localSession({ seed });
    const { answer } = plan({ planned: planned({ email: 'Jane@Acme.com' }) });
    const problem = await caught(answer);
    expect(problem).toMatchObject({ code: 'conflict', path: ['email'] });
    expect(problem.detail).toContain("terraform import ADDRESS 'jane@acme.com'");
  });

  it('is never invited as Owner', async () => {
    world = await localSession({ seed });
    expect(await caught(plan({ planned: planned({ role: 'owner' }) }).answer)).toMatchObject({
      code: 'invalid_input',
      path: ['role'],
    });
  });

  it('is imported as they are, and demands nothing', async () => {
    world = await localSession({ seed });
    expect(await imported('jane@acme.com')).toEqual({
      email: 'jane@acme.com',
      full_name: 'Jane Doe',
      role: 'user',
      team: 'Payments',
      products: null,
      username: 'jane_1',
      status: 'active',
      product_access: ['automate', 'percy'],
    });
    const byIdentity = await user.importIdentity?.({ email: 'jane@acme.com' }, operation(world.session));
    expect(byIdentity).toEqual(await imported('jane_1'));
    expect(user.identityOf?.({ ...(await imported('jane_1')), email: 'Jane@Acme.com' })).toEqual({
      email: 'jane@acme.com',
    });
    expect(await caught(user.importState?.('jon@acme.com', operation(world.session)))).toMatchObject({
      code: 'not_found',
    });
  });

  it('gets what is missing, and keeps what is no longer demanded', async () => {
    world = await localSession({ seed });
    const prior = { ...(await imported('jane@acme.com')), products: ['automate'] };
    const wanted: PlannedUser = { ...prior, products: ['live_testing'] };
    const { op, answer } = plan({ action: 'update', prior, planned: wanted });
    expect((await answer)?.planned?.product_access).toEqual(['automate', 'live_testing', 'percy']);
    expect(op.warnings.map(({ summary }) => summary)).toEqual(['jane@acme.com keeps automate']);
    const state = await user.update?.(wanted, prior, operation(world.session));
    expect(state?.product_access).toEqual(['automate', 'live_testing', 'percy']);
    expect(await imported('jane@acme.com')).toMatchObject({ product_access: state?.product_access });
  });

  it('that lost a product elsewhere is planned to get it again', async () => {
    world = await localSession({ seed });
    const prior = { ...(await imported('jane@acme.com')), products: ['automate', 'app_automate'] };
    expect(await user.read(prior, operation(world.session))).toMatchObject({ products: ['automate'] });
  });

  it.each([
    ['role', { role: 'admin' }, 'role = "user"'],
    ['team', { team: 'Search' }, 'team = "Payments"'],
    ['team', { team: null }, 'team = "Payments"'],
  ] as const)('whose %s is to change is refused, with the ways out', async (path, over, written) => {
    world = await localSession({ seed });
    const prior = await imported('jane@acme.com');
    const change = { ...prior, ...over };
    for (const refusal of [
      plan({ action: 'update', prior, planned: change }).answer,
      user.update?.(change, prior, operation(world.session)),
    ]) {
      const problem = await caught(refusal);
      expect(problem).toMatchObject({ code: 'refused', path: [path] });
      expect(problem.detail).toContain(written);
      expect(problem.detail).toContain(`ignore_changes = [${path}]`);
    }
    expect(jane()).toMatchObject({ role: 'user', team: 'Payments' });
  });

  it('stays when the block goes, and the plan says so', async () => {
    world = await localSession({ seed });
    const prior = await imported('jane@acme.com');
    const { op, answer } = plan({ action: 'delete', prior });
    await answer;
    expect(op.warnings[0]?.summary).toBe('jane@acme.com is no longer managed and stays in the organization');
    world.local.clearRequests();
    await user.delete(prior, operation(world.session));
    expect(world.local.requests()).toEqual([]);
    expect(jane()).toBeDefined();
  });

  it('is shown as disabled, once with a warning, and as gone', async () => {
    world = await localSession({ seed });
    const prior = await imported('jane@acme.com');
    await asOwner('POST', '/user/disable_user');
    const op = operation(await world.another());
    const state = (await user.read(prior, op)) as UserState;
    expect(state.status).toBe('disabled');
    expect(op.warnings.map(({ summary }) => summary)).toEqual(['jane@acme.com was disabled']);
    const again = operation(await world.another());
    expect(await user.read(state, again)).toEqual(state);
    expect(again.warnings).toEqual([]);
    await asOwner('DELETE', '/user/revoke_user');
    const gone = operation(await world.another());
    expect(await user.read(state, gone)).toBeUndefined();
    expect(gone.warnings[0]?.detail).toContain('take the block out');
  });

  it('of another team is not taken for gone by a Team Admin', async () => {
    world = await localSession({ seed });
    const prior = await imported('owner_local');
    const op = operation(await world.another(as('pay_admin')));
    expect(await caught(user.read(prior, op))).toMatchObject({ code: 'forbidden' });
    expect(await user.read(await imported('jane@acme.com'), op)).toBeDefined();
  });

  it('is invited in no other organization than the one that was named', async () => {
    world = await localSession({ seed }, { organization: 'Other Inc.' });
    const problem = await caught(user.create(planned(), operation<UserState>(world.session)));
    expect(problem.summary).toBe('Wrong organization');
    expect(world.local.users()).toHaveLength(seed.users.length);
  });
});

describe('people', () => {
  it('cost two requests per run, however many there are and whoever asks', async () => {
    world = await localSession({ seed });
    const nothing = { team: null, role: null, status: null, users: null };
    const all = await usersDataSource.read(nothing, operation(world.session));
    expect(all.users.map(({ email }) => email)).toContain('jane@acme.com');
    await userDataSource.read({ ...NO_FACTS, email: 'JANE@acme.com' }, operation(world.session));
    for (const one of all.users) await user.read(stateOf(one), operation(world.session));
    expect(sent()).toEqual(['GET /user/user_detail', 'GET /user/user_detail']);
  });

  it('are seen where the service refuses to say who is disabled', async () => {
    world = await localSession({
      seed,
      faults: [{ kind: 'status', status: 422, when: 'before', path: '/user/user_detail', nth: 2 }],
    });
    const nothing = { team: null, role: null, status: null, users: null };
    const { users } = await usersDataSource.read(nothing, operation(world.session));
    expect(users).toHaveLength(seed.users.length);
    expect(new Set(users.map(({ status }) => status))).toEqual(new Set(['active']));
  });

  it('are filtered by team, role and status', async () => {
    world = await localSession({ seed });
    await user.create(planned({ team: 'Search' }), operation<UserState>(world.session));
    const emails = async (filter: object) => {
      const config = { team: null, role: null, status: null, users: null, ...filter };
      const { users } = await usersDataSource.read(config, operation(world.session));
      return users.map(({ email, username }) => username || email);
    };
    expect(await emails({ team: 'Payments' })).toEqual(['jane_1', 'pay_admin']);
    expect(await emails({ role: 'admin', team: 'Payments' })).toEqual(['pay_admin']);
    expect(await emails({ status: 'pending' })).toEqual(['new@acme.com']);
  });

  it('are found by user name or by e-mail address, and by one of them only', async () => {
    world = await localSession({ seed });
    expect(userDataSource.validate?.({ ...NO_FACTS, email: 'a@b.c', username: 'a' })).toHaveLength(1);
    expect(userDataSource.validate?.(NO_FACTS)).toHaveLength(1);
    const found = await userDataSource.read({ ...NO_FACTS, username: 'jane_1' }, operation(world.session));
    expect(found).toMatchObject({ email: 'jane@acme.com', team: 'Payments', status: 'active' });
  });

  it('are understood as the page shows them, with additional teams', async () => {
    world = await localSession({ seed });
    const page = {
      count: 2,
      user_details: [
        {
          id: 5205857,
          username: 'andy_fez',
          full_name: 'Andy',
          email: 'andy.a@acme.com',
          role: 'user',
          organization_name: 'Acme Inc.',
          teams: ['MobileSquad-US'],
          'additional-teams': ['WebSquad-EU'],
          product_access: { live_testing: true, automate: true, percy: false },
        },
        {
          id: 4568906,
          username: OWNER.username,
          full_name: 'Joana',
          email: 'joana.shaw@acme.com',
          role: 'owner',
          organization_name: 'Acme Inc.',
          product_access: { live_testing: false },
        },
      ],
    };
    // It answers the question for disabled people with everybody, as a service that does not know the filter would.
    const documented = await answering(page);
    const session = await world.another({ base_url: documented.url });
    const nothing = { team: 'WebSquad-EU', role: null, status: null, users: null };
    const { users } = await usersDataSource.read(nothing, operation(session));
    expect(users).toMatchObject([
      {
        email: 'andy.a@acme.com',
        team: 'MobileSquad-US',
        additional_teams: ['WebSquad-EU'],
        status: 'active',
      },
    ]);
    const prior = { ...stateOf(users[0]!), team: 'WebSquad-EU' };
    expect(await user.read(prior, operation(session))).toMatchObject({ team: 'WebSquad-EU' });
    await documented.close();
  });

  it('are hidden where the API is not enabled, and the error says whom to ask', async () => {
    const organization = { name: 'Acme Inc.', api_enabled: false };
    world = await localSession({ seed: { ...seed, organization } });
    const config = { team: null, role: null, status: null, users: null };
    const problem = await caught(usersDataSource.read(config, operation(world.session)));
    expect(problem.summary).toBe('The API for users is not available with these credentials');
    expect(problem.detail).toContain('BrowserStack Support');
  });
});

const NO_FACTS = {
  email: null,
  username: null,
  full_name: null,
  role: null,
  team: null,
  additional_teams: null,
  status: null,
  product_access: null,
};

const stateOf = (one: {
  readonly email: string;
  readonly full_name: string;
  readonly role: string;
  readonly team: string | null;
  readonly username: string;
  readonly status: string;
  readonly product_access: readonly string[];
}): UserState => ({ ...one, products: null });

/** Jane is changed in the console, by the Owner. */
async function asOwner(method: string, path: string): Promise<void> {
  const { username, access_key: key } = { username: 'owner_local', access_key: 'owner-local-key-0001' };
  const authorization = `Basic ${Buffer.from(`${username}:${key}`).toString('base64')}`;
  const url = `http://local${path}?email=jane@acme.com`;
  const answer = await world.local.fetch(new Request(url, { method, headers: { authorization } }));
  expect(answer.ok).toBe(true);
}
