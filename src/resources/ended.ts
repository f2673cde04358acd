// What this run ends: what comes in its place waits for it, and may need to know or to tell of it.

import { folded } from '../schema/equal.ts';
import type { Session } from './session.ts';

interface End {
  /** Describes the one that ends. */
  readonly what: string;
  readonly done: Promise<void>;
}

const ends = new WeakMap<Session, Map<string, End>>();

/** Carries out an end. `name` is what a successor is called too; only what succeeds counts as ended. */
export async function ending(
  session: Session,
  { type, name, what }: { readonly type: string; readonly name: string; readonly what: string },
  end: () => Promise<void>,
): Promise<void> {
  const all = ends.get(session) ?? new Map<string, End>();
  ends.set(session, all);
  const done = end();
  const key = keyOf(type, name);
  all.set(key, { what, done });
  try {
    await done;
  } catch (error) {
    all.delete(key);
    throw error;
  }
}

/** What ended in this run under this name, once that is done; `undefined` when nothing did. */
export async function endedBefore(session: Session, type: string, name: string): Promise<string | undefined> {
  const end = ends.get(session)?.get(keyOf(type, name));
  // Why it failed is told where it was asked for.
  return end?.done.then(
    () => end.what,
    () => undefined,
  );
}

function keyOf(type: string, name: string): string {
  return JSON.stringify([type, folded(name)]);
}
