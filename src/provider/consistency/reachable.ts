import type { AttributePath } from '../../errors.ts';
import { addressable, valueAt } from '../../schema/path.ts';
import { impliedType, type Schema } from '../../schema/schema.ts';
import type { ObjectOrNull } from '../provider.ts';
import type { Violation } from './violation.ts';

/** A path to replace must lead somewhere, before or after; a wish for something that never was is a mistake. */
export function unreachablePaths(
  schema: Schema,
  paths: readonly AttributePath[],
  { prior, planned }: { readonly prior: ObjectOrNull; readonly planned: ObjectOrNull },
): readonly Violation[] {
  const leads = (path: AttributePath) =>
    addressable(impliedType(schema), path).complete &&
    (valueAt(prior, path) !== undefined || valueAt(planned, path) !== undefined);
  return paths
    .filter((path) => !leads(path))
    .map((path) => ({ path, rule: 'exist to require a replacement (elements of sets have no path)' }));
}
