// A review is a value: what a plan does, how much a person has to look, what it costs. Every output is written from it.

import { type Change, highest, isEvent, KINDS, type Kind, LEVELS, type Level } from './change.ts';
import { classify } from './classify/classify.ts';
import { type Cost, costOf } from './cost.ts';
import { type Hazard, hazardsOf, levelOfHazard } from './hazards.ts';
import type { Mask } from './masking.ts';
import type { Diagnostic } from './plan/diagnostics.ts';
import type { PlanDocument } from './plan/plan-document.ts';
import { type Refusal, refusalsOf } from './refusals.ts';

export type Verdict = Level | 'refused';

export interface Review {
  readonly verdict: Verdict;
  readonly plan: PlanFacts;
  readonly counts: Readonly<Record<Kind, number>> & { readonly other_providers: number };
  /** Of all providers together, a replacement as both; as engines count them. */
  readonly actions: { readonly create: number; readonly update: number; readonly delete: number };
  readonly cost: Cost;
  /** All changes of ours, most dangerous first; `isEvent` tells which have a row of their own. */
  readonly changes: readonly Change[];
  readonly hazards: readonly Hazard[];
  readonly diagnostics: readonly Diagnostic[];
  /** What stopped the plan; empty for one that can be applied, and for one that comes without diagnostics. */
  readonly refusals: readonly Refusal[];
  /** Addresses of keys that stand in the state in clear, before or after. */
  readonly exposed: readonly string[];
}

/** The plan as a whole. */
export interface PlanFacts {
  readonly engine: PlanDocument['engine'];
  readonly engineVersion: string | undefined;
  readonly formatVersion: string;
  readonly timestamp: Date | undefined;
  readonly errored: boolean;
  /** False when only a part of what is wanted is in it. */
  readonly complete: boolean;
  readonly applyable: boolean;
  readonly mode: 'normal' | 'destroy' | 'refresh-only';
  /** A provider that stands for several organizations: which change belongs to which is in no plan. */
  readonly severalOrganizations: boolean;
}

export interface ReviewOptions {
  readonly diagnostics?: readonly Diagnostic[];
  /** Hosts that the provider may be pointed at, besides BrowserStack's own. */
  readonly allowedHosts?: readonly string[];
  /** What was found beside the plan. */
  readonly hazards?: readonly Hazard[];
  /** The path of the construct that stands at an address, if one does. */
  readonly constructPathOf?: (address: string) => string | undefined;
}

export function reviewPlan(document: PlanDocument, options: ReviewOptions = {}): Review {
  const { allowedHosts = [], constructPathOf = () => undefined } = options;
  const diagnostics = (options.diagnostics ?? []).map((one) => masked(one, document.mask));
  const shownAs = (address: string) => constructPathOf(address) ?? address;
  const changes = classify(document, diagnostics).map((change) => shown(change, shownAs));
  const hazards = [...hazardsOf(document, changes, allowedHosts), ...(options.hazards ?? [])];
  const plan = planFacts(document, changes, diagnostics);
  const levels = [
    ...changes.filter(isEvent).map(({ level }) => level),
    ...hazards.map(levelOfHazard),
    ...(plan.complete ? [] : (['look'] as const)),
  ];
  const count = (kind: Kind) => changes.filter((change) => change.kind === kind).length;
  return {
    verdict: plan.errored ? 'refused' : highest(levels),
    plan,
    counts: {
      // One number for each kind there is.
      ...(Object.fromEntries(KINDS.map((kind) => [kind, count(kind)])) as Record<Kind, number>),
      other_providers: otherProvidersIn(document),
    },
    actions: actionsIn(document),
    cost: costOf(document, changes),
    changes,
    hazards,
    diagnostics,
    refusals: refusalsOf(document, diagnostics),
    exposed: exposedIn(document),
  };
}

/** What the plan holds in secret is a secret in what was said beside it, too. */
function masked(diagnostic: Diagnostic, mask: Mask): Diagnostic {
  const { summary, detail, address, file } = diagnostic;
  return {
    ...diagnostic,
    summary: mask(summary),
    detail: mask(detail),
    address: address === undefined ? undefined : mask(address),
    file: file && { ...file, name: mask(file.name) },
  };
}

function shown(change: Change, shownAs: (address: string) => string): Change {
  return {
    ...change,
    shown: shownAs(change.address),
    ...(change.name === change.address ? { name: shownAs(change.address) } : {}),
    deliveries: change.deliveries.map((delivery) => ({ ...delivery, shown: shownAs(delivery.address) })),
    remarks: change.remarks.map((remark) =>
      remark.code === 'delivery_silent' ? { ...remark, addresses: remark.addresses.map(shownAs) } : remark,
    ),
  };
}

/** Rows and actions of other providers: the apply runs them, and this review knows nothing of them. */
function otherProvidersIn({ foreign, actions }: PlanDocument): number {
  const rows = foreign.filter(({ action }) => action !== 'no-op' && action !== 'read');
  return [...rows, ...actions].filter(({ type }) => !type.startsWith('browserstack_')).length;
}

function actionsIn({ changes, foreign }: PlanDocument): Review['actions'] {
  const of = (...actions: readonly string[]) =>
    [...changes, ...foreign].filter(({ action }) => actions.includes(action)).length;
  return {
    create: of('create', 'replace', 'forget-and-create'),
    update: of('update'),
    delete: of('delete', 'replace'),
  };
}

function planFacts(
  document: PlanDocument,
  changes: readonly Change[],
  diagnostics: readonly Diagnostic[],
): PlanFacts {
  const { engine, engineVersion, formatVersion, timestamp } = document;
  const refused = diagnostics.some(({ severity }) => severity === 'error');
  // An engine that says that nothing could be applied of a plan that is not whole has refused it.
  const errored =
    document.errored || refused || (document.applyable === false && document.complete === false);
  const targeted = diagnostics.some(({ summary }) => summary === 'Resource targeting is in effect');
  const complete = !errored && document.complete !== false && document.deferred === 0 && !targeted;
  return {
    engine,
    engineVersion,
    formatVersion,
    timestamp,
    errored,
    complete,
    applyable:
      !errored &&
      (document.applyable ??
        (changes.length > 0 ||
          document.foreign.some(({ action }) => action !== 'no-op' && action !== 'read') ||
          document.outputs.some(({ changes: change }) => change))),
    mode: modeOf(document),
    severalOrganizations: mayBeSeveral(document),
  };
}

/** OpenTofu repeats a block that has an alias, and its plan does not say so; one that names its organization is one. */
function mayBeSeveral({ engine, configuration: { providers } }: PlanDocument): boolean {
  if (providers.length > 1) return true;
  return (
    engine === 'opentofu' &&
    providers.some(({ key, organization }) => key.includes('.') && organization === undefined)
  );
}

/** No plan says how it was asked for, but each mode leaves its own traces. */
function modeOf({ changes, foreign, drift, planned }: PlanDocument): PlanFacts['mode'] {
  const rows = [...changes, ...foreign];
  if (rows.length === 0) return drift.length > 0 ? 'refresh-only' : 'normal';
  const byDestroy =
    changes.length > 0 &&
    planned.length === 0 &&
    changes.every(({ action, actionReason }) => action === 'delete' && actionReason === undefined) &&
    foreign.every(({ action }) => action === 'delete' || action === 'no-op');
  return byDestroy ? 'destroy' : 'normal';
}

/** Keys that are exported, or were given by hand, in what will be there; of a refused plan, in what is. */
function exposedIn({ prior, planned, errored }: PlanDocument): readonly string[] {
  const found = (errored ? [...planned, ...prior] : planned).flatMap((object) => {
    if (object.type !== 'browserstack_access_key' && object.type !== 'browserstack_credential_pair')
      return [];
    const { values } = object;
    const given = 'current_access_key' in values && values.current_access_key !== null;
    return values.export_access_key === true || values.access_key !== null || given ? [object.address] : [];
  });
  return [...new Set(found)].sort();
}

/** From which verdict on a person is needed. What is refused or not whole always needs one. */
export type FailOn = 'look' | 'danger' | 'never';

/** 0 may be applied, 2 needs a person. That there is no review at all (1) is told by an error. */
export function exitCodeOf({ verdict, plan }: Review, failOn: FailOn = 'look'): 0 | 2 {
  if (verdict === 'refused' || plan.errored || !plan.complete) return 2;
  if (failOn === 'never') return 0;
  return LEVELS.indexOf(verdict) >= LEVELS.indexOf(failOn) ? 2 : 0;
}
