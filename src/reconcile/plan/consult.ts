import { type AttributePath, type Problem, problemsOf, throwProblems } from '../../errors.ts';
import type { Operation, Warning } from '../../lifecycle/operation.ts';
import type { Change, PlanAnswer } from '../../lifecycle/resource.ts';
import type { Schema } from '../../schema/schema.ts';
import type { Noun } from '../noun.ts';
import type { Observed } from '../observed.ts';
import { type Budget, DOCUMENTED_BUDGET } from './cost.ts';
import type { Difference } from './diff.ts';
import { intentOf, Known, nounOf } from './intent.ts';
import { finish, isChange, type Plan, type PlannedAction } from './plan.ts';
import { undeclaredObject } from './undeclared.ts';

/**
 * Asks each noun about each change of a plan: it may refuse (protection, self-lockout), warn, or demand a replacement.
 * Looks, never writes.
 * @throws Problem(s): all refusals at once, with addresses.
 */
export async function consult<Session>(
  plan: Plan,
  observed: Observed,
  nouns: readonly Noun<Session>[],
  op: Operation<Session>,
  budget: Budget = DOCUMENTED_BUDGET,
): Promise<Plan> {
  const known = new Known();
  const problems: Problem[] = [];
  const actions: PlannedAction[] = [];
  for (const action of plan.actions) {
    const facts = factsOf(action, observed, nouns, known);
    try {
      actions.push(isChange(action) ? await ask(action, facts, nounOf(nouns, action.type), op) : action);
    } catch (thrown) {
      problems.push(...problemsOf(thrown).map((problem) => problem.at([titleOf(action)])));
    }
  }
  throwProblems(problems);
  return finish(actions, plan.leftAlone, nouns, budget);
}

/** How an action is called where it stands for itself: its address, or its type and name. */
export function titleOf({ address, type, name }: Pick<PlannedAction, 'address' | 'type' | 'name'>): string {
  return address ?? `${type} "${name}"`;
}

type Facts = Pick<Change<Schema>, 'config' | 'prior' | 'planned'>;

function factsOf<Session>(
  action: PlannedAction,
  observed: Observed,
  nouns: readonly Noun<Session>[],
  known: Known,
): Facts {
  const { address, type, body } = action;
  if (address === null || body === null) {
    const prior = undeclaredObject(action, nounOf(nouns, type), observed);
    return { config: undefined, prior, planned: undefined };
  }
  const intent = intentOf({ address, type, body }, nouns, observed, known);
  if ('problems' in intent) {
    throwProblems(intent.problems);
    throw new Error('a broken configuration was planned');
  }
  known.set(address, intent.planned);
  const { config, prior, planned } = intent;
  return { config, prior, planned };
}

async function ask<Session>(
  action: PlannedAction,
  facts: Facts,
  noun: Noun<Session>,
  op: Operation<Session>,
): Promise<PlannedAction> {
  const warnings: string[] = [];
  const warn = ({ summary, detail }: Warning) => warnings.push(`${summary}. ${detail}`);
  const put = async (asked: PlannedAction): Promise<PlanAnswer<Schema> | undefined> => {
    warnings.length = 0;
    return noun.resource.plan?.({ ...facts, ...changeOf(asked) }, { ...op, warn });
  };
  const answer = await put(action);
  const demanded = namesOf(answer?.replaces);
  if (action.kind === 'update' && demanded.size > 0) {
    const replaced = { ...action, kind: 'replace', differences: marked(action, demanded, true) } as const;
    await put(replaced);
    return { ...replaced, warnings };
  }
  const spared = marked(action, namesOf(answer?.inPlace), false);
  const updatable = noun.resource.update !== undefined && !spared.some(({ replaces }) => replaces);
  if (action.kind === 'replace' && updatable)
    return { ...action, kind: 'update', differences: spared, warnings };
  return { ...action, warnings };
}

function changeOf({ kind, differences }: PlannedAction): Pick<Change<Schema>, 'action' | 'replaces'> {
  const replaces = differences
    .filter((difference) => difference.replaces)
    .map(({ attribute }) => [attribute]);
  // What is unmanaged or unchanged is never asked about.
  return { action: kind === 'unmanaged' ? 'no-op' : kind, replaces };
}

function namesOf(paths: readonly AttributePath[] = []): ReadonlySet<string> {
  return new Set(paths.map(([name]) => String(name)));
}

function marked(
  { differences }: PlannedAction,
  attributes: ReadonlySet<string>,
  replaces: boolean,
): readonly Difference[] {
  return differences.map((difference) =>
    attributes.has(difference.attribute) ? { ...difference, replaces } : difference,
  );
}
