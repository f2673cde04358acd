// Which key an account has now, when the call that rotates brought no answer to believe: the list says it, and so does
// the old key, dead or alive.

import { Problem } from '../../../errors.ts';
import type { Operation } from '../../../lifecycle/operation.ts';
import type { Secret } from '../../../secret.ts';
import { lookUntil, PATIENT } from '../../looking.ts';
import type { Session } from '../../session.ts';
import { type Life, lifeOf } from '../api.ts';
import { type ListedKey, listKey } from './key-lookup.ts';
import { type Before, lost, notKnown, notSeenRotated, outdated } from './problems.ts';

/** The key after a rotation, whoever rotated. */
export interface KeyNow {
  /** `adopted`: somebody else had rotated since the plan, so nothing was called. */
  readonly outcome: 'rotated' | 'adopted';
  readonly key: Secret;
  readonly fingerprint: string;
  /** The server's time of the rotation; `undefined` for an adopted key. */
  readonly at: Date | undefined;
}

/** Milliseconds for which the old key must have been seen to live on, before a call counts as never carried out. */
const ALIVE_FOR = 10_000;

/**
 * The answer got lost: the list says whether the call was carried out, and so does the old key. Alive for a while, it
 * was not; dead, it was.
 */
export async function afterUnclearAnswer(
  before: Before,
  op: Operation<Session>,
  unclear: Problem,
): Promise<KeyNow> {
  const { clock } = op.session;
  const old: { life: Life; aliveSince: number | undefined } = { life: 'unknown', aliveSince: undefined };
  const looked = await lookForKey(before, op, 'the answer got lost', async () => {
    old.life = await lifeOf(op.session, before.credentials, quietly(op));
    const now = clock.now().getTime();
    old.aliveSince = old.life === 'alive' ? (old.aliveSince ?? now) : undefined;
    return old.aliveSince !== undefined && now - old.aliveSince >= ALIVE_FOR;
  });
  if (looked !== undefined && looked !== 'over')
    return { ...adopted(looked), outcome: 'rotated', at: op.clock.now() };
  if (looked === 'over') throw notSeenRotated(before, unclear);
  if (old.life === 'dead') throw lost(before, unclear);
  throw notKnown(before, unclear);
}

/**
 * Looks for another key than the one before, which must work: a list may lag behind, and show a key that is older yet.
 * @param isOver Asked after each look that did not show one; ends it when true.
 */
async function lookForKey(
  { credentials: { username }, fingerprint, hidden }: Before,
  op: Operation<Session>,
  why: string,
  isOver: () => Promise<boolean>,
): Promise<ListedKey | 'over' | undefined> {
  // Not stopped by the engine's signal: whoever leaves now leaves a key behind.
  const { clock } = op.session;
  const onWait = (seconds: number) =>
    op.progress(`${why}; looking again in ${seconds} s whether ${username} has a new key`);
  const look = async (): Promise<ListedKey | 'over' | undefined> => {
    const now = hidden ? undefined : await tryListKey(op.session, username);
    const isNew = now !== undefined && now.fingerprint !== fingerprint;
    if (isNew && (await lifeOf(op.session, now.credentials, quietly(op))) === 'alive') return now;
    return (await isOver()) ? 'over' : undefined;
  };
  return (await lookUntil(PATIENT, look, { clock, onWait })).found;
}

/** `undefined` when it cannot be had just now: one bad answer more is no reason to stop looking. */
async function tryListKey(session: Session, username: string): Promise<ListedKey | undefined> {
  try {
    return await listKey(session, username, true);
  } catch (error) {
    if (error instanceof Problem) return undefined;
    throw error;
  }
}

/** Calls that the engine's signal does not end. */
const quietly = ({ session: { onWait } }: Operation<Session>) => ({ onWait });

/** The key of the list was refused: it changed between the look and the call, or the list lags behind. */
export async function afterRefusal(
  before: Before,
  op: Operation<Session>,
  refusal: Problem,
): Promise<KeyNow> {
  if (before.hidden) throw lost(before, refusal);
  const now = await lookForKey(before, op, 'the key was refused', async () => false);
  if (now === undefined || now === 'over') throw outdated(before, refusal);
  return adopted(now);
}

export function adopted({ credentials, fingerprint }: ListedKey): KeyNow {
  return { outcome: 'adopted', key: credentials.accessKey, fingerprint, at: undefined };
}
