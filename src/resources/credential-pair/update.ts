// Changing a pair: its accounts change places, or it is kept.

import { Problem } from '../../errors.ts';
import type { Operation, WriteOperation } from '../../lifecycle/operation.ts';
import { isUnknown } from '../../schema/value.ts';
import {
  type Decision,
  dueDate,
  keyVersion,
  listKey,
  plannedReason,
  type Rotation,
  rotatedDates,
  rotateKey,
} from '../access-key/index.ts';
import type { Session } from '../session.ts';
import { decide } from './decision.ts';
import { keptPair, reasonOf, statusAfterSwitch, switchedPlaces } from './planned.ts';
import type { CredentialPairState, PlannedCredentialPair } from './schema.ts';
import { known } from './state.ts';

type Write = WriteOperation<Session, CredentialPairState>;

export function update(
  planned: PlannedCredentialPair,
  prior: CredentialPairState,
  op: Write,
): Promise<CredentialPairState> {
  return carryOut(decide(prior, known(planned)), planned, prior, op);
}

/** The prior pair as the planned one says, by a decision that was made of both. */
export async function carryOut(
  decision: Decision,
  planned: PlannedCredentialPair,
  prior: CredentialPairState,
  op: Write,
): Promise<CredentialPairState> {
  const configured = known(planned);
  if (decision.kind === 'rotate') return rotate(prior, planned, decision, op);
  const kept = {
    ...prior,
    ...configured,
    ...keptPair(prior, configured, decision, true),
    ...plannedReason(planned),
  };
  const exporting = configured.export_access_key && prior.access_key === null;
  const key = exporting ? await revealed(op.session, prior.username) : prior.access_key;
  // Wholly known: it was made of known things alone.
  return { ...kept, access_key: configured.export_access_key ? key : null } as CredentialPairState;
}

async function rotate(
  prior: CredentialPairState,
  planned: PlannedCredentialPair,
  { reason, cause, wasDue }: Extract<Decision, { readonly kind: 'rotate' }>,
  op: WriteOperation<Session, CredentialPairState>,
): Promise<CredentialPairState> {
  const configured = known(planned);
  const fresh = prior.idle_slot_status === 'fresh';
  if (!fresh && !isUnknown(planned.key_fingerprint)) throw stale(prior);
  const rotation = fresh
    ? await freshKey(prior, op)
    : await rotateKey(prior.idle_username, prior.idle_key_fingerprint, op, {
        companion: { username: prior.username, fingerprint: prior.key_fingerprint },
      });
  const at = rotation.at ?? op.clock.now();
  const dates = rotatedDates(prior.username_a, prior, wasDue, at);
  const status = statusAfterSwitch(configured);
  const state: CredentialPairState = {
    ...configured,
    ...switchedPlaces(prior),
    ...dates,
    key_fingerprint: rotation.fingerprint,
    key_version: keyVersion(rotation.fingerprint),
    access_key: configured.export_access_key ? rotation.key.reveal() : null,
    rotation_due_at: dueDate(prior.username_a, dates, configured),
    rotation_status: typeof status === 'string' ? status : 'current',
    rotation_reason: reasonOf(prior, reason),
    rotation_cause: cause,
    rotation_pending: null,
    team: prior.team,
    adoption_seen_at: null,
  };
  op.save(state);
  return state;
}

/** The idle slot has a new key already: one change satisfies one intention. */
async function freshKey(prior: CredentialPairState, op: Operation<Session>): Promise<Rotation> {
  const { credentials, fingerprint } = await listKey(op.session, prior.idle_username, true);
  if (fingerprint !== prior.idle_key_fingerprint) throw stale(prior);
  return { outcome: 'adopted', key: credentials.accessKey, fingerprint, at: undefined, sealed: undefined };
}

async function revealed(session: Session, username: string): Promise<string> {
  return (await listKey(session, username)).credentials.accessKey.reveal();
}

function stale({ idle_username }: CredentialPairState): Problem {
  return new Problem({
    code: 'stale',
    summary: `The key of ${idle_username} changed since the plan was made`,
    detail: 'Nothing was rotated and the active credential is the same as before. Plan again.',
  });
}
