// The states of a key: adopted, kept, rotated. Pure; whoever calls has looked, rotated and read the clock.

import { isWhollyKnown } from '../../schema/value.ts';
import type { Secret } from '../../secret.ts';
import { keyVersion } from './fingerprint.ts';
import { namesOf, plannedStatus } from './planning/planned.ts';
import type { Rotation } from './rotation/rotate.ts';
import type { Cause } from './schedule/cause.ts';
import type { Decision } from './schedule/decision.ts';
import { keptRotation, plannedReason, untilOldEnough } from './schedule/not-rotated.ts';
import { adoptedDates, changedDates, type Dates, dueDate, rotatedDates } from './schedule/status.ts';
import type { AccessKeyState, PlannedAccessKey } from './schema.ts';

const CONFIGURED = [
  'username',
  'triggers',
  'rotate_after_days',
  'minimum_age_days',
  'jitter_days',
  'window',
  'adopted_key_age',
  'consumers',
  'on_external_rotation',
  'rotate_on_destroy',
  'export_access_key',
  'escrow_recipient',
  'escrow_directory',
  'current_access_key',
] as const satisfies readonly (keyof AccessKeyState)[];

/** What the user wrote, as it stands in state. */
export type Configured = Pick<AccessKeyState, (typeof CONFIGURED)[number]>;

/** What an attribute has that nobody configured, as after an import. */
export const unconfigured: Omit<Configured, 'username'> = {
  triggers: null,
  rotate_after_days: null,
  minimum_age_days: null,
  jitter_days: null,
  window: null,
  adopted_key_age: 'new',
  consumers: null,
  on_external_rotation: 'adopt',
  rotate_on_destroy: false,
  export_access_key: false,
  escrow_recipient: null,
  escrow_directory: null,
  current_access_key: null,
};

/** Terraform resolves everything configured before it applies; a leftover unknown is a bug of the engine. */
export function configuredIn(planned: PlannedAccessKey): Configured {
  const configured = Object.fromEntries(
    CONFIGURED.map((name) => [name, planned[name] ?? (name === 'username' ? null : unconfigured[name])]),
  );
  if (!isWhollyKnown(configured)) throw new Error('a configured value is still unknown at apply');
  // Just checked; the names are those of the type.
  return configured as Configured;
}

/** A key as it was found, with the escrow's sealed copy of it. */
export interface Found {
  /** As the list has it; null where the list cannot be seen. */
  readonly identifier: string | null;
  readonly team: string | null;
  readonly key: Secret;
  readonly fingerprint: string;
  readonly sealed: string | undefined;
}

export function adoptedState(configured: Configured, found: Found, seen: Date): AccessKeyState {
  return foundState(configured, found, adoptedDates(configured, seen), null, null);
}

/** The user gave a new key for the one that was lost. */
export function recoveredState(
  prior: AccessKeyState,
  configured: Configured,
  found: Found,
  seen: Date,
): AccessKeyState {
  const reason = 'the lost key was replaced by the given one';
  return foundState(configured, found, changedDates(prior, seen), reason, 'recovered');
}

/** A key that was not made by this product, from now on the one that counts. */
function foundState(
  configured: Configured,
  found: Found,
  dates: Dates,
  reason: string | null,
  cause: Cause | null,
): AccessKeyState {
  return {
    ...configured,
    ...namesOf(found),
    ...keyOf(configured, found),
    ...dates,
    rotation_due_at: dueDate(configured.username, dates, configured),
    rotation_status: 'current',
    rotation_reason: reason,
    rotation_cause: cause,
    rotation_pending: null,
  };
}

export function keptState(
  prior: AccessKeyState,
  configured: Configured,
  decision: Decision,
  planned: PlannedAccessKey,
): AccessKeyState {
  // An apply changes something: otherwise there would be none.
  const keeping = { changes: true, heldUntil: untilOldEnough(prior) };
  const { dueUnder, ...rotation } = keptRotation(prior, configured, decision, keeping);
  const due = dueUnder(configured.username);
  return {
    ...prior,
    ...configured,
    ...rotation,
    ...plannedReason(planned),
    rotation_due_at: typeof due === 'string' ? due : null,
  };
}

/** After a rotation that this apply intended: `at` is now where the time of the rotation is not known. */
export function rotatedState(
  prior: AccessKeyState,
  configured: Configured,
  rotation: Rotation,
  { reason, cause, wasDue }: Extract<Decision, { readonly kind: 'rotate' }>,
  now: Date,
): AccessKeyState {
  const dates =
    rotation.at === undefined
      ? changedDates(prior, now)
      : rotatedDates(prior.username, prior, wasDue, rotation.at);
  const status = plannedStatus(configured);
  return {
    ...configured,
    ...namesOf(prior),
    ...keyOf(configured, rotation),
    ...dates,
    rotation_due_at: dueDate(prior.username, dates, configured),
    rotation_status: typeof status === 'string' ? status : 'current',
    rotation_reason: reason,
    rotation_cause: cause,
    rotation_pending: null,
  };
}

function keyOf(
  { export_access_key: exporting }: Configured,
  { key, fingerprint, sealed }: Pick<Found, 'key' | 'fingerprint' | 'sealed'>,
) {
  return {
    access_key: exporting ? key.reveal() : null,
    escrowed_access_key: sealed ?? null,
    key_fingerprint: fingerprint,
    key_version: keyVersion(fingerprint),
  };
}
