import type { LeftAlone } from '../input/desired.ts';
import type { Noun } from '../noun.ts';
import type { Plan, PlannedAction } from './plan.ts';

/** `missing`: declared, not there. `moved`: in another place than declared. `unmanaged`: there, declared by nobody. */
export type DriftKind = 'missing' | 'moved' | 'changed' | 'unmanaged';

export interface DriftedObject extends Pick<PlannedAction, 'type' | 'name' | 'address' | 'differences'> {
  readonly kind: DriftKind;
}

export interface Drift {
  readonly version: 1;
  /** Whether everything declared is as declared; unmanaged objects do not count. */
  readonly inSync: boolean;
  readonly counts: Readonly<Record<DriftKind, number>>;
  readonly objects: readonly DriftedObject[];
  readonly leftAlone: readonly LeftAlone[];
}

/** The differences of a plan, told as what happened in the world; it never proposes anything. */
export function driftOf<Session>(plan: Plan, nouns: readonly Noun<Session>[]): Drift {
  const objects = plan.actions.flatMap((action) => {
    const kind = kindOf(action, nouns);
    if (kind === undefined) return [];
    const { type, name, address, differences } = action;
    return [{ kind, type, name, address, differences }];
  });
  const count = (kind: DriftKind) => objects.filter((object) => object.kind === kind).length;
  const counts = {
    missing: count('missing'),
    moved: count('moved'),
    changed: count('changed'),
    unmanaged: count('unmanaged'),
  };
  const inSync = counts.missing + counts.moved + counts.changed === 0;
  return { version: 1, inSync, counts, objects, leftAlone: plan.leftAlone };
}

function kindOf<Session>(
  { kind, type, differences }: PlannedAction,
  nouns: readonly Noun<Session>[],
): DriftKind | undefined {
  switch (kind) {
    case 'no-op':
      return undefined;
    case 'create':
      return 'missing';
    case 'delete':
    case 'unmanaged':
      return 'unmanaged';
    case 'update':
    case 'replace': {
      const links = nouns.find(({ resource }) => resource.type === type)?.links ?? {};
      return differences.every(({ attribute }) => Object.hasOwn(links, attribute)) ? 'moved' : 'changed';
    }
  }
}
