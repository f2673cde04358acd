// How many keys may be rotated: this engine sees all of them at once, so it chooses, and carries the rest over.

import type { Step } from '../context.ts';
import type { PlannedAction } from '../plan.ts';

/** The steps, where rotations over the cap are left to the next apply: the longest overdue go first, then by name. */
export function carryOver<Session>(
  steps: readonly Step<Session>[],
  cap: number | undefined,
): readonly Step<Session>[] {
  const rotating = steps.filter(({ action }) => action.rotation !== null);
  if (cap === undefined || rotating.length <= cap) return steps;
  const later = new Set([...rotating].sort(({ action: a }, { action: b }) => byUrgency(a, b)).slice(cap));
  return steps.map((step) => (later.has(step) ? carried(step, cap) : step));
}

function byUrgency(a: PlannedAction, b: PlannedAction): number {
  const since = ({ rotation }: PlannedAction) => rotation?.dueSince ?? LAST;
  return since(a) < since(b) ? -1 : since(a) > since(b) ? 1 : a.key < b.key ? -1 : 1;
}

/** After every date. */
const LAST = '~';

function carried<Session>(step: Step<Session>, cap: number): Step<Session> {
  const { action, prior } = step;
  const why = `It is carried over to the next apply: max_rotations_per_apply is ${cap}. It rotates because ${action.rotation?.reason}.`;
  return {
    ...step,
    planned: prior,
    action: {
      ...action,
      kind: 'no-op',
      planned: action.prior,
      differences: [],
      rotation: null,
      warnings: [...action.warnings, why],
    },
  };
}
