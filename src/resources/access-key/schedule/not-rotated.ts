// What is said about rotation where nothing is rotated: what stays, what is pending, and no reason of last time.

import { isUnknown, unknown } from '../../../schema/value.ts';
import type { Decision } from './decision.ts';
import { isSamePolicy, knownPolicy, type PolicyPlan, type PolicyValues } from './policy.ts';
import { baseUnder, dueDate, type RotationState } from './status.ts';

export interface Keeping {
  /** Whether the object changes otherwise: then the reason of the last rotation has had its time. */
  readonly changes: boolean;
  /** Until when a rotation is held back, e.g. `until it is due`. */
  readonly heldUntil: string;
}

/** What a plan without a rotation says about rotation; apply says the same, from the same. */
export function keptRotation(
  prior: RotationState,
  wish: PolicyPlan & { readonly on_external_rotation: unknown },
  decision: Decision,
  keeping: Keeping,
) {
  const policy = knownPolicy(wish);
  const base = policy === undefined ? prior.schedule_base : baseUnder(prior, policy);
  const dates = { ...prior, schedule_base: base };
  return {
    generation: prior.generation,
    rotated_at: prior.rotated_at,
    schedule_base: base,
    rotation_status: keptStatus(prior, policy, wish.on_external_rotation),
    ...keptReason(prior, policy, decision, keeping),
    dueUnder: (username: string) => (policy === undefined ? unknown : dueDate(username, dates, policy)),
  };
}

/**
 * What the plan said about a rotation, for an apply without one: what is held back stands in the plan alone, where the
 * trigger is as it was before.
 */
export function plannedReason(planned: {
  readonly rotation_reason: unknown;
  readonly rotation_cause: unknown;
  readonly rotation_pending: unknown;
}) {
  const { rotation_reason, rotation_cause, rotation_pending } = planned;
  const known = Object.entries({ rotation_reason, rotation_cause, rotation_pending }).filter(
    (entry): entry is [string, string | null] => !isUnknown(entry[1]),
  );
  return Object.fromEntries(known);
}

/** The minimum age in words, for a rotation that it holds back. */
export function untilOldEnough({ rotated_at, minimum_age_days }: RotationState): string {
  if (rotated_at === null || minimum_age_days === null) return 'until it is old enough';
  const time = Date.parse(rotated_at) + minimum_age_days * 86_400_000;
  return `by minimum_age_days until ${new Date(time).toISOString()}`;
}

function keptReason(
  prior: RotationState,
  policy: PolicyValues | undefined,
  decision: Decision,
  { changes, heldUntil }: Keeping,
) {
  const nothing = { rotation_reason: null, rotation_cause: null, rotation_pending: null };
  switch (decision.kind) {
    case 'satisfied':
      return { ...nothing, rotation_reason: decision.reason, rotation_cause: decision.cause };
    case 'held':
      return {
        ...nothing,
        rotation_cause: decision.cause,
        rotation_pending: `${decision.reason}; held back ${heldUntil}`,
      };
    default:
      if (waits(prior, policy))
        return {
          ...nothing,
          rotation_cause: 'age',
          rotation_pending: `due since ${prior.rotation_due_at}; waits for its window`,
        };
      if (prior.rotation_status === 'changed_elsewhere')
        return {
          ...nothing,
          rotation_reason: prior.rotation_reason,
          rotation_cause: prior.rotation_cause,
        };
      if (changes || prior.rotation_pending !== null) return nothing;
      return {
        rotation_reason: prior.rotation_reason,
        rotation_cause: prior.rotation_cause,
        rotation_pending: prior.rotation_pending,
      };
  }
}

function waits(prior: RotationState, policy: PolicyValues | undefined): boolean {
  return prior.rotation_status === 'waiting' && policy !== undefined && isSamePolicy(prior, policy);
}

function keptStatus(prior: RotationState, policy: PolicyValues | undefined, onExternal: unknown): string {
  switch (prior.rotation_status) {
    case 'changed_elsewhere':
      // "warn" keeps the evidence until somebody decides otherwise.
      return onExternal === 'warn' ? 'changed_elsewhere' : 'current';
    case 'due':
    case 'waiting':
      return policy !== undefined && isSamePolicy(prior, policy) ? prior.rotation_status : 'current';
    default:
      return prior.rotation_status;
  }
}
