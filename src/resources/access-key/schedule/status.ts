// Due, young or current: the status of a rotating credential. Computed in Read, the only place where the clock counts,
// and stored, so that every plan made from that state decides the same.

import { Problem } from '../../../errors.ts';
import type { MaybeUnknown } from '../../../schema/attribute.ts';
import { baseAfterDue, dueAt, type Since } from './due.ts';
import { adoptedSince, type PolicyValues, scheduleOf } from './policy.ts';
import { isInWindow } from './window.ts';

export const statuses = [
  /** Nothing to do. */
  'current',
  /** Younger than the minimum age: not to be rotated. */
  'young',
  /** Old enough, and the window was open when it was looked at: the next plan rotates. */
  'due',
  /** Old enough, but the window is shut. */
  'waiting',
  /** Somebody else gave the account a new key since the last apply. */
  'changed_elsewhere',
  /** Rotated, but the new key was never seen and the list does not show it. */
  'lost',
] as const;
export type Status = (typeof statuses)[number];

/** The dates of a credential, as they stand in state. */
export interface Dates {
  readonly generation: number;
  readonly rotated_at: string | null;
  readonly schedule_base: string;
}

/** Everything about rotation that stands in state. */
export interface RotationState extends PolicyValues, Dates {
  readonly triggers: ReadonlyMap<string, string> | null;
  readonly rotation_due_at: string | null;
  readonly rotation_status: string;
  readonly rotation_reason: string | null;
  readonly rotation_cause: string | null;
  readonly rotation_pending: string | null;
}

/** What of it a due date and a status are computed from. */
export type DatedState = Omit<
  RotationState,
  'triggers' | 'rotation_reason' | 'rotation_cause' | 'rotation_pending'
>;

export type Triggers = MaybeUnknown<ReadonlyMap<string, string>> | null;

const DAY = 86_400_000;

/** The status at `now`. What somebody has to decide about stays until that is done. */
export function statusAt(state: DatedState, now: Date): Status {
  if (state.rotation_status === 'lost' || state.rotation_status === 'changed_elsewhere')
    return state.rotation_status;
  const age = state.rotated_at === null ? undefined : now.getTime() - timeOf('rotated_at', state.rotated_at);
  // A date of tomorrow is wrong, and protects nothing: it would hold triggers back until it has come.
  if (age !== undefined && age > -DAY && age < (state.minimum_age_days ?? 0) * DAY) return 'young';
  return isOverdue(state, now) ? (isOpen(state, now) ? 'due' : 'waiting') : 'current';
}

/** @throws Problem `invalid_input` for what is no date, as only a state changed by hand has it: nothing would be due */
function timeOf(name: keyof RotationState, text: string): number {
  const time = Date.parse(text);
  if (!Number.isNaN(time)) return time;
  throw new Problem({
    code: 'invalid_input',
    summary: 'The state holds a date that is none',
    detail: `${name} is "${text}". No provider wrote that; restore the state, or take the resource out of it and import it again.`,
    path: [name],
  });
}

export function isOverdue({ rotation_due_at }: Pick<RotationState, 'rotation_due_at'>, now: Date): boolean {
  return rotation_due_at !== null && timeOf('rotation_due_at', rotation_due_at) <= now.getTime();
}

function isOpen(state: PolicyValues, now: Date): boolean {
  const window = scheduleOf(state)?.window;
  return window === undefined || isInWindow(window, now);
}

/** The due date as it is stored, by a policy that may just be changing. */
export function dueDate(username: string, dates: Dates, policy: PolicyValues): string | null {
  const schedule = scheduleOf(policy);
  if (schedule === undefined) return null;
  return dueAt(username, sinceOf(dates, policy), schedule)?.toISOString() ?? null;
}

/** The dates of a key that is seen for the first time. */
export function adoptedDates(policy: Pick<PolicyValues, 'adopted_key_age'>, seen: Date): Dates {
  const { base } = adoptedSince(policy.adopted_key_age, seen);
  return { generation: 1, rotated_at: null, schedule_base: base.toISOString() };
}

/** The dates after somebody else made the key, at an unknown time until now. */
export function changedDates(prior: Dates, now: Date): Dates {
  return { generation: prior.generation + 1, rotated_at: null, schedule_base: now.toISOString() };
}

/** The dates after a rotation of ours. Only one that was due keeps the rhythm of the old base. */
export function rotatedDates(username: string, prior: RotationState, wasDue: boolean, at: Date): Dates {
  const schedule = wasDue ? scheduleOf(prior) : undefined;
  const base = schedule === undefined ? at : baseAfterDue(username, sinceOf(prior, prior), schedule, at);
  return {
    generation: prior.generation + 1,
    rotated_at: at.toISOString(),
    schedule_base: base.toISOString(),
  };
}

/** A corrected age of an adopted key moves its base; once a key was rotated, the policy has no say in it. */
export function baseUnder(prior: RotationState, policy: PolicyValues): string {
  const { adopted_key_age: age } = policy;
  if (!isAdopted(prior) || age === prior.adopted_key_age || age === 'new' || age === 'due')
    return prior.schedule_base;
  return new Date(age).toISOString();
}

function sinceOf(dates: Dates, policy: PolicyValues): Since {
  return {
    base: new Date(timeOf('schedule_base', dates.schedule_base)),
    rotatedAt: dates.rotated_at === null ? undefined : new Date(timeOf('rotated_at', dates.rotated_at)),
    overdue: isAdopted(dates) && policy.adopted_key_age === 'due',
  };
}

function isAdopted({ generation, rotated_at }: Dates): boolean {
  return generation === 1 && rotated_at === null;
}
