// What nobody declares: the stack's own objects that vanished from it, and everything that is somebody else's.

import { type Problem, problemsOf } from '../../../errors.ts';
import type { Warning } from '../../../lifecycle/operation.ts';
import { changeOf, draft } from '../../../lifecycle/plan-draft.ts';
import type { ObjectValue } from '../../../schema/value.ts';
import type { Owned } from '../../inventory/owned.ts';
import { displayName, endsObjects, identityOf, type ResourceType } from '../../resource-types.ts';
import { keyText, linksOf } from '../action.ts';
import type { PlanContext, PlannedSteps, Prune, Step } from '../context.ts';
import { showable } from '../differences.ts';
import type { ActionKind, PlannedAction } from '../plan.ts';
import { inWords } from './find.ts';

/**
 * What becomes of owned objects that no block declares: deleted where that was asked for, forgotten where the
 * configuration says so, else left as they are. Refusals of the nouns are added to `problems`, with addresses.
 */
export async function planVanished<Session>(
  context: PlanContext<Session>,
  claimed: ReadonlySet<Owned>,
  declaredTypes: ReadonlySet<string>,
  problems: Problem[],
): Promise<PlannedSteps<Session>> {
  const steps: Step<Session>[] = [];
  const gone: Owned[] = [];
  for (const owned of context.owned.all)
    if (!claimed.has(owned))
      try {
        const step = await vanished(owned, context, declaredTypes);
        if (step === undefined) gone.push(owned);
        else steps.push(step);
      } catch (thrown) {
        problems.push(...problemsOf(thrown).map((problem) => problem.at([owned.entry.address])));
      }
  return { steps, gone };
}

async function vanished<Session>(
  owned: Owned,
  context: PlanContext<Session>,
  declaredTypes: ReadonlySet<string>,
): Promise<Step<Session> | undefined> {
  const { entry } = owned;
  const resource = context.types.get(entry.type);
  const warnings: string[] = [];
  const warn = (warning: Warning) => warnings.push(inWords(warning));
  const prior =
    entry.pending === true
      ? madeBy(owned, resource, context)
      : await resource.read(owned.state, { ...context.op, warn });
  if (prior === undefined) return undefined;
  const step = (kind: ActionKind): Step<Session> => ({
    ...withoutConfiguration(resource, prior),
    owned,
    action: { ...ownedAction(kind, entry.address, resource, prior), warnings },
  });
  const abandoned =
    prior.deletion_policy === 'abandon' || context.request.stack.removed.includes(entry.address);
  if (abandoned) return step('forget');
  if (!isPruned(entry.type, context.request.prune ?? 'none', declaredTypes)) return step('unmanaged');
  if (context.mode === 'plan') {
    warnings.length = 0;
    const sides = { config: null, prior };
    await resource.plan?.(changeOf(draft(resource, sides), sides), { ...context.op, warn });
  }
  return step('delete');
}

/** What a run that was interrupted made; the one thing of its name. */
function madeBy<Session>(
  { state }: Owned,
  resource: ResourceType<Session>,
  { observed }: PlanContext<Session>,
): ObjectValue | undefined {
  const [made, ...others] = observed.withKey(resource, keyText(resource, state));
  return others.length === 0 ? made : undefined;
}

function isPruned(type: string, prune: Prune, declaredTypes: ReadonlySet<string>): boolean {
  if (prune === 'none') return false;
  return prune === 'declared-types' ? declaredTypes.has(type) : prune.includes(type);
}

/** Everything that is there and neither declared nor owned. It is only told. */
export function foreignObjects<Session>(
  { types, observed }: PlanContext<Session>,
  known: ReadonlySet<string>,
): readonly Step<Session>[] {
  return types.all.flatMap((resource) => {
    if (!endsObjects(resource)) return [];
    return observed
      .objects(resource.type)
      .filter((object) => !known.has(objectId(resource, object)))
      .map((object) => ({
        ...withoutConfiguration(resource, object),
        owned: undefined,
        action: { ...ownedAction('unmanaged', null, resource, object), owned: false },
      }))
      .sort((a, b) => (a.action.key < b.action.key ? -1 : 1));
  });
}

/** Tells an object from all others, also from those of its name. */
export function objectId<Session>(resource: ResourceType<Session>, object: ObjectValue): string {
  const identity = Object.values(identityOf(resource, object));
  return JSON.stringify([resource.type, identity.length > 0 ? identity : keyText(resource, object)]);
}

function withoutConfiguration<Session>(resource: ResourceType<Session>, prior: ObjectValue) {
  return { resource, prior, configured: undefined, config: undefined, planned: undefined };
}

function ownedAction<Session>(
  kind: ActionKind,
  address: string | null,
  resource: ResourceType<Session>,
  object: ObjectValue,
): PlannedAction {
  return {
    kind,
    type: resource.type,
    key: keyText(resource, object),
    name: displayName(resource, object),
    address,
    owned: true,
    adopts: false,
    identity: identityOf(resource, object),
    links: linksOf(resource, object),
    body: null,
    prior: showable(resource.schema, object),
    planned: null,
    differences: [],
    losses: kind === 'delete' ? (resource.losses?.(object) ?? []) : [],
    rotation: null,
    dependsOn: [],
    warnings: [],
  };
}

/** Whether `object`, of `resource`, names the object of a deletion: an account its team. */
export function names<Session>(
  resource: ResourceType<Session>,
  object: ObjectValue | undefined,
  { action, prior }: Pick<Step<Session>, 'action' | 'prior'>,
): boolean {
  return Object.entries(resource.links ?? {}).some(
    ([attribute, link]) =>
      link.type === action.type &&
      typeof object?.[attribute] === 'string' &&
      object[attribute] === prior?.[link.attribute],
  );
}
