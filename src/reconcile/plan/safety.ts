import { Problem } from '../../errors.ts';
import type { Noun } from '../noun.ts';
import type { Observed } from '../observed.ts';
import { nounOf } from './intent.ts';
import { names } from './links.ts';
import type { Plan, PlannedAction } from './plan.ts';

export interface SafetyLimits {
  /** How many objects may be deleted; replaces the threshold. */
  readonly maxDeletes?: number;
}

/** More than this share of the objects of a type is not deleted without being told how many. */
export const DELETE_THRESHOLD = 0.3;
/** With fewer objects than this a share says nothing, so the threshold does not hold. */
export const THRESHOLD_FLOOR = 10;

/** Why this plan should not be applied as it is: all reasons, each with the number, the limit and the way out. */
export function safetyProblems<Session>(
  plan: Plan,
  observed: Observed,
  nouns: readonly Noun<Session>[],
  { maxDeletes }: SafetyLimits,
): readonly Problem[] {
  const deletes = plan.actions.filter(({ kind }) => kind === 'delete');
  const tooMany =
    maxDeletes === undefined
      ? nouns.flatMap((noun) => overThreshold(noun, deletes, observed) ?? [])
      : deletes.length > maxDeletes
        ? [overLimit(deletes, maxDeletes)]
        : [];
  return [...tooMany, ...deletes.flatMap((action) => stillNamed(action, plan, nouns) ?? [])];
}

function overThreshold<Session>(
  { resource: { type }, label }: Noun<Session>,
  deletes: readonly PlannedAction[],
  observed: Observed,
): Problem | undefined {
  const all = observed.get(type)?.length ?? 0;
  const count = deletes.filter((action) => action.type === type).length;
  if (all < THRESHOLD_FLOOR || count <= all * DELETE_THRESHOLD) return undefined;
  const percent = Math.round((count / all) * 100);
  return new Problem({
    code: 'refused',
    summary: `This plan would delete ${count} of ${all} objects of the kind ${label}`,
    detail: `That is ${percent} %, more than ${DELETE_THRESHOLD * 100} % (a limit that holds from ${THRESHOLD_FLOOR} objects on). If it is meant: --max-deletes ${deletes.length}.`,
  });
}

function overLimit(deletes: readonly PlannedAction[], limit: number): Problem {
  const some = deletes.slice(0, 10).map(({ type, name }) => `${type} "${name}"`);
  const more = deletes.length > some.length ? ` and ${deletes.length - some.length} more` : '';
  return new Problem({
    code: 'refused',
    summary: `This plan would delete ${deletes.length} objects, more than --max-deletes ${limit}`,
    detail: `${some.join(', ')}${more}. Declare what is to stay, or raise the limit.`,
  });
}

/** Deleting what others stay in would strand them, or take them along: nobody has documented which. */
function stillNamed<Session>(
  action: PlannedAction,
  { actions }: Plan,
  nouns: readonly Noun<Session>[],
): Problem | undefined {
  const target = nounOf(nouns, action.type);
  const members = actions.filter(
    ({ kind, type, planned, prior }) => kind !== 'delete' && names(type, planned ?? prior, action, nouns),
  );
  if (members.length === 0) return undefined;
  const some = members.slice(0, 5).map(({ name }) => `"${name}"`);
  return new Problem({
    code: 'refused',
    summary: `The ${target.label} "${action.name}" is not empty: it would be deleted with ${members.length} in it`,
    detail: `${some.join(', ')}${members.length > some.length ? ', …' : ''}. Move or delete them first, or declare the ${target.label}.`,
  });
}
