import { conformObject, type Strictness } from '../schema/conform.ts';
import type { Schema } from '../schema/schema.ts';
import { withoutWriteOnly } from '../schema/settle.ts';
import { isObjectValue, type ObjectValue, objectValue, type Value } from '../schema/value.ts';
import { type Asked, type Breach, breachProblem } from './consistency/breach.ts';
import { unknownBreaches } from './consistency/known.ts';
import type { Findings } from './findings.ts';

/** Reports broken rules, each as an error of the provider itself. */
export function report(findings: Findings, asked: Asked, schema: Schema, breaches: readonly Breach[]): void {
  findings.fail(...breaches.map((breach) => breachProblem(asked, schema, breach)));
}

/**
 * A noun's answer as Terraform may see it: right shape, wholly known unless `unknowns` are allowed, write-only values
 * gone. What is wrong is reported and replaced from `instead`, or null: a state is never thrown away for one bad value.
 */
export function sound(
  findings: Findings,
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
  const leftover = options.unknowns ? [] : unknownBreaches(value);
  const breaches = [...shapes, ...leftover];
  report(findings, asked, schema, breaches);
  if (!isObjectValue(value)) return null;
  const bad = new Set(breaches.map(({ path: [name] }) => name));
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
  if (other !== undefined && unknownBreaches(other).length === 0) return other;
  const block = schema.blocks?.[name];
  return block === undefined || block.nesting === 'single' ? null : [];
}
