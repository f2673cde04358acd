// Rotates keys under seeded misfortune, and counts what is lost. The provider runs in this very process, against the
// local BrowserStack and a clock of their own: thousands of schedules in minutes.

import { setTimeout } from 'node:timers/promises';
import { runSchedule, type Verdict } from './schedule.ts';

export interface Figures {
  readonly ok: boolean;
  readonly schedules: number;
  readonly lost: number;
  readonly doubled: number;
  readonly rotatedTwice: number;
}

/** A schedule takes a fraction of a second; one that takes so many milliseconds hangs. */
const PATIENCE = 60_000;

/** Runs schedules one after another; tells of each. A schedule that throws, or hangs, counts as a lost key. */
export async function chaos(
  schedules: number,
  seed: number,
  tell: (verdict: Verdict) => void,
): Promise<Figures> {
  const sums = { lost: 0, doubled: 0, rotatedTwice: 0 };
  for (let index = 0; index < schedules; index += 1) {
    const verdict = await verdictOf(seed + index);
    sums.lost += verdict.lost;
    sums.doubled += verdict.doubled;
    sums.rotatedTwice += verdict.rotatedTwice;
    tell(verdict);
  }
  return { ok: sums.lost + sums.doubled + sums.rotatedTwice === 0, schedules, ...sums };
}

async function verdictOf(seed: number): Promise<Verdict> {
  try {
    return await Promise.race([runSchedule(seed), hanging(PATIENCE)]);
  } catch (error) {
    const story = [error instanceof Error ? (error.stack ?? error.message) : String(error)];
    return { seed, lost: 1, doubled: 0, rotatedTwice: 0, story, met: [] };
  }
}

async function hanging(milliseconds: number): Promise<never> {
  await setTimeout(milliseconds, undefined, { ref: false });
  throw new Error(`it did not end within ${milliseconds / 1000} s`);
}

export function hasFailed({ lost, doubled, rotatedTwice }: Verdict): boolean {
  return lost + doubled + rotatedTwice > 0;
}
