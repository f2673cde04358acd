import { inspect } from 'node:util';

const MASK = '***';

/**
 * A value that prints as `***` wherever it is printed by accident: templates, JSON, `console`, stack traces.
 * `reveal()` is the only way out, so every place that uses a key can be found by searching for that word.
 */
export class Secret {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
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
