// Why a plan should not be applied as it is: all reasons, each with the number, the limit and the way out.

import { Problem } from '../../../errors.ts';
import type { ObjectValue } from '../../../schema/value.ts';
import { textOf } from '../../observed.ts';
import { displayName, endsObjects } from '../../resource-types.ts';
import type { PlanContext, Step } from '../context.ts';
import { objectId } from '../objects/vanished.ts';
import type { PlannedAction } from '../plan.ts';

/** More than this share of the objects of a type is not deleted or replaced in a day without being told how many. */
export const DELETE_THRESHOLD = 0.3;
/** With fewer objects than this a share says nothing, so the threshold does not hold. */
export const THRESHOLD_FLOOR = 10;
const DAY = 86_400_000;

export function safetyProblems<Session>(
  steps: readonly Step<Session>[],
  context: PlanContext<Session>,
): readonly Problem[] {
  const { maxDeletes, maxReplaces } = context.request;
  const ending = steps.filter(({ resource }) => endsObjects(resource)).map(({ action }) => action);
  const deletes = ending.filter(({ kind }) => kind === 'delete');
  const replaces = ending.filter(({ kind }) => kind === 'replace');
  const counted = maxReplaces === undefined ? [...deletes, ...replaces] : deletes;
  const tooMany =
    maxDeletes === undefined
      ? context.types.all.flatMap(({ type }) => overThreshold(type, counted, context) ?? [])
      : counted.length > maxDeletes
        ? [overLimit(counted, maxDeletes, '--max-deletes')]
        : [];
  const tooManyReplaced =
    maxReplaces !== undefined && replaces.length > maxReplaces
      ? [overLimit(replaces, maxReplaces, '--max-replaces')]
      : [];
  return [...tooMany, ...tooManyReplaced, ...stillNamed(steps, context)];
}

/** Counted over a day: a limit for one run would let everything pass in a few runs. */
function overThreshold<Session>(
  type: string,
  counted: readonly PlannedAction[],
  { observed, request, types, op }: PlanContext<Session>,
): Problem | undefined {
  const ending = counted.filter((action) => action.type === type);
  const yesterday = op.clock.now().getTime() - DAY;
  const before = request.inventory.ended.filter(
    (ended) => ended.type === type && Date.parse(ended.at) > yesterday,
  );
  // What was replaced is still there, as another object.
  const gone = before.filter(({ how }) => how === 'deleted').length;
  const all = observed.objects(type).length + gone;
  const count = ending.length + before.length;
  if (ending.length === 0 || all < THRESHOLD_FLOOR || count <= all * DELETE_THRESHOLD) return undefined;
  const percent = Math.round((count / all) * 100);
  const sum = before.length === 0 ? '' : ` (${before.length} in the last 24 hours included)`;
  return new Problem({
    code: 'refused',
    summary: `This plan would ${wordFor(ending)} ${count} of ${all} objects of the kind ${types.label(type)}${sum}`,
    detail: `That is ${percent} %, more than ${DELETE_THRESHOLD * 100} % a day (a limit that holds from ${THRESHOLD_FLOOR} objects on). If it is meant: ${wayOut(counted)}.`,
  });
}

function overLimit(ending: readonly PlannedAction[], limit: number, option: string): Problem {
  const some = ending.slice(0, 10).map(({ type, name }) => `${type} "${name}"`);
  const more = ending.length > some.length ? ` and ${ending.length - some.length} more` : '';
  const replaced = ending.some(({ kind }) => kind === 'replace') && option === '--max-deletes';
  const instead = replaced
    ? ` Replacing counts as deleting, unless it has a limit of its own: ${wayOut(ending)}.`
    : ' Declare what is to stay as it is, or raise the limit.';
  return new Problem({
    code: 'refused',
    summary: `This plan would ${wordFor(ending)} ${ending.length} objects, more than ${option} ${limit}`,
    detail: `${some.join(', ')}${more}.${instead}`,
  });
}

function wordFor(ending: readonly PlannedAction[]): string {
  const kinds = new Set(ending.map(({ kind }) => kind));
  return kinds.size === 2 ? 'delete or replace' : [...kinds].join('');
}

/** The limits under which this many pass. */
function wayOut(ending: readonly PlannedAction[]): string {
  const count = (kind: PlannedAction['kind']) => ending.filter((action) => action.kind === kind).length;
  const [deletes, replaces] = [count('delete'), count('replace')];
  const words = [
    ...(deletes > 0 || replaces === 0 ? [`--max-deletes ${deletes}`] : []),
    ...(replaces > 0 ? [`--max-replaces ${replaces}`] : []),
  ];
  return words.join(' ');
}

/** Deleting what others stay in would strand them, or take them along: nobody has documented which. */
function stillNamed<Session>(
  steps: readonly Step<Session>[],
  context: PlanContext<Session>,
): readonly Problem[] {
  const deletes = steps.filter(({ action, resource }) => action.kind === 'delete' && endsObjects(resource));
  if (deletes.length === 0) return [];
  const members = membersAfter(steps, context);
  return deletes.flatMap(({ action, prior }) => {
    const inside = Object.entries(prior ?? {}).flatMap(
      ([attribute, value]) => members.get(`${action.type}.${attribute} ${textOf(value)}`) ?? [],
    );
    return inside.length === 0 ? [] : [notEmpty(action, context.types.label(action.type), inside)];
  });
}

/** Who names whom once everything is done: names of members by what they name. */
function membersAfter<Session>(
  steps: readonly Step<Session>[],
  { types, observed }: PlanContext<Session>,
): ReadonlyMap<string, readonly string[]> {
  const members = new Map<string, string[]>();
  const byId = new Map(
    steps.flatMap((step) =>
      step.prior === undefined ? [] : [[objectId(step.resource, step.prior), step] as const],
    ),
  );
  const add = (resource: Step<Session>['resource'], object: ObjectValue) => {
    for (const [attribute, link] of Object.entries(resource.links ?? {})) {
      const name = textOf(object[attribute]);
      if (name === undefined) continue;
      const key = `${link.type}.${link.attribute} ${name}`;
      const others = members.get(key);
      if (others === undefined) members.set(key, [displayName(resource, object)]);
      else others.push(displayName(resource, object));
    }
  };
  for (const { action, resource, planned } of steps)
    if (action.kind === 'create' && planned !== undefined && endsObjects(resource)) add(resource, planned);
  for (const resource of types.all.filter(endsObjects))
    for (const object of observed.objects(resource.type)) {
      const step = byId.get(objectId(resource, object));
      if (step?.action.kind !== 'delete') add(resource, step?.planned ?? object);
    }
  return members;
}

function notEmpty({ name, address }: PlannedAction, label: string, members: readonly string[]): Problem {
  const some = members.slice(0, 5).map((member) => `"${member}"`);
  return new Problem({
    code: 'refused',
    summary: `The ${label} "${name}" is not empty: it would be deleted with ${members.length} in it`,
    detail: `${some.join(', ')}${members.length > some.length ? ', …' : ''}. Move or delete them first, or declare the ${label}.`,
    ...(address === null ? {} : { path: [address] }),
  });
}
