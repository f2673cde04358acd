// Looking at a pair: what of it changed, whether it is due, and whether its consumers have followed.

import type { Operation, Warning } from '../../lifecycle/operation.ts';
import {
  changedDates,
  dueDate,
  isBelieved,
  isOverdue,
  keyVersion,
  type ListedKey,
  lookAt,
  rotatedElsewhere,
  statusAt,
  timeFor,
} from '../access-key/index.ts';
import type { Session } from '../session.ts';
import { type Adoption, adoptionOf } from './adoption.ts';
import type { CredentialPairState } from './schema.ts';
import { adopted, imported, teamOf } from './state.ts';

export async function read(
  prior: CredentialPairState,
  op: Operation<Session>,
): Promise<CredentialPairState | undefined> {
  const a = await lookAt(op.session, prior.username_a);
  const b = await lookAt(op.session, prior.username_b);
  // Also when both are gone: what was wished for stays wished for, if they come back.
  if (a.kind !== 'seen' || b.kind !== 'seen') {
    op.warn(halfSeen(a.kind === 'seen' ? prior.username_b : prior.username_a));
    return prior;
  }
  if (prior.key_fingerprint === null) return adopted(imported(prior), a.key, b.key, op.clock.now());
  const [active, idle] = prior.active_slot === 'b' ? [b.key, a.key] : [a.key, b.key];
  const seen: CredentialPairState = (await hasChanged(idle, prior.idle_key_fingerprint, op))
    ? { ...prior, idle_key_fingerprint: idle.fingerprint, idle_slot_status: 'fresh' }
    : prior;
  const named = {
    ...seen,
    identifier: active.identifier,
    idle_identifier: idle.identifier,
    team: teamOf(active, idle),
  };
  if (await hasChanged(active, prior.key_fingerprint, op)) return changedElsewhere(named, active, op);
  return followed({ ...named, rotation_status: statusOf(seen, await timeFor(seen, op)) }, active, op);
}

/** Where asked for: what would be rotated waits until a session was seen under the active user name. */
async function followed(
  state: CredentialPairState,
  { identifier }: ListedKey,
  op: Operation<Session>,
): Promise<CredentialPairState> {
  const { wait_for_adoption: waits, rotation_status: status, idle_slot_status: idle } = state;
  const matters = waits && idle === 'retired' && (status === 'due' || status === 'current');
  if (!matters || state.adoption_seen_at !== null) return state;
  const since = new Date(state.rotated_at ?? state.schedule_base);
  const adoption = await adoptionOf(identifier, since, op);
  if (adoption.kind === 'seen') return { ...state, adoption_seen_at: adoption.at.toISOString() };
  op.warn(notFollowed(state, adoption));
  return { ...state, rotation_status: 'unadopted' };
}

async function hasChanged(key: ListedKey, known: string, op: Operation<Session>): Promise<boolean> {
  return key.fingerprint !== known && isBelieved(key, op);
}

/** Until the next due date the retired credential is as good as in use. */
function statusOf(state: CredentialPairState, now: Date): string {
  const status = statusAt(state, now);
  const isProtected =
    state.idle_slot_status === 'retired' && state.rotation_due_at !== null && !isOverdue(state, now);
  return isProtected && status === 'current' ? 'young' : status;
}

async function changedElsewhere(
  prior: CredentialPairState,
  { credentials, fingerprint, identifier }: ListedKey,
  op: Operation<Session>,
): Promise<CredentialPairState> {
  op.warn(rotatedElsewhere(prior.username, identifier));
  const dates = changedDates(prior, op.clock.now());
  return {
    ...prior,
    ...dates,
    access_key: prior.export_access_key ? credentials.accessKey.reveal() : null,
    key_fingerprint: fingerprint,
    key_version: keyVersion(fingerprint),
    rotation_due_at: dueDate(prior.username_a, dates, prior),
    rotation_status: 'changed_elsewhere',
    rotation_reason: 'rotated elsewhere',
    rotation_cause: 'external',
    rotation_pending: null,
  };
}

function halfSeen(username: string): Warning {
  return {
    diagnostic: 'not_visible',
    summary: `The account ${username} of a pair cannot be seen`,
    detail:
      'It was deleted, or its key is hidden. The pair is left as it is; it cannot be rotated until both accounts and their keys can be seen.',
  };
}

function notFollowed({ username, idle_username }: CredentialPairState, adoption: Adoption): Warning {
  const why =
    adoption.kind === 'unknown'
      ? `Whether consumers have followed is not known: ${adoption.reason}`
      : `The usage report shows no session under ${username} since the accounts changed places.`;
  return {
    diagnostic: 'waits_for_consumers',
    summary: `The pair of ${username} waits for its consumers`,
    detail: `${why} Whoever still uses ${idle_username} would be cut off by a rotation, so there is none. Make the consumers look up user name and key, or set wait_for_adoption = false.`,
    path: ['wait_for_adoption'],
  };
}
