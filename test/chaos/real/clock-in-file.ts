// The clock of all programs of one schedule: real ones, in processes of their own, whose waits take no time. It stands
// in a file; sleeping moves it. The programs under test are built with this in place of src/clock.ts.

import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import type { Clock } from '../../../src/clock.ts';

export type { Clock } from '../../../src/clock.ts';
export { ManualClock } from '../../../src/clock.ts';

/** A wait takes so many milliseconds of real time at most: as long as something under way may need to come to rest. */
const PAUSE = 15;

export class ClockInFile implements Clock {
  readonly #file: () => string;

  constructor(file: () => string) {
    this.#file = file;
  }

  now(): Date {
    return new Date(readFileSync(this.#file(), 'utf8'));
  }

  async sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
    const until = this.now().getTime() + milliseconds;
    await pause(Math.min(milliseconds, PAUSE), undefined, signal === undefined ? {} : { signal }).catch(
      () => {
        throw signal?.reason;
      },
    );
    this.advanceTo(until);
  }

  advance(milliseconds: number): void {
    this.advanceTo(this.now().getTime() + milliseconds);
  }

  advanceTo(time: number): void {
    if (this.now().getTime() >= time) return;
    // Whole at every moment: whoever writes may be killed, and others read.
    const beside = `${this.#file()}.${process.pid}`;
    writeFileSync(beside, new Date(time).toISOString());
    renameSync(beside, this.#file());
  }
}

/** Under this name the programs find the clock. */
export const CLOCK_VARIABLE = 'CHAOS_CLOCK';

export const systemClock: Clock = new ClockInFile(() => process.env[CLOCK_VARIABLE] ?? '');
