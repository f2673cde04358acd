import type { Operation } from '../lifecycle/operation.ts';
import type { ObjectValue } from '../schema/value.ts';
import type { Noun } from './noun.ts';

/** Everything that is there, by type. */
export type Observed = ReadonlyMap<string, readonly ObjectValue[]>;

/** Looks at the world: one list per noun, however many objects there are. Writes nothing. */
export async function observe<Session>(
  nouns: readonly Noun<Session>[],
  op: Operation<Session>,
): Promise<Observed> {
  const observed = new Map<string, readonly ObjectValue[]>();
  for (const { resource } of nouns) observed.set(resource.type, await resource.list(op));
  return observed;
}

/** The objects of a type that have this natural key; more than one is a conflict that only a person can resolve. */
export function withKey<Session>(
  observed: Observed,
  noun: Noun<Session>,
  key: string,
): readonly ObjectValue[] {
  const objects = observed.get(noun.resource.type) ?? [];
  return objects.filter((object) => noun.resource.naturalKey(object) === key);
}
