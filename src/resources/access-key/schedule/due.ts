// When a key is due: pure arithmetic on dates, no clock. Days are 24 hours; only the window knows local time.

import { createHash } from 'node:crypto';
import { nextInWindow, type Window } from './window.ts';

/** The part of a policy that sets dates. */
export interface Schedule {
  readonly rotateAfterDays: number;
  readonly jitterDays: number;
  readonly minimumAgeDays: number;
  readonly window: Window | undefined;
}

/** From when on the days are counted. */
export interface Since {
  /** The fixed date that periods are counted from. */
  readonly base: Date;
  /** When the current key was made; `undefined` while nobody knows. */
  readonly rotatedAt: Date | undefined;
  /** The key is due from `base` on, whatever its age (an adopted key that is to be replaced). */
  readonly overdue: boolean;
}

const DAY = 86_400_000;
const MINUTE = 60_000;

/**
 * When the key is due: a whole number of periods after the base, earlier by the account's jitter, not before the
 * minimum age, moved to the next opening of the window. `undefined` when the window never opens.
 */
export function dueAt(username: string, since: Since, schedule: Schedule): Date | undefined {
  const open = (time: number) =>
    schedule.window === undefined ? new Date(time) : nextInWindow(schedule.window, new Date(time));
  if (since.overdue) return open(since.base.getTime());
  const period = schedule.rotateAfterDays * DAY;
  const first = since.base.getTime() + period - jitterOf(username, schedule);
  const earliest = (since.rotatedAt ?? since.base).getTime() + schedule.minimumAgeDays * DAY;
  const missed = Math.max(0, Math.ceil((earliest - first) / period));
  return open(first + missed * period);
}

/**
 * The base after a rotation that was due: the last one of the old rhythm, so that a late apply does not shift all
 * later dates. Any other rotation starts a new rhythm.
 */
export function baseAfterDue(username: string, since: Since, schedule: Schedule, rotatedAt: Date): Date {
  const period = schedule.rotateAfterDays * DAY;
  const start = since.base.getTime();
  const periods = Math.floor((rotatedAt.getTime() - start + jitterOf(username, schedule)) / period);
  return since.overdue || periods < 1 ? rotatedAt : new Date(start + periods * period);
}

/**
 * Milliseconds by which this account is early: spread evenly over the jitter, and always the same for the same user
 * name, so that both plans and every machine agree. Early, never late: the policy is the longest age.
 */
export function jitterOf(
  username: string,
  { jitterDays, rotateAfterDays }: Pick<Schedule, 'jitterDays' | 'rotateAfterDays'>,
): number {
  const share = createHash('sha256').update(username).digest().readUIntBE(0, 6) / 2 ** 48;
  // A jitter as long as the period would make a key due at once.
  const days = Math.min(jitterDays, rotateAfterDays / 2);
  return Math.floor((share * days * DAY) / MINUTE) * MINUTE;
}
