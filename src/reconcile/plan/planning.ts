// Planning is pure: what should be and what is go in, a plan or all problems come out.

import { Problem, throwProblems } from '../../errors.ts';
import { isUnknown, type ObjectValue } from '../../schema/value.ts';
import type { Desired, DesiredObject } from '../input/desired.ts';
import { displayName, type Noun } from '../noun.ts';
import { type Observed, withKey } from '../observed.ts';
import { type Budget, DOCUMENTED_BUDGET } from './cost.ts';
import { type Difference, differences, showable } from './diff.ts';
import { type Intent, intentOf, Known } from './intent.ts';
import { inOrder } from './order.ts';
import { type ActionKind, finish, type Plan, type PlannedAction } from './plan.ts';
import { type Prune, undeclaredActions } from './undeclared.ts';

export interface PlanOptions {
  /** What happens to objects that nobody declared; `none` unless given. */
  readonly prune?: Prune;
  /** For the cost; the documented one unless given. */
  readonly budget?: Budget;
}

/**
 * What has to be done so that the world is as desired. Pure: same input, same plan.
 * @throws Problem(s), all at once: arguments that break a rule, names used twice, ambiguous objects, missing links.
 */
export function plan<Session>(
  desired: Desired,
  observed: Observed,
  nouns: readonly Noun<Session>[],
  options: PlanOptions = {},
): Plan {
  const problems: Problem[] = [];
  const known = new Known();
  const ordered = inOrder(desired.objects, nouns, problems);
  const declared = ordered.flatMap((object) => planDeclared(object, nouns, observed, known, problems) ?? []);
  problems.push(...declaredTwice(declared));
  const rest = undeclaredActions(declared, observed, nouns, options.prune ?? 'none');
  throwProblems(problems);
  return finish([...declared, ...rest], desired.leftAlone, nouns, options.budget ?? DOCUMENTED_BUDGET);
}

function planDeclared<Session>(
  object: DesiredObject,
  nouns: readonly Noun<Session>[],
  observed: Observed,
  known: Known,
  problems: Problem[],
): PlannedAction | undefined {
  const found = intentOf(object, nouns, observed, known);
  if ('problems' in found) {
    problems.push(...found.problems);
    // So that whoever refers to it is not told that it does not exist.
    known.set(object.address, undefined);
    return undefined;
  }
  const { noun, config, prior, planned, key } = found;
  known.set(object.address, planned);
  const changed = prior === undefined ? [] : differencesOf(object, found, prior);
  const kind = kindOf(found, changed);
  if (kind === 'replace' && object.preventDestroy) problems.push(preventedFromReplacing(object, changed));
  const links = linksOf(found, nouns, observed, known);
  problems.push(...links.missing.map((problem) => problem.at([object.address])));
  return {
    kind,
    type: object.type,
    key,
    name: displayName(noun, config),
    address: object.address,
    body: object.body,
    prior: prior === undefined ? null : showable(noun.resource.schema, prior),
    planned: showable(noun.resource.schema, planned),
    differences: changed,
    dependsOn: [...new Set([...object.dependsOn, ...links.addresses])].sort(),
    warnings: [],
  };
}

function differencesOf<Session>(
  { ignoreChanges }: DesiredObject,
  { noun, config }: Intent<Session>,
  prior: ObjectValue,
): readonly Difference[] {
  const except = (attribute: string) =>
    attribute in noun.local || ignoreChanges === 'all' || ignoreChanges.includes(attribute);
  return differences(noun.resource.schema, config, prior, except);
}

function kindOf<Session>({ noun, prior }: Intent<Session>, changed: readonly Difference[]): ActionKind {
  if (prior === undefined) return 'create';
  if (changed.length === 0) return 'no-op';
  const inPlace = noun.resource.update !== undefined && !changed.some(({ replaces }) => replaces);
  return inPlace ? 'update' : 'replace';
}

/** The objects that this one names: declared ones come first, and one that is nowhere is a problem now, not at apply. */
function linksOf<Session>(
  { noun, planned }: Intent<Session>,
  nouns: readonly Noun<Session>[],
  observed: Observed,
  known: Known,
): { readonly addresses: readonly string[]; readonly missing: readonly Problem[] } {
  const addresses: string[] = [];
  const missing: Problem[] = [];
  for (const [attribute, link] of Object.entries(noun.links)) {
    const value = planned[attribute] ?? null;
    const target = nouns.find(({ resource }) => resource.type === link.type);
    if (value === null || isUnknown(value) || target === undefined) continue;
    const key = target.resource.naturalKey({ [link.attribute]: value });
    const address = known.addressOf(target, key);
    if (address !== undefined) addresses.push(address);
    else if (key === undefined || withKey(observed, target, key).length === 0)
      missing.push(linksToNothing(attribute, target.label, String(value)));
  }
  return { addresses, missing };
}

function declaredTwice(actions: readonly PlannedAction[]): readonly Problem[] {
  const first = new Map<string, PlannedAction>();
  return actions.flatMap((action) => {
    const id = `${action.type} ${action.key}`;
    const before = first.get(id);
    first.set(id, before ?? action);
    if (before === undefined) return [];
    const summary = `${before.address} and ${action.address} are the same object`;
    const detail = `Both are named "${action.name}", which is unique. Remove one, or give it another name.`;
    return [new Problem({ code: 'conflict', summary, detail, path: [action.address ?? ''] })];
  });
}

function preventedFromReplacing({ address }: DesiredObject, changed: readonly Difference[]): Problem {
  return new Problem({
    code: 'refused',
    summary: 'It has lifecycle.prevent_destroy, and this plan would replace it',
    detail: `Changed: ${changed.map(({ attribute }) => attribute).join(', ')}. Undo the change, or remove prevent_destroy.`,
    path: [address],
  });
}

function linksToNothing(attribute: string, label: string, name: string): Problem {
  return new Problem({
    code: 'not_found',
    summary: `There is no ${label} "${name}"`,
    detail: `It is neither declared in this stack nor visible to these credentials. Declare it, or correct ${attribute}.`,
    path: [attribute],
  });
}
