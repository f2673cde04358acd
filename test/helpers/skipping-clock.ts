import type { Clock } from '../../src/clock.ts';

/** Virtual time: sleeping takes none, it only moves the clock, once everything under way has come to rest. */
export class SkippingClock implements Clock {
  #time: number;
  /** Every wait that was asked for, in milliseconds. */
  readonly slept: number[] = [];
  /** Resolves when nothing is on its way any more: time that jumps past a request in flight would be no time. */
  atRest: () => Promise<void> = async () => {};

  constructor(start = '2026-01-01T00:00:00Z') {
    this.#time = Date.parse(start);
  }

  now(): Date {
    return new Date(this.#time);
  }

  async sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    const until = this.#time + milliseconds;
    await this.atRest();
    this.slept.push(milliseconds);
    this.#time = Math.max(this.#time, until);
  }

  advance(milliseconds: number): void {
    this.#time += milliseconds;
  }
}
