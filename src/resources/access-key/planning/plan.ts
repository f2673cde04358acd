// What a plan says about a key: whether and why it rotates, and what it refuses.

import type { Change, PlanAnswer, PlanOperation } from '../../../lifecycle/resource.ts';
import { isUnknown } from '../../../schema/value.ts';
import type { Session } from '../../session.ts';
import { heldBack, mayBeRotated, refuseForeignRotation } from '../diagnostics.ts';
import { decideRotation } from '../schedule/decision.ts';
import type { AccessKeyState, accessKeySchema, PlannedAccessKey } from '../schema.ts';
import { admitRotation } from './cap.ts';
import { refuseSecondHolder, useKey } from './holders.ts';
import { planDestroy, planNew } from './plan-new.ts';
import { plannedAdoption, plannedAsKept, plannedRecovery, plannedRotation } from './planned.ts';
import { recoveredKey } from './recovered.ts';

type S = typeof accessKeySchema;
type Op = PlanOperation<Session>;

export async function plan(change: Change<S>, op: Op): Promise<PlanAnswer<S> | undefined> {
  const { action, prior, planned } = change;
  if (planned === undefined) {
    if (prior !== undefined) await planDestroy(prior, op);
    return undefined;
  }
  if (prior === undefined) return planNew(change, planned, op);
  if (isUnknown(planned.username) || planned.username !== prior.username) {
    // Terraform asks for the new object next; what dies with the old one is said here, where it is heard.
    await planDestroy(prior, op);
    return { planned: plannedAdoption(planned) };
  }
  refuseSecondHolder(prior.username, op);
  useKey(prior.username, op);
  return { planned: await planExisting(prior, planned, action !== 'no-op', op) };
}

async function planExisting(
  prior: AccessKeyState,
  planned: PlannedAccessKey,
  changes: boolean,
  op: Op,
): Promise<PlannedAccessKey> {
  const recovered = recoveredKey(prior, planned);
  if (recovered !== undefined) return plannedRecovery(prior, planned, recovered);
  const decision = decideRotation(prior, planned);
  switch (decision.kind) {
    case 'stop':
      throw refuseForeignRotation(prior.username);
    case 'held':
      op.warn(heldBack(prior.username, decision.reason, prior.rotated_at));
      return plannedAsKept(prior, { ...planned, triggers: prior.triggers }, decision, changes);
    case 'keep':
    case 'satisfied':
      return plannedAsKept(prior, planned, decision, changes);
    case 'undecided':
      op.warn(mayBeRotated(prior.username, decision.reason));
      break;
    case 'rotate':
      break;
  }
  await admitRotation(prior.username, decision, op);
  return plannedRotation(prior, planned, decision);
}
