// Whose key is it? The only file that compares keys.

import type { ServiceAccount, User } from './state.ts';
import { type Caller, now, type World } from './world.ts';

export interface Credentials {
  readonly username: string;
  readonly accessKey: string;
}

/** What a Basic `Authorization` header says; `undefined` when it says nothing readable. */
export function basicCredentials(header: string | null): Credentials | undefined {
  const encoded = /^Basic +([A-Za-z0-9+/=_-]+) *$/i.exec(header ?? '')?.[1];
  if (encoded === undefined) return undefined;
  const text = Buffer.from(encoded, 'base64').toString('utf8');
  const colon = text.indexOf(':');
  if (colon < 0) return undefined;
  return { username: text.slice(0, colon), accessKey: text.slice(colon + 1) };
}

/** The caller these credentials belong to; `undefined` is a 401, whatever the reason. */
export function authenticate(world: World, credentials: Credentials | undefined): Caller | undefined {
  if (credentials === undefined || credentials.username === '' || credentials.accessKey === '')
    return undefined;
  const user = findUser(world, credentials);
  if (user !== undefined) return { kind: 'user', user };
  const account = findAccount(world, credentials);
  return account && { kind: 'service-account', account };
}

/** Disabled, and told so instead of being taken for nobody. */
export function isShutOut({ behaviours }: World, caller: Caller): boolean {
  return caller.kind === 'user' && caller.user.status === 'disabled' && behaviours['disabled-user'] === '403';
}

/** Whether a text is somebody's key: who swaps user name and key sends it where names are logged. */
export function isAccessKey({ state }: World, text: string): boolean {
  return [...state.users, ...state.accounts].some(({ accessKey }) => accessKey !== '' && accessKey === text);
}

function findUser(world: World, { username, accessKey }: Credentials): User | undefined {
  const byEmail = world.behaviours['email-as-username'] === 'accept';
  const user = world.state.users.find(
    (candidate) => candidate.username === username || (byEmail && candidate.email === username),
  );
  if (user === undefined) return undefined;
  if (user.status === 'disabled' && world.behaviours['disabled-user'] === '401') return undefined;
  return user.accessKey === accessKey || inGrace(world, user.retiredKeys, accessKey) ? user : undefined;
}

function findAccount(world: World, { username, accessKey }: Credentials): ServiceAccount | undefined {
  const account = world.state.accounts.find((candidate) => candidate.username === username);
  if (account !== undefined)
    return account.accessKey === accessKey || inGrace(world, account.past, accessKey) ? account : undefined;
  const grace = world.behaviours['deleted-key-grace'] * 1000;
  if (grace === 0) return undefined;
  return world.state.removedAccounts.find(
    ({ at, was }) => at + grace > now(world) && was.username === username && was.accessKey === accessKey,
  )?.was;
}

function inGrace(
  world: World,
  retired: readonly { readonly accessKey: string; readonly until: number }[],
  accessKey: string,
): boolean {
  const grace = world.behaviours['old-key-grace'] * 1000;
  return retired.some((past) => past.accessKey === accessKey && past.until + grace > now(world));
}
