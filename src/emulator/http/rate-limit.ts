// The limits of the service: 5 requests at once and then one every 4 seconds for the whole organization on /user/*;
// 1,600 in 5 minutes per user and 160 a second per address on Automate.

import type { Behaviours } from '../behaviours/index.ts';
import type { Context } from '../context.ts';
import { type Answer, html, json, plain } from './responses.ts';

/** `real`, `off`, or how many times faster than real the budget refills. */
export type RateLimit = 'real' | 'off' | number;

/** Which budget a request is counted against. */
export type Budget = 'user-management' | 'automate' | 'none';

export interface Gauge {
  /** `off`: nothing is counted. */
  readonly pace: RateLimit;
  /** Requests that would pass right now. */
  readonly available: number;
  readonly capacity: number;
  /** Seconds until the next one more. */
  readonly nextInSeconds: number;
}

/** The same limits as quotas of a window, without the burst. */
const QUOTAS = {
  'user-management': { requests: 15, seconds: 60 },
  automate: { requests: 1600, seconds: 300 },
};
/** As good as no limit; the header has no word for none. */
const UNLIMITED = 1_000_000;

const USER_MANAGEMENT = { capacity: 5, millisecondsPerToken: 4000 };
const AUTOMATE_PER_USER = { capacity: 1600, millisecondsPerToken: 300_000 / 1600 };
const AUTOMATE_PER_ADDRESS = { capacity: 160, millisecondsPerToken: 1000 / 160 };

/** Counts requests against the budgets of the service. */
export class RateLimiter {
  readonly #context: Context;
  readonly #pace: RateLimit;
  readonly #speed: number;
  readonly #organization: TokenBucket;
  readonly #users = new Map<string, TokenBucket>();
  readonly #addresses = new Map<string, TokenBucket>();

  constructor(context: Context, limit: RateLimit) {
    this.#context = context;
    this.#pace = limit;
    this.#speed = limit === 'off' ? Number.POSITIVE_INFINITY : limit === 'real' ? 1 : limit;
    const spare = context.behaviours['rate-limit-algorithm'] === 'nginx' ? 1 : 0;
    this.#organization = this.#bucket({
      ...USER_MANAGEMENT,
      capacity: USER_MANAGEMENT.capacity + spare,
    });
  }

  /** Takes one request out of its budget; the answer to give when there is none left. */
  take(budget: Budget, username: string, address: string): Answer | undefined {
    if (budget === 'none' || this.#speed === Number.POSITIVE_INFINITY) return undefined;
    const buckets =
      budget === 'user-management'
        ? [this.#organization]
        : [
            this.#of(this.#users, username, AUTOMATE_PER_USER),
            this.#of(this.#addresses, address, AUTOMATE_PER_ADDRESS),
          ];
    const now = this.#context.clock.now().getTime();
    const { behaviours } = this.#context;
    const costly = behaviours['rate-limit-algorithm'] === 'counting-refusals';
    const wait = Math.max(...buckets.map((bucket) => bucket.millisecondsToWait(now)));
    if (wait === 0 || costly) for (const bucket of buckets) bucket.take();
    return wait === 0 ? undefined : throttled(behaviours, Math.ceil(wait / 1000));
  }

  /**
   * What the `RateLimit-Policy` header says of a budget: so many requests (q) in so many seconds (w). Undefined at the
   * pace of the service, which is known to send no such header.
   */
  policy(budget: Budget): string | undefined {
    if (budget === 'none' || this.#speed === 1) return undefined;
    const { requests, seconds } = QUOTAS[budget];
    if (this.#speed === Number.POSITIVE_INFINITY) return `"${budget}";q=${UNLIMITED};w=1`;
    return `"${budget}";q=${Math.max(1, Math.floor(requests * this.#speed))};w=${seconds}`;
  }

  /** How the organization's budget stands. */
  gauge(): Gauge {
    const { capacity } = this.#organization;
    if (this.#speed === Number.POSITIVE_INFINITY)
      return { pace: this.#pace, available: capacity, capacity, nextInSeconds: 0 };
    return { pace: this.#pace, ...this.#organization.gauge(this.#context.clock.now().getTime()) };
  }

  #of(buckets: Map<string, TokenBucket>, key: string, rate: Rate): TokenBucket {
    const existing = buckets.get(key);
    if (existing !== undefined) return existing;
    const bucket = this.#bucket(rate);
    buckets.set(key, bucket);
    return bucket;
  }

  #bucket({ capacity, millisecondsPerToken }: Rate): TokenBucket {
    const perToken = millisecondsPerToken / this.#speed;
    return new TokenBucket({ capacity, millisecondsPerToken: perToken }, this.#context.clock.now().getTime());
  }
}

/** A 429. `seconds` is told only where the behaviour says so. */
export function throttled(behaviours: Behaviours, seconds: number): Answer {
  switch (behaviours['throttled-answer']) {
    case 'bare':
      return html(429, 'Retry later\n');
    case 'retry-after':
      return plain(429, 'Retry later\n', { 'Retry-After': String(seconds) });
    case 'json':
      return json({ message: 'Rate limit exceeded. Please retry later.' }, 429);
  }
}

interface Rate {
  readonly capacity: number;
  readonly millisecondsPerToken: number;
}

class TokenBucket {
  readonly capacity: number;
  readonly #millisecondsPerToken: number;
  #tokens: number;
  #filledAt: number;

  constructor({ capacity, millisecondsPerToken }: Rate, now: number) {
    this.capacity = capacity;
    this.#millisecondsPerToken = millisecondsPerToken;
    this.#tokens = capacity;
    this.#filledAt = now;
  }

  /** 0 when a request may pass now. */
  millisecondsToWait(now: number): number {
    this.#fill(now);
    // Sums of fractions of a token end a hair below the whole.
    const missing = 1 - this.#tokens;
    return missing <= 1e-9 ? 0 : missing * this.#millisecondsPerToken;
  }

  /** Refused requests that count may push the bucket below empty, but not without bound. */
  take(): void {
    this.#tokens = Math.max(-this.capacity, this.#tokens - 1);
  }

  gauge(now: number): Omit<Gauge, 'pace'> {
    const wait = this.millisecondsToWait(now);
    const available = Math.max(0, Math.floor(this.#tokens + 1e-9));
    const fraction = this.#tokens - Math.floor(this.#tokens);
    const toNext = wait > 0 ? wait : (1 - fraction) * this.#millisecondsPerToken;
    return {
      available,
      capacity: this.capacity,
      nextInSeconds: available >= this.capacity ? 0 : toNext / 1000,
    };
  }

  #fill(now: number): void {
    // A clock that is set back gives nothing and takes nothing.
    const elapsed = Math.max(0, now - this.#filledAt);
    this.#filledAt = now;
    this.#tokens = Math.min(this.capacity, this.#tokens + elapsed / this.#millisecondsPerToken);
  }
}
