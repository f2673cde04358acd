import type { Operation } from '../lifecycle/operation.ts';
import type { ObjectValue, Value } from '../schema/value.ts';
import { labelOf, type ResourceType, type ResourceTypes } from './resource-types.ts';

type Index = ReadonlyMap<string, readonly ObjectValue[]>;

/** Everything that is there, by type. Lookups are indexed: a stack may have as many objects as there are. */
export class Observed {
  readonly #objects: ReadonlyMap<string, readonly ObjectValue[]>;
  readonly #indexes = new Map<string, Index>();

  constructor(objects: ReadonlyMap<string, readonly ObjectValue[]>) {
    this.#objects = objects;
  }

  /** The types that were listed. */
  get types(): ReadonlySet<string> {
    return new Set(this.#objects.keys());
  }

  objects(type: string): readonly ObjectValue[] {
    return this.#objects.get(type) ?? [];
  }

  /** The objects with this natural key; more than one is a conflict that only a person can resolve. */
  withKey(
    { type, naturalKey }: { readonly type: string; naturalKey?(object: ObjectValue): string | undefined },
    key: string,
  ): readonly ObjectValue[] {
    return this.#index(`${type} key`, type, (object) => naturalKey?.(object)).get(key) ?? [];
  }

  /** The objects whose attribute has this text. */
  with(type: string, attribute: string, value: string): readonly ObjectValue[] {
    return (
      this.#index(`${type}.${attribute}`, type, (object) => textOf(object[attribute])).get(
        textOf(value) ?? '',
      ) ?? []
    );
  }

  #index(name: string, type: string, keyOf: (object: ObjectValue) => string | undefined): Index {
    const known = this.#indexes.get(name);
    if (known !== undefined) return known;
    const index = new Map<string, ObjectValue[]>();
    for (const object of this.objects(type)) {
      const key = keyOf(object);
      if (key === undefined) continue;
      const others = index.get(key);
      if (others === undefined) index.set(key, [object]);
      else others.push(object);
    }
    this.#indexes.set(name, index);
    return index;
  }
}

/** Looks at the world: one list per type, however many objects there are. Writes nothing. */
export async function observe<Session>(
  types: ResourceTypes<Session>,
  wanted: ReadonlySet<string>,
  op: Operation<Session>,
): Promise<Observed> {
  const objects = new Map<string, readonly ObjectValue[]>();
  for (const { type, list } of types.all)
    if (list !== undefined && wanted.has(type)) objects.set(type, await list(op));
  return new Observed(objects);
}

/** The same world with a second look at these types: one list alone may show an older one. */
export async function observeAgain<Session>(
  observed: Observed,
  types: readonly ResourceType<Session>[],
  op: Operation<Session>,
): Promise<Observed> {
  const again = new Map([...observed.types].map((type) => [type, observed.objects(type)] as const));
  for (const resource of types) {
    op.progress(`a declared ${labelOf(resource)} is not in the list; looking a second time`);
    again.set(resource.type, (await resource.listAgain?.(op)) ?? []);
  }
  return new Observed(again);
}

/** Text by its composed form, as it is compared everywhere. */
export function textOf(value: Value | undefined): string | undefined {
  return typeof value === 'string' ? value.normalize('NFC') : undefined;
}
