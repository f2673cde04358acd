import { inspect } from 'node:util';

const MASK = '***';

const watchers = new Set<(secret: Secret) => void>();

/**
 * Tells of each secret that is made from here on, wherever in the process: whoever cleans texts that leave it must know
 * them all, also those that a list of the service brought along and that nobody handed to anybody. Returns what ends it.
 */
export function watchSecrets(watch: (secret: Secret) => void): () => void {
  watchers.add(watch);
  return () => watchers.delete(watch);
}

/**
 * A value that prints as `***` wherever it is printed by accident: templates, JSON, `console`, stack traces.
 * `reveal()` is the only way out, so every place that uses a key can be found by searching for that word.
 */
export class Secret {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
    for (const watch of watchers) watch(this);
  }

  reveal(): string {
    return this.#value;
  }

  equals(other: Secret): boolean {
    return this.#value === other.#value;
  }

  toString(): string {
    return MASK;
  }

  toJSON(): string {
    return MASK;
  }

  [inspect.custom](): string {
    return MASK;
  }
}
