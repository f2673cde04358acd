/** The calls in flight: who waits for them to end, and who asks them to. */
export class Calls {
  readonly #controllers = new Set<AbortController>();
  #idle: (() => void)[] = [];

  get count(): number {
    return this.#controllers.size;
  }

  /** A call begins. Whoever begins one must end it. */
  begin(): { readonly signal: AbortSignal; abort(reason: string): void; end(): void } {
    const controller = new AbortController();
    this.#controllers.add(controller);
    return {
      signal: controller.signal,
      // The transport calls each closed stream canceled, also after its answer: then there is nothing to abort.
      abort: (reason) => {
        if (this.#controllers.has(controller)) controller.abort(canceled(reason));
      },
      end: () => {
        this.#controllers.delete(controller);
        if (this.#controllers.size > 0) return;
        for (const wake of this.#idle.splice(0)) wake();
      },
    };
  }

  abortAll(reason: string): void {
    for (const controller of this.#controllers) controller.abort(canceled(reason));
  }

  /** Resolves when nothing is in flight. */
  idle(): Promise<void> {
    if (this.#controllers.size === 0) return Promise.resolve();
    return new Promise((resolve) => this.#idle.push(resolve));
  }
}

function canceled(reason: string): DOMException {
  return new DOMException(reason, 'AbortError');
}
