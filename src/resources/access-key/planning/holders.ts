// Who holds a key: two objects that manage one key, and one that kills what another has just taken over. Each plan sees
// its own object alone, so whichever of two comes second refuses.

import { Problem } from '../../../errors.ts';
import type { PlanOperation } from '../../../lifecycle/resource.ts';
import { MOVED } from '../../advice.ts';
import type { Session } from '../../session.ts';

type Op = Pick<PlanOperation<Session>, 'session' | 'beside'>;

export const TYPE = 'browserstack_access_key';

/** The keys that objects of a plan hold, or are to hold, and those that die with an object; by user name. */
interface Holding {
  readonly used: Set<string>;
  readonly killed: Set<string>;
}

const holdings = new WeakMap<Session, Holding>();

function holdingIn(session: Session): Holding {
  const holding = holdings.get(session) ?? { used: new Set(), killed: new Set() };
  holdings.set(session, holding);
  return holding;
}

/**
 * An object of this plan stands on the key of this account.
 * @throws Problem `conflict` when another object rotates the key as it is destroyed
 */
export function useKey(username: string, { session, beside }: Op): void {
  if (session === undefined || beside?.applying) return;
  const { used, killed } = holdingIn(session);
  used.add(username);
  if (killed.has(username)) throw killsForAnother(username);
}

/**
 * An object of this plan rotates the key of this account as it is destroyed.
 * @throws Problem `conflict` when another object stands on it
 */
export function killKey(username: string, { session, beside }: Op): void {
  if (session === undefined || beside?.applying) return;
  const { used, killed } = holdingIn(session);
  killed.add(username);
  if (used.has(username)) throw killsForAnother(username);
}

const taken = new WeakMap<Session, Set<string>>();

/** An object of another type has taken over the key in this run. */
export function takeKey(username: string, session: Session): void {
  taken.set(session, (taken.get(session) ?? new Set()).add(username));
}

export function isTaken(session: Session, username: string): boolean {
  return taken.get(session)?.has(username) ?? false;
}

/** @throws Problem `conflict` when a new block is to manage a key that this one manages and keeps */
export function refuseSecondHolder(username: string, { beside }: Op): void {
  if (beside === undefined || beside.applying || beside.creations(TYPE, username).length === 0) return;
  throw heldTwice(username);
}

export function heldTwice(username: string): Problem {
  return new Problem({
    code: 'conflict',
    diagnostic: 'two_blocks',
    summary: `Another block manages the access key of ${username}`,
    detail: `One key is managed by one block: two would take each other's rotations for somebody else's. Take one of them out. If this block is to take over from the other one, take that one out and write:
${MOVED}`,
    path: ['username'],
  });
}

/** The address of a key changes, and nothing was said about it. */
export function renamed(username: string): Problem {
  return new Problem({
    code: 'conflict',
    diagnostic: 'managed_elsewhere',
    summary: `The access key of ${username} is managed at another address, which this plan destroys`,
    detail: `Its age and its count would start anew, and what hangs on it would be written again. If its block was renamed or moved, write:
${MOVED}
Nothing happens to the key then. If it really is to start anew: take the old block out and apply, then put the new one in.`,
    path: ['username'],
  });
}

function killsForAnother(username: string): Problem {
  return new Problem({
    code: 'conflict',
    diagnostic: 'kills_for_another',
    summary: `This plan would kill the access key of ${username} and keep it elsewhere`,
    detail: `The resource that is destroyed has rotate_on_destroy = true, and another one of this plan has the same key: it would hold a dead one. If a block was renamed or moved, write:
${MOVED}
Otherwise set rotate_on_destroy = false (or take it out) and apply before the block is taken out.`,
  });
}
