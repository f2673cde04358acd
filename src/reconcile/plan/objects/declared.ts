// One declared object: read, found, compared and judged, by the same core and the same nouns as in the provider.

import type { Warning } from '../../../lifecycle/operation.ts';
import { changeOf, type Draft, draft, withReplacements } from '../../../lifecycle/plan-draft.ts';
import type { PlanAnswer } from '../../../lifecycle/resource.ts';
import { equal } from '../../../schema/equal.ts';
import { planValues } from '../../../schema/plan-values.ts';
import { impliedType, type Schema } from '../../../schema/schema.ts';
import { type ObjectValue, objectValue } from '../../../schema/value.ts';
import type { ConfiguredObject } from '../../input/configured.ts';
import { isListed, type ResourceType, stateOnlyNames } from '../../resource-types.ts';
import { actionOf } from '../action.ts';
import type { PlanContext, Step } from '../context.ts';
import { notOwned, preventedFromReplacing, remade, unidentified } from '../limits/refusals.ts';
import { configNow, type ReadObject } from './configure.ts';
import { type Found, find, inWords } from './find.ts';

/**
 * Plans one declared object. What is known of it afterwards can be referred to by those that come later.
 * @param claimed Addresses of owned objects that other declared objects are called like.
 * @throws Problem(s): all that is wrong with the block, or a refusal; without the address.
 */
export async function planDeclared<Session>(
  read: ReadObject,
  context: PlanContext<Session>,
  claimed: ReadonlySet<string>,
): Promise<Step<Session>> {
  const { object } = read;
  const resource = context.types.get(object.type);
  const config = configNow(read, resource, context.known);
  const key = keyOf(config, resource);
  const found = await find(object, key, resource, context, claimed);
  if (key === undefined && found.owned === undefined && isListed(resource)) throw unidentified();
  const step = await judge(object, config, found, resource, context);
  context.known.set(object.address, object.type, step.planned ?? step.prior);
  return step;
}

function keyOf<Session>(config: ObjectValue, { naturalKey }: ResourceType<Session>): string | undefined {
  const key: unknown = naturalKey?.(config);
  return typeof key === 'string' ? key : undefined;
}

async function judge<Session>(
  object: ConfiguredObject,
  written: ObjectValue,
  found: Found,
  resource: ResourceType<Session>,
  context: PlanContext<Session>,
): Promise<Step<Session>> {
  const prior = priorOf(found, written, resource);
  const config = prior === undefined ? written : withIgnored(written, prior, object);
  const sides = { config, prior: prior ?? null };
  const first = draft(resource, sides);
  const adopts = found.foreign && (context.request.adopt === true || object.imports);
  const asks = context.mode === 'plan' && (!found.foreign || adopts);
  if (context.mode === 'plan' && found.foreign && !adopts) refuseForeign(first, found);
  const { planned, replaces, warnings } = asks
    ? await consult(first, sides, resource, context)
    : { planned: first.planned ?? config, replaces: first.replaces, warnings: [] };
  const changes = prior !== undefined && !equal(impliedType(resource.schema), prior, planned);
  const kind = kindOf({ prior, changes, replaces, adopts });
  const action = actionOf(resource, {
    kind,
    object,
    adopts,
    owned: found.owned !== undefined && !found.foreign,
    prior,
    planned,
    replaces,
    warnings: [...found.warnings, ...warnings],
    context,
  });
  if (kind === 'replace' && object.preventDestroy) throw preventedFromReplacing(action.differences);
  return { action, resource, configured: object, owned: found.owned, config, prior, planned };
}

function kindOf({
  prior,
  changes,
  replaces,
  adopts,
}: {
  readonly prior: ObjectValue | undefined;
  readonly changes: boolean;
  readonly replaces: readonly unknown[];
  readonly adopts: boolean;
}) {
  if (prior === undefined) return 'create';
  if (replaces.length > 0) return 'replace';
  if (changes) return 'update';
  return adopts ? 'adopt' : 'no-op';
}

/** What nobody owns is compared and never changed. */
function refuseForeign({ action }: Draft, { owned, warnings }: Found): void {
  if (owned !== undefined) throw remade(owned, warnings);
  if (action !== 'no-op') throw notOwned();
}

/**
 * The noun's own say: it may refuse, warn, plan computed values, demand a replacement or spare one.
 * @throws Problem(s) of the noun.
 */
async function consult<Session>(
  first: Draft,
  sides: { readonly config: ObjectValue; readonly prior: ObjectValue | null },
  resource: ResourceType<Session>,
  { op }: PlanContext<Session>,
) {
  let warnings: string[] = [];
  const warn = (warning: Warning) => warnings.push(inWords(warning));
  const ask = async (asked: Draft): Promise<PlanAnswer<Schema>> => {
    warnings = [];
    return (await resource.plan?.(changeOf(asked, sides), { ...op, warn })) ?? {};
  };
  const said = await ask(first);
  const drafted = (said.planned as ObjectValue | undefined) ?? first.planned ?? sides.config;
  const replaces = withReplacements(resource, first, { prior: sides.prior, planned: drafted }, said);
  if (replaces.length === 0 || first.action === 'replace') return { planned: drafted, replaces, warnings };
  // Now that it is a replacement, the noun may have more to say about it.
  const planned = planValues(resource.schema, sides, 'all');
  const again = await ask({ action: 'replace', planned, replaces });
  return { planned: (again.planned as ObjectValue | undefined) ?? planned, replaces, warnings };
}

/** An object that nobody recorded has what the service does not know as it is configured: that is no difference. */
function priorOf<Session>(
  { object, owned, foreign }: Found,
  config: ObjectValue,
  resource: ResourceType<Session>,
): ObjectValue | undefined {
  if (object === undefined || (owned !== undefined && !foreign && owned.entry.pending !== true))
    return object;
  const settled = planValues(resource.schema, { config, prior: object }, 'keep');
  return objectValue([
    ...Object.entries(object),
    ...stateOnlyNames(resource).map((name) => [name, settled[name] ?? null] as const),
  ]);
}

/** As Terraform does: what is to be ignored is taken as it is. */
function withIgnored(
  config: ObjectValue,
  prior: ObjectValue,
  { ignoreChanges }: ConfiguredObject,
): ObjectValue {
  if (ignoreChanges !== 'all' && ignoreChanges.length === 0) return config;
  const ignored = (name: string) => ignoreChanges === 'all' || ignoreChanges.includes(name);
  return objectValue(
    Object.entries(config).map(
      ([name, value]) => [name, ignored(name) ? (prior[name] ?? null) : value] as const,
    ),
  );
}
