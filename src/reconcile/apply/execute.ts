// Carries out one plan, step by step. What fails does not stop what is independent of it, nothing made is unsaid, and
// what depends on a failure is not tried.

import { type Problem, problemsOf } from '../../errors.ts';
import type { ObjectValue } from '../../schema/value.ts';
import type { PlanContext, PlannedSteps, Step } from '../plan/context.ts';
import { names } from '../plan/objects/vanished.ts';
import { isChange, type PlannedAction, titleOf } from '../plan/plan.ts';
import { carryOut } from './carry-out.ts';
import type { Ledger } from './ledger.ts';
import { Recorder } from './record.ts';

export type Outcome =
  | 'created'
  | 'updated'
  | 'replaced'
  | 'deleted'
  | 'adopted'
  | 'forgotten'
  | 'failed'
  | 'skipped';

export interface ActionResult {
  readonly action: PlannedAction;
  readonly outcome: Outcome;
  /** What has become of it: `Team "Payments" has been created.` */
  readonly sentence: string;
  readonly problems: readonly Problem[];
}

const DONE = {
  create: 'created',
  update: 'updated',
  replace: 'replaced',
  delete: 'deleted',
  adopt: 'adopted',
  forget: 'forgotten',
} as const;

/** Carries out the changes of a plan against what was just observed; tells each result as it comes. */
export async function execute<Session>(
  { steps, gone }: PlannedSteps<Session>,
  context: PlanContext<Session>,
  { ledger, onResult }: { readonly ledger?: Ledger | undefined; onResult(result: ActionResult): void },
): Promise<readonly ActionResult[]> {
  const results: ActionResult[] = [];
  const recorder = new Recorder(ledger, context);
  const undone = new Undone<Session>();
  let fatal: string | undefined;
  for (const step of steps) {
    const { action } = step;
    if (!isChange(action)) {
      await recorder.seen(step);
      continue;
    }
    if (context.op.signal.aborted) fatal ??= 'the run was interrupted';
    const obstacle = fatal ?? undone.obstacleOf(step);
    const result =
      obstacle === undefined ? await attempt(step, context, recorder) : skipped(step, context, obstacle);
    if (result.outcome === 'failed' || result.outcome === 'skipped') {
      undone.add(step);
      context.known.set(titleOf(action), action.type, undefined);
      fatal ??= fatalReason(result.problems);
    }
    results.push(result);
    onResult(result);
  }
  await recorder.finish(gone);
  return results;
}

/** What was not done, and what therefore cannot be. */
class Undone<Session> {
  readonly #addresses = new Map<string, PlannedAction>();
  readonly #steps: Step<Session>[] = [];

  add(step: Step<Session>): void {
    if (step.action.address !== null) this.#addresses.set(step.action.address, step.action);
    this.#steps.push(step);
  }

  obstacleOf(step: Step<Session>): string | undefined {
    for (const address of step.action.dependsOn) {
      const needed = this.#addresses.get(address);
      if (needed !== undefined) return `it depends on ${titleOf(needed)}, which was not done`;
    }
    if (step.action.kind !== 'delete') return undefined;
    const inside = this.#steps.find(({ resource, prior }) => names(resource, prior, step));
    return inside && `${titleOf(inside.action)} is still in it`;
  }
}

async function attempt<Session>(
  step: Step<Session>,
  context: PlanContext<Session>,
  recorder: Recorder<Session>,
): Promise<ActionResult> {
  const { action } = step;
  const what = `${capitalized(context.types.label(action.type))} "${action.name}"`;
  const done = DONE[action.kind as keyof typeof DONE]; // Only changes are attempted.
  // What is certain whatever happens next; a noun may say so before it fails.
  let soFar: string | undefined;
  try {
    const state = await carryOut(step, context, recorder, (fact) => {
      soFar = fact;
    });
    remember(step, context, state);
    return { action, outcome: done, sentence: `${what} has been ${done}.`, problems: [] };
  } catch (thrown) {
    const problems = problemsOf(thrown).map((problem) => problem.at([titleOf(action)]));
    const unclear = problems.some(({ code }) => code === 'unclear_outcome');
    const half = soFar ?? (unclear ? `may or may not have been ${done}` : `was not ${done}`);
    return { action, outcome: 'failed', sentence: `${what} ${half}.`, problems };
  }
}

/** What is done can be referred to. */
function remember<Session>(
  { action }: Step<Session>,
  { known }: PlanContext<Session>,
  state: ObjectValue | undefined,
): void {
  if (action.address !== null && action.kind !== 'delete') known.set(action.address, action.type, state);
}

function skipped<Session>(
  { action }: Step<Session>,
  { types }: PlanContext<Session>,
  reason: string,
): ActionResult {
  const sentence = `${capitalized(types.label(action.type))} "${action.name}" was skipped: ${reason}.`;
  return { action, outcome: 'skipped', sentence, problems: [] };
}

/** With these every further attempt would fail in the same way. */
function fatalReason(problems: readonly Problem[]): string | undefined {
  if (problems.some(({ code }) => code === 'unauthorized')) return 'the credentials are no longer accepted';
  if (problems.some(({ code }) => code === 'canceled')) return 'the run was interrupted';
  return undefined;
}

const capitalized = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
