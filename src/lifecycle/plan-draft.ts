// Where "requires replace" is decided, and what a plan is before the noun has its say: the one planning core of both engines.

import type { AttributePath } from '../errors.ts';
import { changedConfigurables, replacements } from '../schema/diff.ts';
import { equal } from '../schema/equal.ts';
import { planValues, withoutWriteOnly } from '../schema/plan-values.ts';
import { impliedType, type Schema } from '../schema/schema.ts';
import type { ObjectValue } from '../schema/value.ts';
import type { Change, PlanAnswer } from './resource.ts';

type ObjectOrNull = ObjectValue | null;

/** What is configured beside what there is; null: nothing. */
export interface Sides {
  readonly config: ObjectOrNull;
  readonly prior: ObjectOrNull;
}

/** All of a noun that a draft depends on. */
interface Drafted {
  readonly schema: Schema;
  readonly update?: unknown;
}

export interface Draft {
  readonly action: Change<Schema>['action'];
  readonly planned: ObjectOrNull;
  readonly replaces: readonly AttributePath[];
}

/** The plan that follows from schema and values alone. */
export function draft(noun: Drafted, { config, prior }: Sides): Draft {
  const { schema } = noun;
  if (config === null) return { action: prior === null ? 'no-op' : 'delete', planned: null, replaces: [] };
  const sides = { config, prior };
  if (prior === null) return { action: 'create', planned: planValues(schema, sides, 'all'), replaces: [] };
  const kept = planValues(schema, sides, 'keep');
  // Returning the prior object itself keeps differences that mean nothing out of the plan.
  if (equal(impliedType(schema), prior, kept))
    return { action: 'no-op', planned: withoutWriteOnly(schema, prior), replaces: [] };
  const replaces = cannotUpdate(noun, prior, kept);
  if (replaces.length > 0) return { action: 'replace', planned: planValues(schema, sides, 'all'), replaces };
  return { action: 'update', planned: planValues(schema, sides, 'update'), replaces };
}

function cannotUpdate(
  { schema, update }: Drafted,
  prior: ObjectValue,
  planned: ObjectValue,
): readonly AttributePath[] {
  const required = replacements(schema, prior, planned);
  return required.length > 0 || update !== undefined
    ? required
    : changedConfigurables(schema, prior, planned);
}

/** The draft's replacements, those of the noun's own plan, and those it asks for; less those it spares. */
export function withReplacements(
  noun: Drafted,
  { action, planned: drafted, replaces }: Draft,
  { prior, planned }: { readonly prior: ObjectOrNull; readonly planned: ObjectOrNull },
  { replaces: asked = [], inPlace = [] }: Pick<PlanAnswer<Schema>, 'replaces' | 'inPlace'>,
): readonly AttributePath[] {
  if (prior === null || planned === null) return [];
  // In a replacement everything computed differs; that says nothing new.
  const caused = action === 'replace' || planned === drafted ? [] : cannotUpdate(noun, prior, planned);
  const all = new Map([...replaces, ...caused, ...asked].map((path) => [JSON.stringify(path), path]));
  if (noun.update !== undefined) for (const path of inPlace) all.delete(JSON.stringify(path));
  return [...all.values()];
}

/** The change as a noun is asked about it. */
export function changeOf({ action, planned, replaces }: Draft, { config, prior }: Sides): Change<Schema> {
  const given = (object: ObjectOrNull) => object ?? undefined;
  // The schema is the noun's own and the values have been checked against it.
  return {
    action,
    config: given(config),
    prior: given(prior),
    planned: given(planned),
    replaces,
  } as Change<Schema>;
}
