// From a configuration to a plan, attribute by attribute: what the user wrote stands, what he left out gets its
// default, its stored value, or will be computed. Depends on nothing but its arguments.

import type { AnyAttribute } from './attribute.ts';
import { conformValue } from './conform.ts';
import { type AttributeNode, type BlockSchema, transform } from './transform.ts';
import { isWriteOnly } from './validate.ts';
import { type ObjectValue, unknown, type Value } from './value.ts';

/** What becomes of computed values the user did not set: new objects compute all, updates those that must follow. */
export type Computing = 'keep' | 'update' | 'all';

/** Options of an attribute, whatever its kind. */
interface Kinds {
  readonly computed?: true;
  readonly nullable?: true;
  readonly recompute?: true;
}

/**
 * The plan that a configuration makes of what is stored. Terraform's own proposal says the same, but guesses which
 * element of a set is which before the defaults are known; so it is not used.
 */
export function planValues(
  block: BlockSchema,
  { config, prior }: { readonly config: ObjectValue; readonly prior: ObjectValue | null },
  computing: Computing,
): ObjectValue {
  return transform(block, withDefaults(block, config), [prior], ({ attribute, value, beside: [stored] }) => {
    if (isWriteOnly(attribute)) return null;
    // Inside a known configured value the nested attributes are looked at one by one.
    if (value !== null) return undefined;
    const { computed, ...kinds }: Kinds = attribute.options;
    if (!computed) return null;
    return stored === undefined || mustCompute(computing, kinds, stored) ? unknown : stored;
  });
}

function mustCompute(computing: Computing, { recompute, nullable }: Kinds, value: Value): boolean {
  if (computing !== 'update') return computing === 'all';
  return recompute === true || (value === null && nullable !== true);
}

/** Fills in what was left out of a configuration or of an imported state. */
export function withDefaults(block: BlockSchema, object: ObjectValue): ObjectValue {
  return transform(block, object, [], ({ attribute, value }) =>
    value === null && defaultOf(attribute) !== null ? defaultOf(attribute) : undefined,
  );
}

export function defaultOf({ type, options }: AnyAttribute): Value {
  return options.default === undefined ? null : conformValue(type, options.default, 'answer').value;
}

/** Write-only values are used and never kept: they may stand in no answer. */
export function withoutWriteOnly(block: BlockSchema, object: ObjectValue): ObjectValue {
  return transform(block, object, [], ({ attribute }) => (isWriteOnly(attribute) ? null : undefined));
}

/** The object with the write-only values of the configuration, which is the only node that has them. */
export function withWriteOnly(block: BlockSchema, object: ObjectValue, config: ObjectValue): ObjectValue {
  return transform(block, object, [config], ({ attribute, beside }: AttributeNode) =>
    isWriteOnly(attribute) ? (beside[0] ?? null) : undefined,
  );
}

/** What a user would write to get this object: nothing computed, nothing that is the default anyway. */
export function configurable(
  block: BlockSchema,
  object: ObjectValue,
  isDefault: (node: AttributeNode) => boolean,
): ObjectValue {
  return transform(block, object, [], (node) => {
    const { required, optional } = node.attribute.options;
    if (!required && !optional) return null;
    return isWriteOnly(node.attribute) || isDefault(node) ? null : undefined;
  });
}
