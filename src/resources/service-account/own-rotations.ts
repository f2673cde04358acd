// What a run knows better than a list that lags behind: the keys that it made itself.

import type { Secret } from '../../secret.ts';
import type { Session } from '../session.ts';

interface OwnRotation {
  readonly key: Secret;
  /** Whether a key is one that died in this run. */
  readonly isDead: (key: Secret) => boolean;
}

const ownRotations = new WeakMap<Session, Map<string, OwnRotation>>();

/**
 * Remembers, for the rest of the run, that an account has this key instead of one for which `isDead` is true: whatever
 * list shows that one is behind the time.
 */
export function rememberRotation(
  session: Session,
  username: string,
  key: Secret,
  isDead: (key: Secret) => boolean,
): void {
  const own = ownRotations.get(session) ?? new Map<string, OwnRotation>();
  ownRotations.set(session, own);
  const earlier = own.get(username);
  own.set(username, {
    key,
    isDead: (other) => isDead(other) || (earlier?.isDead(other) ?? false),
  });
}

/** The key that this run gave to the account last. */
export function ownKey(session: Session, username: string): Secret | undefined {
  return ownRotations.get(session)?.get(username)?.key;
}

/** An account as a list shows it, with the key that this run knows to be its key. */
export function withOwnKey<A extends { readonly username: string; readonly accessKey: Secret | undefined }>(
  session: Session,
  account: A,
): A {
  const own = ownRotations.get(session)?.get(account.username);
  if (own === undefined || account.accessKey === undefined || !own.isDead(account.accessKey)) return account;
  return { ...account, accessKey: own.key };
}
