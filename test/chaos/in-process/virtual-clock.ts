import type { Clock } from '../../../src/clock.ts';

/** Time in which waiting takes none: a sleep moves the clock, once whatever is ready to happen has happened. */
export class VirtualClock implements Clock {
  #time = Date.parse('2026-01-01T00:00:00Z');

  now(): Date {
    return new Date(this.#time);
  }

  async sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    const until = this.#time + milliseconds;
    for (let turn = 0; turn < 3; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    this.#time = Math.max(this.#time, until);
  }

  advance(milliseconds: number): void {
    this.#time += milliseconds;
  }
}
