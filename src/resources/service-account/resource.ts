// A service account: found in one list, made once, deleted for good. Another identifier or team is another account,
// unless the provider is told to change accounts in place.

import { Problem } from '../../errors.ts';
import type { Resource } from '../../lifecycle/resource.ts';
import { attribute } from '../../schema/attribute.ts';
import { isUnknown } from '../../schema/value.ts';
import { endedBefore, ending } from '../ended.ts';
import { isAbandoned, isGoneAsPlanned, ON_IMPORT, protectionOf } from '../protection.ts';
import type { Session } from '../session.ts';
import { type ServiceAccount, serviceAccounts } from './api.ts';
import { absenceOf, changesSince, findAccountAgain, placeOf, refuseInvisible, twinsOf } from './drift.ts';
import { identifierKey, identityOf, TYPE } from './identity.ts';
import { findByName, findByUsername } from './lookup.ts';
import { hasReplaced, titleOf } from './loss.ts';
import { namesAmong } from './names.ts';
import { plan } from './plan.ts';
import { type PlannedServiceAccount, type ServiceAccountState, serviceAccountSchema } from './schema.ts';
import { refuseSelfLockout } from './taking.ts';
import { createServiceAccount, deleteServiceAccount, isAs, isIn, updateServiceAccount } from './write.ts';

type S = typeof serviceAccountSchema;

export const serviceAccount: Resource<Session, S> = {
  type: TYPE,
  schema: serviceAccountSchema,
  identity: {
    version: 0,
    attributes: {
      username: attribute.string({ required: true, description: 'User name given by BrowserStack.' }),
    },
  },

  links: { team: { type: 'browserstack_team', attribute: 'name' } },

  plan,

  async read(prior, { session, warn }) {
    const account = await findAccountAgain(session, prior);
    if (account === undefined) {
      warn(await absenceOf(prior, session));
      return undefined;
    }
    const twins = await twinsOf(account, session);
    for (const warning of [...changesSince(prior, account), ...twins]) warn(warning);
    return stateOf(account, { ...protectionOf(prior), consumers: prior.consumers });
  },

  async create(planned, op) {
    const { identifier, team, local } = known(planned);
    const former = await endedBefore(op.session, TYPE, identifier);
    const account = await createServiceAccount({ identifier, team }, op).catch((error) => {
      throw error instanceof Problem ? explain(error, identifier, team) : error;
    });
    const state = stateOf(account, local);
    op.save(state);
    if (former !== undefined) op.warn(hasReplaced(state, former));
    if (!isIn(account, team)) throw landedElsewhere(account, team);
    return state;
  },

  async update(planned, prior, op) {
    const { identifier, team, local } = known(planned);
    const stays = identifier === prior.identifier && (team ?? null) === prior.team;
    if (stays) return { ...prior, ...local };
    const account = await updateServiceAccount(prior.username, { identifier, team }, op);
    const state = stateOf(account, local);
    op.save(state);
    if (account.username !== prior.username) throw becameAnother(prior, account);
    if (!isAs(account, { identifier, team })) throw landedElsewhere(account, team);
    return state;
  },

  async delete(state, op) {
    if (isAbandoned(state)) return;
    refuseSelfLockout(state, op.session);
    if (await isGoneAsPlanned(state, titleOf(state), () => findAccountAgain(op.session, state))) return;
    const { identifier: name, username: what } = state;
    await ending(op.session, { type: TYPE, name, what }, async () => {
      const outcome = await deleteServiceAccount(state.username, op);
      // To a Team Admin the accounts of other teams look deleted.
      if (outcome === 'not there') await refuseInvisible(state, op.session);
    });
  },

  losses: ({ username }) => [`user name and key of ${username} die at once`],

  refuseInvisible: ({ username, identifier, team }, { session }) =>
    refuseInvisible(
      {
        username: typeof username === 'string' ? username : '',
        identifier: typeof identifier === 'string' ? identifier : null,
        team: typeof team === 'string' ? team : null,
      },
      session,
    ),

  async importState(id, { session }) {
    return stateOf(await findByName(session, id), UNDECLARED);
  },

  importIds(all) {
    const nameOf = namesAmong(all);
    return ({ username }) => nameOf(username);
  },

  identityOf,

  async importIdentity({ username }, { session }) {
    return stateOf(await findByUsername(session, String(username)), UNDECLARED);
  },

  async list({ session }) {
    const accounts = await session.snapshot(serviceAccounts).get();
    return accounts.map((account) => stateOf(account, UNDECLARED));
  },

  async listAgain({ session }) {
    const accounts = await session.snapshot(serviceAccounts).again();
    return accounts.map((account) => stateOf(account, UNDECLARED));
  },

  naturalKey: ({ identifier }) => (typeof identifier === 'string' ? identifierKey(identifier) : undefined),
};

/** What stands in state only, and the service does not know. */
type Local = Pick<ServiceAccountState, 'deletion_protection' | 'deletion_policy' | 'consumers'>;

const UNDECLARED: Local = { ...ON_IMPORT, consumers: null };

export function stateOf(account: ServiceAccount, local: Local = UNDECLARED): ServiceAccountState {
  return {
    identifier: account.identifier,
    team: account.team ?? null,
    deletion_protection: local.deletion_protection,
    deletion_policy: local.deletion_policy,
    consumers: local.consumers ?? null,
    username: account.username,
    organization_level: account.team === undefined,
  };
}

/** Terraform resolves everything configured before it applies; a leftover unknown is a bug of the engine. */
function known(planned: PlannedServiceAccount) {
  const { identifier, team, deletion_protection, deletion_policy, consumers } = planned;
  if (
    isUnknown(identifier) ||
    isUnknown(team) ||
    isUnknown(deletion_protection) ||
    isUnknown(deletion_policy) ||
    isUnknown(consumers) ||
    consumers?.some(isUnknown)
  )
    throw new Error('a configured value is still unknown at apply');
  // Just checked: no consumer is unknown.
  const local = { ...protectionOf({ deletion_protection, deletion_policy }), consumers } as Local;
  return { identifier, team: team ?? undefined, local };
}

function explain(problem: Problem, identifier: string, team: string | undefined): Problem {
  if (problem.code !== 'invalid_input' && problem.code !== 'not_found') return problem;
  const where = team === undefined ? 'in the organization' : `in team "${team}"`;
  return new Problem({
    code: problem.code,
    summary: `Service account "${identifier}" cannot be created ${where}`,
    detail: `${problem.detail} ${team === undefined ? 'Check the identifier.' : 'Check that the team exists (team = browserstack_team.NAME.name makes Terraform create it first) and that the identifier is free.'}`,
    path: [team === undefined ? 'identifier' : 'team'],
    cause: problem,
  });
}

function landedElsewhere(account: ServiceAccount, asked: string | undefined): Problem {
  return new Problem({
    code: 'unexpected_answer',
    summary: `Service account "${account.identifier}" is in ${placeOf(account.team)} instead of ${placeOf(asked)}`,
    detail: `BrowserStack did not honour the team. The account exists as ${account.username} and is kept in state; correct \`team\`, or delete the account.`,
    path: ['team'],
  });
}

function becameAnother(prior: ServiceAccountState, { username }: ServiceAccount): Problem {
  return new Problem({
    code: 'unexpected_answer',
    summary: `Service account "${prior.identifier}" has another user name now`,
    detail: `It was to be changed in place, but ${prior.username} became ${username}; what uses it needs the new one. Set account_changes = "replace", so that a plan says so beforehand.`,
    path: ['username'],
  });
}
