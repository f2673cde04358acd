// Terraform's rules for a provider's answers, in our own words and before Terraform sees them: what a noun got wrong
// is named with its type, its path, what was promised and what came.

import { type AttributePath, Problem } from '../../errors.ts';
import type { AnyAttribute } from '../../schema/attribute.ts';
import { pathText } from '../../schema/path.ts';
import type { BlockSchema } from '../../schema/transform.ts';
import { Decimal, Dynamic, isObjectValue, isUnknown, type Value } from '../../schema/value.ts';

/** A rule that an answer broke. */
export interface Violation {
  readonly path: AttributePath;
  /** Completes "must …". */
  readonly rule: string;
  readonly promised?: Value;
  readonly came?: Value;
}

/** What was asked of which noun; for the message. */
export interface Asked {
  readonly type: string;
  readonly operation: string;
}

const LONGEST_VALUE = 200;

export function violationProblem(
  { type, operation }: Asked,
  block: BlockSchema,
  violation: Violation,
): Problem {
  const { path, rule, promised, came } = violation;
  const hidden = isSensitive(block, path);
  const values = [
    ...(promised === undefined ? [] : [`Promised: ${hidden ? HIDDEN : show(promised)}.`]),
    ...(came === undefined ? [] : [`Came: ${hidden ? HIDDEN : show(came)}.`]),
  ];
  return new Problem({
    code: 'internal',
    summary: `${type}: the provider's own answer to ${operation} is wrong`,
    detail: `${pathText(path)} must ${rule}. ${values.join(' ')}\n\nThis is a bug in the provider, not in your configuration; please report it with this message.`,
    path,
  });
}

const HIDDEN = '(sensitive value)';

/** True when the value at the path, something around it or something inside it is sensitive. */
function isSensitive(block: BlockSchema, path: AttributePath): boolean {
  let current: BlockSchema | undefined = block;
  for (const step of path) {
    // Indexes and keys stay inside the same nested attribute.
    if (typeof step !== 'string') continue;
    const attribute: AnyAttribute | undefined = current?.attributes[step];
    if (attribute?.options.sensitive === true) return true;
    // Below an attribute that is not nested nothing can be declared sensitive any more.
    if (attribute !== undefined && attribute.nested === undefined) return false;
    current = attribute?.nested ?? current?.blocks?.[step];
  }
  return current !== undefined && holdsSensitive(current);
}

function holdsSensitive({ attributes, blocks = {} }: BlockSchema): boolean {
  return (
    Object.values(attributes).some(
      ({ options, nested }) => options.sensitive === true || (nested !== undefined && holdsSensitive(nested)),
    ) || Object.values(blocks).some(holdsSensitive)
  );
}

function show(value: Value): string {
  const text = textOf(value);
  return text.length <= LONGEST_VALUE ? text : `${text.slice(0, LONGEST_VALUE)}…`;
}

function textOf(value: Value): string {
  if (value === null) return 'null';
  if (isUnknown(value)) return '(known after apply)';
  if (typeof value === 'string') return JSON.stringify(value);
  if (value instanceof Decimal) return value.text;
  if (value instanceof Dynamic) return textOf(value.value);
  if (Array.isArray(value)) return `[${value.map(textOf).join(', ')}]`;
  if (value instanceof Map) return `{${[...value].map(([key, one]) => member(key, one)).join(', ')}}`;
  if (isObjectValue(value))
    return `{${Object.entries(value)
      .map(([key, one]) => member(key, one))
      .join(', ')}}`;
  return String(value);
}

function member(key: string, value: Value): string {
  return `${JSON.stringify(key)}: ${textOf(value)}`;
}
