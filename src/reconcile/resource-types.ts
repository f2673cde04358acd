import type { AnyResource } from '../lifecycle/provider-definition.ts';
import type { Link, Resource } from '../lifecycle/resource.ts';
import type { Schema } from '../schema/schema.ts';
import type { ObjectValue } from '../schema/value.ts';

/** One kind of object, whatever its schema. */
export type ResourceType<Session> = Resource<Session, Schema>;

/** All types that are reconciled, in order of dependency: what stands first is created first and deleted last. */
export class ResourceTypes<Session> {
  readonly all: readonly ResourceType<Session>[];
  readonly #byType: ReadonlyMap<string, ResourceType<Session>>;
  readonly #ranks: ReadonlyMap<string, number>;

  constructor(all: readonly AnyResource<Session>[]) {
    this.all = all;
    this.#byType = new Map(all.map((resource) => [resource.type, resource]));
    this.#ranks = new Map(all.map(({ type }, index) => [type, index]));
  }

  tryGet(type: string): ResourceType<Session> | undefined {
    return this.#byType.get(type);
  }

  /** A plan never holds a type that is not there. */
  get(type: string): ResourceType<Session> {
    const resource = this.#byType.get(type);
    if (resource === undefined) throw new Error(`${type} is not reconciled`);
    return resource;
  }

  rank(type: string): number {
    return this.#ranks.get(type) ?? this.all.length;
  }

  label(type: string): string {
    return labelOf(this.get(type));
  }

  links(type: string): Readonly<Record<string, Link>> {
    return this.get(type).links ?? {};
  }
}

/** As people call it: `service account`. */
export function labelOf({ type, label }: { readonly type: string; readonly label?: string }): string {
  return label ?? type.slice(type.indexOf('_') + 1).replaceAll('_', ' ');
}

/** Whether there is a list that shows all of them, so that a name is enough to find one. */
export function isListed<Session>({ list, naturalKey }: ResourceType<Session>): boolean {
  return list !== undefined && naturalKey !== undefined;
}

/** Whether an object ends with its deletion: an account does, the record of a key or a person does not. */
export function endsObjects<Session>(resource: ResourceType<Session>): boolean {
  return isListed(resource) && resource.deletable !== false;
}

/** Attributes that the service does not know. */
export function stateOnlyNames<Session>({ schema }: ResourceType<Session>): readonly string[] {
  return Object.entries(schema.attributes).flatMap(([name, { options }]) =>
    options.stateOnly === true ? [name] : [],
  );
}

/** What the service knows of an object by a name of its own, e.g. its user name; empty where there is no such thing. */
export function identityOf<Session>(
  { identity }: ResourceType<Session>,
  object: ObjectValue,
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.keys(identity?.attributes ?? {}).flatMap((name) => {
      const value = object[name];
      return typeof value === 'string' || typeof value === 'number' ? [[name, String(value)] as const] : [];
    }),
  );
}

/** The natural key as text for people, e.g. `Payments` (the key itself may be normalized: `payments`). */
export function displayName<Session>({ naturalKey }: ResourceType<Session>, object: ObjectValue): string {
  const key = naturalKey?.(object);
  if (key === undefined) return '?';
  const written = Object.values(object).find(
    (value) => typeof value === 'string' && value.toLowerCase() === key.toLowerCase(),
  );
  return typeof written === 'string' ? written : key;
}
