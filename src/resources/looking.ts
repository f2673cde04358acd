// Looking at the world until it shows what was asked for: after a write whose end is unclear, and wherever one list is
// not enough to believe. A list may lag behind, show an older world once, or fail.

import type { Clock } from '../clock.ts';
import { Problem } from '../errors.ts';
import type { Effect } from '../http/failure.ts';
import type { Operation } from '../lifecycle/operation.ts';
import { APART } from '../lifecycle/snapshot.ts';
import { effectOf, type Session } from './session.ts';

/** Milliseconds waited before each look, after an answer that says nothing: a minute in all. */
export const PATIENT = [0, 3_000, 7_000, 20_000, 30_000] as const;
/** The same where the service itself has refused: it should know. */
export const BRIEF = [0, 3_000] as const;

/** What became of looking. */
export interface Looked<R> {
  readonly found: R | undefined;
  /** How many looks showed anything at all. */
  readonly seen: number;
  /** Milliseconds it took. */
  readonly took: number;
  /** Why the last look that failed did. */
  readonly trouble: Problem | undefined;
}

/** How looking waits. */
interface Waiting {
  readonly clock: Clock;
  /** Told before each wait. */
  onWait?(seconds: number): void;
  readonly signal?: AbortSignal;
}

/**
 * Looks until `look` gives something: the one loop that does.
 * @param waits Milliseconds before each look.
 */
export async function lookRepeatedly<R>(
  waits: readonly number[],
  look: () => Promise<R | undefined>,
  { clock, onWait, signal }: Waiting,
): Promise<R | undefined> {
  for (const wait of waits) {
    if (wait > 0) onWait?.(wait / 1000);
    await clock.sleep(wait, signal);
    const found = await look();
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The same, of a world that does not always answer: a look that fails is no reason to stop. */
export async function lookUntil<R>(
  waits: readonly number[],
  look: () => Promise<R | undefined>,
  waiting: Waiting,
): Promise<Looked<R>> {
  const now = () => waiting.clock.now().getTime();
  const start = now();
  let seen = 0;
  let trouble: Problem | undefined;
  const patiently = async () => {
    try {
      const found = await look();
      seen += 1;
      return found;
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      trouble = error;
      return undefined;
    }
  };
  const found = await lookRepeatedly(waits, patiently, waiting);
  return { found, seen, took: now() - start, trouble };
}

type Op = Pick<Operation<Session>, 'session' | 'progress'>;

/**
 * Looks for what a write should have made, whatever was listed before. Not stopped by the engine's signal: leaving now
 * would leave behind what was made.
 * @param list Lists what there is now.
 */
export function lookFor<T, R>(
  waits: readonly number[],
  list: () => Promise<readonly T[]>,
  found: (items: readonly T[]) => R | undefined,
  { session: { clock }, progress }: Op,
): Promise<Looked<R>> {
  const onWait = (seconds: number) =>
    progress(`there was no clear answer; looking again in ${seconds} s what was done`);
  return lookUntil(waits, async () => found(await list()), { clock, onWait });
}

/** How many looks did not show it, and within what time, as a sentence about a list. */
export function asSeen(list: string, what: string, { seen, took, trouble }: Looked<unknown>): string {
  const within = took === 0 ? '' : ` within ${Math.round(took / 1000)} s`;
  if (seen === 0) return `The ${list} could not be read${within} (${trouble?.summary ?? 'no reason given'}).`;
  const times = seen === 1 ? 'once' : `${seen} times`;
  return `The ${list}, read ${times}${within}, ${what}.`;
}

/** What to do about a write that may yet show. */
export interface Unseen {
  /** E.g. `Service account "ci"`. */
  readonly object: string;
  /** E.g. `list of service accounts`. */
  readonly list: string;
  /** Where a person sees whether it is there. */
  readonly where: string;
  /** What to do if it is. */
  readonly ifThere: string;
}

/**
 * Something was to be made, the answer does not say that it was, and no list shows it. What was refused keeps its own
 * words; nothing is promised where the effect is unknown.
 */
export function notSeen(
  { object, list, where, ifThere }: Unseen,
  failure: Problem,
  looked: Looked<unknown>,
  session: Session,
): Problem {
  const { code, summary, detail, path } = failure;
  const lost = code === 'unclear_outcome' || code === 'unexpected_answer';
  const certain = effectOf(failure) === 'refused';
  const details = {
    code: lost ? 'unclear_outcome' : code,
    summary: lost ? `${object} was not made, as far as can be seen` : summary,
    detail: `${detail} ${asSeen(list, 'does not show it', looked)}${certain ? '' : caution({ where, ifThere }, session)}`,
    ...(path === undefined ? {} : { path }),
    cause: failure,
  } as const;
  return certain ? new Problem(details) : new MaybeMade(details);
}

/** No list shows it, and yet it may have been made. */
export class MaybeMade extends Problem {}

function caution({ where, ifThere }: Pick<Unseen, 'where' | 'ifThere'>, { openWrites }: Session): string {
  const made = ' If the list lags behind, it was made all the same.';
  const look = `Before you apply again${openWrites.remembers ? ' on another one' : ''}, look whether it is there (${where}). If it is: ${ifThere} If it is not after a few minutes, it was not made.`;
  if (!openWrites.remembers) return `${made} ${look}`;
  return `${made} Applied again on this machine within a day, it is looked for first, and taken over if it is there. ${look}`;
}

/** Whether the service itself has refused as it may refuse what is there already. It answers no collision with 404. */
export function couldCollide(failure: Problem): boolean {
  return effectOf(failure) === 'refused' && failure.code !== 'not_found';
}

/** The service refused to make something, and there it is: somebody else's, or made all the same. */
export function madeElsewhere(object: string, refusal: Problem, ifThere: string): Problem {
  return new Problem({
    code: 'conflict',
    summary: `${object} was refused and exists`,
    detail: `${refusal.detail} Either somebody else made it, or it was made although the service refused. ${capitalized(ifThere)}`,
    cause: refusal,
  });
}

/**
 * Whether a deletion has had its effect. Where the service itself says that there is no such object, one list that
 * agrees is enough; otherwise two, some time apart, because one alone may show an older world, or none.
 */
export async function lookWhetherGone<T>(
  list: () => Promise<readonly T[]>,
  has: (items: readonly T[]) => boolean,
  effect: Effect,
  op: Op,
): Promise<Looked<true>> {
  const isGone = (items: readonly T[]) => (has(items) ? undefined : true);
  if (effect === 'refused') return lookFor(BRIEF, list, isGone, op);
  const { clock } = op.session;
  let since: number | undefined;
  const goneFor = (items: readonly T[]): true | undefined => {
    const now = clock.now().getTime();
    since = has(items) ? undefined : (since ?? now);
    return since !== undefined && now - since >= APART ? true : undefined;
  };
  return lookFor([...PATIENT, APART], list, goneFor, op);
}

/** A deletion went wrong, and the object is not seen to be gone. */
export function notGone(object: string, list: string, failure: Problem, looked: Looked<unknown>): Problem {
  return new Problem({
    code: failure.code,
    summary: `${object} was not deleted, as far as can be seen`,
    detail: `${failure.detail} ${asSeen(list, 'does not show for certain that it is gone', looked)} It stays managed: apply again, and it is deleted if it is still there.`,
    cause: failure,
  });
}

const capitalized = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
