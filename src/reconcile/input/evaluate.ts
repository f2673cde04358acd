import { type AttributePath, Problem } from '../../errors.ts';
import type { Attributes } from '../../schema/attribute.ts';
import { impliedType, type Schema } from '../../schema/schema.ts';
import type { Type } from '../../schema/type.ts';
import { isUnknown, type ObjectValue, objectValue, unknown, type Value } from '../../schema/value.ts';
import { isJsonObject, type Json, type JsonObject } from '../canonical.ts';
import { parseTemplate, type Reference, Unsupported } from './template.ts';

/** What a reference stands for: a value, `unknown` until applied, or `undefined` when there is no such thing. */
export type Lookup = (reference: Reference) => Value | undefined;

export interface Evaluated {
  /** Every attribute of the schema; what is not written is null. */
  readonly config: ObjectValue;
  readonly problems: readonly Problem[];
}

/** The arguments of a block as typed values, references resolved. Reports everything that is wrong at once. */
export function evaluate(body: JsonObject, schema: Schema, lookup: Lookup): Evaluated {
  const problems: Problem[] = [];
  const report = (problem: Problem) => {
    problems.push(problem);
    return null;
  };
  const known = new Set([...Object.keys(schema.attributes), ...Object.keys(schema.blocks ?? {})]);
  for (const name of Object.keys(body))
    if (!known.has(name)) report(invalid('Unknown argument', unknownArgument(name, known), [name]));
  const type = impliedType(schema);
  const attributes = type.kind === 'object' ? type.attributes : {};
  const config = objectValue(
    Object.entries(attributes).map(([name, attributeType]) => {
      const reader = { lookup, report };
      return [name, convert(body[name] ?? null, attributeType, [name], reader)] as const;
    }),
  );
  return { config, problems: [...problems, ...missing(schema.attributes, config, problems)] };
}

/** All references inside `json`, whatever its type. Strings that cannot be parsed have none. */
export function referencesIn(json: Json): readonly Reference[] {
  if (typeof json === 'string') {
    const parts = parseTemplate(json);
    return parts instanceof Unsupported ? [] : parts.filter((part) => typeof part !== 'string');
  }
  if (Array.isArray(json)) return json.flatMap(referencesIn);
  return isJsonObject(json) ? Object.values(json).flatMap(referencesIn) : [];
}

interface Reader {
  readonly lookup: Lookup;
  readonly report: (problem: Problem) => null;
}

function convert(json: Json, type: Type, path: AttributePath, reader: Reader): Value {
  if (json === null) return null;
  if (typeof json === 'string') return scalar(evaluateString(json, path, reader), type, path, reader);
  if (Array.isArray(json)) return list(json, type, path, reader);
  if (isJsonObject(json)) return record(json, type, path, reader);
  // `Array.isArray` does not narrow a readonly array away; a boolean or a number is left.
  return scalar(json as boolean | number, type, path, reader);
}

function list(json: readonly Json[], type: Type, path: AttributePath, reader: Reader): Value {
  if (type.kind === 'object' && json.length === 1) return convert(json[0] ?? null, type, path, reader);
  if (type.kind !== 'list' && type.kind !== 'set') return reader.report(wrongType(type, 'a list', path));
  const items = json.map((item, index) => convert(item, type.element, [...path, index], reader));
  return type.kind === 'set' ? [...new Set(items)] : items;
}

function record(json: JsonObject, type: Type, path: AttributePath, reader: Reader): Value {
  if (type.kind === 'map')
    return new Map(
      Object.entries(json).map(([key, item]) => [
        key,
        convert(item, type.element, [...path, { key }], reader),
      ]),
    );
  if (type.kind !== 'object') return reader.report(wrongType(type, 'an object', path));
  return objectValue(
    Object.entries(type.attributes).map(([name, inner]) => {
      return [name, convert(json[name] ?? null, inner, [...path, name], reader)] as const;
    }),
  );
}

function scalar(value: Value, type: Type, path: AttributePath, { report }: Reader): Value {
  if (value === null || isUnknown(value) || type.kind === 'dynamic') return value;
  if (type.kind === 'string' && (typeof value === 'number' || typeof value === 'boolean'))
    return String(value);
  if (type.kind === 'bool' && (value === 'true' || value === 'false')) return value === 'true';
  if (type.kind === 'number' && typeof value === 'string' && /^-?\d+(\.\d+)?$/u.test(value))
    return Number(value);
  const fits =
    (type.kind === 'bool' && typeof value === 'boolean') || type.kind === kindOf(value) || isComposite(value);
  return fits ? value : report(wrongType(type, `a ${kindOf(value)}`, path));
}

function evaluateString(text: string, path: AttributePath, { lookup, report }: Reader): Value {
  const parts = parseTemplate(text);
  if (parts instanceof Unsupported) return report(unsupported(parts.expression, path));
  const values = parts.map((part) => {
    if (typeof part === 'string') return part;
    const value = lookup(part);
    return value === undefined ? report(dangling(part, path)) : value;
  });
  const [only] = values;
  if (values.length === 1 && only !== undefined) return only;
  return values.some(isUnknown) ? unknown : values.map((value) => String(value ?? '')).join('');
}

function missing(attributes: Attributes, config: ObjectValue, reported: readonly Problem[]): Problem[] {
  const broken = new Set(reported.map(({ path }) => path?.[0]));
  return Object.entries(attributes).flatMap(([name, { options }]) => {
    const given = config[name] !== null;
    if ('required' in options && !given && !broken.has(name))
      return [invalid('Missing argument', `"${name}" is required.`, [name])];
    if (given && 'computed' in options && !('optional' in options))
      return [invalid('Not an argument', `"${name}" is decided by BrowserStack; remove it.`, [name])];
    return [];
  });
}

const isComposite = (value: Value) => typeof value === 'object' && value !== null;
const kindOf = (value: Value) => (typeof value === 'boolean' ? 'bool' : typeof value);

function unknownArgument(name: string, known: ReadonlySet<string>): string {
  return `There is no argument "${name}"; there are ${[...known].join(', ')}.`;
}

function wrongType(type: Type, found: string, path: AttributePath): Problem {
  return invalid('Wrong type', `Must be a ${type.kind}, is ${found}.`, path);
}

function dangling({ text, address }: Reference, path: AttributePath): Problem {
  return invalid(
    'Unknown reference',
    `\${${text}} refers to nothing: this stack has no ${address} with this attribute.`,
    path,
  );
}

/** What to say about an expression that needs Terraform. */
export function unsupported(expression: string, path: AttributePath): Problem {
  return invalid(
    'An expression that only Terraform can evaluate',
    `${expression} is neither a literal nor a reference to an attribute of a resource of this stack. Write the value itself, or plan this stack with Terraform.`,
    path,
  );
}

function invalid(summary: string, detail: string, path: AttributePath): Problem {
  return new Problem({ code: 'invalid_input', summary, detail, path });
}
