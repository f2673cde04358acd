// The beginning and the end of a pair. Its accounts and their keys are there before, and live on.

import { Problem } from '../../errors.ts';
import type { WriteOperation } from '../../lifecycle/operation.ts';
import { isUnknown } from '../../schema/value.ts';
import { listKey, type Predecessor, rotatedByRequest, stillRequested } from '../access-key/index.ts';
import type { Session } from '../session.ts';
import { decideSuccession, pairSuccession, slotsOf } from './plan-new.ts';
import type { CredentialPairState, PlannedCredentialPair } from './schema.ts';
import { adopted, known } from './state.ts';
import { carryOut } from './update.ts';

type Write = WriteOperation<Session, CredentialPairState>;

/** Adopts both keys as they are; or goes on where a pair of the same accounts ended in this run. */
export async function create(planned: PlannedCredentialPair, op: Write): Promise<CredentialPairState> {
  const configured = known(planned);
  const { session } = op;
  const predecessor = pairSuccession.predecessor(session, slotsOf(configured));
  if (predecessor !== undefined) return succeed(predecessor, planned, op);
  const [a, b] = [
    await listKey(session, configured.username_a),
    await listKey(session, configured.username_b),
  ];
  const state = adopted(configured, a, b, op.clock.now());
  op.save(state);
  const { key_fingerprint: fingerprint, schedule_base: since } = state;
  pairSuccession.make(session, slotsOf(configured), { fingerprint, since });
  return state;
}

async function succeed(
  { state: prior, requested }: Predecessor<CredentialPairState>,
  planned: PlannedCredentialPair,
  op: Write,
): Promise<CredentialPairState> {
  // Whatever goes wrong from here on: the old object is gone, and what was asked for must not be.
  op.save(requested ? { ...prior, ...stillRequested } : prior);
  const decision = decideSuccession(prior, planned, requested);
  const rotates = decision.kind === 'rotate';
  const { generation } = planned;
  if (!isUnknown(generation) && generation !== prior.generation + (rotates ? 1 : 0))
    throw hadOneAlready(prior);
  const state = await carryOut(decision, planned, prior, op);
  if (rotates && requested) op.warn(rotatedByRequest(`The pair of ${prior.username}`));
  return state;
}

/** Forgets: both keys belong to their accounts and live on. */
export async function destroy(state: CredentialPairState, op: Write, farewell?: string): Promise<void> {
  const newcomer = pairSuccession.newcomer(op.session, slotsOf(state));
  const isFollowed = farewell === 'requested' || farewell === 'kept';
  if (newcomer === undefined || isFollowed)
    return pairSuccession.end(op.session, slotsOf(state), { state, requested: farewell === 'requested' });
  if (newcomer.since > state.schedule_base || newcomer.fingerprint !== state.key_fingerprint)
    throw startedAnew(state);
}

/** A plan that did not see the old object promises a first one: nobody can keep that, and an age besides. */
function hadOneAlready({ username }: CredentialPairState): Problem {
  return new Problem({
    code: 'stale',
    summary: `The pair of ${username} had an object already`,
    detail:
      'It ended in this very run, which the plan of the new one did not know. Nothing was rotated; apply again, and it goes on where the old one ended.',
  });
}

/** The new object was made before the old one was destroyed, and knew nothing of it. */
function startedAnew({ username, username_a, schedule_base }: CredentialPairState): Problem {
  return new Problem({
    code: 'refused',
    summary: `The pair of ${username} did not change places, and its age starts anew`,
    detail: `It was replaced by one that was made first (create_before_destroy, of this resource or of one that depends on it), and then nobody tells what was there before. No key was rotated; the active account is ${username_a} now, and both keys work. To keep counting from when it was made, set adopted_key_age = "${schedule_base}". To rotate, change a trigger. The next apply removes what is left of the old object.`,
  });
}
