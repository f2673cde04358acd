// Making something exactly once, over several runs: what is begun is remembered until it is known what became of it, and
// the next run of this machine looks for that before it makes another. An API that allows two of one name would give two.

import { Problem } from '../errors.ts';
import type { Operation, Warning } from '../lifecycle/operation.ts';
import { lookUntil, MaybeMade } from './looking.ts';
import { digest } from './open-writes.ts';
import type { Session } from './session.ts';

/** Something that is to be made, and how it is known again. */
export interface Making<T> {
  readonly type: string;
  /** The natural key, which the service may or may not keep unique. */
  readonly key: string;
  /** As messages call it: `Service account "ci"`. */
  readonly object: string;
  /** Lists what there is now. */
  list(): Promise<readonly T[]>;
  isIt(item: T): boolean;
  /** What tells it from another one of the same key. */
  idOf(item: T): string;
}

/** A list that lags behind has shown by now what was begun so many milliseconds ago. */
const SHOWN_AFTER = 120_000;
const BETWEEN_LOOKS = 15_000;

/**
 * Makes it, unless an earlier run of this machine made it and did not hear of it: then it is that one.
 * @param known What is there already, as far as it was seen.
 * @throws Problem `conflict` when it cannot be told which one that run made.
 */
export async function makeOnce<T>(
  making: Making<T>,
  known: readonly T[],
  op: Operation<Session>,
  make: () => Promise<T>,
): Promise<T> {
  const { openWrites } = op.session;
  const name = nameOf(op.session, making);
  const earlier = await madeEarlier(making, op);
  if (earlier !== undefined) {
    op.warn(takenOver(making.object, making.idOf(earlier)));
    await openWrites.end(name);
    return earlier;
  }
  await openWrites.begin(name, idsOf(making, known));
  try {
    const made = await make();
    await openWrites.end(name);
    return made;
  } catch (error) {
    if (isSettled(error, op.signal)) await openWrites.end(name);
    throw error;
  }
}

/** Whether an object that has the key is one that an earlier run of this machine made and did not hear of. */
export async function isOwnMaking(
  session: Session,
  { type, key }: Pick<Making<unknown>, 'type' | 'key'>,
  id: string,
): Promise<boolean> {
  const open = await session.openWrites.find(nameOf(session, { type, key }));
  return open !== undefined && !open.isUnderWay && !open.before.includes(digest(id));
}

/** What a plan says of such an object. */
export function takenOver(object: string, id: string): Warning {
  return {
    diagnostic: 'taken_over',
    summary: `${object} was made by an earlier run that did not hear of it`,
    detail: `That run was cut off, or got no answer. ${id} was not there when it began, so it is taken over as it is, and nothing is made twice. If it is somebody else's, stop here and choose another name.`,
  };
}

async function madeEarlier<T>(making: Making<T>, op: Operation<Session>): Promise<T | undefined> {
  const { openWrites, clock } = op.session;
  const open = await openWrites.find(nameOf(op.session, making));
  // Whoever is at it just now will know what became of it; the service, or the list, says that it is taken.
  if (open === undefined || open.isUnderWay) return undefined;
  const look = async () => {
    const all = (await making.list()).filter((item) => making.isIt(item));
    const made = all.filter((item) => !open.before.includes(digest(making.idOf(item))));
    if (made.length > 1) throw ambiguous(making, made);
    return made[0];
  };
  const left = Math.max(0, open.at.getTime() + SHOWN_AFTER - clock.now().getTime());
  const waits = [0, ...Array<number>(Math.ceil(left / BETWEEN_LOOKS)).fill(BETWEEN_LOOKS)];
  const onWait = (seconds: number) =>
    op.progress(
      `an earlier run began to make ${uncapitalized(making.object)} and did not hear of it; looking again in ${seconds} s`,
    );
  const { found, seen, trouble } = await lookUntil(waits, look, { clock, onWait, signal: op.signal });
  if (trouble?.code === 'conflict') throw trouble;
  if (found === undefined && seen === 0 && trouble !== undefined) throw trouble;
  return found;
}

function nameOf(
  { settings, username }: Session,
  { type, key }: Pick<Making<unknown>, 'type' | 'key'>,
): string {
  return `making ${type} ${key} in ${settings.organization ?? `the organization of ${username}`}`;
}

function idsOf<T>({ isIt, idOf }: Making<T>, known: readonly T[]): readonly string[] {
  return known.filter((item) => isIt(item)).map((item) => digest(idOf(item)));
}

/** Only what may have been made although nobody saw it stays open; what was stopped in the queue was never sent. */
function isSettled(error: unknown, signal: AbortSignal): boolean {
  if (error === signal.reason) return true;
  for (let cause = error; cause instanceof Error; cause = cause.cause)
    if (cause instanceof MaybeMade) return false;
  return error instanceof Problem;
}

function ambiguous<T>({ object, idOf }: Making<T>, made: readonly T[]): Problem {
  return new Problem({
    code: 'conflict',
    diagnostic: 'duplicate',
    summary: `${object} is there ${made.length} times`,
    detail: `An earlier run began to make it and did not hear of it, and since then ${made.map(idOf).join(' and ')} appeared. Find out in the console which one somebody else made, then import the right one.`,
  });
}

const uncapitalized = (text: string) => text.charAt(0).toLowerCase() + text.slice(1);
