// Whether a plan rotates, and why: pure, from state and configuration alone, so that both of Terraform's questions,
// and the apply a day later, get the same answer. No clock is read here.

import { isUnknown } from '../../../schema/value.ts';
import type { Cause } from './cause.ts';
import { isSamePolicy, knownPolicy, type PolicyPlan } from './policy.ts';
import type { RotationState, Triggers } from './status.ts';

export type Decision =
  | { readonly kind: 'keep' }
  /** `reason` is shown in the plan; it names triggers, never their values. */
  | { readonly kind: 'rotate'; readonly reason: string; readonly cause: Cause; readonly wasDue: boolean }
  /** The key changed elsewhere since the last apply: that one change satisfies this intention. */
  | { readonly kind: 'satisfied'; readonly reason: string; readonly cause: Cause }
  /** A trigger's value is not known before apply. */
  | { readonly kind: 'undecided'; readonly reason: string }
  /** The key is younger than the minimum age: the trigger stays as it was, so that the intention is not lost. */
  | { readonly kind: 'held'; readonly reason: string; readonly cause: Cause }
  /** The user asked to stop when somebody else rotated. */
  | { readonly kind: 'stop'; readonly reason: string };

export interface Wish extends PolicyPlan {
  readonly triggers: Triggers;
  readonly on_external_rotation: unknown;
}

interface Intention {
  readonly reason: string;
  readonly cause: Cause;
  readonly certain: boolean;
  readonly wasDue: boolean;
}

interface Circumstances {
  /** Whether `young` also protects a credential that consumers may still use, whatever the minimum age. */
  readonly overlap?: boolean;
  /** Whether the replacement of the object was asked for, which means a rotation to whoever asks. */
  readonly requested?: boolean;
}

/** A request stays open until the key has changed. */
export const REQUESTED = 'replacement requested';

export function decideRotation(
  prior: RotationState,
  wish: Wish,
  { overlap = false, requested = false }: Circumstances = {},
): Decision {
  const isOpen = prior.rotation_cause === 'replace_requested' && prior.rotation_pending !== null;
  const intention = intentionOf(prior, wish, requested || isOpen);
  if (prior.rotation_status === 'lost') return { kind: 'keep' };
  if (prior.rotation_status === 'changed_elsewhere') return decideAboutForeignKey(intention, wish);
  if (intention === undefined) return { kind: 'keep' };
  const { reason, cause, certain, wasDue } = intention;
  const protects = overlap || (wish.minimum_age_days !== null && wish.minimum_age_days !== 0);
  if (prior.rotation_status === 'young' && protects) return { kind: 'held', reason, cause };
  return certain ? { kind: 'rotate', reason, cause, wasDue } : { kind: 'undecided', reason };
}

function decideAboutForeignKey(intention: Intention | undefined, wish: Wish): Decision {
  switch (wish.on_external_rotation) {
    case 'error':
      return { kind: 'stop', reason: 'rotated elsewhere' };
    case 'rotate': {
      const reason = 'rotated elsewhere, and on_external_rotation = "rotate"';
      return { kind: 'rotate', reason, cause: 'external', wasDue: false };
    }
    default: {
      // Whatever an unknown trigger turns out to be, it is satisfied too.
      if (!intention?.certain) return { kind: 'keep' };
      const reason = `${intention.reason}; satisfied by the rotation that happened elsewhere`;
      return { kind: 'satisfied', reason, cause: 'external' };
    }
  }
}

function intentionOf(prior: RotationState, wish: Wish, requested: boolean): Intention | undefined {
  const { changed, unknown } = compareTriggers(prior.triggers, wish.triggers);
  const due = dueReason(prior, wish);
  const reasons = [
    ...(requested ? [REQUESTED] : []),
    ...(changed.length > 0 ? [`trigger ${changed.join(', ')} changed`] : []),
    ...(due === undefined ? [] : [due]),
  ];
  const wasDue = due !== undefined;
  // What a person decides comes before what comes by itself.
  const cause = requested ? 'replace_requested' : changed.length > 0 ? 'trigger' : 'age';
  if (reasons.length > 0) return { reason: reasons.join('; '), cause, certain: true, wasDue };
  if (unknown.length === 0) return undefined;
  return { reason: `trigger ${unknown.join(', ')}`, cause: 'trigger', certain: false, wasDue: false };
}

/** A policy that changes in this very plan rotates nothing yet: the next look at the clock decides. */
function dueReason(prior: RotationState, wish: Wish): string | undefined {
  if (prior.rotation_status !== 'due') return undefined;
  const policy = knownPolicy(wish);
  if (policy === undefined || policy.rotate_after_days === null || !isSamePolicy(prior, policy))
    return undefined;
  return `due since ${prior.rotation_due_at} (rotate_after_days = ${policy.rotate_after_days})`;
}

/** A key that appears or disappears is no change: setting or removing triggers never rotates by itself. */
function compareTriggers(before: ReadonlyMap<string, string> | null, after: Triggers) {
  const quoted = (names: Iterable<string>) => [...names].sort().map((name) => `"${name}"`);
  if (isUnknown(after)) return { changed: [], unknown: quoted(before?.keys() ?? []) };
  const changed: string[] = [];
  const unknown: string[] = [];
  // What is null is not set: it appears and disappears like a key of the map.
  const isSet = (value: unknown) => value !== undefined && value !== null;
  for (const [name, value] of after ?? []) {
    const old = before?.get(name);
    if (!isSet(old) || !isSet(value)) continue;
    if (isUnknown(value)) unknown.push(name);
    else if (value !== old) changed.push(name);
  }
  return { changed: quoted(changed), unknown: quoted(unknown) };
}
