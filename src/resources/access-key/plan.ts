// What a plan says about a key: whether and why it rotates, as known as it can be, and unknown only where it must.

import type { Change, PlanAnswer, PlanOperation } from '../../lifecycle/resource.ts';
import { isUnknown, unknown } from '../../schema/value.ts';
import { Secret } from '../../secret.ts';
import type { Session } from '../session.ts';
import { countRotation, type IntendedRotation } from './cap.ts';
import { type Decision, decideRotation } from './decision.ts';
import { keyFingerprint, keyVersion } from './fingerprint.ts';
import { heldBack, mayBeRotated, refuseForeignRotation, refuseSelfLockout } from './guards.ts';
import { keptRotation, untilOldEnough } from './kept.ts';
import type { AccessKeyState, accessKeySchema, PlannedAccessKey } from './schema.ts';

type S = typeof accessKeySchema;

export async function plan(
  change: Change<S>,
  op: PlanOperation<Session>,
): Promise<PlanAnswer<S> | undefined> {
  const { warn } = op;
  const { prior, planned } = change;
  if (planned === undefined) {
    if (prior?.rotate_on_destroy) await guard({ username: prior.username, cause: 'otherwise' }, op);
    return undefined;
  }
  if (prior === undefined || isUnknown(planned.username) || planned.username !== prior.username)
    return { planned: plannedAdoption(planned) };
  const recovered = recoveredKey(prior, planned);
  if (recovered !== undefined) return { planned: plannedRecovery(prior, planned, recovered) };
  const decision = decideRotation(prior, planned);
  const changes = change.action !== 'no-op';
  switch (decision.kind) {
    case 'stop':
      throw refuseForeignRotation(prior.username);
    case 'held':
      warn(heldBack(prior.username, decision.reason, prior.rotated_at));
      return { planned: plannedAsKept(prior, { ...planned, triggers: prior.triggers }, decision, changes) };
    case 'keep':
    case 'satisfied':
      return { planned: plannedAsKept(prior, planned, decision, changes) };
    case 'undecided':
      warn(mayBeRotated(prior.username, decision.reason));
      break;
    case 'rotate':
      break;
  }
  const byAge = decision.kind === 'rotate' && decision.wasDue;
  await guard({ username: prior.username, cause: byAge ? 'by age' : 'otherwise' }, op);
  return { planned: plannedRotation(prior, planned, decision) };
}

/** A new key that the user gives for one that was lost; `undefined` when there is no such case. */
export function recoveredKey(prior: AccessKeyState, planned: PlannedAccessKey): Secret | undefined {
  const given = planned.current_access_key;
  if (prior.rotation_status !== 'lost' || given === null || isUnknown(given)) return undefined;
  const key = new Secret(given);
  return keyFingerprint(prior.username, key) === prior.key_fingerprint ? undefined : key;
}

function plannedAsKept(
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

function plannedAdoption(planned: PlannedAccessKey): PlannedAccessKey {
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

function plannedRecovery(prior: AccessKeyState, planned: PlannedAccessKey, key: Secret): PlannedAccessKey {
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

function plannedRotation(
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

async function guard(rotation: IntendedRotation, op: PlanOperation<Session>): Promise<void> {
  refuseSelfLockout(rotation.username, op.session);
  await countRotation(rotation, op);
}
