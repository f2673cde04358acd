// What was true a moment ago: for lists that lag behind and for names that must not be given twice.

import type { ServiceAccount, State, Team, User } from './state.ts';

/** The longest that a list may lag or an old key may live; older history is forgotten. */
export const MEMORY_SECONDS = 3600;

/** Drops what no delay or grace period can ask for any more, so that memory stays flat. */
export function forgetOldHistory(state: State, now: number): void {
  const horizon = now - MEMORY_SECONDS * 1000;
  state.removedAccounts = state.removedAccounts.filter(({ at }) => at >= horizon);
  state.removedTeams = state.removedTeams.filter(({ at }) => at >= horizon);
  state.removedUsers = state.removedUsers.filter(({ at }) => at >= horizon);
}

/** The accounts as they stood `lagSeconds` ago, in order of creation. */
export function accountsAsOf(state: State, now: number, lagSeconds: number): ServiceAccount[] {
  if (lagSeconds === 0) return state.accounts;
  const then = now - lagSeconds * 1000;
  const since = state.removedAccounts.filter(({ at }) => at > then).map(({ was }) => was);
  return [...state.accounts, ...since]
    .filter((account) => existed(state, account, then))
    .sort((a, b) => a.id - b.id)
    .map((account) => {
      const past = account.past.find(({ until }) => until > then);
      if (past === undefined) return account;
      const { identifier, accessKey, team } = past;
      return { ...account, identifier, accessKey, team };
    });
}

/** The teams as they stood `lagSeconds` ago. */
export function teamsAsOf(state: State, now: number, lagSeconds: number): Team[] {
  if (lagSeconds === 0) return state.teams;
  const then = now - lagSeconds * 1000;
  const since = state.removedTeams.filter(({ at }) => at > then).map(({ was }) => was);
  return [...state.teams, ...since].filter((team) => existed(state, team, then)).sort((a, b) => a.id - b.id);
}

/** The people as they stood `lagSeconds` ago. */
export function usersAsOf(state: State, now: number, lagSeconds: number): User[] {
  if (lagSeconds === 0) return state.users;
  const then = now - lagSeconds * 1000;
  const since = state.removedUsers.filter(({ at }) => at > then).map(({ was }) => was);
  return [...state.users, ...since]
    .filter((user) => existed(state, user, then))
    .sort((a, b) => a.id - b.id)
    .map((user) => ({ ...user, ...user.past.find(({ until }) => until > then)?.was }));
}

function existed(state: State, { id, createdAt }: { id: number; createdAt: number }, then: number): boolean {
  return id <= state.seeded || createdAt <= then;
}

/** Keeps what a person looked like, for lists that lag; call it before every change. */
export function rememberUser(user: User, until: number): void {
  const { username, role, team, additionalTeams, status, products } = user;
  const kept = user.past.filter((past) => past.until >= until - MEMORY_SECONDS * 1000);
  user.past = [...kept, { until, was: { username, role, team, additionalTeams, status, products } }];
}

/** Keeps what an account looked like, for lists that lag and keys in grace; call it before every change. */
export function rememberPast(account: ServiceAccount, until: number): void {
  const { identifier, accessKey, team } = account;
  const kept = account.past.filter((past) => past.until >= until - MEMORY_SECONDS * 1000);
  account.past = [...kept, { until, identifier, accessKey, team }];
}
