// What a plan says about the beginning and the end of a key's object. Nothing is rotated by a new one, unless it takes
// the place of another by request.

import { Problem } from '../../../errors.ts';
import type { Change, PlanAnswer, PlanOperation } from '../../../lifecycle/resource.ts';
import { isUnknown } from '../../../schema/value.ts';
import { UNTAINT } from '../../advice.ts';
import type { Session } from '../../session.ts';
import { mayBeRotated, refuseForeignRotation, rotatedAsDestroyed, tainted } from '../diagnostics.ts';
import { type Decision, decideRotation } from '../schedule/decision.ts';
import type { AccessKeyState, accessKeySchema, PlannedAccessKey } from '../schema.ts';
import { admitRotation } from './cap.ts';
import { heldTwice, killKey, renamed, TYPE, useKey } from './holders.ts';
import { plannedAdoption, plannedAsKept, plannedRotation, plannedSuccessor } from './planned.ts';
import { recoveredKey } from './recovered.ts';
import { type Farewell, Succession } from './succession.ts';

type S = typeof accessKeySchema;
type Op = PlanOperation<Session>;

/** The keys' objects that follow each other in a run, by user name. */
export const keySuccession = new Succession<AccessKeyState>();

export async function planDestroy(prior: AccessKeyState, op: Op): Promise<void> {
  const { username } = prior;
  // Made before the old one is destroyed: what is to be said about that was said in the plan, or is said by the apply.
  if (op.beside?.applying) return;
  if (op.beside?.creations(TYPE, username).length) throw renamed(username);
  if (!prior.rotate_on_destroy) return;
  killKey(username, op);
  await admitRotation(username, undefined, op);
  op.warn(rotatedAsDestroyed(prior));
}

export async function planNew(
  { replaced }: Change<S>,
  planned: PlannedAccessKey,
  op: Op,
): Promise<PlanAnswer<S>> {
  const { username } = planned;
  if (isUnknown(username)) {
    if (replaced === undefined) return { planned: plannedAdoption(planned) };
    const decision = decideSuccession(replaced.state, planned, false);
    return succeeding(replaced.state, planned, decision, 'unknown');
  }
  const ended = keySuccession.predecessor(op.session, username);
  // Without an announcement this very plan was one of a first object, and has to stay it: the apply tells.
  if (ended?.announced === false) return { planned: plannedAdoption(planned) };
  if (ended !== undefined) return { planned: plannedAfter(ended.state, planned, ended.requested) };
  useKey(username, op);
  const own = replaced?.state.username === username ? replaced.state : undefined;
  const prior = own ?? (await predecessorOf(username, op));
  if (prior === undefined) return { planned: plannedAdoption(planned) };
  const decision = decideSuccession(prior, planned, own !== undefined);
  await tell(prior, decision, own === undefined, op);
  return succeeding(prior, planned, decision, own === undefined ? 'kept' : 'requested');
}

/** The object that this one follows although nobody has said so: a tainted one, which Terraform plans as if it were new. */
async function predecessorOf(username: string, { beside }: Op): Promise<AccessKeyState | undefined> {
  if (beside === undefined || beside.applying) return undefined;
  if (beside.creations(TYPE, username).length > 0) throw heldTwice(username);
  const held = beside.held(TYPE, { username });
  if (held?.stays) throw heldTwice(username);
  if (held?.ending !== undefined) throw renamed(username);
  // A state of this type is of its schema.
  return held?.state as AccessKeyState | undefined;
}

/** What becomes of the key as its object is followed by a new one; the apply decides the same, from the same. */
export function decideSuccession(
  prior: AccessKeyState,
  planned: PlannedAccessKey,
  requested: boolean,
): Decision {
  const { username } = prior;
  const decision = decideRotation(prior, planned, { requested });
  if (decision.kind === 'stop') throw refuseForeignRotation(username);
  // The old trigger stands in the old object only: the change would be forgotten.
  if (decideRotation({ ...prior, rotation_pending: null }, planned).kind === 'held')
    throw new Problem({
      code: 'refused',
      summary: `The object of the access key of ${username} cannot be replaced now`,
      detail: `A trigger changes with it, and the key is younger than minimum_age_days: the change could not be kept until then. Replace it without changing triggers (or: ${UNTAINT}), or set minimum_age_days = 0 to rotate now.`,
      path: ['triggers'],
    });
  return decision;
}

function plannedAfter(
  prior: AccessKeyState,
  planned: PlannedAccessKey,
  requested: boolean,
): PlannedAccessKey {
  const decision = decideSuccession(prior, planned, requested);
  if (recoveredKey(prior, planned) !== undefined) return plannedSuccessor(prior, planned, ROTATES);
  return decision.kind === 'rotate' || decision.kind === 'undecided'
    ? plannedRotation(prior, planned, decision)
    : plannedAsKept(prior, planned, decision, true);
}

const ROTATES: Decision = { kind: 'rotate', reason: '', cause: 'recovered', wasDue: false };

function succeeding(
  prior: AccessKeyState,
  planned: PlannedAccessKey,
  decision: Decision,
  farewell: Farewell,
): PlanAnswer<S> {
  const recovered = recoveredKey(prior, planned) !== undefined;
  return { planned: plannedSuccessor(prior, planned, recovered ? ROTATES : decision), farewell };
}

/** Warnings of a plan that follows a replacement are not shown; those about a tainted object are. */
async function tell(
  { username, identifier }: AccessKeyState,
  decision: Decision,
  isTainted: boolean,
  op: Op,
): Promise<void> {
  if (decision.kind === 'undecided') op.warn(mayBeRotated(username, decision.reason));
  if (decision.kind === 'rotate' || decision.kind === 'undecided')
    await admitRotation(username, decision, op);
  if (isTainted) op.warn(tainted(`The access key of "${identifier ?? username}"`, decision));
}
