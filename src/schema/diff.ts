import type { AttributePath } from '../errors.ts';
import type { AnyAttribute } from './attribute.ts';
import { equal } from './equal.ts';
import { impliedType } from './schema.ts';
import { type BlockSchema, visit } from './transform.ts';
import { isUnknown, type ObjectValue, type Value } from './value.ts';

export interface AttributeChange {
  readonly path: AttributePath;
  readonly attribute: AnyAttribute;
  readonly prior: Value;
  readonly planned: Value;
}

/** Every attribute, at any depth, whose value differs; a nested attribute counts as well as what is inside it. */
function changes(block: BlockSchema, prior: ObjectValue, planned: ObjectValue): readonly AttributeChange[] {
  const found = new Map<string, AttributeChange>();
  const compare = (path: AttributePath, attribute: AnyAttribute, before: Value, after: Value) => {
    if (equal(attribute.type, before, after)) return;
    const key = JSON.stringify(path);
    if (!found.has(key)) found.set(key, { path, attribute, prior: before, planned: after });
  };
  visit(block, planned, [prior], ({ path, attribute, value, beside: [before] }) =>
    compare(path, attribute, before ?? null, value),
  );
  // Elements that are gone are seen from the other side only.
  visit(block, prior, [planned], ({ path, attribute, value, beside: [after] }) =>
    compare(path, attribute, value, after ?? null),
  );
  return [...found.values()];
}

/** The changes that cannot be made in place. */
export function replacements(
  block: BlockSchema,
  prior: ObjectValue,
  planned: ObjectValue,
): readonly AttributePath[] {
  return changes(block, prior, planned)
    .filter(({ attribute: { options }, prior: before, planned: after }) => {
      const rule = options.requiresReplace;
      return typeof rule === 'function' ? rule({ prior: before, planned: after }) : rule === true;
    })
    .map(({ path }) => path);
}

/** Attributes and blocks of the outermost level that a user can set and whose values differ. */
export function changedConfigurables(
  block: BlockSchema,
  prior: ObjectValue,
  planned: ObjectValue,
): readonly AttributePath[] {
  const type = impliedType(block);
  if (type.kind !== 'object') return [];
  return Object.entries(type.attributes)
    .filter(([name]) => {
      const options = block.attributes[name]?.options;
      return options === undefined || options.required === true || options.optional === true;
    })
    .filter(([name, of]) => {
      const after = planned[name] ?? null;
      // What the provider is still to compute is no wish of the user.
      const computes = isUnknown(after) && block.attributes[name]?.options.computed === true;
      return !computes && !equal(of, prior[name] ?? null, after);
    })
    .map(([name]) => [name]);
}
