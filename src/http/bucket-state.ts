// The arithmetic of a request budget, pure: what is known of the bucket, and what each event makes of it.

import type { RequestLimit } from './limits.ts';
import { LONGEST_ASKED_WAIT } from './retry.ts';

export type BucketSize = RequestLimit;

/** Times are milliseconds since 1970, so that processes can share them. */
export interface BucketState {
  /** When the bucket will be full again: the later, the emptier it is. */
  readonly fullAt: number;
  /** How much slower than the limit to go, because others draw on the same budget; 1 = nobody seems to. */
  readonly margin: number;
  /** How often the service refused, and when last. */
  readonly refusals: number;
  readonly refusedAt: number;
  /** Milliseconds by which requests were found to have arrived late, summed up. */
  readonly late: number;
}

/** A place in the queue. */
export interface Turn {
  /** When the request may be sent. */
  readonly sendAt: number;
  /** When the bucket would be full if this request had not been: a later arrival there empties it for longer. */
  readonly before: number;
  /** When the bucket would be full with it. */
  readonly after: number;
  /** Refusals known when the turn was given: a later one makes it void. */
  readonly refusals: number;
  /** The lateness known when the turn was given: more of it moves the turn by as much. */
  readonly late: number;
}

/** Each refusal makes the margin this much larger, up to the largest; each quiet period halves it again. */
const MARGIN_STEP = 1.5;
const LARGEST_MARGIN = 4;
const QUIET_PERIOD = 120_000;
const NEGLIGIBLE_MARGIN = 1.02;
/** What a request takes longer than this is not spent on its way but in the service. */
const LATEST_ARRIVAL = 4_000;
/** Processes that share a budget have one reservation each; more of them than this are not believed. */
const MOST_PROCESSES = 60;

export const FULL: BucketState = { fullAt: 0, margin: 1, refusals: 0, refusedAt: 0, late: 0 };

/** Takes the next free turn. */
export function reserve(state: BucketState, size: BucketSize, now: number): readonly [BucketState, Turn] {
  const { burst, interval } = pace(state, size, now);
  const fullAt = plausible(state, { burst, interval }, now);
  const sendAt = Math.max(now, fullAt - (burst - 1) * interval);
  const before = Math.max(fullAt, sendAt);
  const after = before + interval;
  return [
    { ...state, fullAt: after },
    { sendAt, before, after, refusals: state.refusals, late: state.late },
  ];
}

/** A turn after a wait, by what was learned meanwhile; `undefined` when it is void and another must be taken. */
export function stillStanding(state: BucketState, turn: Turn): Turn | undefined {
  if (state.refusals !== turn.refusals) return undefined;
  const later = Math.max(0, state.late - turn.late);
  if (later === 0) return turn;
  const { sendAt, before, after } = turn;
  return { ...turn, sendAt: sendAt + later, before: before + later, after: after + later, late: state.late };
}

/** Gives a turn back that was not used, unless others stand behind it already. */
export function giveBack(state: BucketState, turn: Turn): BucketState {
  return state.fullAt === turn.after ? { ...state, fullAt: turn.before } : state;
}

/** When the turn number `position` (from 1) from now would be sent, if nobody else takes one. */
export function estimate(state: BucketState, size: BucketSize, position: number, now: number): number {
  const { burst, interval } = pace(state, size, now);
  return Math.max(now, plausible(state, { burst, interval }, now) - (burst - position) * interval);
}

/**
 * The service said "too many": others draw on the same budget. Nothing comes for `wait` milliseconds, then slower.
 * Refusals of one burst teach one lesson, not several: a turn given before the last refusal adds nothing to the margin.
 */
export function refused(
  state: BucketState,
  size: BucketSize,
  { now, wait, turn }: { readonly now: number; readonly wait: number; readonly turn: Turn | undefined },
): BucketState {
  const known = turn !== undefined && turn.refusals < state.refusals;
  const learned: BucketState = known
    ? state
    : {
        ...state,
        margin: Math.min(LARGEST_MARGIN, marginAt(state, now) * MARGIN_STEP),
        refusals: state.refusals + 1,
        refusedAt: now,
      };
  const { burst, interval } = pace(learned, size, now);
  return { ...learned, fullAt: Math.max(state.fullAt, now + wait + (burst - 1) * interval) };
}

/**
 * The answer came now, so the request arrived at some time up to now: the service's bucket may have been full until
 * then. Without this the second burst would be early by the time the first request spent on its way.
 */
export function arrived(state: BucketState, turn: Turn, now: number): BucketState {
  // Requests that were on their way together were late together: only what the others have not told yet counts.
  const told = Math.max(0, state.late - turn.late);
  const late = Math.min(now - turn.before, LATEST_ARRIVAL) - told;
  return late > 0 ? { ...state, fullAt: state.fullAt + late, late: state.late + late } : state;
}

/**
 * When the bucket is full, unless that is later than requests and refusals can have brought about: then the clock was
 * set back since (a virtual machine that woke up, a correction of its time), and nothing is known.
 */
function plausible({ fullAt, refusedAt }: BucketState, { burst, interval }: Pace, now: number): number {
  const refusedLately = Math.abs(now - refusedAt) <= LONGEST_ASKED_WAIT;
  const latest = now + (burst + MOST_PROCESSES) * interval + (refusedLately ? LONGEST_ASKED_WAIT : 0);
  return fullAt > latest ? now : fullAt;
}

interface Pace {
  readonly burst: number;
  /** Milliseconds in which one request comes back. */
  readonly interval: number;
}

function pace(state: BucketState, { burst, perMinute }: BucketSize, now: number): Pace {
  const margin = marginAt(state, now);
  return { burst: Math.max(1, Math.floor(burst / margin)), interval: (60_000 / perMinute) * margin };
}

function marginAt({ margin, refusedAt }: BucketState, now: number): number {
  const periods = Math.max(0, Math.floor((now - refusedAt) / QUIET_PERIOD));
  const left = 1 + (margin - 1) * 0.5 ** periods;
  return left < NEGLIGIBLE_MARGIN ? 1 : left;
}
