// Where "requires replace" is decided, and what a plan is before the noun has its say.

import type { AttributePath } from '../../errors.ts';
import type { Change, PlanAnswer } from '../../lifecycle/resource.ts';
import { changedConfigurables, replacements } from '../../schema/diff.ts';
import { equal } from '../../schema/equal.ts';
import { addressable, valueAt } from '../../schema/path.ts';
import { impliedType, type Schema } from '../../schema/schema.ts';
import { settle, withoutWriteOnly } from '../../schema/settle.ts';
import type { ObjectValue } from '../../schema/value.ts';
import type { Breach } from '../consistency/breach.ts';
import type { ResourceNoun } from '../engine.ts';
import type { ObjectOrNull, PlanRequest } from '../provider.ts';

export interface Draft {
  readonly action: Change<Schema>['action'];
  readonly planned: ObjectOrNull;
  readonly replaces: readonly AttributePath[];
}

/** The plan that follows from schema and values alone. */
export function draft<Session>(
  noun: ResourceNoun<Session>,
  { config, prior }: Pick<PlanRequest, 'config' | 'prior'>,
): Draft {
  const { schema } = noun;
  if (config === null) return { action: prior === null ? 'no-op' : 'delete', planned: null, replaces: [] };
  const sides = { config, prior };
  if (prior === null) return { action: 'create', planned: settle(schema, sides, 'all'), replaces: [] };
  const kept = settle(schema, sides, 'keep');
  // Returning the prior object itself keeps differences that mean nothing out of the plan.
  if (equal(impliedType(schema), prior, kept))
    return { action: 'no-op', planned: withoutWriteOnly(schema, prior), replaces: [] };
  const replaces = cannotUpdate(noun, prior, kept);
  if (replaces.length > 0) return { action: 'replace', planned: settle(schema, sides, 'all'), replaces };
  return { action: 'update', planned: settle(schema, sides, 'update'), replaces };
}

function cannotUpdate<Session>(
  { schema, update }: ResourceNoun<Session>,
  prior: ObjectValue,
  planned: ObjectValue,
): readonly AttributePath[] {
  const required = replacements(schema, prior, planned);
  return required.length > 0 || update !== undefined
    ? required
    : changedConfigurables(schema, prior, planned);
}

/** The draft's replacements, those of the noun's own plan, and those it asks for; less those it spares. */
export function withReplacements<Session>(
  noun: ResourceNoun<Session>,
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

/** A path to replace must lead somewhere, before or after; a wish for something that never was is a mistake. */
export function unreachablePaths(
  schema: Schema,
  paths: readonly AttributePath[],
  { prior, planned }: { readonly prior: ObjectOrNull; readonly planned: ObjectOrNull },
): readonly Breach[] {
  const leads = (path: AttributePath) =>
    addressable(impliedType(schema), path).complete &&
    (valueAt(prior, path) !== undefined || valueAt(planned, path) !== undefined);
  return paths
    .filter((path) => !leads(path))
    .map((path) => ({ path, rule: 'exist to require a replacement (elements of sets have no path)' }));
}
