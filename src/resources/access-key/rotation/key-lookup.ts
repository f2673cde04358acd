// What can be seen of a key from outside: the list shows it, hides it, or there is no such account.

import { Problem } from '../../../errors.ts';
import type { Credentials } from '../../../http/client.ts';
import type { Secret } from '../../../secret.ts';
import { findAgain, inList } from '../../presence.ts';
import {
  ownKey,
  rememberRotation,
  type ServiceAccount,
  serviceAccounts,
} from '../../service-account/index.ts';
import type { Session } from '../../session.ts';
import { lifeOf } from '../api.ts';
import { keyFingerprint } from '../fingerprint.ts';

/** A key as the list of accounts shows it. */
export interface ListedKey {
  readonly credentials: Credentials;
  readonly fingerprint: string;
  readonly identifier: string;
  /** Null for an account of the organization. */
  readonly team: string | null;
}

export type KeyLookup =
  | { readonly kind: 'seen'; readonly key: ListedKey }
  /** The account may well exist; its key cannot be seen (`reason` says why). */
  | { readonly kind: 'hidden'; readonly reason: string }
  | { readonly kind: 'gone' };

/**
 * Looks for the key of an account: in the run's list, and in a second one before it says that the account is gone; or in
 * one that is made now (`fresh`).
 * @param blind Whether the caller can go on without the list (it knows the key from elsewhere); otherwise a list that
 *   is refused is the caller's problem.
 */
export async function lookAt(
  session: Session,
  username: string,
  { fresh = false, blind = false }: { readonly fresh?: boolean; readonly blind?: boolean } = {},
): Promise<KeyLookup> {
  let account: ServiceAccount | undefined;
  try {
    account = fresh
      ? (await session.snapshot(serviceAccounts).fresh()).find((one) => one.username === username)
      : await findAgain(session, inList(session, serviceAccounts, username));
  } catch (error) {
    const noList = error instanceof Problem && (error.code === 'forbidden' || error.code === 'not_found');
    if (!blind || !noList) throw error;
    return { kind: 'hidden', reason: `The list of service accounts cannot be read (${error.summary}).` };
  }
  if (account === undefined) return { kind: 'gone' };
  if (account.accessKey === undefined)
    return { kind: 'hidden', reason: `The list of service accounts shows ${username} without a key.` };
  const key = listed(account, account.accessKey);
  const own = ownKey(session, username);
  // Neither the key that this run made nor one that it replaced: made elsewhere since then, or older than both.
  if (own !== undefined && !own.equals(account.accessKey))
    if ((await lifeOf(session, key.credentials, { onWait: session.onWait })) !== 'alive')
      return { kind: 'seen', key: listed(account, own) };
  return { kind: 'seen', key };
}

/** The current key of an account. @throws Problem when there is no such account, or its key is hidden. */
export async function listKey(session: Session, username: string, fresh = false): Promise<ListedKey> {
  const own = ownKey(session, username);
  const lookup = await lookAt(session, username, { fresh, blind: own !== undefined });
  if (lookup.kind === 'seen') return lookup.key;
  if (lookup.kind === 'hidden' && own !== undefined)
    return listed({ username, identifier: username, team: undefined }, own);
  throw lookup.kind === 'gone' ? noSuchAccount(username) : hiddenKey(username, lookup.reason);
}

export function listedKey(account: ServiceAccount): ListedKey {
  const { username, accessKey } = account;
  if (accessKey !== undefined) return listed(account, accessKey);
  throw hiddenKey(username, `The list of service accounts shows ${username} without a key.`);
}

function listed(
  { username, identifier, team }: Pick<ServiceAccount, 'username' | 'identifier' | 'team'>,
  accessKey: Secret,
): ListedKey {
  return {
    credentials: { username, accessKey },
    fingerprint: keyFingerprint(username, accessKey),
    identifier,
    team: team ?? null,
  };
}

/** Makes all later looks of this run see the new key, whatever a list shows, and not the one it replaced. */
export function rememberKey(session: Session, username: string, key: Secret, replaced: string): void {
  rememberRotation(session, username, key, (other) => keyFingerprint(username, other) === replaced);
  session
    .snapshot(serviceAccounts)
    .patch((accounts) =>
      accounts.map((account) => (account.username === username ? { ...account, accessKey: key } : account)),
    );
}

export function noSuchAccount(username: string): Problem {
  return new Problem({
    code: 'not_found',
    diagnostic: 'no_such_object',
    summary: `No service account with the user name "${username}"`,
    detail:
      'These credentials see no such account: it was deleted, or belongs to another team or organization. Use browserstack_service_account.NAME.username so that it follows the account.',
    path: ['username'],
  });
}

export function hiddenKey(username: string, reason: string): Problem {
  return new Problem({
    code: 'unexpected_answer',
    diagnostic: 'not_visible',
    summary: `BrowserStack hides the key of ${username}`,
    detail: `${reason} Give the account's current key as current_access_key, and either escrow_recipient or export_access_key = true, so that a new key cannot get lost.`,
    path: ['current_access_key'],
  });
}
