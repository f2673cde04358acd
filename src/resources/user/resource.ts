// A person: invited once, given products, and never removed by us. What the API documents no call for is refused in the
// plan; what it only shows is shown.

import { Problem } from '../../errors.ts';
import type { Operation, WriteOperation } from '../../lifecycle/operation.ts';
import type { Resource } from '../../lifecycle/resource.ts';
import { attribute } from '../../schema/attribute.ts';
import { isUnknown } from '../../schema/value.ts';
import { endedBefore, ending } from '../ended.ts';
import { lookForPeopleAgain } from '../organization/index.ts';
import type { Session } from '../session.ts';
import { findUserAgain, tryFindUser, type User, users } from './api.ts';
import { identityOf, TYPE } from './identity.ts';
import { findUser, findUserByEmail, refuseInvisible } from './lookup.ts';
import { plan, refuseUndocumented } from './plan.ts';
import { grantsFor, union } from './products.ts';
import { type PlannedUser, type UserState, userSchema } from './schema.ts';
import { grant, invite } from './write.ts';

type S = typeof userSchema;

export const user: Resource<Session, S> = {
  type: TYPE,
  schema: userSchema,
  identity: {
    version: 0,
    attributes: { email: attribute.string({ required: true, description: 'E-mail address.' }) },
  },

  plan,

  async read(prior, { session, warn }) {
    if ((await tryFindUser(session, prior.email)) === undefined) await refuseInvisible(prior, session);
    const found = await findUserAgain(session, prior.email);
    if (found === undefined) {
      warn({
        diagnostic: 'gone',
        summary: `${prior.email} is gone`,
        detail:
          'The person was removed, or the invitation withdrawn, outside of this configuration. Applying invites them again: if they were removed on purpose, take the block out.',
      });
      return undefined;
    }
    if (found.status === 'disabled' && prior.status !== 'disabled')
      warn({
        diagnostic: 'disabled',
        summary: `${prior.email} was disabled`,
        detail:
          'The person was disabled outside of this configuration and cannot sign in. Nothing is planned for it.',
      });
    return stateOf(found, prior);
  },

  async create(planned, op) {
    const { email, fullName, role, team, products } = known(planned);
    const again = await endedBefore(op.session, TYPE, email);
    const stayed = again !== undefined ? await tryFindUser(op.session, email) : undefined;
    if (stayed !== undefined) {
      // Replaced: nobody was removed, so nobody is invited.
      const state = stateOf(stayed, { email, full_name: fullName, team, products: null });
      refuseUndocumented(planned, state);
      op.save({ ...state, products });
      return grantMissing({ ...state, products }, op);
    }
    await invite({ email, fullName, role, team: team ?? undefined }, op);
    const invited: UserState = {
      email,
      full_name: fullName,
      role,
      team,
      products,
      username: null,
      status: 'pending',
      product_access: [],
    };
    op.save(invited);
    return grantMissing(invited, op);
  },

  async update(planned, prior, op) {
    const { email, fullName, products } = known(planned);
    refuseUndocumented(planned, prior);
    let state: UserState = { ...prior, email, full_name: fullName };
    for (const one of grantsFor(products ?? [], prior.product_access)) {
      await grant(prior.email, one, op);
      state = { ...state, product_access: union(state.product_access, one.products) };
      op.save(state);
    }
    return { ...state, products };
  },

  /** Nothing to send, see the schema's description; the plan has said so. */
  async delete({ email }, { session }) {
    await ending(session, { type: TYPE, name: email, what: email }, async () => {});
  },

  deletable: false,

  links: { team: { type: 'browserstack_team', attribute: 'name' } },

  async refuseInvisible({ email, team }, { session }) {
    if (typeof email === 'string')
      await refuseInvisible({ email, team: typeof team === 'string' ? team : null }, session);
  },

  async list({ session }) {
    return (await users(session)).map((found) => stateOf(found));
  },

  async listAgain({ session }) {
    await lookForPeopleAgain(session);
    return (await users(session)).map((found) => stateOf(found));
  },

  naturalKey: ({ email }) => (typeof email === 'string' ? email.toLowerCase() : undefined),

  async importState(id, { session }) {
    return stateOf(await findUser(session, id));
  },

  importIds: () => (state) => state.email,

  identityOf,

  async importIdentity({ email }, { session }) {
    return stateOf(await findUserByEmail(session, String(email)));
  },
};

/** What these are without a configuration: nothing is demanded. */
type Declared = Pick<UserState, 'email' | 'full_name' | 'team' | 'products'>;

/** As it is, in the words of the configuration where the service has others for the same. */
function stateOf(found: User, declared?: Declared): UserState {
  const own = found.teams[0] ?? null;
  const { team = null, products = null } = declared ?? {};
  return {
    email: declared?.email ?? found.email,
    full_name: declared?.full_name ?? found.fullName,
    role: found.role,
    team: team !== null && [...found.teams, ...found.additionalTeams].includes(team) ? team : own,
    products: products?.filter((product) => found.products.includes(product)) ?? null,
    username: found.username ?? null,
    status: found.status,
    product_access: found.products,
  };
}

/**
 * The person is there: an error now would make the engine invite them again, so what could not be granted is a warning,
 * and the next plan grants it.
 */
async function grantMissing(
  invited: UserState,
  op: WriteOperation<Session, UserState> & Pick<Operation<Session>, 'warn'>,
): Promise<UserState> {
  let state = invited;
  for (const one of grantsFor(invited.products ?? [], invited.product_access)) {
    try {
      await grant(invited.email, one, op);
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      op.warn({
        diagnostic: 'product_not_given',
        summary: `${invited.email} ${invited.status === 'pending' ? 'was invited, but did' : 'did'} not get ${one.name}`,
        detail: `${error.message} The next plan grants what is missing.`,
      });
      continue;
    }
    state = { ...state, product_access: union(state.product_access, one.products) };
    op.save(state);
  }
  return state;
}

function known({ email, full_name, role, team, products }: PlannedUser) {
  if (
    isUnknown(email) ||
    isUnknown(full_name) ||
    isUnknown(role) ||
    isUnknown(team) ||
    isUnknown(products) ||
    products?.some(isUnknown)
  )
    throw new Error('a configured value is still unknown at apply');
  // Just checked: no product is unknown.
  return { email, fullName: full_name, role, team, products: products as readonly string[] | null };
}
