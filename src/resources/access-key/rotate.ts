// The steps of a rotation, in the order that survives a crash at any of them (docs: rotation). Everything is decided
// by looking at the world: the key that the list shows is the truth, whoever made it.

import { Problem } from '../../errors.ts';
import type { Operation } from '../../lifecycle/operation.ts';
import type { Secret } from '../../secret.ts';
import { callOf, isUnclear, type Session } from '../session.ts';
import { isAlive, recycle } from './api.ts';
import { type Escrow, rehearse, sealCredential, store } from './escrow.ts';
import { keyFingerprint } from './fingerprint.ts';
import { type Before, lost, notRotated, outdated, unforeseen } from './rotation-problems.ts';
import {
  hiddenKey,
  isOutdated,
  type ListedKey,
  listKey,
  lookAt,
  noSuchAccount,
  rememberKey,
} from './sight.ts';

export interface Rotation {
  /** `adopted`: somebody else had rotated since the plan, so nothing was called. */
  readonly outcome: 'rotated' | 'adopted';
  readonly key: Secret;
  readonly fingerprint: string;
  /** The server's time of the rotation; `undefined` for an adopted key. */
  readonly at: Date | undefined;
  /** The new credential, sealed to the recipient of the escrow; `undefined` without one. */
  readonly sealed: string | undefined;
}

export interface RotationOptions {
  /** The account's current key, where the list may not show it. */
  readonly knownKey?: Secret | undefined;
  readonly escrow?: Escrow | undefined;
  /** The caller keeps the new key itself (exports it). Where the list hides keys, it or the escrow must. */
  readonly kept?: boolean;
  /** Another account whose key must still be this one too, or nothing is rotated. */
  readonly companion?: { readonly username: string; readonly fingerprint: string };
}

/** How often, and after how many milliseconds, the list is asked after an unclear answer. */
const LOOKS = [0, 2_000, 5_000, 10_000];

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
  const rotated = await recycleOnce(before, op);
  rememberKey(op.session, username, rotated.key, before.fingerprint);
  const kept = await keep(rotated, before, op, options);
  await verify(before, rotated.key, op);
  return kept;
}

type Bare = Omit<Rotation, 'sealed'>;

/** Step 3: the key as it is now, from the list, or else from the caller. */
async function keyBefore(
  username: string,
  expectedFingerprint: string,
  op: Operation<Session>,
  { knownKey, escrow, kept, companion }: RotationOptions,
): Promise<Before> {
  const sight = await lookAt(op.session, username, { fresh: true, blind: knownKey !== undefined });
  if (companion !== undefined) await refuseChanged(companion, op);
  if (sight.kind === 'seen') return { ...sight.key, hidden: false };
  if (sight.kind === 'gone') throw noSuchAccount(username);
  const safe = escrow !== undefined || kept === true;
  const fingerprint = knownKey && keyFingerprint(username, knownKey);
  if (knownKey === undefined || !safe || fingerprint !== expectedFingerprint)
    throw hiddenKey(username, `${sight.reason} Nothing was rotated.`);
  const credentials = { username, accessKey: knownKey };
  return { credentials, fingerprint, identifier: username, hidden: true };
}

/** From the list that was just made. */
async function refuseChanged(
  { username, fingerprint }: NonNullable<RotationOptions['companion']>,
  op: Operation<Session>,
): Promise<void> {
  const sight = await lookAt(op.session, username);
  if (sight.kind !== 'seen' || sight.key.fingerprint === fingerprint) return;
  if (await isOutdated(op.session, sight.key, callOf(op))) return;
  throw new Problem({
    code: 'stale',
    summary: `The key of ${username} changed since the plan was made`,
    detail: 'Somebody rotated it elsewhere. Nothing was rotated by this run; plan again.',
  });
}

/** Steps 4 and 5. */
async function recycleOnce(before: Before, op: Operation<Session>): Promise<Bare> {
  const { username } = before.credentials;
  try {
    const { key, at } = await recycle(op.session, before.credentials, callOf(op));
    return { outcome: 'rotated', key, fingerprint: keyFingerprint(username, key), at };
  } catch (error) {
    // Stopped while it waited for its turn: nothing was sent. A call under way ends as a Problem.
    if (error === op.signal.reason) throw error;
    if (!(error instanceof Problem)) return afterUnclearAnswer(before, op, unforeseen(error));
    if (error.code === 'unauthorized') return afterRefusal(before, op, error);
    if (!isUnclear(error)) throw notRotated(before, error);
    return afterUnclearAnswer(before, op, error);
  }
}

/** The answer got lost: the list says whether the call was carried out. */
async function afterUnclearAnswer(before: Before, op: Operation<Session>, unclear: Problem): Promise<Bare> {
  if (before.hidden) throw await probe(before, op, unclear);
  const now = await lookForNewKey(before, op, 'the answer got lost');
  if (now === undefined) throw await probe(before, op, unclear);
  return { ...adopted(now), outcome: 'rotated', at: op.clock.now() };
}

/** The list may lag behind, so it is asked again. */
async function lookForNewKey(
  { credentials: { username }, fingerprint }: Before,
  op: Operation<Session>,
  why: string,
): Promise<ListedKey | undefined> {
  for (const wait of LOOKS) {
    if (wait > 0) op.progress(`${why}; looking again in ${wait / 1000} s whether ${username} has a new key`);
    // Not stopped by the engine's signal: whoever leaves now leaves a key behind.
    await op.session.clock.sleep(wait);
    const now = await tryListKey(op.session, username);
    if (now === undefined || now.fingerprint === fingerprint) continue;
    if (!(await isOutdated(op.session, now, { onWait: op.session.onWait }))) return now;
  }
  return undefined;
}

/** `undefined` when the list cannot be had just now: one bad answer more is no reason to stop looking. */
async function tryListKey(session: Session, username: string): Promise<ListedKey | undefined> {
  try {
    return await listKey(session, username, true);
  } catch (error) {
    if (error instanceof Problem && error.code !== 'not_found') return undefined;
    throw error;
  }
}

/**
 * The list shows no new key. The old one, tried once, says what it means: alive, nothing happened; dead, the key was
 * rotated and nobody saw the new one.
 */
async function probe(before: Before, op: Operation<Session>, unclear: Problem): Promise<Problem> {
  const { username } = before.credentials;
  let alive: boolean;
  try {
    alive = await isAlive(op.session, before.credentials, { onWait: op.session.onWait });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return new Problem({
      code: 'unclear_outcome',
      summary: `It is not known whether the access key of "${before.identifier}" was rotated`,
      detail: `${unclear.detail} Neither does the list show a new key of ${username}, nor could the old one be tried (${reason}). Run again: it looks before it rotates.`,
      cause: unclear,
    });
  }
  return alive ? notRotated(before, unclear) : lost(before, unclear);
}

/** The key of the list was refused: it changed between the look and the call, or the list lags behind. */
async function afterRefusal(before: Before, op: Operation<Session>, refusal: Problem): Promise<Bare> {
  if (before.hidden) throw lost(before, refusal);
  const now = await lookForNewKey(before, op, 'the key was refused');
  if (now !== undefined) return adopted(now);
  throw outdated(before, refusal);
}

/** Somebody else rotated since the plan, if the key that the list shows is alive. */
async function adopt(before: Before, op: Operation<Session>): Promise<Bare> {
  if (!before.hidden && (await isOutdated(op.session, before, callOf(op)))) throw outdated(before);
  return adopted(before);
}

/** The sealed copy comes first: from here on only this process knows the key, if the list hides it. */
async function keep(
  rotated: Bare,
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
    if (await isAlive(op.session, { username, accessKey: key }, callOf(op))) return;
  } catch (error) {
    reason = error instanceof Error ? error.message : String(error);
  }
  op.warn({
    summary: `The new key of "${identifier}" could not be verified`,
    detail: `The key of ${username} was rotated and is kept. ${reason}`,
  });
}

function adopted({ credentials, fingerprint }: ListedKey): Bare {
  return { outcome: 'adopted', key: credentials.accessKey, fingerprint, at: undefined };
}
