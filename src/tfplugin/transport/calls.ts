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

interface Entry {
  readonly controller: AbortController;
  readonly writes: boolean;
  readonly breakOff: (problem: Problem) => void;
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
    const controller = new AbortController();
    let breakOff!: (problem: Problem) => void;
    const broken = new Promise<Problem>((resolve) => {
      breakOff = resolve;
    });
    const entry = { controller, writes, breakOff };
    this.#entries.add(entry);
    if (this.#broken !== undefined) breakOff(this.#broken);
    return {
      signal: controller.signal,
      broken,
      // Each stream is closed some day, also after its answer: then there is nothing to abort.
      abort: (reason) => {
        if (this.#entries.has(entry)) controller.abort(canceled(reason));
      },
      end: () => {
        this.#entries.delete(entry);
        if (this.#entries.size > 0) return;
        for (const wake of this.#idle.splice(0)) wake();
      },
    };
  }

  abortAll(reason: string): void {
    for (const { controller } of this.#entries) controller.abort(canceled(reason));
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
