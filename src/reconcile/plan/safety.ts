import { Problem } from '../../errors.ts';
import type { Noun } from '../noun.ts';
import type { Observed } from '../observed.ts';
import { nounOf } from './intent.ts';
import { names } from './links.ts';
import type { Plan, PlannedAction } from './plan.ts';

export interface SafetyLimits {
  /** How many objects may be deleted; replaces the threshold. */
  readonly maxDeletes?: number;
  /**
   * How many objects may be replaced: each gets another identity, so whatever uses it breaks. Unless given they count
   * as deletions.
   */
  readonly maxReplaces?: number;
}

/** More than this share of the objects of a type is not deleted or replaced without being told how many. */
export const DELETE_THRESHOLD = 0.3;
/** With fewer objects than this a share says nothing, so the threshold does not hold. */
export const THRESHOLD_FLOOR = 10;

/** Why this plan should not be applied as it is: all reasons, each with the number, the limit and the way out. */
export function safetyProblems<Session>(
  plan: Plan,
  observed: Observed,
  nouns: readonly Noun<Session>[],
  { maxDeletes, maxReplaces }: SafetyLimits,
): readonly Problem[] {
  const deletes = plan.actions.filter(({ kind }) => kind === 'delete');
  const replaces = plan.actions.filter(({ kind }) => kind === 'replace');
  const counted = maxReplaces === undefined ? [...deletes, ...replaces] : deletes;
  const tooMany =
    maxDeletes === undefined
      ? nouns.flatMap((noun) => overThreshold(noun, counted, observed) ?? [])
      : counted.length > maxDeletes
        ? [overLimit(counted, maxDeletes, '--max-deletes')]
        : [];
  const tooManyReplaced =
    maxReplaces !== undefined && replaces.length > maxReplaces
      ? [overLimit(replaces, maxReplaces, '--max-replaces')]
      : [];
  return [
    ...tooMany,
    ...tooManyReplaced,
    ...deletes.flatMap((action) => stillNamed(action, plan, nouns) ?? []),
  ];
}

function overThreshold<Session>(
  { resource: { type }, label }: Noun<Session>,
  counted: readonly PlannedAction[],
  observed: Observed,
): Problem | undefined {
  const all = observed.get(type)?.length ?? 0;
  const ending = counted.filter((action) => action.type === type);
  const count = ending.length;
  if (all < THRESHOLD_FLOOR || count <= all * DELETE_THRESHOLD) return undefined;
  const percent = Math.round((count / all) * 100);
  return new Problem({
    code: 'refused',
    summary: `This plan would ${wordFor(ending)} ${count} of ${all} objects of the kind ${label}`,
    detail: `That is ${percent} %, more than ${DELETE_THRESHOLD * 100} % (a limit that holds from ${THRESHOLD_FLOOR} objects on). If it is meant: ${wayOut(counted)}.`,
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
