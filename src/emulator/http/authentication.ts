// Whose key is it? The only file that compares keys.

import { type Caller, type Context, now } from '../context.ts';
import type { ServiceAccount, User } from '../organization/state.ts';

export interface Credentials {
  readonly username: string;
  readonly accessKey: string;
}

/** What a Basic `Authorization` header says; `undefined` when it says nothing readable. */
export function basicCredentials(header: string | undefined): Credentials | undefined {
  const encoded = /^Basic +([A-Za-z0-9+/=_-]+) *$/i.exec(header ?? '')?.[1];
  if (encoded === undefined) return undefined;
  const text = Buffer.from(encoded, 'base64').toString('utf8');
  const colon = text.indexOf(':');
  if (colon < 0) return undefined;
  return { username: text.slice(0, colon), accessKey: text.slice(colon + 1) };
}

/** The caller these credentials belong to; `undefined` is a 401, whatever the reason. */
export function authenticate(context: Context, credentials: Credentials | undefined): Caller | undefined {
  if (credentials === undefined || credentials.username === '' || credentials.accessKey === '')
    return undefined;
  const user = findUser(context, credentials);
  if (user !== undefined) return { kind: 'user', user };
  const account = findAccount(context, credentials);
  return account && { kind: 'service-account', account };
}

/** Disabled, and told so instead of being taken for nobody. */
export function isShutOut({ behaviours }: Context, caller: Caller): boolean {
  return caller.kind === 'user' && caller.user.status === 'disabled' && behaviours['disabled-user'] === '403';
}

/** Whether a text is somebody's key: who swaps user name and key sends it where names are logged. */
export function isAccessKey({ state }: Context, text: string): boolean {
  return [...state.users, ...state.accounts].some(({ accessKey }) => accessKey !== '' && accessKey === text);
}

function findUser(context: Context, { username, accessKey }: Credentials): User | undefined {
  const byEmail = context.behaviours['email-as-username'] === 'accept';
  const user = context.state.users.find(
    (candidate) => candidate.username === username || (byEmail && candidate.email === username),
  );
  if (user === undefined) return undefined;
  if (user.status === 'disabled' && context.behaviours['disabled-user'] === '401') return undefined;
  return user.accessKey === accessKey || inGrace(context, user.retiredKeys, accessKey) ? user : undefined;
}

function findAccount(context: Context, { username, accessKey }: Credentials): ServiceAccount | undefined {
  const account = context.state.accounts.find((candidate) => candidate.username === username);
  if (account !== undefined)
    return account.accessKey === accessKey || inGrace(context, account.past, accessKey) ? account : undefined;
  const grace = context.behaviours['deleted-key-grace'] * 1000;
  if (grace === 0) return undefined;
  return context.state.removedAccounts.find(
    ({ at, was }) => at + grace > now(context) && was.username === username && was.accessKey === accessKey,
  )?.was;
}

function inGrace(
  context: Context,
  retired: readonly { readonly accessKey: string; readonly until: number }[],
  accessKey: string,
): boolean {
  const grace = context.behaviours['old-key-grace'] * 1000;
  return retired.some((past) => past.accessKey === accessKey && past.until + grace > now(context));
}
