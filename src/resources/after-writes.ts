import type { Session } from './session.ts';

/**
 * One look that serves all writes before it. Writes that are under way at the same time share it: who is done first
 * waits for the others.
 */
class LookAfterWrites<T> {
  #writing = 0;
  #look: Promise<T> | undefined;
  #waiting: (() => void)[] = [];

  async write<R>(write: () => Promise<R>): Promise<R> {
    this.#writing += 1;
    this.#look = undefined;
    try {
      return await write();
    } finally {
      this.#writing -= 1;
      if (this.#writing === 0) for (const wake of this.#waiting.splice(0)) wake();
    }
  }

  async look(list: () => Promise<T>): Promise<T> {
    while (this.#writing > 0) await new Promise<void>((wake) => this.#waiting.push(wake));
    this.#look ??= list();
    return this.#look;
  }
}

/** One for each run: `const afterwards = lookAfterWrites<Team>()`, then `afterwards(session).write(…)`. */
export function lookAfterWrites<T>(): (session: Session) => LookAfterWrites<readonly T[]> {
  const ofSession = new WeakMap<Session, LookAfterWrites<readonly T[]>>();
  return (session) => {
    const known = ofSession.get(session);
    if (known !== undefined) return known;
    const made = new LookAfterWrites<readonly T[]>();
    ofSession.set(session, made);
    return made;
  };
}
