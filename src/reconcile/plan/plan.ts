// A plan is a value: ordered, counted, printable as JSON, with a fingerprint. Who applies it makes it again and compares.

import type { PlannedRotation } from '../../lifecycle/resource.ts';
import { digest, type JsonObject } from '../canonical.ts';
import type { Skipped } from '../input/configured.ts';
import type { Difference } from './differences.ts';
import { type Budget, type Cost, costOf } from './limits/cost.ts';

/**
 * Terraform's words where it has them. `adopt`: exists, is as declared, and comes to be owned. `forget`: is owned no
 * longer, nothing happens to it. `unmanaged`: is there, and nothing happens to it.
 */
export type ActionKind =
  | 'create'
  | 'update'
  | 'replace'
  | 'delete'
  | 'adopt'
  | 'forget'
  | 'no-op'
  | 'unmanaged';

const ACTION_KINDS: readonly ActionKind[] = [
  'create',
  'update',
  'replace',
  'delete',
  'adopt',
  'forget',
  'no-op',
  'unmanaged',
];

export interface PlannedAction {
  readonly kind: ActionKind;
  readonly type: string;
  /** The natural key that tells this object from others of its type; empty while it is not known. */
  readonly key: string;
  /** The natural key as it was written. */
  readonly name: string;
  /** `null` for an object that nobody declared and nobody owns. */
  readonly address: string | null;
  /** Recorded as the stack's own. */
  readonly owned: boolean;
  /** It exists, is not owned, and comes to be owned by this change. */
  readonly adopts: boolean;
  /** What the service calls it, e.g. its user name; empty for an object that is not there. */
  readonly identity: Readonly<Record<string, string>>;
  /** What it names, by attribute: an account its team. */
  readonly links: Readonly<Record<string, string>>;
  /** The block as declared, references unresolved; `null` for an object that nobody declared. */
  readonly body: JsonObject | null;
  /** The object as it was seen, without sensitive attributes; `null` when there is none. */
  readonly prior: JsonObject | null;
  /** The object as it will be, as far as that is known; `null` for one that is deleted or left alone. */
  readonly planned: JsonObject | null;
  readonly differences: readonly Difference[];
  /** What its end takes along; empty for what stays. */
  readonly losses: readonly string[];
  readonly rotation: PlannedRotation | null;
  /** Addresses that must be done before. */
  readonly dependsOn: readonly string[];
  /** What there is to know about this change. */
  readonly warnings: readonly string[];
}

export interface Plan {
  readonly version: 2;
  readonly actions: readonly PlannedAction[];
  readonly skipped: readonly Skipped[];
  readonly counts: Readonly<Record<ActionKind, number>>;
  readonly cost: Cost;
  /** The same for the same changes to the same objects. */
  readonly fingerprint: string;
}

/** True for what an apply would do something about. */
export function isChange({ kind }: Pick<PlannedAction, 'kind'>): boolean {
  return kind !== 'no-op' && kind !== 'unmanaged';
}

/** How an action is called where it stands for itself: its address, or its type and name. */
export function titleOf({ address, type, name }: Pick<PlannedAction, 'address' | 'type' | 'name'>): string {
  return address ?? `${type} "${name}"`;
}

/** Counts, costs and fingerprints: every plan comes from here. */
export function finish(
  actions: readonly PlannedAction[],
  skipped: readonly Skipped[],
  { writes, ...lists }: { readonly writes: number; readonly kinds: number; readonly again: number },
  budget: Budget,
): Plan {
  const counts = Object.fromEntries(ACTION_KINDS.map((kind) => [kind, 0])) as Record<ActionKind, number>;
  for (const { kind } of actions) counts[kind] += 1;
  return {
    version: 2,
    actions,
    skipped,
    counts,
    cost: costOf(writes, lists, budget),
    fingerprint: fingerprintOf(actions),
  };
}

/** Of what will be done and to what; of nothing that merely is there. */
export function fingerprintOf(actions: readonly PlannedAction[]): string {
  return digest(
    actions
      .filter(isChange)
      .map(({ kind, type, key, address, adopts, identity, body, prior, differences, rotation }) => ({
        kind,
        type,
        key,
        address,
        adopts,
        identity,
        body,
        prior,
        rotation: rotation === null ? null : { ...rotation },
        differences: differences.map(({ attribute, before, after }) => ({ attribute, before, after })),
      })),
  );
}
