import { durationInWords } from '../../../duration.ts';
import { ACCOUNT_MANAGEMENT, type RequestLimit } from '../../../http/limits.ts';
import { APART } from '../../../lifecycle/snapshot.ts';

/** What a plan costs under a request budget. */
export interface Cost {
  /** Creating, updating or deleting one object. */
  readonly writes: number;
  /** Lists: before, a second time where something declared is missing, and after. */
  readonly lists: number;
  /** All requests of an apply. */
  readonly requests: number;
  /** Seconds that an apply waits: for its second look, and for the budget of the organization, from a full one. */
  readonly seconds: number;
}

export type Budget = RequestLimit;

/** What the API gives unless the provider block says otherwise. */
export const DOCUMENTED_BUDGET: Budget = ACCOUNT_MANAGEMENT;

/**
 * The cost of an apply that writes so often, and lists so many kinds of objects, some of them twice. Nothing to write:
 * nothing is asked.
 */
export function costOf(
  writes: number,
  { kinds, again }: { readonly kinds: number; readonly again: number },
  { burst, perMinute }: Budget,
): Cost {
  if (writes === 0) return { writes, lists: 0, requests: 0, seconds: 0 };
  const lists = 2 * kinds + again;
  const requests = writes + lists;
  const wait = again === 0 ? 0 : APART / 1000;
  // What the first lists take comes back, at least in part, until the second look.
  const left = Math.min(burst, burst - kinds + (wait * perMinute) / 60);
  const budget = again === 0 ? burst : left + kinds;
  const seconds = Math.ceil(wait + (Math.max(0, requests - budget) * 60) / perMinute);
  return { writes, lists, requests, seconds };
}

/** "87 requests, about 5 min 28 s". */
export function costInWords({ requests, seconds }: Pick<Cost, 'requests' | 'seconds'>): string {
  const count = requests === 1 ? '1 request' : `${requests} requests`;
  return seconds === 0 ? `${count}, without waiting` : `${count}, about ${durationInWords(seconds)}`;
}
