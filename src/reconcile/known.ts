import type { Link } from '../lifecycle/resource.ts';
import { type ObjectValue, unknown, type Value } from '../schema/value.ts';
import { addressIn } from './input/expression.ts';
import { type Lookup, within } from './input/scope.ts';
import { textOf } from './observed.ts';

interface Entry {
  readonly type: string;
  readonly object: ObjectValue | undefined;
}

/** What is known of declared objects so far: planned while planning, real while applying. */
export class Known {
  readonly #objects = new Map<string, Entry>();
  /** Addresses by what other objects name them by. */
  readonly #named = new Map<string, string>();
  readonly #nameAttributes = new Map<string, Set<string>>();

  constructor(types: { readonly all: readonly { readonly links?: Readonly<Record<string, Link>> }[] }) {
    for (const { links = {} } of types.all)
      for (const { type, attribute } of Object.values(links))
        this.#nameAttributes.set(type, (this.#nameAttributes.get(type) ?? new Set()).add(attribute));
  }

  /** `undefined`: it is declared, but nothing can be said about it. */
  set(address: string, type: string, object: ObjectValue | undefined): void {
    this.#objects.set(address, { type, object });
    for (const attribute of this.#nameAttributes.get(type) ?? []) {
      const text = textOf(object?.[attribute]);
      if (text !== undefined) this.#named.set(`${type}.${attribute} ${text}`, address);
    }
  }

  readonly lookup: Lookup = (reference): Value | undefined => {
    const { address, rest } = addressIn(reference);
    const found = this.#objects.get(address);
    if (found === undefined) return undefined;
    if (found.object === undefined) return unknown;
    return within(found.object, rest);
  };

  /** Address of the declared object that is named by this text in links to its type. */
  tryAddressOf(type: string, attribute: string, value: string): string | undefined {
    return this.#named.get(`${type}.${attribute} ${textOf(value)}`);
  }
}
