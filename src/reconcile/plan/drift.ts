// What differs between the stack and the world, told as what happened to the world. It never proposes anything.

import type { Skipped } from '../input/configured.ts';
import { Marks } from '../inventory/marks.ts';
import type { PlanContext, Step } from './context.ts';
import type { Difference } from './differences.ts';
import type { PlannedAction } from './plan.ts';

/**
 * `missing`: declared, not there. `remade`: another object of the same name took its place. `moved`: in another place
 * than declared. `key_rotated`: its key is another one than was recorded, and nothing in the stack made it so.
 * `overdue`: its key should have been rotated. `unmanaged`: there, declared and owned by nobody.
 */
export type DriftKind = 'missing' | 'remade' | 'moved' | 'changed' | 'key_rotated' | 'overdue' | 'unmanaged';

export const DRIFT_KINDS: readonly DriftKind[] = [
  'missing',
  'remade',
  'moved',
  'changed',
  'key_rotated',
  'overdue',
  'unmanaged',
];

export interface DriftedObject
  extends Pick<PlannedAction, 'type' | 'name' | 'address' | 'identity' | 'links' | 'differences'> {
  readonly kind: DriftKind;
  /** What is known about how it came to be so. */
  readonly notes: readonly string[];
}

export interface Drift {
  readonly version: 2;
  /** Whether everything declared is as declared; unmanaged objects do not count. */
  readonly inSync: boolean;
  /** How many objects are declared and as declared. */
  readonly managed: number;
  readonly counts: Readonly<Record<DriftKind, number>>;
  readonly objects: readonly DriftedObject[];
  readonly skipped: readonly Skipped[];
}

export async function driftOf<Session>(
  context: PlanContext<Session>,
  steps: readonly Step<Session>[],
): Promise<Drift> {
  const marks = new Marks(context.types, context.op);
  const fingerprints = fingerprintsOf(steps);
  const objects: DriftedObject[] = [];
  let managed = 0;
  for (const step of steps) {
    const kinds = [...kindsOf(step), ...(await keyRotated(step, marks, fingerprints))];
    if (kinds.length === 0 && step.configured !== undefined) managed += 1;
    const { type, name, address, identity, links, differences, warnings } = step.action;
    for (const kind of kinds)
      objects.push({
        kind,
        type,
        name,
        address,
        identity,
        links,
        differences: shown(kind, differences),
        notes: warnings,
      });
  }
  const counts = Object.fromEntries(
    DRIFT_KINDS.map((kind) => [kind, objects.filter((object) => object.kind === kind).length]),
  ) as Record<DriftKind, number>;
  const inSync = DRIFT_KINDS.every((kind) => kind === 'unmanaged' || counts[kind] === 0);
  return { version: 2, inSync, managed, counts, objects, skipped: context.request.stack.skipped };
}

function shown(kind: DriftKind, differences: readonly Difference[]): readonly Difference[] {
  return kind === 'changed' || kind === 'moved' ? differences : [];
}

function kindsOf<Session>({
  action,
  resource,
  owned,
  configured,
  prior,
}: Step<Session>): readonly DriftKind[] {
  if (configured === undefined) return action.kind === 'unmanaged' ? ['unmanaged'] : [];
  if (owned !== undefined && !action.owned) return ['remade'];
  if (action.kind === 'create') return ['missing'];
  const status = prior?.rotation_status;
  const late: readonly DriftKind[] = status === 'due' || status === 'waiting' ? ['overdue'] : [];
  const rotated: readonly DriftKind[] = status === 'changed_elsewhere' ? ['key_rotated'] : [];
  if (action.kind !== 'update' && action.kind !== 'replace') return [...late, ...rotated];
  const links = resource.links ?? {};
  const moved = action.differences.every(({ attribute }) => Object.hasOwn(links, attribute));
  return [moved ? 'moved' : 'changed', ...late, ...rotated];
}

/** A key that the stack rotated itself is recorded with the object that rotates it. */
async function keyRotated<Session>(
  { action, owned, prior }: Step<Session>,
  marks: Marks<Session>,
  fingerprints: ReadonlySet<string>,
): Promise<readonly DriftKind[]> {
  const before = owned?.entry.marks.key_fingerprint;
  if (!action.owned || prior === undefined || typeof before !== 'string') return [];
  const { key_fingerprint: now } = await marks.of(action.type, prior);
  return typeof now === 'string' && now !== before && !fingerprints.has(now) ? ['key_rotated'] : [];
}

/** Fingerprints of keys that objects of the stack look after. */
function fingerprintsOf<Session>(steps: readonly Step<Session>[]): ReadonlySet<string> {
  return new Set(
    steps.flatMap(({ owned }) => {
      const { key_fingerprint: active, idle_key_fingerprint: idle } = owned?.state ?? {};
      return [active, idle].filter((value): value is string => typeof value === 'string');
    }),
  );
}
