// A plan is a value: ordered, counted, printable as JSON, with a fingerprint. Whoever applies it is given this value
// and nothing else.

import { digest, type JsonObject } from '../canonical.ts';
import type { LeftAlone } from '../input/desired.ts';
import type { Noun } from '../noun.ts';
import { missedNouns } from '../observed.ts';
import { type Budget, type Cost, costOf } from './cost.ts';
import type { Difference } from './diff.ts';

export type ActionKind = 'create' | 'update' | 'replace' | 'delete' | 'no-op' | 'unmanaged';

export interface PlannedAction {
  readonly kind: ActionKind;
  readonly type: string;
  /** The natural key that tells this object from others of its type. */
  readonly key: string;
  /** The natural key as it was written. */
  readonly name: string;
  /** `null` for an object that nobody declared. */
  readonly address: string | null;
  /** The block as declared, references unresolved; `null` for an object that nobody declared. */
  readonly body: JsonObject | null;
  /** The object as it was seen, without sensitive attributes; `null` when there is none. */
  readonly prior: JsonObject | null;
  /** The object as it will be, as far as that is known; `null` for one that is deleted or left alone. */
  readonly planned: JsonObject | null;
  readonly differences: readonly Difference[];
  /** Addresses that must be done before. */
  readonly dependsOn: readonly string[];
  /** What the noun has to say about this change. */
  readonly warnings: readonly string[];
}

export interface Plan {
  readonly version: 1;
  readonly actions: readonly PlannedAction[];
  readonly leftAlone: readonly LeftAlone[];
  readonly counts: Readonly<Record<ActionKind, number>>;
  readonly cost: Cost;
  /** The same for the same changes to the same objects. */
  readonly fingerprint: string;
}

/** True for what an apply would do something about. */
export function isChange({ kind }: PlannedAction): boolean {
  return kind !== 'no-op' && kind !== 'unmanaged';
}

/** Counts, costs and fingerprints: every plan comes from here. */
export function finish<Session>(
  actions: readonly PlannedAction[],
  leftAlone: readonly LeftAlone[],
  nouns: readonly Noun<Session>[],
  budget: Budget,
): Plan {
  const count = (kind: ActionKind) => actions.filter((action) => action.kind === kind).length;
  const counts = {
    create: count('create'),
    update: count('update'),
    replace: count('replace'),
    delete: count('delete'),
    'no-op': count('no-op'),
    unmanaged: count('unmanaged'),
  };
  const lists = { kinds: nouns.length, again: missedNouns(actions, nouns).length };
  const writes = counts.create + counts.update + 2 * counts.replace + counts.delete;
  return {
    version: 1,
    actions,
    leftAlone,
    counts,
    cost: costOf(writes, lists, budget),
    fingerprint: fingerprintOf(actions),
  };
}

/** Of what will be done and to what; of nothing that merely is there. */
export function fingerprintOf(actions: readonly PlannedAction[]): string {
  return digest(
    actions.filter(isChange).map(({ kind, type, key, address, body, prior, differences }) => ({
      kind,
      type,
      key,
      address,
      body,
      prior,
      differences: differences.map(({ attribute, before, after }) => ({ attribute, before, after })),
    })),
  );
}
