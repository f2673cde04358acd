// The reconciler: configured × owned × observed → plan → apply → look again.

import { Problem, problemsOf } from '../errors.ts';
import type { Operation } from '../lifecycle/operation.ts';
import { type ActionResult, execute } from './apply/execute.ts';
import type { Ledger } from './apply/ledger.ts';
import { OwnedObjects } from './inventory/owned.ts';
import { Known } from './known.ts';
import { observe, observeAgain } from './observed.ts';
import type { PlanContext, PlannedSteps, PlanRequest } from './plan/context.ts';
import { type Drift, driftOf } from './plan/drift.ts';
import { type Budget, DOCUMENTED_BUDGET } from './plan/limits/cost.ts';
import { missedTypes, readObjects } from './plan/objects/configure.ts';
import { finish, isChange, type Plan, titleOf } from './plan/plan.ts';
import { planSteps } from './plan/planning.ts';
import { asStale, isSamePlan, stale } from './plan/stale.ts';
import { endsObjects, isListed, type ResourceTypes } from './resource-types.ts';

export interface ReconcilerOptions<Session> {
  readonly types: ResourceTypes<Session>;
  readonly op: Operation<Session>;
  /** Makes the next look at the world a real one. */
  readonly forget: (session: Session) => void;
  readonly budget?: Budget;
  /** Counts the requests that the nouns say their changes cost; unless given each write costs one. */
  readonly meter?: { reset(): void; requests(): number };
}

/** How often what is declared and missing is looked for: one list alone may show an older world. */
export type Looks = 'once' | 'twice';

/** A plan together with the values it was made of. */
export interface PlannedRun<Session> extends PlannedSteps<Session> {
  readonly plan: Plan;
  readonly context: PlanContext<Session>;
}

export interface ApplyOptions {
  /** Whether the world is listed anew first; needless for a plan made a moment ago in this run. */
  readonly lookAgain: boolean;
  /** Where what is owned is written down; nowhere unless given. */
  readonly ledger?: Ledger;
  /** Asked when the world has been seen and nothing was changed yet; throws to stop. */
  confirm?(): Promise<void>;
  onResult?(result: ActionResult): void;
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

export class Reconciler<Session> {
  readonly #options: ReconcilerOptions<Session>;

  constructor(options: ReconcilerOptions<Session>) {
    this.#options = options;
  }

  get types(): ResourceTypes<Session> {
    return this.#options.types;
  }

  /**
   * One list per type, then each object beside what is declared, then the nouns' own say, then the safety limits.
   * @throws Problem(s): everything that is wrong with the stack, and every refusal.
   */
  plan(request: PlanRequest): Promise<PlannedRun<Session>> {
    return this.#consider(request, 'plan', 'twice');
  }

  /** What there is beside what is declared. Nobody is asked, nothing is refused. */
  survey(request: PlanRequest, looks: Looks = 'once'): Promise<PlannedRun<Session>> {
    return this.#consider(request, 'survey', looks);
  }

  /** What differs from the stack; it proposes nothing. */
  async drift(request: PlanRequest): Promise<Drift> {
    const { context, steps } = await this.survey({ ...request, prune: 'none' }, 'twice');
    return driftOf(context, steps);
  }

  /**
   * Plans again and carries that out, provided that it is exactly the plan that was reviewed.
   * @throws Problem `stale` when the plan is no longer true: nothing was changed then.
   */
  async apply(request: PlanRequest, reviewed: Plan, options: ApplyOptions): Promise<ApplyReport> {
    const { forget, op } = this.#options;
    if (options.lookAgain) forget(op.session);
    // Where the reviewed plan looked twice, once is enough to find the same.
    const first = await this.#consider(request, 'plan', 'once').catch(() => undefined);
    const now =
      first !== undefined && isSamePlan(first.plan, reviewed)
        ? first
        : await this.#consider(request, 'plan', 'twice').catch((thrown) => {
            throw options.lookAgain ? asStale(thrown) : thrown;
          });
    await options.confirm?.();
    // What was reviewed is only compared with: a file can be changed, what is done is what was just planned.
    if (!isSamePlan(now.plan, reviewed)) throw stale(reviewed, now.plan);
    return this.#carryOut(now, options);
  }

  /** Carries out a plan made a moment ago in this very run. */
  async applyNow(
    planned: PlannedRun<Session>,
    options: Omit<ApplyOptions, 'lookAgain'> = {},
  ): Promise<ApplyReport> {
    await options.confirm?.();
    return this.#carryOut(planned, options);
  }

  async #carryOut(
    planned: PlannedRun<Session>,
    { ledger, onResult }: Omit<ApplyOptions, 'lookAgain'>,
  ): Promise<ApplyReport> {
    const results = await execute(planned, planned.context, { ledger, onResult: onResult ?? (() => {}) });
    if (results.length === 0) return { results, remaining: planned.plan, problems: [], ok: true };
    return this.#lookBack(planned.context.request, results, ledger);
  }

  async #consider(
    request: PlanRequest,
    mode: PlanContext<Session>['mode'],
    looks: Looks,
  ): Promise<PlannedRun<Session>> {
    const { types, op, budget = DOCUMENTED_BUDGET, meter } = this.#options;
    const known = new Known(types);
    const read = readObjects(request, types, known);
    const owned = new OwnedObjects(request.inventory, types, request.stack.moved);
    const first = await observe(types, this.#listedFor(request), op);
    const missed = missedTypes(read, types, first, owned);
    const observed = looks === 'twice' && missed.length > 0 ? await observeAgain(first, missed, op) : first;
    const context: PlanContext<Session> = {
      types,
      request,
      observed,
      owned,
      known,
      op,
      mode,
    };
    meter?.reset();
    const { steps, gone } = await planSteps(read, context);
    const actions = steps.map(({ action }) => action);
    const count = (kind: string) => actions.filter((action) => action.kind === kind).length;
    const writes =
      meter?.requests() ?? count('create') + count('update') + 2 * count('replace') + count('delete');
    const plan = finish(
      actions,
      request.stack.skipped,
      { writes, kinds: observed.types.size, again: missed.length },
      budget,
    );
    return { plan, context, steps, gone };
  }

  /** What is deletable is always listed, so that what nobody declared is seen; the rest where it is declared or owned. */
  #listedFor({ stack, inventory }: PlanRequest): ReadonlySet<string> {
    const used = new Set([...stack.objects, ...inventory.objects].map(({ type }) => type));
    const listed = this.types.all.filter((resource) => isListed(resource));
    return new Set(
      listed.filter((resource) => endsObjects(resource) || used.has(resource.type)).map(({ type }) => type),
    );
  }

  async #lookBack(
    request: PlanRequest,
    results: readonly ActionResult[],
    ledger: Ledger | undefined,
  ): Promise<ApplyReport> {
    const { op, forget } = this.#options;
    const done = results.every(({ outcome }) => outcome !== 'failed' && outcome !== 'skipped');
    try {
      forget(op.session);
      const inventory = ledger?.inventory() ?? request.inventory;
      const { plan: remaining } = await this.survey({ ...request, inventory }, 'twice');
      const left = remaining.actions.filter(isChange);
      const problems = done && left.length > 0 ? [unconverged(left.map(titleOf))] : [];
      return { results, remaining, problems, ok: done && problems.length === 0 };
    } catch (thrown) {
      return { results, remaining: undefined, problems: problemsOf(thrown), ok: false };
    }
  }
}

function unconverged(titles: readonly string[]): Problem {
  return new Problem({
    code: 'unexpected_answer',
    summary: 'Everything was done, and the world does not show all of it',
    detail: `Still different: ${titles.slice(0, 5).join(', ')}. A list may lag behind; look again with "drift".`,
  });
}
