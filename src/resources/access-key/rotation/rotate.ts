// The steps of a rotation, in the order that survives a crash at any of them (docs: rotation). Everything is decided
// by looking at the world: the key that the list shows is the truth, whoever made it.

import { Problem } from '../../../errors.ts';
import type { Operation } from '../../../lifecycle/operation.ts';
import { APART } from '../../../lifecycle/snapshot.ts';
import type { Secret } from '../../../secret.ts';
import { callOf, effectOf, type Session } from '../../session.ts';
import { lifeOf, recycle } from '../api.ts';
import { keyFingerprint } from '../fingerprint.ts';
import { type Escrow, rehearse, sealCredential, store } from './escrow.ts';
import { hiddenKey, lookAt, noSuchAccount, rememberKey } from './key-lookup.ts';
import { type Before, notRotated, outdated, unforeseen, untried } from './problems.ts';
import { adopted, afterRefusal, afterUnclearAnswer, type KeyNow } from './unclear-answer.ts';

export interface Rotation extends KeyNow {
  /** The new credential, sealed to the recipient of the escrow; `undefined` without one. */
  readonly sealed: string | undefined;
}

export interface RotationOptions {
  /** The account's current key, where the list may not show it. */
  readonly knownKey?: Secret | undefined;
  readonly escrow?: Escrow | undefined;
  /** The caller keeps the new key itself (exports it). Where the list hides keys, it or the escrow must. */
  readonly kept?: boolean;
  /** How to go on after an unclear end without rotating twice; as Terraform does it unless given. */
  readonly again?: string;
  /** Done right before the call that rotates is sent, if it is. */
  readonly beforeCall?: () => Promise<void>;
  /** Another account whose key must still be this one too, or nothing is rotated. */
  readonly companion?: { readonly username: string; readonly fingerprint: string };
}

const APPLY_AGAIN =
  'Apply again: the key is looked at first, and if it was rotated after all, that one is adopted and nothing is rotated.';

/**
 * Rotates the key of `username` once, if it is still the one with `expectedFingerprint`.
 * @throws KeyLost when the key was rotated and cannot be seen.
 * @throws Problem when the key was not rotated as far as can be known: the caller keeps its prior state and may run
 *   again.
 */
export async function rotateKey(
  username: string,
  expectedFingerprint: string,
  op: Operation<Session>,
  options: RotationOptions = {},
): Promise<Rotation> {
  const before = await keyBefore(username, expectedFingerprint, op, options);
  if (options.escrow !== undefined) await rehearse(options.escrow);
  if (before.fingerprint !== expectedFingerprint) {
    const adopted = await adopt(before, op);
    rememberKey(op.session, username, adopted.key, expectedFingerprint);
    return keep(adopted, before, op, options);
  }
  op.progress(`rotating the access key of ${username}`);
  await options.beforeCall?.();
  const rotated = await recycleOnce(before, op);
  rememberKey(op.session, username, rotated.key, before.fingerprint);
  const kept = await keep(rotated, before, op, options);
  await verify(before, rotated.key, op);
  return kept;
}

/** Step 3: the key as it is now, from the list, or else from the caller. */
async function keyBefore(
  username: string,
  expectedFingerprint: string,
  op: Operation<Session>,
  { knownKey, escrow, kept, companion, again = APPLY_AGAIN }: RotationOptions,
): Promise<Before> {
  const look = () => lookAt(op.session, username, { fresh: true, blind: knownKey !== undefined });
  let lookup = await look();
  if (lookup.kind === 'gone') {
    op.progress(`the list of service accounts lacks ${username}; looking again in ${APART / 1000} s`);
    await op.clock.sleep(APART, op.signal);
    lookup = await look();
  }
  if (companion !== undefined) await refuseChanged(companion, op);
  if (lookup.kind === 'seen') return { ...lookup.key, hidden: false, again };
  if (lookup.kind === 'gone') throw noSuchAccount(username);
  const safe = escrow !== undefined || kept === true;
  const fingerprint = knownKey && keyFingerprint(username, knownKey);
  if (knownKey === undefined || !safe || fingerprint !== expectedFingerprint)
    throw hiddenKey(username, `${lookup.reason} Nothing was rotated.`);
  const credentials = { username, accessKey: knownKey };
  return { credentials, fingerprint, identifier: username, team: null, hidden: true, again };
}

/** From the list that was just made. */
async function refuseChanged(
  { username, fingerprint }: NonNullable<RotationOptions['companion']>,
  op: Operation<Session>,
): Promise<void> {
  const lookup = await lookAt(op.session, username);
  if (lookup.kind !== 'seen' || lookup.key.fingerprint === fingerprint) return;
  if ((await lifeOf(op.session, lookup.key.credentials, callOf(op))) === 'dead') return;
  throw new Problem({
    code: 'stale',
    summary: `The key of ${username} changed since the plan was made`,
    detail: 'Somebody rotated it elsewhere. Nothing was rotated by this run; plan again.',
  });
}

/** Steps 4 and 5. */
async function recycleOnce(before: Before, op: Operation<Session>): Promise<KeyNow> {
  const { username } = before.credentials;
  try {
    const { key, at } = await recycle(op.session, before.credentials, callOf(op));
    return { outcome: 'rotated', key, fingerprint: keyFingerprint(username, key), at };
  } catch (error) {
    // Stopped while it waited for its turn: nothing was sent. A call under way ends as a Problem.
    if (error === op.signal.reason) throw error;
    if (!(error instanceof Problem)) return afterUnclearAnswer(before, op, unforeseen(error));
    if (effectOf(error) === 'none') {
      if (error.code === 'unauthorized') return afterRefusal(before, op, error);
      throw notRotated(before, error);
    }
    return afterUnclearAnswer(before, op, error);
  }
}

/** Somebody else rotated since the plan, if the key that the list shows is alive. */
async function adopt(before: Before, op: Operation<Session>): Promise<KeyNow> {
  if (before.hidden) return adopted(before);
  const life = await lifeOf(op.session, before.credentials, callOf(op));
  if (life === 'alive') return adopted(before);
  throw life === 'dead' ? outdated(before) : untried(before);
}

/** The sealed copy comes first: from here on only this process knows the key, if the list hides it. */
async function keep(
  rotated: KeyNow,
  { identifier, credentials: { username } }: Before,
  op: Operation<Session>,
  { escrow }: RotationOptions,
): Promise<Rotation> {
  if (escrow === undefined) return { ...rotated, sealed: undefined };
  const credentials = { username, accessKey: rotated.key };
  let sealed: string | undefined;
  try {
    sealed = await sealCredential(escrow, credentials);
    const file = await store(escrow, credentials, sealed);
    op.progress(`sealed the new key of ${username}${file === undefined ? '' : ` into ${file}`}`);
  } catch (error) {
    op.warn({
      diagnostic: 'not_in_escrow',
      summary: `The new key of "${identifier}" was not put into escrow`,
      detail: `${error instanceof Error ? error.message : String(error)} The key of ${username} was rotated and is kept.`,
      path: ['escrow_recipient'],
    });
  }
  return { ...rotated, sealed };
}

/** Step 6. The rotation has happened: whatever goes wrong now may not hide the new key. */
async function verify(
  { identifier, credentials }: Before,
  key: Secret,
  op: Operation<Session>,
): Promise<void> {
  const { username } = credentials;
  let reason = 'BrowserStack answers 401 to it.';
  try {
    const life = await lifeOf(op.session, { username, accessKey: key }, callOf(op));
    if (life === 'alive') return;
    if (life === 'unknown') reason = 'BrowserStack does not say whether it works.';
  } catch (error) {
    reason = error instanceof Error ? error.message : String(error);
  }
  op.warn({
    diagnostic: 'not_verified',
    summary: `The new key of "${identifier}" could not be verified`,
    detail: `The key of ${username} was rotated and is kept. ${reason}`,
  });
}
