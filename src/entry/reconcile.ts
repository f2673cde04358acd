// The public door `browserstack-iac/reconcile`: plan, apply and find drift without Terraform.
//
//   const { reconciler, read } = await openBrowserStack();
//   const inventory = emptyInventory(randomUUID()); // or readInventory(text, file): what the stack owns already
//   const planned = await reconciler.plan({ stack: await read('cdktf.out/stacks/acme'), inventory });
//   const ledger = new MemoryLedger(inventory, () => new Date());
//   if (planned.plan.actions.some(isChange)) await reconciler.applyNow(planned, { ledger });
//   await writeFile('acme.inventory.json', inventoryAsText(ledger.inventory()));
//
// The parts are exported too: they are generic over resource types and know nothing of BrowserStack.

import { systemClock } from '../clock.ts';
import type { Warning } from '../lifecycle/operation.ts';
import { type ConfiguredStack, type ReadOptions, readConfigured } from '../reconcile/input/configured.ts';
import { readStack } from '../reconcile/input/stack.ts';
import { type Configuration, configurationSchema } from '../resources/configuration/schema.ts';
import { type Organization, openOrganization, resourceTypes } from '../workspace/organization.ts';
import { surroundings } from './surroundings.ts';

/** What is left out comes from the environment (BROWSERSTACK_*), as with Terraform. */
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
  read(path?: string, options?: ReadOptions): Promise<ConfiguredStack>;
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
  return {
    ...organization,
    read: async (path, how) =>
      readConfigured(
        await readStack(process.cwd(), path),
        { name: 'browserstack', resources: resourceTypes.all },
        how,
      ),
  };
}

export { type AttributePath, Problem, type ProblemCode, Problems } from '../errors.ts';
export type { Warning } from '../lifecycle/operation.ts';
export type { Link } from '../lifecycle/resource.ts';
export type { ActionResult, Outcome } from '../reconcile/apply/execute.ts';
export { type Ledger, MemoryLedger } from '../reconcile/apply/ledger.ts';
export type { Json, JsonObject } from '../reconcile/canonical.ts';
export {
  type ConfiguredObject,
  type ConfiguredStack,
  type ReadOptions,
  readConfigured,
  type Skipped,
} from '../reconcile/input/configured.ts';
export { readStack, type StackFile } from '../reconcile/input/stack.ts';
export {
  type EndedObject,
  emptyInventory,
  type Inventory,
  type InventoryChange,
  type OwnedObject,
} from '../reconcile/inventory/inventory.ts';
export { inventoryAsText, readInventory } from '../reconcile/inventory/text.ts';
export type { PlanRequest, Prune, SafetyLimits } from '../reconcile/plan/context.ts';
export type { Difference } from '../reconcile/plan/differences.ts';
export type { Drift, DriftedObject, DriftKind } from '../reconcile/plan/drift.ts';
export {
  type Budget,
  type Cost,
  costInWords,
  costOf,
  DOCUMENTED_BUDGET,
} from '../reconcile/plan/limits/cost.ts';
export { DELETE_THRESHOLD, THRESHOLD_FLOOR } from '../reconcile/plan/limits/safety.ts';
export { type ActionKind, isChange, type Plan, type PlannedAction } from '../reconcile/plan/plan.ts';
export {
  bindingProblems,
  type PlanBinding,
  readPlan,
  type SavedPlan,
  writePlan,
} from '../reconcile/plan/plan-file.ts';
export {
  type ApplyOptions,
  type ApplyReport,
  type PlannedRun,
  Reconciler,
  type ReconcilerOptions,
} from '../reconcile/reconciler.ts';
export { type ResourceType, ResourceTypes } from '../reconcile/resource-types.ts';
export type { Organization } from '../workspace/organization.ts';
