// Two clocks, this machine's and the service's, and either may be wrong: what is done for the age of a key is done when
// both say so, and a date that the service gives is believed as far as this machine saw it happen.

import { Problem } from '../../../errors.ts';
import type { Call } from '../../../http/client.ts';
import type { Operation, Warning } from '../../../lifecycle/operation.ts';
import { callOf, type Session } from '../../session.ts';
import * as wire from '../wire.ts';
import { isOverdue, type RotationState } from './status.ts';

type Op = Operation<Session>;

/** The time that decides whether a key is due: the earlier one of both clocks. The service's is asked once per run. */
export async function timeFor(
  state: Pick<RotationState, 'rotation_due_at'> & { readonly username: string },
  op: Op,
): Promise<Date> {
  const now = op.clock.now();
  if (!isOverdue(state, now)) return now;
  const earlier = await earlierTime(op);
  if (!isOverdue(state, earlier)) op.warn(clocksDisagree(state.username, now, earlier));
  return earlier;
}

/** The earlier one of both clocks: a runner whose clock runs ahead would find the whole fleet due. */
export async function earlierTime(op: Op): Promise<Date> {
  const now = op.clock.now();
  const theirs = new Date(now.getTime() + (await offsetOf(op)));
  return theirs < now ? theirs : now;
}

/** How far the service's clock is ahead, in milliseconds; 0 where it cannot be asked. */
function offsetOf(op: Op): Promise<number> {
  const offset = offsets.get(op.session) ?? askForOffset(op);
  offsets.set(op.session, offset);
  return offset;
}

async function askForOffset(op: Op): Promise<number> {
  const date = await serviceDate(op.session, callOf(op));
  return date === undefined ? 0 : date.getTime() - op.clock.now().getTime();
}

async function serviceDate(session: Session, call: Call): Promise<Date | undefined> {
  try {
    return (await session.client.send(wire.automatePlan, call)).date;
  } catch (error) {
    if (error instanceof Problem) return undefined;
    throw error;
  }
}

const offsets = new WeakMap<Session, Promise<number>>();

/**
 * When something happened that was asked for at `asked` and had happened by `answered`, both by this machine's clock,
 * and that the service dates. A date outside of that is wrong, whoever's clock it is: one of last year would make a new
 * key due at once, one of next year would protect it for a year.
 */
export function dateBetween(asked: Date, date: Date, answered: Date): Date {
  if (date < asked) return asked;
  return date > answered ? answered : date;
}

export function clocksDisagree(username: string, ours: Date, theirs: Date): Warning {
  return {
    diagnostic: 'clocks_disagree',
    summary: `The clocks disagree whether ${username} is due`,
    detail: `By the clock of this machine (${ours.toISOString()}) it is, by BrowserStack's (${theirs.toISOString()}) it is not. Nothing is rotated for its age before both say so. Set the clock of this machine; if that one is right, a proxy or cache may answer with old dates.`,
  };
}
