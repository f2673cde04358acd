import type { Clock } from '../clock.ts';
import {
  arrived,
  type BucketSize,
  type BucketState,
  estimate,
  FULL,
  giveBack,
  refused,
  reserve,
  stillStanding,
  type Turn,
} from './bucket-state.ts';

export type { BucketSize, Turn };

/** Where the state of a bucket lives: in this process, or in a file that several processes share. */
export interface BucketStore {
  /** Changes the state in one step that nobody else comes between. */
  update<R>(change: (state: BucketState) => readonly [BucketState, R]): Promise<R>;
}

class InProcess implements BucketStore {
  #state = FULL;

  async update<R>(change: (state: BucketState) => readonly [BucketState, R]): Promise<R> {
    const [state, result] = change(this.#state);
    this.#state = state;
    return result;
  }
}

export interface Taking {
  readonly signal?: AbortSignal;
  /** Milliseconds since 1970. */
  readonly deadline?: number;
  /** Told once how long it takes, in milliseconds, when that is worth telling. */
  onWait?(milliseconds: number): void;
}

/** Below this a wait is not worth telling anybody. */
const NOTABLE_WAIT = 1000;
/** Sums of fractions of a millisecond are no reason to sleep. */
const ROUNDING = 0.01;

/**
 * The first in line reserves a turn and waits for it; the others of this process wait behind it, in order. Only the
 * first has a reservation, so that processes that share a budget take turns, and a killed one loses a single turn.
 */
export class TokenBucket {
  #size: BucketSize;
  readonly #clock: Clock;
  readonly #store: BucketStore;
  /** What was seen of the state last; behind the times when others share it. */
  #seen: BucketState = FULL;
  #line: Promise<void> = Promise.resolve();
  #waiting = 0;

  constructor(size: BucketSize, clock: Clock, store: BucketStore = new InProcess()) {
    this.#size = size;
    this.#clock = clock;
    this.#store = store;
  }

  /** Milliseconds until a request that joins the line now would be sent, as far as this process knows. */
  get queueTime(): number {
    const now = this.#now();
    return estimate(this.#seen, this.#size, this.#waiting + 1, now) - now;
  }

  /**
   * Resolves when one request may be sent, or with `undefined`, taking nothing, when that would be after the deadline.
   * Leaves the line when the signal is aborted.
   */
  async take({
    signal,
    deadline = Number.POSITIVE_INFINITY,
    onWait,
  }: Taking = {}): Promise<Turn | undefined> {
    const expected = this.queueTime;
    if (this.#now() + expected > deadline) return undefined;
    if (expected >= NOTABLE_WAIT) onWait?.(expected);
    const before = this.#line;
    let leave!: () => void;
    this.#line = new Promise((resolve) => {
      leave = resolve;
    });
    this.#waiting += 1;
    let inLine = true;
    const step = () => {
      if (inLine) this.#waiting -= 1;
      inLine = false;
    };
    try {
      await before;
      signal?.throwIfAborted();
      for (;;) {
        const reserved = await this.#update((state) => {
          const next = reserve(state, this.#size, this.#now());
          return next[1].sendAt > deadline ? [state, undefined] : next;
        });
        step();
        if (reserved === undefined) return undefined;
        const turn = await this.#waitFor(reserved, signal, expected < NOTABLE_WAIT ? onWait : undefined);
        if (turn !== undefined) return turn;
      }
    } finally {
      step();
      leave();
    }
  }

  /** The service itself says how many requests a minute it takes: that is kept to from now on. */
  follow(perMinute: number): void {
    this.#size = { ...this.#size, perMinute };
  }

  /** The request of this turn was answered, in whatever way. */
  async answered(turn: Turn): Promise<void> {
    const now = this.#now();
    if (now > turn.before) await this.#update((state) => [arrived(state, turn, now), undefined]);
  }

  /** The service said "too many". Nothing is left, nothing comes for a while, and then less than before. */
  async penalize(milliseconds: number, turn?: Turn): Promise<void> {
    const event = { now: this.#now(), wait: milliseconds, turn };
    await this.#update((state) => [refused(state, this.#size, event), undefined]);
  }

  /** Waits until the turn has come; `undefined` when it was made void meanwhile. */
  async #waitFor(
    reserved: Turn,
    signal: AbortSignal | undefined,
    onWait: Taking['onWait'],
  ): Promise<Turn | undefined> {
    let turn: Turn | undefined = reserved;
    let told = false;
    for (let wait = this.#until(turn.sendAt); wait > 0; wait = this.#until(turn.sendAt)) {
      if (!told && wait >= NOTABLE_WAIT) onWait?.(wait);
      told = true;
      const waiting: Turn = turn;
      await this.#clock.sleep(wait, signal).catch(async (stopped) => {
        await this.#update((state) => [giveBack(state, waiting), undefined]);
        throw stopped;
      });
      turn = await this.#update((state) => [state, stillStanding(state, waiting)]);
      if (turn === undefined) return undefined;
    }
    return turn;
  }

  #until(time: number): number {
    return Math.ceil(time - this.#now() - ROUNDING);
  }

  #update<R>(change: (state: BucketState) => readonly [BucketState, R]): Promise<R> {
    return this.#store.update((state) => {
      const changed = change(state);
      this.#seen = changed[0];
      return changed;
    });
  }

  #now(): number {
    return this.#clock.now().getTime();
  }
}
