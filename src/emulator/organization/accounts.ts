// The service accounts of the organization: who sees, creates, changes and removes which.

import { type Caller, type Context, nextId, now, usernameOf } from '../context.ts';
import { recordActivity } from './audit.ts';
import { newAccessKey, newUsername } from './credentials.ts';
import { accountsAsOf, forgetOldHistory, rememberPast } from './history.ts';
import { Refusal, refuse } from './refusal.ts';
import { administration, reaches } from './roles.ts';
import type { ServiceAccount } from './state.ts';
import { findTeam } from './teams.ts';

export interface NewAccount {
  readonly identifier: string | undefined;
  readonly team: string | undefined;
}

/** The accounts a caller sees: Owner and Org Admins all, a Team Admin the team's, a User none (refused). */
export function listAccounts(
  context: Context,
  caller: Caller,
  lagSeconds: number,
): ServiceAccount[] | Refusal {
  const reach = administration(context, caller);
  if (reach instanceof Refusal) return reach;
  const lag = Math.max(lagSeconds, context.behaviours['read-delay']);
  return accountsAsOf(context.state, now(context), lag).filter(({ team }) => reaches(reach, team));
}

/** Why no account can be added; undefined when one can. */
export function fullness({ state, behaviours }: Context): string | undefined {
  const maximum = behaviours['account-maximum'];
  if (maximum === 0 || state.accounts.length < maximum) return undefined;
  return `The organization has reached its maximum of ${maximum} service accounts.`;
}

export function createAccount(
  context: Context,
  caller: Caller,
  wanted: NewAccount,
): ServiceAccount | Refusal {
  const { state, behaviours } = context;
  const reach = administration(context, caller);
  if (reach instanceof Refusal) return reach;
  const identifier = checkIdentifier(context, wanted.identifier);
  if (identifier instanceof Refusal) return identifier;
  let team = resolveTeam(context, wanted.team);
  if (reach.kind === 'team' && (team instanceof Refusal || team !== reach.team)) {
    const answer = behaviours['team-admin-outside-team'];
    if (answer !== 'own-team')
      return refuse(answer, 'You are not authorized to create a service account outside of your team.');
    team = reach.team;
  }
  if (team instanceof Refusal) return team;
  if (isTaken(context, identifier, team)) return refuse(422, 'Identifier has already been taken.');
  const full = fullness(context);
  if (full !== undefined) return refuse(422, full);
  const accessKey = newAccessKey(context);
  const account: ServiceAccount = {
    id: nextId(context),
    identifier,
    username: newUsername(context, identifier),
    accessKey,
    firstKey: accessKey,
    team,
    createdAt: now(context),
    createdBy: usernameOf(caller),
    past: [],
  };
  state.accounts.push(account);
  recordActivity(context, caller, 'created_service_account', 'service_accounts');
  return account;
}

export function deleteAccount(
  context: Context,
  caller: Caller,
  username: string | undefined,
): ServiceAccount | Refusal {
  const { state } = context;
  const account = findManagedAccount(context, caller, username, context.behaviours['delete-unknown']);
  if (account instanceof Refusal) return account;
  state.accounts = state.accounts.filter((other) => other !== account);
  forgetOldHistory(state, now(context));
  state.removedAccounts.push({ at: now(context), was: account });
  recordActivity(context, caller, 'deleted_service_account', 'service_accounts');
  return account;
}

/** Renames an account, or moves it; user name and key stay. A Team Admin may rename, but not move. */
export function updateAccount(
  context: Context,
  caller: Caller,
  username: string | undefined,
  wanted: NewAccount,
): ServiceAccount | Refusal {
  const account = findManagedAccount(context, caller, username, '404');
  if (account instanceof Refusal) return account;
  const identifier =
    wanted.identifier === undefined ? account.identifier : checkIdentifier(context, wanted.identifier);
  if (identifier instanceof Refusal) return identifier;
  const team = wanted.team === undefined ? account.team : resolveTeam(context, wanted.team);
  if (team instanceof Refusal) return team;
  const reach = administration(context, caller);
  if (reach instanceof Refusal) return reach;
  if (team !== account.team && reach.kind === 'team')
    return refuse(403, 'You are not authorized to change the team of a service account.');
  if (isTaken(context, identifier, team, account)) return refuse(422, 'Identifier has already been taken.');
  rememberPast(account, now(context));
  account.identifier = identifier;
  account.team = team;
  recordActivity(context, caller, 'changed_service_account', 'service_accounts');
  return account;
}

function findManagedAccount(
  context: Context,
  caller: Caller,
  username: string | undefined,
  unknown: '404' | '422' | '200',
): ServiceAccount | Refusal {
  const reach = administration(context, caller);
  if (reach instanceof Refusal) return reach;
  if (username === undefined || username === '') return refuse(422, "Username can't be blank.");
  const account = context.state.accounts.find((candidate) => candidate.username === username);
  if (account === undefined) return refuse(unknown, 'Service account not found.');
  if (reaches(reach, account.team)) return account;
  if (context.behaviours['team-admin-deletes-foreign'] === '404')
    return refuse(404, 'Service account not found.');
  return refuse(403, 'You are not authorized to manage a service account of another team.');
}

function checkIdentifier(context: Context, wanted: string | undefined): string | Refusal {
  const identifier = (wanted ?? '').trim();
  if (identifier === '') return refuse(422, "Identifier can't be blank.");
  if (/\p{Cc}/u.test(identifier)) return refuse(422, 'Identifier contains control characters.');
  const rule = context.behaviours['identifier-length'];
  const length = [...identifier].length;
  if (rule !== 'unlimited' && length < 3)
    return refuse(422, 'Identifier is too short (minimum is 3 characters).');
  if (rule === '3-255' && length > 255)
    return refuse(422, 'Identifier is too long (maximum is 255 characters).');
  return identifier;
}

/** The team to put an account into; null is organization level. */
function resolveTeam(context: Context, wanted: string | undefined): string | null | Refusal {
  const { state, behaviours } = context;
  if (wanted === undefined) return null;
  const name = wanted.trim();
  if (name === '')
    return behaviours['empty-team'] === 'absent' ? null : refuse(422, "Team name can't be blank.");
  const team = findTeam(context, name);
  if (team !== undefined) return team.name;
  if (name === state.organization.name) {
    if (behaviours['team-named-like-organization'] === 'organization-level') return null;
    return refuse(422, 'Team not found.');
  }
  const answer = behaviours['unknown-team'];
  return answer === 'organization-level' ? null : refuse(answer, 'Team not found.');
}

function isTaken(
  context: Context,
  identifier: string,
  team: string | null,
  except?: ServiceAccount,
): boolean {
  if (context.behaviours['duplicate-identifier'] === 'allow') return false;
  const rule = context.behaviours['identifier-uniqueness'];
  const same = (other: string) =>
    rule === 'organization-exact' ? other === identifier : other.toLowerCase() === identifier.toLowerCase();
  return context.state.accounts.some(
    (other) =>
      other !== except && same(other.identifier) && (rule !== 'team-ignoring-case' || other.team === team),
  );
}
