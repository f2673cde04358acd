// What a plan says about a pair: who changes places with whom, and why. Pure but for the guards.

import type { Change, PlanAnswer, PlanOperation } from '../../lifecycle/resource.ts';
import { isUnknown, unknown } from '../../schema/value.ts';
import {
  countRotation,
  type Decision,
  decideRotation,
  keptRotation,
  keyVersion,
  mayBeRotated,
  plannedStatus,
  refuseSelfLockout,
} from '../access-key/index.ts';
import type { Session } from '../session.ts';
import type { CredentialPairState, credentialPairSchema, PlannedCredentialPair } from './schema.ts';

type S = typeof credentialPairSchema;

/** Whatever somebody else did to the active key is adopted: its consumers have to follow in any case. */
const POLICY = { on_external_rotation: 'adopt' };

export function decide(prior: CredentialPairState, planned: PlannedCredentialPair): Decision {
  // Whoever waits for consumers protects the retired credential as much as a date does.
  const status = prior.rotation_status === 'unadopted' ? 'young' : prior.rotation_status;
  const state = { ...prior, rotation_status: status };
  return decideRotation(state, { ...planned, ...POLICY }, prior.idle_slot_status === 'retired');
}

export async function plan(
  { action, prior, planned }: Change<S>,
  op: PlanOperation<Session>,
): Promise<PlanAnswer<S> | undefined> {
  const { session, warn } = op;
  if (planned === undefined) return undefined;
  if (
    prior === undefined ||
    planned.username_a !== prior.username_a ||
    planned.username_b !== prior.username_b
  )
    return { planned: plannedAdoption(planned) };
  const decision = decide(prior, planned);
  const changes = action !== 'no-op';
  if (decision.kind === 'held') {
    warn(heldBack(prior, decision.reason));
    return { planned: plannedAsKept(prior, { ...planned, triggers: prior.triggers }, decision, changes) };
  }
  if (decision.kind !== 'rotate' && decision.kind !== 'undecided')
    return { planned: plannedAsKept(prior, planned, decision, changes) };
  refuseSelfLockout(prior.idle_username, session);
  // Due or not: the command line leaves pairs to Terraform.
  await countRotation({ username: prior.idle_username, cause: 'otherwise' }, op);
  if (decision.kind === 'rotate') return { planned: plannedSwitch(prior, planned, decision) };
  warn(mayBeRotated(prior.idle_username, decision.reason));
  return { planned: plannedPerhaps(prior, planned) };
}

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

function plannedAsKept(
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

function plannedAdoption(planned: PlannedCredentialPair): PlannedCredentialPair {
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

function plannedSwitch(
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

function plannedPerhaps(
  { team }: CredentialPairState,
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

function heldBack(prior: CredentialPairState, reason: string) {
  return {
    summary: `The rotation of the pair of ${prior.username} is held back`,
    detail: `${reason}, but consumers may still use the retired credential of ${prior.idle_username}, whose key would die: it is protected ${protectedUntil(prior)}. The change stays pending. If a key leaked, rotate that very account: browserstack-iac rotate USERNAME.`,
    path: ['triggers'],
  };
}

function protectedUntil({ rotation_status, rotation_due_at }: CredentialPairState): string {
  if (rotation_status === 'unadopted') return 'until a session was seen under the active user name';
  if (rotation_due_at === null) return 'until it is older than minimum_age_days';
  return `until it is due (${rotation_due_at})`;
}
