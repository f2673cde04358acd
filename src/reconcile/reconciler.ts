// The reconciler: desired × observed → plan → apply → look again. It keeps no state; the world is the state.

import { Problem, problemsOf, throwProblems } from '../errors.ts';
import type { Operation } from '../lifecycle/operation.ts';
import { type ActionResult, execute } from './apply/execute.ts';
import type { Desired } from './input/desired.ts';
import type { Noun } from './noun.ts';
import { missedNouns, type Observed, observe, observeAgain } from './observed.ts';
import { consult, titleOf } from './plan/consult.ts';
import { type Budget, DOCUMENTED_BUDGET } from './plan/cost.ts';
import { type Drift, driftOf } from './plan/drift.ts';
import { fingerprintOf, isChange, type Plan } from './plan/plan.ts';
import { plan } from './plan/planning.ts';
import { type SafetyLimits, safetyProblems } from './plan/safety.ts';
import type { Prune } from './plan/undeclared.ts';

export interface ReconcilerOptions<Session> {
  readonly nouns: readonly Noun<Session>[];
  readonly op: Operation<Session>;
  /** Makes the next look at the world a real one. */
  readonly forget: (session: Session) => void;
  readonly budget?: Budget;
}

export interface Intention extends SafetyLimits {
  readonly desired: Desired;
  /** Which undeclared objects are deleted; none unless given. */
  readonly prune?: Prune;
}

/** A plan together with what it was made from: enough to find out whether it is still true. */
export interface Proposal {
  readonly intention: Intention;
  readonly plan: Plan;
}

export interface ApplyReport {
  readonly results: readonly ActionResult[];
  /** What is still to do, seen after everything was done; `undefined` when that look failed. */
  readonly remaining: Plan | undefined;
  /** What went wrong beside the actions: the last look failed, or the world is not as it was made. */
  readonly problems: readonly Problem[];
  /** Everything was done and the world shows it. */
  readonly ok: boolean;
}

/** How often what is declared and missing is looked for: one list alone may show an older world. */
type Looks = 'once' | 'twice';

interface Considered {
  readonly plan: Plan;
  readonly observed: Observed;
}

export class Reconciler<Session> {
  readonly #options: ReconcilerOptions<Session>;

  constructor(options: ReconcilerOptions<Session>) {
    this.#options = options;
  }

  /**
   * One list per noun, then pure planning, then the nouns' own say, then the safety limits.
   * @throws Problem(s): everything that is wrong with the stack, or every refusal.
   */
  async plan(intention: Intention): Promise<Proposal> {
    return { intention, plan: (await this.#consider(intention, 'twice')).plan };
  }

  /** The plan before anybody has had a say: what there is beside what is declared. Nothing can be refused. */
  async survey(desired: Desired): Promise<Plan> {
    return (await this.#look({ desired }, 'once')).draft;
  }

  /** What differs from the stack; it proposes nothing. */
  async drift(desired: Desired): Promise<Drift> {
    return driftOf((await this.#look({ desired }, 'twice')).draft, this.#options.nouns);
  }

  /**
   * Plans again and carries that out, provided that it is exactly the plan that was reviewed.
   * @param lookAgain Whether the world is listed anew first; needless for a plan made a moment ago in this run.
   * @param confirm Asked when the world has been seen and nothing was changed yet; throws to stop.
   * @throws Problem `stale` when the plan is no longer true: nothing was changed then.
   */
  async apply(
    { intention, plan: reviewed }: Proposal,
    {
      lookAgain,
      confirm = async () => {},
      onResult = () => {},
    }: {
      readonly lookAgain: boolean;
      readonly confirm?: () => Promise<void>;
      readonly onResult?: (result: ActionResult) => void;
    },
  ): Promise<ApplyReport> {
    const { nouns, op, forget } = this.#options;
    if (lookAgain) forget(op.session);
    // Where the reviewed plan looked twice, once is enough to find the same.
    const first = await this.#consider(intention, 'once').catch(() => undefined);
    const now =
      first !== undefined && isSamePlan(first.plan, reviewed)
        ? first
        : await this.#consider(intention, 'twice').catch((thrown) => {
            throw lookAgain ? asStale(thrown) : thrown;
          });
    await confirm();
    // What was reviewed is only compared with: a file can be changed, what is done is what was just planned.
    if (!isSamePlan(now.plan, reviewed)) throw stale(reviewed, now.plan);
    if (!now.plan.actions.some(isChange)) return { results: [], remaining: now.plan, problems: [], ok: true };
    const results = await execute(now.plan, now.observed, nouns, op, onResult);
    return this.#lookBack(intention, results);
  }

  async #consider(intention: Intention, looks: Looks): Promise<Considered> {
    const { nouns, op, budget } = this.#options;
    const { observed, draft } = await this.#look(intention, looks);
    const unsafe = safetyProblems(draft, observed, nouns, intention);
    const consulted = await consult(draft, observed, nouns, op, budget).catch((thrown) => {
      throwProblems([...unsafe, ...problemsOf(thrown)]);
      throw thrown;
    });
    throwProblems(unsafe);
    return { plan: consulted, observed };
  }

  /** What there is, and what would have to change. What is declared and missing is looked for twice, where asked. */
  async #look(
    intention: Intention,
    looks: Looks,
  ): Promise<{ readonly observed: Observed; readonly draft: Plan }> {
    const { nouns, op } = this.#options;
    const draftOf = (observed: Observed) =>
      plan(intention.desired, observed, nouns, this.#planOptions(intention));
    const observed = await observe(nouns, op);
    const draft = draftOf(observed);
    const missed = missedNouns(draft.actions, nouns);
    if (looks === 'once' || missed.length === 0) return { observed, draft };
    const again = await observeAgain(observed, missed, op);
    return { observed: again, draft: draftOf(again) };
  }

  async #lookBack(intention: Intention, results: readonly ActionResult[]): Promise<ApplyReport> {
    const { op, forget } = this.#options;
    const done = results.every(({ outcome }) => outcome !== 'failed' && outcome !== 'skipped');
    try {
      forget(op.session);
      const { draft: remaining } = await this.#look(intention, 'twice');
      const problems = done && remaining.actions.some(isChange) ? [unconverged(remaining)] : [];
      return { results, remaining, problems, ok: done && problems.length === 0 };
    } catch (thrown) {
      return { results, remaining: undefined, problems: problemsOf(thrown), ok: false };
    }
  }

  #planOptions({ prune }: Pick<Intention, 'prune'> = {}) {
    return { prune: prune ?? 'none', budget: this.#options.budget ?? DOCUMENTED_BUDGET } as const;
  }
}

/** Compares the actions themselves: the fingerprint that stands in a file may be anybody's. */
function isSamePlan(now: Plan, reviewed: Plan): boolean {
  return [reviewed.fingerprint, fingerprintOf(reviewed.actions)].every((one) => one === now.fingerprint);
}

/** Names everything that is not as it was reviewed. */
function stale(reviewed: Plan, now: Plan): Problem {
  const [before, after] = [changesIn(reviewed), changesIn(now)];
  const differs = [...after].filter(([title, text]) => (before.get(title) ?? text) !== text);
  const parts = [
    [
      'not to be done any more (done already, or gone)',
      [...before.keys()].filter((title) => !after.has(title)),
    ],
    ['to be done now and not reviewed', [...after.keys()].filter((title) => !before.has(title))],
    ['different from what was reviewed', differs.map(([title]) => title)],
  ] as const;
  const told = parts
    .filter(([, titles]) => titles.length > 0)
    .map(([what, titles]) => `${what}: ${listed(titles)}`);
  return new Problem({
    code: 'stale',
    summary: 'The plan that was reviewed is not the plan of now',
    detail: `Nothing was changed. ${told.length === 0 ? 'The order of its actions was changed' : capitalized(told.join('; '))}. Plan again and review that.`,
  });
}

function changesIn({ actions }: Plan): ReadonlyMap<string, string> {
  return new Map(
    actions
      .filter(isChange)
      .map((action) => [`${titleOf(action)} (${action.kind})`, fingerprintOf([action])]),
  );
}

function listed(titles: readonly string[]): string {
  const more = titles.length > 10 ? `, and ${titles.length - 10} more` : '';
  return `${titles.slice(0, 10).join(', ')}${more}`;
}

const capitalized = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

function asStale(thrown: unknown): Problem {
  const problems = problemsOf(thrown);
  const [first] = problems;
  // A plan that can no longer be made for another reason than the stack (no connection, say) tells that reason.
  if (first === undefined || !['conflict', 'not_found', 'refused', 'invalid_input'].includes(first.code))
    throw thrown;
  return new Problem({
    code: 'stale',
    summary: 'The plan can no longer be made',
    detail: `Nothing was changed. ${problems.map(({ message }) => message).join(' ')}`,
    cause: thrown,
  });
}

function unconverged({ actions }: Plan): Problem {
  const left = actions.filter(isChange);
  return new Problem({
    code: 'unexpected_answer',
    summary: 'Everything was done, and the world does not show all of it',
    detail: `Still different: ${left.slice(0, 5).map(titleOf).join(', ')}. A list may lag behind; look again with "drift".`,
  });
}
