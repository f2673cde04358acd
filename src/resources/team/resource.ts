// A team: found by its name in one list; the API has no rename, so another name is another team.

import type { Resource } from '../../lifecycle/resource.ts';
import { attribute } from '../../schema/attribute.ts';
import { composed } from '../../schema/equal.ts';
import { isUnknown } from '../../schema/value.ts';
import { endedBefore, ending } from '../ended.ts';
import { isAbandoned, isGoneAsPlanned, ON_IMPORT, protectionOf } from '../protection.ts';
import type { Session } from '../session.ts';
import { type Team, teams } from './api.ts';
import { identityOf, TYPE } from './identity.ts';
import { findTeam, findTeamAgain, goneTeam, refuseInvisible } from './lookup.ts';
import { hasReplaced, titleOf } from './loss.ts';
import { plan } from './plan.ts';
import { type PlannedTeam, type TeamState, teamSchema } from './schema.ts';
import { createTeam, deleteTeam, teamAfterCreation } from './write.ts';

type S = typeof teamSchema;

export const team: Resource<Session, S> = {
  type: TYPE,
  schema: teamSchema,
  identity: {
    version: 0,
    attributes: { name: attribute.string({ required: true, description: 'Name of the team.' }) },
  },

  plan,

  async read(prior, { session, warn }) {
    const found = await findTeamAgain(session, prior.name);
    if (found === undefined) {
      warn(goneTeam(prior.name));
      return undefined;
    }
    // The service writes a date with other digits than it was written before; only the time counts.
    if (prior.created_at && found.createdAt && Date.parse(prior.created_at) !== Date.parse(found.createdAt))
      warn({
        diagnostic: 'made_again',
        summary: `Team "${prior.name}" was deleted and made again outside of this configuration`,
        detail: `It has the same name and was made at ${found.createdAt}, not ${prior.created_at}: its people and service accounts were moved to the organization meanwhile.`,
      });
    return stateOf(found, protectionOf(prior));
  },

  async create(planned, op) {
    const { name, local } = known(planned);
    const former = await endedBefore(op.session, TYPE, name);
    const state = stateOf(await createTeam(name, op), local);
    op.save(state);
    if (former !== undefined) op.warn(hasReplaced(state));
    return state;
  },

  async afterCreation(state, { session }) {
    const found = await teamAfterCreation(state.name, session);
    // A list that lags behind has nothing more to say.
    return found === undefined ? state : stateOf(found, protectionOf(state));
  },

  async update(planned, prior) {
    return { ...prior, ...known(planned).local };
  },

  async delete(state, op) {
    if (isAbandoned(state)) return;
    const { name } = state;
    if (await isGoneAsPlanned(state, titleOf(state), () => findTeamAgain(op.session, name))) return;
    await ending(op.session, { type: TYPE, name, what: name }, () => deleteTeam(name, op));
  },

  losses: ({ user_count: people }) =>
    people > 0 ? [`${people} ${people === 1 ? 'person loses the' : 'people lose their'} team`] : [],

  async refuseInvisible({ name }, { session }) {
    if (typeof name === 'string') await refuseInvisible(session, name);
  },

  async importState(name, { session }) {
    return stateOf(await findTeam(session, name));
  },

  importIds: () => (state) => state.name,

  identityOf,

  async importIdentity({ name }, { session }) {
    return stateOf(await findTeam(session, String(name)));
  },

  async list({ session }) {
    return (await session.snapshot(teams).get()).map((found) => stateOf(found));
  },

  async listAgain({ session }) {
    return (await session.snapshot(teams).again()).map((found) => stateOf(found));
  },

  naturalKey: ({ name }) => (typeof name === 'string' ? composed(name) : undefined),
};

/** What stands in state only, and the service does not know. */
type Local = Pick<TeamState, 'deletion_protection' | 'deletion_policy'>;

export function stateOf(found: Team, local: Local = ON_IMPORT): TeamState {
  const { parallels } = found;
  return {
    name: found.name,
    deletion_protection: local.deletion_protection,
    deletion_policy: local.deletion_policy,
    created_at: found.createdAt ?? null,
    user_count: found.userCount,
    parallels: parallels
      ? { automate: parallels.automate ?? null, app_automate: parallels.appAutomate ?? null }
      : null,
  };
}

function known({ name, deletion_protection, deletion_policy }: PlannedTeam) {
  if (isUnknown(name) || isUnknown(deletion_protection) || isUnknown(deletion_policy))
    throw new Error('a configured value is still unknown at apply');
  return { name, local: protectionOf({ deletion_protection, deletion_policy }) };
}
