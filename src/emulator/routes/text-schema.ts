// Texts as the server accepts them, in the words of JSON Schema.

import type { JsonSchema } from '../storage/checked-json.ts';

const CONTROL = '\\u0000-\\u001f\\u007f-\\u009f';
/** Tab, line feed and carriage return are control characters too. */
const CONTROL_BUT_LAYOUT = '\\u0000-\\u0008\\u000b\\u000c\\u000e-\\u001f\\u007f-\\u009f';

/** A name of so many characters, without control characters; blanks around it do not count. */
export function nameSchema(minimum: number, maximum?: number, { layout = false } = {}): JsonSchema {
  const inside = `[^${layout ? CONTROL_BUT_LAYOUT : CONTROL}]`;
  const end = `[^\\s${CONTROL}]`;
  const between = (from: number) =>
    `${inside}{${Math.max(0, from)},${maximum === undefined ? '' : maximum - 2}}`;
  const name = minimum > 1 ? `${end}${between(minimum - 2)}${end}` : `${end}(?:${between(0)}${end})?`;
  return { type: 'string', minLength: minimum, pattern: `^\\s*${name}\\s*$` };
}

/** Any text that is not blank. */
export const filledSchema: JsonSchema = { type: 'string', minLength: 1, pattern: '\\S' };

export const emailSchema: JsonSchema = {
  type: 'string',
  minLength: 3,
  pattern: `^\\s*[^\\s@${CONTROL}]+@[^\\s@${CONTROL}]+\\s*$`,
};

export const daySchema: JsonSchema = { type: 'string', format: 'date' };

/** A list of these, which stands in a query with commas between its items. */
export function listSchema(items: readonly string[] | undefined, minItems = 0): JsonSchema {
  const item = items === undefined ? { type: 'string' } : { enum: items };
  return { type: 'array', items: item, ...(minItems > 0 ? { minItems } : {}) };
}
