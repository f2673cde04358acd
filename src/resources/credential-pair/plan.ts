// What a plan says about a pair: whether its accounts change places, why, and what it refuses.

import type { Warning } from '../../lifecycle/operation.ts';
import type { Change, PlanAnswer, PlanOperation } from '../../lifecycle/resource.ts';
import { mayBeRotated, useKey } from '../access-key/index.ts';
import type { Session } from '../session.ts';
import { decide } from './decision.ts';
import { admitSwitch, planDestroy, planNew } from './plan-new.ts';
import { plannedAdoption, plannedAsKept, plannedPerhaps, plannedSwitch, protectedUntil } from './planned.ts';
import type { CredentialPairState, credentialPairSchema, PlannedCredentialPair } from './schema.ts';

type S = typeof credentialPairSchema;
type Op = PlanOperation<Session>;

export async function plan(change: Change<S>, op: Op): Promise<PlanAnswer<S> | undefined> {
  const { action, prior, planned } = change;
  if (planned === undefined) {
    if (prior !== undefined) planDestroy(prior, op);
    return undefined;
  }
  if (prior === undefined) return planNew(change, planned, op);
  if (planned.username_a !== prior.username_a || planned.username_b !== prior.username_b) {
    planDestroy(prior, op);
    return { planned: plannedAdoption(planned) };
  }
  for (const username of [prior.username_a, prior.username_b]) useKey(username, op);
  return { planned: await planExisting(prior, planned, action !== 'no-op', op) };
}

async function planExisting(
  prior: CredentialPairState,
  planned: PlannedCredentialPair,
  changes: boolean,
  op: Op,
): Promise<PlannedCredentialPair> {
  const decision = decide(prior, planned);
  if (decision.kind === 'held') {
    op.warn(heldBack(prior, decision.reason));
    return plannedAsKept(prior, { ...planned, triggers: prior.triggers }, decision, changes);
  }
  if (decision.kind !== 'rotate' && decision.kind !== 'undecided')
    return plannedAsKept(prior, planned, decision, changes);
  await admitSwitch(prior, op);
  if (decision.kind === 'rotate') return plannedSwitch(prior, planned, decision);
  op.warn(mayBeRotated(prior.idle_username, decision.reason));
  return plannedPerhaps(prior, planned);
}

function heldBack(prior: CredentialPairState, reason: string): Warning {
  return {
    diagnostic: 'held_back',
    summary: `The rotation of the pair of ${prior.username} is held back`,
    detail: `${reason}, but consumers may still use the retired credential of ${prior.idle_username}, whose key would die: it is protected ${protectedUntil(prior)}. The change stays pending. If a key leaked, rotate that very account: browserstack-iac rotate USERNAME.`,
    path: ['triggers'],
  };
}
