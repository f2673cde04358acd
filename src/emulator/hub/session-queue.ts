import type { Session } from '../organization/state.ts';

/** The sessions that wait for a parallel, oldest first, and how to tell them that something changed. */
export class SessionQueue {
  #waiting: Session[] = [];
  #watchers: (() => void)[] = [];

  join(session: Session): void {
    this.#waiting.push(session);
  }

  leave(session: Session): void {
    this.#waiting = this.#waiting.filter((other) => other !== session);
    this.tell();
  }

  /** The sessions that asked before this one; for a newcomer, everybody in it. */
  before(session: Session): readonly Session[] {
    const place = this.#waiting.indexOf(session);
    return place < 0 ? this.#waiting : this.#waiting.slice(0, place);
  }

  /** Something changed: everybody who waits looks again. */
  tell(): void {
    const watchers = this.#watchers;
    this.#watchers = [];
    for (const watcher of watchers) watcher();
  }

  changed(): Promise<void> {
    return new Promise((resolve) => this.#watchers.push(resolve));
  }
}
