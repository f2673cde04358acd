// The public door `browserstack-iac/reconcile`: plan, apply and find drift without Terraform and without a state.
//
//   const { reconciler, read } = await openBrowserStack();
//   const proposal = await reconciler.plan({ desired: await read('cdktf.out/stacks/acme') });
//   if (proposal.plan.actions.some(isChange)) await reconciler.apply(proposal, { lookAgain: true });
//
// The parts are exported too: they are generic over nouns and know nothing of BrowserStack.

import { type Organization, openOrganization } from '../cli/organization.ts';
import { desiredFrom } from '../cli/stack-options.ts';
import { systemClock } from '../clock.ts';
import type { Warning } from '../lifecycle/operation.ts';
import type { Desired } from '../reconcile/input/desired.ts';
import { type Configuration, configurationSchema } from '../resources/configuration/schema.ts';
import { surroundings } from './surroundings.ts';

/** Whatever is left out comes from the environment (BROWSERSTACK_*), as with Terraform. */
export interface BrowserStackOptions {
  readonly username?: string;
  readonly accessKey?: string;
  readonly baseUrl?: string;
  /** Refuses to touch any other organization. */
  readonly organization?: string;
  /** Ends what is under way. */
  readonly signal?: AbortSignal;
  onProgress?(message: string): void;
  onWarning?(warning: Warning): void;
}

export interface BrowserStack extends Organization {
  /** Reads a synthesized stack: a directory, a `*.tf.json` file, or the only stack of the current directory. */
  read(path?: string): Promise<Desired>;
}

/**
 * An organization to plan, apply and look for drift in. Sends nothing yet.
 * @throws Problem(s) when credentials are missing or an option is wrong.
 */
export async function openBrowserStack(options: BrowserStackOptions = {}): Promise<BrowserStack> {
  const nothing = Object.fromEntries(Object.keys(configurationSchema.attributes).map((name) => [name, null]));
  const configuration = {
    ...nothing,
    username: options.username ?? null,
    access_key: options.accessKey ?? null,
    base_url: options.baseUrl ?? null,
    organization: options.organization ?? null,
    // Every attribute of the schema is there, null where it was left out.
  } as unknown as Configuration;
  const organization = await openOrganization(configuration, surroundings(), {
    clock: systemClock,
    signal: options.signal ?? new AbortController().signal,
    warn: (warning) => options.onWarning?.(warning),
    progress: (message) => options.onProgress?.(message),
  });
  return { ...organization, read: (path) => desiredFrom({ cwd: process.cwd() }, path) };
}

export type { Organization } from '../cli/organization.ts';
export { type AttributePath, Problem, type ProblemCode, Problems } from '../errors.ts';
export type { Warning } from '../lifecycle/operation.ts';
export type { ActionResult, Outcome } from '../reconcile/apply/execute.ts';
export type { Json, JsonObject } from '../reconcile/canonical.ts';
export { type Desired, type DesiredObject, type LeftAlone, readDesired } from '../reconcile/input/desired.ts';
export { readStack, type StackFile } from '../reconcile/input/stack.ts';
export { type Link, type Noun, type NounDetails, nounsOf } from '../reconcile/noun.ts';
export { type Observed, observe } from '../reconcile/observed.ts';
export { type Budget, type Cost, costInWords, costOf, DOCUMENTED_BUDGET } from '../reconcile/plan/cost.ts';
export type { Difference } from '../reconcile/plan/diff.ts';
export { type Drift, type DriftedObject, type DriftKind, driftOf } from '../reconcile/plan/drift.ts';
export { type ActionKind, isChange, type Plan, type PlannedAction } from '../reconcile/plan/plan.ts';
export { readPlan, type SavedPlan, writePlan } from '../reconcile/plan/plan-file.ts';
export { type PlanOptions, plan } from '../reconcile/plan/planning.ts';
export {
  DELETE_THRESHOLD,
  type SafetyLimits,
  safetyProblems,
  THRESHOLD_FLOOR,
} from '../reconcile/plan/safety.ts';
export type { Prune } from '../reconcile/plan/undeclared.ts';
export {
  type ApplyReport,
  type Intention,
  type Proposal,
  Reconciler,
  type ReconcilerOptions,
} from '../reconcile/reconciler.ts';
