// Time is passed in. This is the only file that reads the machine's clock or sets a timer for it.

export interface Clock {
  /** The current time. */
  now(): Date;
  /** Resolves after `milliseconds`; rejects with the signal's reason when it is aborted first. */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
}

export const systemClock: Clock = {
  now: () => new Date(),
  sleep: (milliseconds, signal) =>
    new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason);
      const timer = setTimeout(() => {
        signal?.removeEventListener('abort', abort);
        resolve();
      }, milliseconds);
      const abort = () => {
        clearTimeout(timer);
        reject(signal?.reason);
      };
      signal?.addEventListener('abort', abort, { once: true });
    }),
};

/** A clock that stands still until it is moved. Whoever sleeps on it wakes when it is moved far enough. */
export class ManualClock implements Clock {
  #time: number;
  #sleepers: { readonly until: number; readonly wake: () => void }[] = [];

  constructor(start: Date | string = '2026-01-01T00:00:00Z') {
    this.#time = new Date(start).getTime();
  }

  now(): Date {
    return new Date(this.#time);
  }

  sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
    if (signal?.aborted) return Promise.reject(signal.reason);
    if (milliseconds <= 0) return Promise.resolve();
    return new Promise((resolve, reject) => {
      const sleeper = { until: this.#time + milliseconds, wake: resolve };
      this.#sleepers.push(sleeper);
      signal?.addEventListener(
        'abort',
        () => {
          this.#sleepers = this.#sleepers.filter((other) => other !== sleeper);
          reject(signal.reason);
        },
        { once: true },
      );
    });
  }

  /** Moves time forward and wakes, in order, everybody whose time has come. */
  advance(milliseconds: number): void {
    this.#time += milliseconds;
    const due = this.#sleepers.filter((sleeper) => sleeper.until <= this.#time);
    this.#sleepers = this.#sleepers.filter((sleeper) => sleeper.until > this.#time);
    for (const sleeper of due.sort((a, b) => a.until - b.until)) sleeper.wake();
  }

  /** The earliest time somebody sleeps until; `undefined` when nobody sleeps. */
  nextWake(): Date | undefined {
    if (this.#sleepers.length === 0) return undefined;
    return new Date(Math.min(...this.#sleepers.map((sleeper) => sleeper.until)));
  }
}
