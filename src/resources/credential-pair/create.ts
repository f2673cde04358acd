// The beginning and the end of a pair. Its accounts and their keys are there before, and live on.

import { Problem } from '../../errors.ts';
import type { WriteOperation } from '../../lifecycle/operation.ts';
import { type Predecessor, rotatedByRequest, stillRequested, takeOver } from '../access-key/index.ts';
import type { Session } from '../session.ts';
import { decideSuccession, pairSuccession, slotsOf } from './plan-new.ts';
import type { CredentialPairState, PlannedCredentialPair } from './schema.ts';
import { adopted, known } from './state.ts';
import { carryOut } from './update.ts';

type Write = WriteOperation<Session, CredentialPairState>;

/** Adopts both keys as they are; or goes on where a pair of the same accounts ended in this run. */
export function create(planned: PlannedCredentialPair, op: Write): Promise<CredentialPairState> {
  const configured = known(planned);
  const { session } = op;
  const slots = slotsOf(configured);
  return pairSuccession.inTurn(session, slots, async () => {
    const predecessor = pairSuccession.predecessor(session, slots);
    if (predecessor !== undefined) return succeed(predecessor, planned, op);
    const [a, b] = [
      await takeOver(session, configured.username_a),
      await takeOver(session, configured.username_b),
    ];
    const state = adopted(configured, a, b, op.clock.now());
    op.save(state);
    const { key_fingerprint: fingerprint, schedule_base: since } = state;
    pairSuccession.make(session, slots, { fingerprint, since });
    return state;
  });
}

async function succeed(
  { state: prior, requested, announced }: Predecessor<CredentialPairState>,
  planned: PlannedCredentialPair,
  op: Write,
): Promise<CredentialPairState> {
  // Whatever goes wrong from here on: the old object is gone, and what was asked for must not be.
  op.save(requested ? { ...prior, ...stillRequested } : prior);
  if (!announced) throw hadOneAlready(prior);
  const decision = decideSuccession(prior, planned, requested);
  const state = await carryOut(decision, planned, prior, op);
  if (decision.kind === 'rotate' && requested) op.warn(rotatedByRequest(`The pair of ${prior.username}`));
  return state;
}

/** Forgets: both keys belong to their accounts and live on. */
export function destroy(state: CredentialPairState, op: Write, farewell?: string): Promise<void> {
  const { session } = op;
  const slots = slotsOf(state);
  const end = { state, requested: farewell === 'requested', announced: farewell !== undefined };
  return pairSuccession.inTurn(session, slots, async () => {
    const newcomer = pairSuccession.newcomer(session, slots);
    const isFollowed = farewell === 'requested' || farewell === 'kept';
    if (newcomer === undefined || isFollowed) return pairSuccession.end(session, slots, end);
    if (newcomer.since > state.schedule_base || newcomer.fingerprint !== state.key_fingerprint)
      throw startedAnew(state);
  });
}

/** A plan that did not see the old object promises a first one: nobody can keep that, and an age besides. */
function hadOneAlready({ username }: CredentialPairState): Problem {
  return new Problem({
    code: 'stale',
    diagnostic: 'had_an_object',
    summary: `The pair of ${username} had an object already`,
    detail: `It ended in this very run, at another address; the plan did not know that both are of the same accounts, because a user name was not known then. Apply again: the new object goes on where the old one ended. (With a moved block it would have been one step.)`,
  });
}

/** The new object was made before the old one was destroyed, and knew nothing of it. */
function startedAnew({ username, username_a, schedule_base }: CredentialPairState): Problem {
  return new Problem({
    code: 'refused',
    diagnostic: 'age_starts_anew',
    summary: `The pair of ${username} did not change places, and its age starts anew`,
    detail: `It was replaced by one that was made first (create_before_destroy, of this resource or of one that depends on it; or a renamed block whose user names were not known), and then nobody tells what was there before. No key was rotated; the active account is ${username_a} now, and both keys work. To keep counting from when it was made, set adopted_key_age = "${schedule_base}". To rotate, change a trigger. The next apply removes what is left of the old object.`,
  });
}
