// The people of the organization: who sees, invites, disables and removes whom.

import { type Caller, type Context, nextId, now } from '../context.ts';
import { recordActivity } from './audit.ts';
import { newAccessKey, newUsername } from './credentials.ts';
import { forgetOldHistory, rememberUser, usersAsOf } from './history.ts';
import { sendMail } from './mail.ts';
import { nameProblem } from './names.ts';
import { Refusal, refuse } from './refusal.ts';
import { administration, organizationAdministration, reaches } from './roles.ts';
import { type Product, products, type Role, type User } from './state.ts';
import { findTeam } from './teams.ts';

const AUDITED = 'user_management_using_rest_apis';
const EMAIL = /^[^\s\p{Cc}@]+@[^\s\p{Cc}@]+$/u;
/** The longest address that mail can be sent to (RFC 5321). */
const EMAIL_MAXIMUM = 254;

export interface UserFilter {
  readonly roles: readonly string[];
  readonly teams: readonly string[];
  readonly products: readonly string[];
  readonly statuses: readonly string[];
}

export function listUsers(
  context: Context,
  caller: Caller,
  filter: UserFilter,
  lagSeconds: number,
): User[] | Refusal {
  const reach = administration(context, caller);
  if (reach instanceof Refusal) return reach;
  const fits = (wanted: readonly string[], has: readonly string[]) =>
    wanted.length === 0 || wanted.some((value) => has.includes(value));
  const lag = Math.max(lagSeconds, context.behaviours['read-delay']);
  return usersAsOf(context.state, now(context), lag).filter(
    (user) =>
      reaches(reach, user.team) &&
      fits(filter.roles, [user.role]) &&
      fits(filter.teams, [user.team ?? '', ...user.additionalTeams]) &&
      fits(filter.products, user.products) &&
      fits(filter.statuses, [user.status]),
  );
}

/** Invites a person; until the invitation is accepted there is no user name and no key. */
export function inviteUser(
  context: Context,
  caller: Caller,
  wanted: { email?: string; fullName?: string; role?: string; team?: string },
): User | Refusal {
  const reach = administration(context, caller);
  if (reach instanceof Refusal) return reach;
  const email = wanted.email?.trim() ?? '';
  const fullName = wanted.fullName?.trim() ?? '';
  if (!EMAIL.test(email) || email.length > EMAIL_MAXIMUM) return refuse(422, 'Email is invalid.');
  if (fullName === '') return refuse(422, "Full name can't be blank.");
  const problem = nameProblem(context.behaviours, 'Full name', fullName);
  if (problem !== undefined) return refuse(422, problem);
  if (context.state.users.some((user) => user.email.toLowerCase() === email.toLowerCase()))
    return refuse(422, 'Email has already been taken.');
  const role = resolveRole(context, wanted.role ?? 'user');
  if (role instanceof Refusal) return role;
  const name = wanted.team?.trim() || null;
  if (name !== null && findTeam(context, name) === undefined) return refuse(422, 'Team not found.');
  if (!reaches(reach, name))
    return refuse(403, 'You are not authorized to invite users outside of your team.');
  const user: User = {
    id: nextId(context),
    username: '',
    accessKey: '',
    fullName,
    email,
    role,
    team: name,
    additionalTeams: [],
    status: 'pending',
    products: [],
    retiredKeys: [],
    createdAt: now(context),
    past: [],
  };
  context.state.users.push(user);
  sendMail(context, email, `You are invited to ${context.state.organization.name}`);
  recordActivity(context, caller, 'added_member_using_rest_apis', AUDITED);
  return user;
}

/** What the person does with the invitation, in the browser: from then on there are a user name and a key. */
export function acceptInvitation(context: Context, email: string): User | Refusal {
  const user = context.state.users.find((candidate) => candidate.email === email);
  if (user === undefined || user.status !== 'pending') return refuse(404, 'No such invitation.');
  rememberUser(user, now(context));
  user.username = newUsername(context, user.fullName);
  user.accessKey = newAccessKey(context);
  user.status = 'active';
  return user;
}

const bundles: Readonly<Record<string, readonly Product[]>> = {
  browser_testing: ['live_testing', 'automate'],
  mobile_app_testing: ['app_live_testing', 'app_automate'],
};

/** What several products are granted by at once. */
export const bundleNames = Object.keys(bundles);

export function grantProducts(
  context: Context,
  caller: Caller,
  email: string | undefined,
  wanted: string | undefined,
): User | Refusal {
  const user = findManagedUser(context, caller, email);
  if (user instanceof Refusal) return user;
  const granted = (wanted ?? '')
    .split(',')
    .map((name) => name.trim())
    .map((name) => bundles[name] ?? products.filter((product) => product === name));
  if (granted.some((found) => found.length === 0)) return refuse(422, 'Product access is invalid.');
  rememberUser(user, now(context));
  user.products = products.filter(
    (product) => user.products.includes(product) || granted.flat().includes(product),
  );
  recordActivity(context, caller, 'changed_product_access_using_rest_apis', AUDITED);
  return user;
}

export function disableUser(context: Context, caller: Caller, email: string | undefined): User | Refusal {
  const user = findManagedUser(context, caller, email);
  if (user instanceof Refusal) return user;
  if (user.status === 'pending') return refuse(422, 'The invitation is still pending.');
  rememberUser(user, now(context));
  user.status = 'disabled';
  return user;
}

export function removeUser(context: Context, caller: Caller, email: string | undefined): User | Refusal {
  const user = findManagedUser(context, caller, email);
  if (user instanceof Refusal) return user;
  context.state.users = context.state.users.filter((other) => other !== user);
  forgetOldHistory(context.state, now(context));
  context.state.removedUsers.push({ at: now(context), was: user });
  recordActivity(context, caller, 'removed_member_using_rest_apis', AUDITED);
  return user;
}

export function changeRole(
  context: Context,
  caller: Caller,
  email: string | undefined,
  wanted: string | undefined,
): User | Refusal {
  const user = findManagedUser(context, caller, email);
  if (user instanceof Refusal) return user;
  const role = resolveRole(context, wanted ?? '');
  if (role instanceof Refusal) return role;
  rememberUser(user, now(context));
  user.role = role;
  recordActivity(context, caller, 'changed_role_using_rest_apis', AUDITED);
  return user;
}

/** Puts a person into another team, as Owner and Org Admins do in the browser. Service accounts stay behind. */
export function moveUser(
  context: Context,
  caller: Caller,
  email: string,
  team: string | null,
): User | Refusal {
  const reach = organizationAdministration(context, caller);
  if (reach instanceof Refusal) return reach;
  const user = findManagedUser(context, caller, email);
  if (user instanceof Refusal) return user;
  if (team !== null && findTeam(context, team) === undefined) return refuse(422, 'Team not found.');
  rememberUser(user, now(context));
  user.team = team;
  user.additionalTeams = user.additionalTeams.filter((other) => other !== team);
  recordActivity(context, caller, 'changed_team_using_rest_apis', AUDITED);
  return user;
}

/** Users take a licence each, pending ones too; service accounts take none. */
export function licencesUsed({ state }: Context): number {
  return state.users.filter(({ status }) => status !== 'disabled').length;
}

/** A person the caller may change: everybody but the Owner, or the own team's. */
function findManagedUser(context: Context, caller: Caller, email: string | undefined): User | Refusal {
  const reach = administration(context, caller);
  if (reach instanceof Refusal) return reach;
  if (email === undefined || email.trim() === '') return refuse(422, "Email can't be blank.");
  const user = context.state.users.find((candidate) => candidate.email === email.trim());
  if (user === undefined || !reaches(reach, user.team)) return refuse(404, 'User not found.');
  if (user.role === 'owner') return refuse(403, 'The Owner cannot be changed.');
  return user;
}

function resolveRole(context: Context, wanted: string): Exclude<Role, 'owner'> | Refusal {
  if (wanted === 'user' || wanted === 'admin') return wanted;
  if (wanted === 'owner' && context.behaviours['owner-role-on-create'] === 'as-admin') return 'admin';
  return refuse(422, wanted === 'owner' ? 'An organization has exactly one Owner.' : 'Role is invalid.');
}
