import type { Failure } from './failure.ts';

/** One token of the documented limit takes this long to come back. */
const RATE_LIMIT_WAIT = 4000;
const FIRST_WAIT = 500;
const LONGEST_WAIT = 60_000;
/** Who asks for more than this does not mean this run. */
export const LONGEST_ASKED_WAIT = 5 * 60_000;

/**
 * Milliseconds to wait before attempt number `attempt + 1`. `Retry-After` wins; else the wait doubles, with up to a
 * quarter of jitter on top (`random` in [0, 1)), so that pipelines that failed together do not return together.
 */
export function retryDelay(
  attempt: number,
  failure: Pick<Failure, 'problem' | 'retryAfter'>,
  random: number,
): number {
  if (failure.retryAfter !== undefined) return failure.retryAfter;
  const first = failure.problem.code === 'rate_limited' ? RATE_LIMIT_WAIT : FIRST_WAIT;
  const wait = Math.min(first * 2 ** attempt, LONGEST_WAIT);
  return Math.round(wait * (1 + random / 4));
}
