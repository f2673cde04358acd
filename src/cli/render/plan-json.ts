// A plan, and what became of it, for machines.

import type { Difference } from '../../reconcile/plan/differences.ts';
import type { Plan, PlannedAction } from '../../reconcile/plan/plan.ts';
import type { ApplyReport } from '../../reconcile/reconciler.ts';
import { envelope, problemAsJson } from './envelope.ts';

export function planAsJson({ actions, skipped, counts, cost, fingerprint }: Plan) {
  return envelope({ actions: actions.map(actionAsJson), skipped, counts, cost, fingerprint });
}

export function reportAsJson(plan: Plan, { results, remaining, problems, ok }: ApplyReport) {
  return {
    ...envelope({}, problems),
    ok,
    fingerprint: plan.fingerprint,
    cost: plan.cost,
    results: results.map(({ action, outcome, sentence, problems: found }) => ({
      action: action.kind,
      type: action.type,
      address: action.address,
      name: action.name,
      identity: action.identity,
      outcome,
      sentence,
      rotation: rotationAsJson(action.rotation),
      problems: found.map(problemAsJson),
    })),
    remaining: remaining === undefined ? null : remaining.counts,
  };
}

export function differenceAsJson({ attribute, before, after, replaces }: Difference) {
  return { attribute, before, after, replaces };
}

function actionAsJson(action: PlannedAction) {
  const { kind, type, key, name, address, owned, adopts, identity, links, prior, planned, losses, warnings } =
    action;
  return {
    kind,
    type,
    key,
    name,
    address,
    owned,
    adopts,
    identity,
    links,
    prior,
    planned,
    differences: action.differences.map(differenceAsJson),
    losses,
    rotation: rotationAsJson(action.rotation),
    depends_on: action.dependsOn,
    warnings,
  };
}

function rotationAsJson(rotation: PlannedAction['rotation']) {
  if (rotation === null) return null;
  return { reason: rotation.reason, due_since: rotation.dueSince, username: rotation.username };
}
