import { Problem } from '../errors.ts';
import type { Operation } from '../lifecycle/operation.ts';
import { isUnclear, type Session } from './session.ts';

/** How often, and after how many milliseconds more, the list is asked after an unclear answer: it may lag behind. */
const LOOKS = [0, 3_000, 10_000];

/**
 * Looks until `found` finds something, three times at most.
 * @param look Lists what there is now, whatever was listed before.
 */
export async function lookFor<T, R>(
  look: () => Promise<readonly T[]>,
  found: (items: readonly T[]) => R | undefined,
  op: Pick<Operation<Session>, 'session' | 'progress'>,
): Promise<R | undefined> {
  for (const wait of LOOKS) {
    if (wait > 0) op.progress(`the answer got lost; looking again in ${wait / 1000} s`);
    // Not stopped by the engine's signal: leaving now would leave behind what was made.
    await op.session.clock.sleep(wait);
    const result = found(await look());
    if (result !== undefined) return result;
  }
  return undefined;
}

/** A deletion went wrong and the list still has the object: after an unclear answer that is what there is to know. */
export function stillThere(error: Problem, object: string): Problem {
  if (!isUnclear(error)) return error;
  return new Problem({
    code: error.code,
    summary: `${object} was not deleted`,
    detail: `${error.detail} The list still contains it. It is safe to apply again.`,
    cause: error,
  });
}
