import type { AttributePath, Problem } from '../../errors.ts';
import type { AnyAttribute } from '../../schema/attribute.ts';
import type { Schema } from '../../schema/schema.ts';
import { isUnknown, type ObjectValue } from '../../schema/value.ts';

/** A noun or a provider: what has a schema and perhaps rules between attributes. */
interface Checked {
  readonly schema: Schema;
  validate?(config: ObjectValue): readonly Problem[];
}

/** Every rule that this configuration breaks: those of single attributes and those between them. */
export function check(checked: Checked, config: ObjectValue): readonly Problem[] {
  const single = Object.entries(checked.schema.attributes).flatMap(([name, attribute]) =>
    brokenRules(attribute, config[name], [name]),
  );
  return [...single, ...(checked.validate?.(config) ?? [])];
}

function brokenRules({ options }: AnyAttribute, value: unknown, path: AttributePath): readonly Problem[] {
  if (value === null || value === undefined || isUnknown(value)) return [];
  // The value was converted to the attribute's type, which is what its validators take.
  const rules: readonly ((value: unknown, path: AttributePath) => Problem | undefined)[] =
    options.validate ?? [];
  return rules.flatMap((rule) => rule(value, path) ?? []);
}
