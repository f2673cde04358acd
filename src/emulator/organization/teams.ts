// The teams of the organization. A team is its name: no call shows an id, none renames.

import { type Caller, type Context, nextId, now } from '../context.ts';
import { recordActivity } from './audit.ts';
import { forgetOldHistory, rememberPast, rememberUser, teamsAsOf } from './history.ts';
import { Refusal, refuse } from './refusal.ts';
import { administration, organizationAdministration } from './roles.ts';
import type { Parallels, Team } from './state.ts';

/** A team by its exact name. */
export function findTeam(context: Context, name: string): Team | undefined {
  return context.state.teams.find((team) => team.name === name);
}

/** The teams a caller sees: a Team Admin only the own one. */
export function listTeams(context: Context, caller: Caller, lagSeconds: number): Team[] | Refusal {
  const reach = administration(context, caller);
  if (reach instanceof Refusal) return reach;
  const lag = Math.max(lagSeconds, context.behaviours['read-delay']);
  const teams = teamsAsOf(context.state, now(context), lag);
  return reach.kind === 'team' ? teams.filter(({ name }) => name === reach.team) : teams;
}

export function createTeam(context: Context, caller: Caller, wanted: string | undefined): Team | Refusal {
  const { state, behaviours } = context;
  const reach = organizationAdministration(context, caller);
  if (reach instanceof Refusal) return reach;
  const name = (wanted ?? '').trim();
  const length = [...name].length;
  if (length === 0) return refuse(422, "Team name can't be blank.");
  if (length > 40) return refuse(422, 'Team name is too long (maximum is 40 characters).');
  if (/\p{Cc}/u.test(name)) return refuse(422, 'Team name contains control characters.');
  const sameName = (other: string) => other.toLowerCase() === name.toLowerCase();
  if (sameName(state.organization.name)) return refuse(422, "Team name is the organization's own.");
  const existing = state.teams.find((team) => sameName(team.name));
  if (existing !== undefined) {
    const answer = behaviours['duplicate-team'];
    return answer === '200' ? existing : refuse(answer, 'Team name has already been taken.');
  }
  const team: Team = {
    id: nextId(context),
    name,
    createdAt: now(context),
    parallels: { automate: null, appAutomate: null },
  };
  state.teams.push(team);
  recordActivity(context, caller, 'created_team_using_rest_apis', 'user_management_using_rest_apis');
  return team;
}

/** Removes a team; its people move to the organization, its accounts as the switch says. */
export function deleteTeam(context: Context, caller: Caller, wanted: string | undefined): Team | Refusal {
  const { state, behaviours } = context;
  const reach = organizationAdministration(context, caller);
  if (reach instanceof Refusal) return reach;
  const name = (wanted ?? '').trim();
  if (name === '') return refuse(422, "Team name can't be blank.");
  const team = findTeam(context, name);
  if (team === undefined) return refuse(behaviours['delete-unknown-team'], 'Team not found.');
  const members = state.accounts.filter((account) => account.team === name);
  const rule = behaviours['team-deletion'];
  if (rule === 'refuse' && members.length > 0) return refuse(422, 'Team still has service accounts.');
  const at = now(context);
  forgetOldHistory(state, at);
  for (const account of members) {
    if (rule === 'cascade') state.removedAccounts.push({ at, was: account });
    else {
      rememberPast(account, at);
      account.team = null;
    }
  }
  if (rule === 'cascade') state.accounts = state.accounts.filter((account) => account.team !== name);
  for (const user of state.users.filter((candidate) => candidate.additionalTeams.includes(name))) {
    rememberUser(user, at);
    user.additionalTeams = user.additionalTeams.filter((other) => other !== name);
  }
  for (const user of state.users.filter((candidate) => candidate.team === name)) {
    rememberUser(user, at);
    user.team = null;
    if (user.role === 'admin') user.role = behaviours['team-admins-of-deleted-team'];
  }
  // Else a later team of the same name would find what this one left.
  for (const left of [...state.sessions, ...state.builds, ...state.projects])
    if (left.team === name) left.team = null;
  state.teams = state.teams.filter((other) => other !== team);
  state.removedTeams.push({ at, was: team });
  recordActivity(context, caller, 'deleted_team_using_rest_apis', 'user_management_using_rest_apis');
  return team;
}

/** How many parallels a team (null: the organization) may use, and whether they are its own. */
export function parallelsOf(
  { state }: Context,
  team: string | null,
  product: keyof Parallels,
): { readonly value: number; readonly own: boolean } {
  const own = state.teams.find(({ name }) => name === team)?.parallels[product] ?? null;
  if (own !== null) return { value: own, own: true };
  const given = state.teams.reduce((sum, { parallels }) => sum + (parallels[product] ?? 0), 0);
  return { value: Math.max(0, state.organization.parallels[product] - given), own: false };
}
