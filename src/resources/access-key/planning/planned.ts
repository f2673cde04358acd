// What a plan says about a key, as values: as known as it can be, and unknown only where it must. Pure.

import { isUnknown, unknown } from '../../../schema/value.ts';
import type { Secret } from '../../../secret.ts';
import { keyFingerprint, keyVersion } from '../fingerprint.ts';
import type { Decision } from '../schedule/decision.ts';
import { keptRotation, untilOldEnough } from '../schedule/not-rotated.ts';
import type { AccessKeyState, PlannedAccessKey } from '../schema.ts';

export function plannedAsKept(
  prior: AccessKeyState,
  planned: PlannedAccessKey,
  decision: Decision,
  changes: boolean,
): PlannedAccessKey {
  const keeping = { changes, heldUntil: untilOldEnough(prior) };
  const { dueUnder, ...rotation } = keptRotation(prior, planned, decision, keeping);
  return {
    ...planned,
    ...namesOf(prior),
    ...rotation,
    rotation_due_at: dueUnder(prior.username),
    key_fingerprint: prior.key_fingerprint,
    key_version: keyVersion(prior.key_fingerprint),
    access_key: plannedExport(planned, prior),
    escrowed_access_key: plannedEscrow(planned, prior),
  };
}

export function plannedAdoption(planned: PlannedAccessKey): PlannedAccessKey {
  return {
    ...planned,
    identifier: unknown,
    team: unknown,
    access_key: planned.export_access_key === false ? null : unknown,
    escrowed_access_key: planned.escrow_recipient === null ? null : unknown,
    key_fingerprint: unknown,
    key_version: unknown,
    generation: 1,
    rotated_at: null,
    schedule_base: unknown,
    rotation_due_at: planned.rotate_after_days === null ? null : unknown,
    rotation_status: 'current',
    rotation_reason: null,
    rotation_cause: null,
    rotation_pending: null,
  };
}

export function plannedRecovery(
  prior: AccessKeyState,
  planned: PlannedAccessKey,
  key: Secret,
): PlannedAccessKey {
  const fingerprint = keyFingerprint(prior.username, key);
  return {
    ...plannedAdoption(planned),
    ...namesOf(prior),
    key_fingerprint: fingerprint,
    key_version: keyVersion(fingerprint),
    generation: prior.generation + 1,
    rotation_reason: 'the lost key was replaced by the given one',
    rotation_cause: 'recovered',
  };
}

export function plannedRotation(
  prior: AccessKeyState,
  planned: PlannedAccessKey,
  decision: Decision & { readonly kind: 'rotate' | 'undecided' },
): PlannedAccessKey {
  const certain = decision.kind === 'rotate';
  return {
    ...plannedAdoption(planned),
    ...namesOf(prior),
    rotated_at: unknown,
    generation: certain ? prior.generation + 1 : unknown,
    rotation_status: certain ? plannedStatus(planned) : unknown,
    rotation_reason: certain ? decision.reason : unknown,
    rotation_cause: certain ? decision.cause : unknown,
    // A trigger that turns out to have changed may still be held back.
    rotation_pending: certain ? null : unknown,
  };
}

/** Names are not asked for in a plan: a refresh knows them. */
export function namesOf({ identifier, team }: Pick<AccessKeyState, 'identifier' | 'team'>) {
  return { identifier, team };
}

/** The status right after a rotation. */
export function plannedStatus({ minimum_age_days }: Pick<PlannedAccessKey, 'minimum_age_days'>) {
  if (isUnknown(minimum_age_days)) return unknown;
  return minimum_age_days === null || minimum_age_days === 0 ? 'current' : 'young';
}

/** A key that stays needs to be unknown only when it starts to be exported. */
function plannedExport({ export_access_key: exporting }: PlannedAccessKey, prior: AccessKeyState) {
  if (exporting === false) return null;
  return exporting === true && prior.access_key !== null ? prior.access_key : unknown;
}

function plannedEscrow({ escrow_recipient: recipient }: PlannedAccessKey, prior: AccessKeyState) {
  if (recipient === null) return null;
  return recipient === prior.escrow_recipient ? prior.escrowed_access_key : unknown;
}

/**
 * The new object of a key whose old one ends. An apply that makes it first knows nothing of the old one, and adopts the
 * key; any other goes on where the old one ended. So nothing is known that differs.
 */
export function plannedSuccessor(
  prior: AccessKeyState,
  planned: PlannedAccessKey,
  decision: Decision,
): PlannedAccessKey {
  const keeping = { changes: true, heldUntil: untilOldEnough(prior) };
  const kept = keptRotation(prior, planned, decision, keeping);
  const changesKey = decision.kind === 'rotate' || decision.kind === 'undecided';
  const open = (value: string | null) => (changesKey || value !== null ? unknown : null);
  return {
    ...plannedAdoption(planned),
    generation: unknown,
    rotated_at: unknown,
    rotation_status: unknown,
    rotation_reason: open(kept.rotation_reason),
    rotation_cause: open(kept.rotation_cause),
    rotation_pending: open(kept.rotation_pending),
  };
}
