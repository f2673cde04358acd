import { conformObject, type Strictness } from '../schema/conform.ts';
import { withoutWriteOnly } from '../schema/plan-values.ts';
import type { Schema } from '../schema/schema.ts';
import { isObjectValue, type ObjectValue, objectValue, type Value } from '../schema/value.ts';
import { unknownViolations } from './consistency/known.ts';
import { type Asked, type Violation, violationProblem } from './consistency/violation.ts';
import type { Diagnostics } from './diagnostics.ts';

/** Reports broken rules, each as an error of the provider itself. */
export function report(
  diagnostics: Diagnostics,
  asked: Asked,
  schema: Schema,
  violations: readonly Violation[],
): void {
  diagnostics.fail(...violations.map((violation) => violationProblem(asked, schema, violation)));
}

/**
 * A noun's answer as Terraform may see it: right shape, wholly known unless `unknowns` are allowed, write-only values
 * gone. What is wrong is reported and replaced from `instead`, or null: a state is never thrown away for one bad value.
 */
export function sound(
  diagnostics: Diagnostics,
  asked: Asked,
  schema: Schema,
  answer: unknown,
  options: {
    readonly instead?: ObjectValue;
    readonly unknowns?: true;
    readonly strictness?: Strictness;
  } = {},
): ObjectValue | null {
  const { value, misfits } = conformObject(schema, answer, options.strictness ?? 'answer');
  const shapes = misfits.map(({ path, expected, found }) => ({ path, rule: `be ${expected}, is ${found}` }));
  const leftover = options.unknowns ? [] : unknownViolations(value);
  const violations = [...shapes, ...leftover];
  report(diagnostics, asked, schema, violations);
  if (!isObjectValue(value)) return null;
  const bad = new Set(violations.map(({ path: [name] }) => name));
  const mended = objectValue(
    Object.entries(value).map(([name, member]) => [
      name,
      bad.has(name) ? instead(schema, name, options) : member,
    ]),
  );
  return withoutWriteOnly(schema, mended);
}

/** Blocks are never null: without anything better there are none. */
function instead(schema: Schema, name: string, options: { readonly instead?: ObjectValue }): Value {
  const other = options.instead?.[name];
  if (other !== undefined && unknownViolations(other).length === 0) return other;
  const block = schema.blocks?.[name];
  return block === undefined || block.nesting === 'single' ? null : [];
}
