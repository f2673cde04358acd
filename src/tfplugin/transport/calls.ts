import type { Problem } from '../../errors.ts';

/** One call in flight. */
export interface CallInFlight {
  readonly signal: AbortSignal;
  /** Resolves when the provider broke while the call was under way, or before: it may never be answered by itself. */
  readonly broken: Promise<Problem>;
  abort(reason: string): void;
  /** Whoever begins a call must end it. */
  end(): void;
}

class Entry implements CallInFlight {
  readonly writes: boolean;
  readonly broken: Promise<Problem>;
  breakOff!: (problem: Problem) => void;
  readonly #leave: (entry: Entry) => void;
  #controller: AbortController | undefined;
  #reason: string | undefined;
  #ended = false;

  constructor(writes: boolean, leave: (entry: Entry) => void) {
    this.writes = writes;
    this.#leave = leave;
    this.broken = new Promise<Problem>((resolve) => {
      this.breakOff = resolve;
    });
  }

  /** Made when somebody listens, which few calls do. */
  get signal(): AbortSignal {
    if (this.#controller === undefined) {
      this.#controller = new AbortController();
      if (this.#reason !== undefined) this.#controller.abort(canceled(this.#reason));
    }
    return this.#controller.signal;
  }

  // Each stream is closed some day, also after its answer: then there is nothing to abort.
  abort(reason: string): void {
    if (this.#ended) return;
    this.#reason ??= reason;
    this.#controller?.abort(canceled(reason));
  }

  end(): void {
    this.#ended = true;
    this.#leave(this);
  }
}

/** The calls in flight: who waits for them to end, and who asks them to. */
export class Calls {
  readonly #entries = new Set<Entry>();
  #idle: (() => void)[] = [];
  #broken: Problem | undefined;

  get count(): number {
    return this.#entries.size;
  }

  /** @param writes Whether it changes the world, so that its own answer is worth waiting for. */
  begin({ writes = false }: { readonly writes?: boolean } = {}): CallInFlight {
    const entry = new Entry(writes, (ended) => {
      this.#entries.delete(ended);
      if (this.#entries.size > 0) return;
      for (const wake of this.#idle.splice(0)) wake();
    });
    this.#entries.add(entry);
    if (this.#broken !== undefined) entry.breakOff(this.#broken);
    return entry;
  }

  abortAll(reason: string): void {
    for (const entry of this.#entries) entry.abort(reason);
  }

  /** Something broke that no call caught: calls from now on hear it, and those in flight, writes only if asked for. */
  breakOff(problem: Problem, { writes }: { readonly writes: boolean }): void {
    this.#broken ??= problem;
    for (const entry of this.#entries) if (writes || !entry.writes) entry.breakOff(problem);
  }

  get isBroken(): boolean {
    return this.#broken !== undefined;
  }

  /** Resolves when nothing is in flight. */
  idle(): Promise<void> {
    if (this.#entries.size === 0) return Promise.resolve();
    return new Promise((resolve) => this.#idle.push(resolve));
  }
}

function canceled(reason: string): DOMException {
  return new DOMException(reason, 'AbortError');
}
