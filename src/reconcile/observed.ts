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

/** The nouns of which a plan misses something that is declared, and that can be looked at a second time. */
export function missedNouns<Session>(
  actions: readonly { readonly kind: string; readonly type: string }[],
  nouns: readonly Noun<Session>[],
): readonly Noun<Session>[] {
  const missed = new Set(actions.flatMap(({ kind, type }) => (kind === 'create' ? [type] : [])));
  return nouns.filter(({ resource }) => missed.has(resource.type) && resource.listAgain !== undefined);
}

/** The same world with a second look at these nouns: one list alone may show an older one. */
export async function observeAgain<Session>(
  observed: Observed,
  missed: readonly Noun<Session>[],
  op: Operation<Session>,
): Promise<Observed> {
  const again = new Map(observed);
  for (const { resource, label } of missed) {
    op.progress(`a declared ${label} is not in the list; looking a second time`);
    again.set(resource.type, (await resource.listAgain?.(op)) ?? []);
  }
  return again;
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
