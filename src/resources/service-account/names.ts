// What an account is called on a command line and in an import: by its user name or its identifier. One name may be both,
// of two accounts; then the word for it tells them apart.

import type { ServiceAccount } from './api.ts';
import { sameIdentifier } from './identity.ts';

export const BY_USERNAME = 'username=';
const BY_IDENTIFIER = 'identifier=';

/** Whether the name means this account: its user name, its identifier, or one of both with the word for it. */
export function isCalled({ username, identifier }: Names, name: string): boolean {
  if (username === name || sameIdentifier(identifier, name)) return true;
  if (name.startsWith(BY_USERNAME)) return username === name.slice(BY_USERNAME.length);
  return name.startsWith(BY_IDENTIFIER) && sameIdentifier(identifier, name.slice(BY_IDENTIFIER.length));
}

type Names = Pick<ServiceAccount, 'username' | 'identifier'>;

/** For each of these accounts what `findByName` finds it by, and no other: its user name, where that is enough. */
export function namesAmong(accounts: readonly Names[]): (username: string) => string {
  const owners = new Map<string, Set<string>>();
  const add = (name: string, username: string) =>
    owners.set(name, (owners.get(name) ?? new Set()).add(username));
  for (const { identifier, username } of accounts) add(identifier.toLowerCase(), username);
  const meansAnother = (name: string, username: string) =>
    [...(owners.get(name.toLowerCase()) ?? [])].some((owner) => owner !== username);
  return (username) => (meansAnother(username, username) ? `${BY_USERNAME}${username}` : username);
}
