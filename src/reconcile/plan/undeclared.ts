import type { ObjectValue } from '../../schema/value.ts';
import { canonical, type JsonObject } from '../canonical.ts';
import { displayName, type Noun } from '../noun.ts';
import { type Observed, withKey } from '../observed.ts';
import { showable } from './diff.ts';
import type { PlannedAction } from './plan.ts';

/**
 * Which objects that nobody declared are deleted: none; those of types of which the stack declares at least one; or
 * those of the named types.
 */
export type Prune = 'none' | 'declared-types' | readonly string[];

/** Everything that is there and not declared: left unmanaged, or deleted where that was asked for. */
export function undeclaredActions<Session>(
  declared: readonly PlannedAction[],
  observed: Observed,
  nouns: readonly Noun<Session>[],
  prune: Prune,
): readonly PlannedAction[] {
  const taken = new Set(declared.map(({ type, key }) => `${type} ${key}`));
  const types = new Set(prune === 'declared-types' ? declared.map(({ type }) => type) : []);
  if (prune !== 'declared-types' && prune !== 'none') for (const type of prune) types.add(type);
  const rest = nouns.flatMap((noun) =>
    (observed.get(noun.resource.type) ?? [])
      .map((object) => undeclared(noun, object, types.has(noun.resource.type)))
      .filter(({ type, key }) => !taken.has(`${type} ${key}`))
      .sort((a, b) => (a.key < b.key ? -1 : 1)),
  );
  // Accounts leave before their team does.
  return [
    ...rest.filter(({ kind }) => kind === 'unmanaged'),
    ...rest.filter(({ kind }) => kind === 'delete').reverse(),
  ];
}

function undeclared<Session>(noun: Noun<Session>, object: ObjectValue, deleted: boolean): PlannedAction {
  return {
    kind: deleted ? 'delete' : 'unmanaged',
    type: noun.resource.type,
    key: noun.resource.naturalKey(object) ?? '',
    name: displayName(noun, object),
    address: null,
    body: null,
    prior: withoutLocal(noun, showable(noun.resource.schema, object)),
    planned: null,
    differences: [],
    dependsOn: [],
    warnings: [],
  };
}

/**
 * The very object that an action for an undeclared one is about, as its deletion is asked for. A name may stand for
 * several, so all that is known of it decides.
 */
export function undeclaredObject<Session>(
  { key, prior }: Pick<PlannedAction, 'key' | 'prior'>,
  noun: Noun<Session>,
  observed: Observed,
): ObjectValue | undefined {
  const found = withKey(observed, noun, key).find((object) => {
    return canonical(withoutLocal(noun, showable(noun.resource.schema, object))) === canonical(prior);
  });
  return found && { ...found, ...noun.local };
}

/** Nobody configured it, so what only a configuration says is not said. */
function withoutLocal<Session>(noun: Noun<Session>, object: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(object).filter(([name]) => !(name in noun.local)));
}
