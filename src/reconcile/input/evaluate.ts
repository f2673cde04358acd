// The arguments of a block as values of their types.

import { engineCommand } from '../../engine-command.ts';
import { type AttributePath, Problem, problemsOf } from '../../errors.ts';
import type { Attributes } from '../../schema/attribute.ts';
import { numberFromText } from '../../schema/number.ts';
import { impliedType, type Schema } from '../../schema/schema.ts';
import type { Type } from '../../schema/type.ts';
import {
  Decimal,
  isObjectValue,
  isUnknown,
  type ObjectValue,
  objectValue,
  type Value,
} from '../../schema/value.ts';
import { isJsonObject, type Json, type JsonObject } from '../canonical.ts';
import { Unsupported } from './expression.ts';
import { parseTemplate } from './parse.ts';
import { evaluateExpression, type Lookup, plainValue } from './scope.ts';

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
  const reader = new Reader(lookup, report);
  const config = objectValue(
    Object.entries(attributes).map(
      ([name, of]) => [name, reader.json(body[name] ?? null, of, [name])] as const,
    ),
  );
  return { config, problems: [...problems, ...missing(schema.attributes, config, problems)] };
}

/** What stands in a body without any reference: enough to tell what an object is called. */
export function literalBody(body: JsonObject): ObjectValue {
  return objectValue(Object.entries(body).map(([name, json]) => [name, tryLiteral(json)] as const));
}

/** Whether a string stands for itself, without any reference. */
export function isLiteral(json: Json): boolean {
  return typeof json !== 'string' || tryLiteral(json) !== null;
}

function tryLiteral(json: Json): Value {
  if (typeof json !== 'string') return plainValue(json);
  try {
    const expression = parseTemplate(json);
    return expression.kind === 'literal' ? expression.value : null;
  } catch (error) {
    if (error instanceof Unsupported) return null;
    throw error;
  }
}

class Reader {
  readonly #lookup: Lookup;
  readonly #report: (problem: Problem) => null;

  constructor(lookup: Lookup, report: (problem: Problem) => null) {
    this.#lookup = lookup;
    this.#report = report;
  }

  /** JSON as it is written: strings are templates. */
  json(json: Json, type: Type, path: AttributePath): Value {
    if (json === null) return null;
    if (typeof json === 'string') return this.value(this.#template(json, path), type, path);
    if (Array.isArray(json))
      return this.#list(json, type, path, (item, of, at) => this.json(item as Json, of, at));
    if (isJsonObject(json))
      return this.#record(json, type, path, (item, of, at) => this.json(item as Json, of, at));
    return this.#scalar(json as boolean | number, type, path); // What is left of JSON.
  }

  /** A value that came out of a template, which may be of any shape. */
  value(value: Value, type: Type, path: AttributePath): Value {
    if (value === null || isUnknown(value)) return value;
    if (Array.isArray(value))
      return this.#list(value, type, path, (item, of, at) => this.value(item as Value, of, at));
    if (isObjectValue(value))
      return this.#record(value, type, path, (item, of, at) => this.value(item as Value, of, at));
    return this.#scalar(value, type, path);
  }

  #template(text: string, path: AttributePath): Value {
    try {
      return evaluateExpression(parseTemplate(text), this.#lookup);
    } catch (thrown) {
      if (thrown instanceof Unsupported) return this.#report(unsupported(thrown.expression, path));
      for (const problem of problemsOf(thrown)) this.#report(problem.at(path));
      return null;
    }
  }

  #list(items: readonly unknown[], type: Type, path: AttributePath, read: Read): Value {
    // Terraform's JSON syntax allows a list of one object where it means the object.
    if (type.kind === 'object' && items.length === 1) return read(items[0], type, path);
    if (type.kind !== 'list' && type.kind !== 'set') return this.#report(wrongType(type, 'a list', path));
    const values = items.map((item, index) => read(item, type.element, [...path, index]));
    return type.kind === 'set' ? [...new Set(values)] : values;
  }

  #record(entries: object, type: Type, path: AttributePath, read: Read): Value {
    if (type.kind === 'map')
      return new Map(
        Object.entries(entries).map(([key, item]) => [key, read(item, type.element, [...path, { key }])]),
      );
    if (type.kind !== 'object') return this.#report(wrongType(type, 'an object', path));
    for (const name of Object.keys(entries))
      if (!Object.hasOwn(type.attributes, name))
        this.#report(
          invalid('Unknown argument', unknownArgument(name, new Set(Object.keys(type.attributes))), [
            ...path,
            name,
          ]),
        );
    const given: Readonly<Record<string, unknown>> = Object.fromEntries(Object.entries(entries));
    return objectValue(
      Object.entries(type.attributes).map(
        ([name, of]) => [name, read(given[name] ?? null, of, [...path, name])] as const,
      ),
    );
  }

  #scalar(value: Value, type: Type, path: AttributePath): Value {
    if (type.kind === 'dynamic') return value;
    if (type.kind === 'string' && (typeof value === 'number' || typeof value === 'boolean'))
      return String(value);
    if (type.kind === 'bool' && (value === 'true' || value === 'false')) return value === 'true';
    if (type.kind === 'number' && typeof value === 'string') {
      const number = numberFromText(value);
      if (number !== undefined) return number;
    }
    const kind = typeof value === 'boolean' ? 'bool' : value instanceof Decimal ? 'number' : typeof value;
    return kind === type.kind ? value : this.#report(wrongType(type, `a ${kind}`, path));
  }
}

export const MISSING_ARGUMENT = 'Missing argument';

type Read = (item: unknown, type: Type, path: AttributePath) => Value;

function missing(attributes: Attributes, config: ObjectValue, reported: readonly Problem[]): Problem[] {
  const broken = new Set(reported.map(({ path }) => path?.[0]));
  return Object.entries(attributes).flatMap(([name, { options }]) => {
    const given = config[name] !== null;
    if (options.required === true && !given && !broken.has(name))
      return [invalid(MISSING_ARGUMENT, `"${name}" is required.`, [name])];
    if (given && options.computed === true && options.optional !== true)
      return [invalid('Not an argument', `"${name}" is decided by BrowserStack; remove it.`, [name])];
    return [];
  });
}

function unknownArgument(name: string, known: ReadonlySet<string>): string {
  return `There is no argument "${name}"; there are ${[...known].join(', ')}.`;
}

function wrongType(type: Type, found: string, path: AttributePath): Problem {
  return invalid('Wrong type', `Must be a ${type.kind}, is ${found}.`, path);
}

/** What to say about an expression that needs Terraform. */
export function unsupported(expression: string, path: AttributePath): Problem {
  return invalid(
    'An expression that only Terraform can evaluate',
    `${expression} is more than literals, references, variables and local values. Write the value itself, or plan with what an engine made of it: ${engineCommand('show -json PLANFILE > plan.json')}, then --from-terraform plan.json.`,
    path,
  );
}

function invalid(summary: string, detail: string, path: AttributePath): Problem {
  return new Problem({ code: 'invalid_input', summary, detail, path });
}
