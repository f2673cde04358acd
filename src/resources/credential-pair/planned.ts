// What a plan says about a pair, as values: who changes places with whom. Pure.

import { isUnknown, unknown } from '../../schema/value.ts';
import { type Decision, keptRotation, keyVersion, plannedStatus } from '../access-key/index.ts';
import type { CredentialPairState, PlannedCredentialPair } from './schema.ts';

/** Whatever somebody else did to the active key is adopted: its consumers have to follow in any case. */
export const POLICY = { on_external_rotation: 'adopt' };

/** What stays as it is; apply returns the same. */
export function keptPair(
  prior: CredentialPairState,
  planned: PlannedCredentialPair,
  decision: Decision,
  changes: boolean,
) {
  const keeping = { changes, heldUntil: protectedUntil(prior) };
  const { dueUnder, ...rotation } = keptRotation(prior, { ...planned, ...POLICY }, decision, keeping);
  return {
    ...placesOf(prior),
    ...rotation,
    // Nothing asked for the new key that was found there: from now on it is just a key nobody was given.
    idle_slot_status: prior.idle_slot_status === 'fresh' ? 'spare' : prior.idle_slot_status,
    rotation_due_at: dueUnder(prior.username_a),
    adoption_seen_at: prior.adoption_seen_at,
  };
}

/** The places after a switch. */
export function switchedPlaces(prior: CredentialPairState) {
  return {
    active_slot: prior.active_slot === 'a' ? 'b' : 'a',
    username: prior.idle_username,
    identifier: prior.idle_identifier,
    idle_username: prior.username,
    idle_identifier: prior.identifier,
    idle_key_fingerprint: prior.key_fingerprint,
    idle_slot_status: 'retired',
  };
}

/** The status right after a switch: the retired credential is protected as long as there is anything to go by. */
export function statusAfterSwitch(planned: PlannedCredentialPair) {
  const { rotate_after_days: after } = planned;
  if (isUnknown(after)) return unknown;
  return after === null ? plannedStatus(planned) : 'young';
}

function placesOf(prior: CredentialPairState) {
  const { active_slot, username, identifier, team, key_fingerprint } = prior;
  const { idle_username, idle_identifier, idle_key_fingerprint } = prior;
  return {
    ...{ active_slot, username, identifier, team, key_fingerprint },
    ...{ idle_username, idle_identifier, idle_key_fingerprint },
    key_version: keyVersion(key_fingerprint),
  };
}

export function plannedAsKept(
  prior: CredentialPairState,
  planned: PlannedCredentialPair,
  decision: Decision,
  changes: boolean,
): PlannedCredentialPair {
  const exporting = planned.export_access_key;
  const exported = exporting === true && prior.access_key !== null ? prior.access_key : unknown;
  const kept = keptPair(prior, planned, decision, changes);
  return { ...planned, ...kept, access_key: exporting === false ? null : exported };
}

export function plannedAdoption(planned: PlannedCredentialPair): PlannedCredentialPair {
  return {
    ...planned,
    active_slot: 'a',
    username: planned.username_a,
    identifier: unknown,
    team: unknown,
    access_key: planned.export_access_key === false ? null : unknown,
    key_fingerprint: unknown,
    key_version: unknown,
    idle_username: planned.username_b,
    idle_identifier: unknown,
    idle_key_fingerprint: unknown,
    idle_slot_status: 'spare',
    generation: 1,
    rotated_at: null,
    schedule_base: unknown,
    rotation_due_at: planned.rotate_after_days === null ? null : unknown,
    rotation_status: 'current',
    rotation_reason: null,
    rotation_cause: null,
    rotation_pending: null,
    adoption_seen_at: null,
  };
}

export function plannedSwitch(
  prior: CredentialPairState,
  planned: PlannedCredentialPair,
  { reason, cause }: Extract<Decision, { readonly kind: 'rotate' }>,
): PlannedCredentialPair {
  const fresh = prior.idle_slot_status === 'fresh';
  return {
    ...plannedAdoption(planned),
    ...switchedPlaces(prior),
    team: prior.team,
    key_fingerprint: fresh ? prior.idle_key_fingerprint : unknown,
    key_version: fresh ? keyVersion(prior.idle_key_fingerprint) : unknown,
    generation: prior.generation + 1,
    rotated_at: unknown,
    rotation_status: statusAfterSwitch(planned),
    rotation_reason: reasonOf(prior, reason),
    rotation_cause: cause,
  };
}

export function plannedPerhaps(
  { team }: Pick<PlannedCredentialPair, 'team'>,
  planned: PlannedCredentialPair,
): PlannedCredentialPair {
  return {
    ...plannedAdoption(planned),
    team,
    active_slot: unknown,
    username: unknown,
    idle_username: unknown,
    idle_slot_status: unknown,
    generation: unknown,
    rotated_at: unknown,
    rotation_status: unknown,
    rotation_reason: unknown,
    rotation_cause: unknown,
    rotation_pending: unknown,
  };
}

/** Why the places change, and whether a key is rotated for it. */
export function reasonOf({ idle_slot_status }: CredentialPairState, reason: string): string {
  return idle_slot_status === 'fresh' ? `${reason}; satisfied by the new key found in the idle slot` : reason;
}

/**
 * The new object of a pair whose old one ends. An apply that makes it first knows nothing of the old one, and adopts
 * both keys; any other goes on where the old one ended. So nothing is known that differs.
 */
export function plannedSuccessor(
  prior: CredentialPairState,
  planned: PlannedCredentialPair,
  decision: Decision,
): PlannedCredentialPair {
  const kept = keptPair(prior, planned, decision, true);
  const switches = decision.kind === 'rotate' || decision.kind === 'undecided';
  const open = (value: string | null) => (switches || value !== null ? unknown : null);
  return {
    ...plannedPerhaps({ team: unknown }, planned),
    adoption_seen_at: unknown,
    rotation_reason: open(kept.rotation_reason),
    rotation_cause: open(kept.rotation_cause),
    rotation_pending: open(kept.rotation_pending),
  };
}

/** In words, for a switch that is held back. */
export function protectedUntil({ rotation_status, rotation_due_at }: CredentialPairState): string {
  if (rotation_status === 'unadopted') return 'until a session was seen under the active user name';
  if (rotation_due_at === null) return 'until it is older than minimum_age_days';
  return `until it is due (${rotation_due_at})`;
}
