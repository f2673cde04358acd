import type { Operation } from '../../lifecycle/operation.ts';
import type { ObjectValue } from '../../schema/value.ts';
import type { ConfiguredObject, ConfiguredStack } from '../input/configured.ts';
import type { Inventory } from '../inventory/inventory.ts';
import type { Owned, OwnedObjects } from '../inventory/owned.ts';
import type { Known } from '../known.ts';
import type { Observed } from '../observed.ts';
import type { ResourceType, ResourceTypes } from '../resource-types.ts';
import type { PlannedAction } from './plan.ts';

/**
 * Which of the stack's own objects that are not declared any more are deleted: none; those of types of which the stack
 * still declares at least one; or those of the named types. What the stack does not own is never deleted.
 */
export type Prune = 'none' | 'declared-types' | readonly string[];

export interface SafetyLimits {
  /** How many objects may be deleted; replaces the threshold. */
  readonly maxDeletes?: number;
  /**
   * How many objects may be replaced: each gets another identity, so whatever uses it breaks. Unless given they count
   * as deletions.
   */
  readonly maxReplaces?: number;
}

/** What is asked for. */
export interface PlanRequest extends SafetyLimits {
  readonly stack: ConfiguredStack;
  /** What the stack owns. */
  readonly inventory: Inventory;
  /** Which of the stack's own objects that are declared no longer are deleted; none unless given. */
  readonly prune?: Prune;
  /** Whether declared objects that exist already and are nobody's come to be owned, as with an import block. */
  readonly adopt?: boolean;
  /** How many keys may be rotated; the longest overdue go first, the rest is left to the next apply. */
  readonly maxRotations?: number;
}

/** Everything that planning and applying one object needs to know beside it. */
export interface PlanContext<Session> {
  readonly types: ResourceTypes<Session>;
  readonly request: PlanRequest;
  readonly observed: Observed;
  readonly owned: OwnedObjects;
  readonly known: Known;
  readonly op: Operation<Session>;
  /**
   * `plan` asks the nouns and refuses what is not the stack's own; `survey` only looks at what there is beside what is
   * declared, and refuses nothing.
   */
  readonly mode: 'plan' | 'survey';
}

/** All steps in the order in which they are carried out. */
export interface PlannedSteps<Session> {
  readonly steps: readonly Step<Session>[];
  /** Owned, declared nowhere and not there any more: an apply drops the record. */
  readonly gone: readonly Owned[];
}

/** An action with the values it was made of: evaluated once, used until it is done. */
export interface Step<Session> {
  readonly action: PlannedAction;
  readonly resource: ResourceType<Session>;
  readonly configured: ConfiguredObject | undefined;
  readonly owned: Owned | undefined;
  readonly config: ObjectValue | undefined;
  readonly prior: ObjectValue | undefined;
  readonly planned: ObjectValue | undefined;
}
