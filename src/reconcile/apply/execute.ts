// Carries out one plan, action by action. What fails does not stop what is independent of it, nothing made is unsaid,
// and what depends on a failure is not tried.

import { type Problem, problemsOf, throwProblems } from '../../errors.ts';
import type { Operation, WriteOperation } from '../../lifecycle/operation.ts';
import type { Schema, StateOf } from '../../schema/schema.ts';
import type { ObjectValue } from '../../schema/value.ts';
import type { Noun } from '../noun.ts';
import type { Observed } from '../observed.ts';
import { titleOf } from '../plan/consult.ts';
import { plannedNew } from '../plan/diff.ts';
import { type Intent, intentOf, Known, nounOf } from '../plan/intent.ts';
import { names } from '../plan/links.ts';
import { isChange, type Plan, type PlannedAction } from '../plan/plan.ts';
import { undeclaredObject } from '../plan/undeclared.ts';

export type Outcome = 'created' | 'updated' | 'replaced' | 'deleted' | 'failed' | 'skipped';

export interface ActionResult {
  readonly action: PlannedAction;
  readonly outcome: Outcome;
  /** What has become of it: `Team "Payments" has been created.` */
  readonly sentence: string;
  readonly problems: readonly Problem[];
}

const DONE = { create: 'created', update: 'updated', replace: 'replaced', delete: 'deleted' } as const;

/** Carries out the changes of a plan against what was just observed; tells each result as it comes. */
export async function execute<Session>(
  plan: Plan,
  observed: Observed,
  nouns: readonly Noun<Session>[],
  op: Operation<Session>,
  onResult: (result: ActionResult) => void,
): Promise<readonly ActionResult[]> {
  const known = new Known();
  const results: ActionResult[] = [];
  let fatal: string | undefined;
  for (const action of plan.actions) {
    const step = { action, noun: nounOf(nouns, action.type), nouns, observed, known, op };
    if (!isChange(action)) {
      remember(step);
      continue;
    }
    if (op.signal.aborted) fatal ??= 'the run was interrupted';
    const obstacle = fatal ?? obstacleOf(action, results, nouns);
    const result = obstacle === undefined ? await attempt(step) : skipped(step, obstacle);
    if (result.outcome === 'failed') {
      known.set(titleOf(action), undefined);
      fatal ??= fatalReason(result.problems);
    }
    results.push(result);
    onResult(result);
  }
  return results;
}

interface Step<Session> {
  readonly action: PlannedAction;
  readonly noun: Noun<Session>;
  readonly nouns: readonly Noun<Session>[];
  readonly observed: Observed;
  readonly known: Known;
  readonly op: Operation<Session>;
}

async function attempt<Session>(step: Step<Session>): Promise<ActionResult> {
  const { action, noun } = step;
  const { kind } = action;
  const what = `${capitalized(noun.label)} "${action.name}"`;
  if (kind === 'no-op' || kind === 'unmanaged') throw new Error('there is nothing to do');
  // What is certain whatever happens next; a noun may say so before it fails.
  let soFar: string | undefined;
  try {
    await carryOut(step, (fact) => {
      soFar = fact;
    });
    const outcome = DONE[kind];
    return { action, outcome, sentence: `${what} has been ${outcome}.`, problems: [] };
  } catch (thrown) {
    const problems = problemsOf(thrown).map((problem) => problem.at([titleOf(action)]));
    const half = soFar === undefined ? `was not ${DONE[kind]}` : soFar;
    return { action, outcome: 'failed', sentence: `${what} ${half}.`, problems };
  }
}

async function carryOut<Session>(step: Step<Session>, certain: (fact: string) => void): Promise<void> {
  const { action, noun, known, op } = step;
  const { resource } = noun;
  const write = (fact: string, signal = op.signal): WriteOperation<Session, StateOf<Schema>> => ({
    ...op,
    signal,
    save: () => certain(fact),
  });
  if (action.kind === 'delete') {
    const prior = undeclaredObject(action, noun, step.observed);
    if (prior === undefined) throw new Error(`${titleOf(action)} is not there`);
    op.progress(`deleting ${titleOf(action)}`);
    await resource.delete(prior, write('has been deleted'));
    return;
  }
  const intent = intentAgain(step);
  const { config, prior, planned } = intent;
  op.progress(
    `${action.kind === 'create' ? 'creating' : `${action.kind.slice(0, -1)}ing`} ${titleOf(action)}`,
  );
  let state: ObjectValue;
  if (action.kind === 'update' && prior !== undefined && resource.update !== undefined) {
    state = await resource.update(planned, prior, write('has been updated, with problems'));
  } else {
    if (action.kind === 'replace' && prior !== undefined) {
      await resource.delete(prior, write('has been deleted'));
      certain('has been deleted and was not made again');
    }
    const fresh = action.kind === 'replace' ? plannedNew(resource.schema, config) : planned;
    // What was deleted in order to be made again is made again, whoever asks to stop in between.
    const until = action.kind === 'replace' ? new AbortController().signal : op.signal;
    state = await resource.create(fresh, write('has been created, with problems', until));
  }
  if (action.address !== null) known.set(action.address, state);
}

function intentAgain<Session>({ action, nouns, observed, known }: Step<Session>): Intent<Session> {
  const { address, type, body } = action;
  if (address === null || body === null) throw new Error('an undeclared object cannot be made');
  const intent = intentOf({ address, type, body }, nouns, observed, known);
  if (!('problems' in intent)) return intent;
  throwProblems(intent.problems);
  throw new Error('a broken configuration was planned');
}

/** What is as it should be can be referred to. */
function remember<Session>(step: Step<Session>): void {
  const { address } = step.action;
  if (address !== null) step.known.set(address, intentAgain(step).prior);
}

function obstacleOf<Session>(
  action: PlannedAction,
  results: readonly ActionResult[],
  nouns: readonly Noun<Session>[],
): string | undefined {
  const undone = results.filter(({ outcome }) => outcome === 'failed' || outcome === 'skipped');
  const needed = undone.find(
    ({ action: { address } }) => address !== null && action.dependsOn.includes(address),
  );
  if (needed !== undefined) return `it depends on ${titleOf(needed.action)}, which was not done`;
  if (action.kind !== 'delete') return undefined;
  const inside = undone.find(({ action: other }) => names(other.type, other.prior, action, nouns));
  return inside && `${titleOf(inside.action)} is still in it`;
}

function skipped<Session>({ action, noun }: Step<Session>, reason: string): ActionResult {
  const sentence = `${capitalized(noun.label)} "${action.name}" was skipped: ${reason}.`;
  return { action, outcome: 'skipped', sentence, problems: [] };
}

/** With these every further attempt would fail in the same way. */
function fatalReason(problems: readonly Problem[]): string | undefined {
  if (problems.some(({ code }) => code === 'unauthorized')) return 'the credentials are no longer accepted';
  if (problems.some(({ code }) => code === 'canceled')) return 'the run was interrupted';
  return undefined;
}

const capitalized = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
