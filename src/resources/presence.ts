// Whether something is still there. One list that lacks it may show an older world, or none at all: it is gone when two
// lists lack it, and when the list is not in such a state that nothing can be concluded from it.

import { Problem } from '../errors.ts';
import { APART } from '../lifecycle/snapshot.ts';
import type { Collection, Session } from './session.ts';

/** What a run expected to find in a list, by what it is known by. */
interface Expected {
  readonly present: Set<string>;
  readonly missing: Set<string>;
}

const expectations = new WeakMap<Session, Map<Collection<unknown>, Expected>>();

/** How something is looked for. */
export interface Search<T, R = T> {
  readonly list: Collection<T>;
  readonly id: string;
  /** Looks among what was listed. */
  find(): Promise<R | undefined>;
  /** Lists a second time. */
  again(): Promise<unknown>;
}

/** Looks for one object of a collection. */
export function inList<T>(session: Session, list: Collection<T>, id: string): Search<T> {
  const snapshot = session.snapshot(list);
  return {
    list,
    id,
    find: () => snapshot.find(id),
    again: () => snapshot.again(),
  };
}

/**
 * An object that was there when it was last looked at; `undefined` when it is gone. Looks twice before it says so: one
 * list more per run and kind, however many objects are missed.
 * @throws Problem `unexpected_answer` when the list lacks most of what was there.
 */
export async function findAgain<T, R>(session: Session, search: Search<T, R>): Promise<R | undefined> {
  const { list, id } = search;
  const { present, missing } = expectedOf(session, list);
  const first = await search.find();
  (first === undefined ? missing : present).add(id);
  if (first !== undefined) return first;
  session.log(`the list of ${list.name} lacks ${id}; looking again in ${APART / 1000} s`);
  await search.again();
  const second = await search.find();
  if (second === undefined) {
    await refuseToBelieve(session, list);
    return undefined;
  }
  missing.delete(id);
  present.add(id);
  return second;
}

function expectedOf(session: Session, collection: Collection<unknown>): Expected {
  const ofSession = expectations.get(session) ?? new Map<Collection<unknown>, Expected>();
  expectations.set(session, ofSession);
  const expected = ofSession.get(collection) ?? { present: new Set(), missing: new Set() };
  ofSession.set(collection, expected);
  return expected;
}

/** So few that are missing say little about a list, unless it shows nothing at all. */
const FEW = 4;

/**
 * The whole list may be wrong: then it shows nothing, or less than is missing from it, or less than half of what is
 * managed. (Objects are asked for one by one, several at a time, so this may be seen a few objects late; one error stops
 * the plan.)
 */
async function refuseToBelieve(session: Session, list: Collection<unknown>): Promise<void> {
  const { present, missing } = expectedOf(session, list);
  const { maxMissing } = session.settings;
  const listed = (await session.snapshot(list).get()).length;
  const count = missing.size;
  const isEmpty = count > 1 && listed === 0;
  const lacksMost = count > FEW && (count > present.size || count > listed);
  if (maxMissing === undefined ? !isEmpty && !lacksMost : count <= maxMissing) return;
  const some = [...missing].sort().slice(0, 10);
  throw new Problem({
    code: 'unexpected_answer',
    diagnostic: 'most_is_missing',
    summary: `The list of ${list.name} lacks most of what was there`,
    detail: `It shows ${listed}, also at a second look, and lacks at least ${count} that are managed here: ${some.join(', ')}${count > some.length ? ', …' : ''}. More likely than that all of them were deleted is that BrowserStack does not show them now, so nothing is concluded from it. Plan again later. If they are gone (look in the console), set max_missing in the provider block (BROWSERSTACK_MAX_MISSING) to their number or more, and plan again.`,
  });
}
