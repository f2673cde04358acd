// What a plan says about the beginning and the end of a pair. Its accounts change places for a new one only where that
// takes the place of another by request.

import { Problem } from '../../errors.ts';
import type { Change, PlanAnswer, PlanOperation } from '../../lifecycle/resource.ts';
import { isUnknown } from '../../schema/value.ts';
import {
  countRotation,
  type Decision,
  type Farewell,
  heldTwice,
  mayBeRotated,
  refuseSelfLockout,
  renamed,
  Succession,
  tainted,
  useKey,
} from '../access-key/index.ts';
import { UNTAINT } from '../advice.ts';
import type { Session } from '../session.ts';
import { decide } from './decision.ts';
import {
  plannedAdoption,
  plannedAsKept,
  plannedPerhaps,
  plannedSuccessor,
  plannedSwitch,
} from './planned.ts';
import type { CredentialPairState, credentialPairSchema, PlannedCredentialPair } from './schema.ts';

type S = typeof credentialPairSchema;
type Op = PlanOperation<Session>;

const TYPE = 'browserstack_credential_pair';

/** The pairs that follow each other in a run, by the accounts in their slots. */
export const pairSuccession = new Succession<CredentialPairState>();

export function slotsOf({ username_a, username_b }: Pick<CredentialPairState, 'username_a' | 'username_b'>) {
  return `${username_a},${username_b}`;
}

/** The same whichever account is in which slot. */
export function accountsOf(a: string, b: string): string {
  return [a, b].sort().join(',');
}

export function planDestroy({ username_a: a, username_b: b }: CredentialPairState, { beside }: Op): void {
  if (beside?.applying || !beside?.creations(TYPE, accountsOf(a, b)).length) return;
  throw renamed(`${a} and ${b}`);
}

export async function planNew(
  { replaced }: Change<S>,
  planned: PlannedCredentialPair,
  op: Op,
): Promise<PlanAnswer<S>> {
  const { username_a, username_b } = planned;
  if (isUnknown(username_a) || isUnknown(username_b)) {
    if (replaced === undefined) return { planned: plannedAdoption(planned) };
    const decision = decideSuccession(replaced.state, planned, false);
    return succeeding(replaced.state, planned, decision, 'unknown');
  }
  const slots = { username_a, username_b };
  const ended = pairSuccession.predecessor(op.session, slotsOf(slots));
  // Without an announcement this very plan was one of a first object, and has to stay it: the apply tells.
  if (ended?.announced === false) return { planned: plannedAdoption(planned) };
  if (ended !== undefined) return { planned: plannedAfter(ended.state, planned, ended.requested) };
  for (const username of [username_a, username_b]) useKey(username, op);
  const isOwn = replaced !== undefined && slotsOf(replaced.state) === slotsOf(slots);
  const prior = isOwn ? replaced.state : predecessorOf(slots, op);
  if (prior === undefined) return { planned: plannedAdoption(planned) };
  const decision = decideSuccession(prior, planned, isOwn);
  const switches = decision.kind === 'rotate' || decision.kind === 'undecided';
  if (decision.kind === 'undecided') op.warn(mayBeRotated(prior.idle_username, decision.reason));
  if (switches) await admitSwitch(prior, op);
  if (!isOwn) op.warn(tainted(`The pair of ${prior.username}`, decision));
  return succeeding(prior, planned, decision, isOwn ? 'requested' : 'kept');
}

/** Before a switch is planned. @throws Problem `refused` for the key that this runs on, and over the cap */
export async function admitSwitch({ idle_username: username }: CredentialPairState, op: Op): Promise<void> {
  refuseSelfLockout(username, op.session);
  // Due or not: the command line leaves pairs to Terraform.
  await countRotation({ username, cause: 'otherwise' }, op);
}

/** The pair that this one follows although nobody has said so: a tainted one, planned as if it were new. */
function predecessorOf(
  slots: Pick<CredentialPairState, 'username_a' | 'username_b'>,
  { beside }: Op,
): CredentialPairState | undefined {
  if (beside === undefined || beside.applying) return undefined;
  const names = `${slots.username_a} and ${slots.username_b}`;
  const twins = beside.creations(TYPE, accountsOf(slots.username_a, slots.username_b));
  const held = beside.held(TYPE, slots);
  if (twins.length > 0 || held?.stays) throw heldTwice(names);
  if (held?.ending !== undefined) throw renamed(names);
  // A state of this type is of its schema.
  return held?.state as CredentialPairState | undefined;
}

/** What becomes of the pair as it is followed by a new one; the apply decides the same, from the same. */
export function decideSuccession(
  prior: CredentialPairState,
  planned: PlannedCredentialPair,
  requested: boolean,
): Decision {
  // The old trigger stands in the old object only: the change would be forgotten.
  if (decide({ ...prior, rotation_pending: null }, planned).kind === 'held')
    throw new Problem({
      code: 'refused',
      summary: `The pair of ${prior.username} cannot be replaced now`,
      detail: `A trigger changes with it, and the retired credential of ${prior.idle_username} is still protected: the change could not be kept until then. Replace it without changing triggers (or: ${UNTAINT}).`,
      path: ['triggers'],
    });
  return decide(prior, planned, requested);
}

function plannedAfter(
  prior: CredentialPairState,
  planned: PlannedCredentialPair,
  requested: boolean,
): PlannedCredentialPair {
  const decision = decideSuccession(prior, planned, requested);
  if (decision.kind === 'rotate') return plannedSwitch(prior, planned, decision);
  if (decision.kind === 'undecided') return plannedPerhaps(prior, planned);
  return plannedAsKept(prior, planned, decision, true);
}

function succeeding(
  prior: CredentialPairState,
  planned: PlannedCredentialPair,
  decision: Decision,
  farewell: Farewell,
): PlanAnswer<S> {
  return { planned: plannedSuccessor(prior, planned, decision), farewell };
}
