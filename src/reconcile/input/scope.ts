// What the references of a stack stand for without Terraform: variables, locals, the key of an instance. References to
// resources are answered by who plans them.

import { Problem } from '../../errors.ts';
import { isObjectValue, isUnknown, objectValue, unknown, type Value } from '../../schema/value.ts';
import { isJsonObject, type Json, type JsonObject } from '../canonical.ts';
import { type Expression, type Reference, type Step, Unsupported } from './expression.ts';
import { parseTemplate } from './parse.ts';

/** What a reference stands for: a value, `unknown` until applied, or `undefined` when there is no such thing. */
export type Lookup = (reference: Reference) => Value | undefined;

/** Instance of a block with `count` or `for_each`. */
export interface Instance {
  readonly key: string | number;
  readonly value: Value;
}

export class Scope {
  readonly #variables: ReadonlyMap<string, Json>;
  readonly #locals: JsonObject;
  readonly #known = new Map<string, Value>();
  readonly #open = new Set<string>();

  constructor(variables: ReadonlyMap<string, Json>, locals: JsonObject) {
    this.#variables = variables;
    this.#locals = locals;
  }

  /** What a local is written as, when it refers to resources: then it stands for that text wherever it is used. */
  tryText(name: string): Json | undefined {
    const written = this.#locals[name];
    return written !== undefined && refersToResources(written) ? written : undefined;
  }

  /** References that need no resource, for a block or one instance of it; `rest` answers all others. */
  lookup(instance: Instance | undefined, rest: Lookup): Lookup {
    const answer: Lookup = (reference) => {
      const { root, steps } = reference;
      const [first = ''] = steps;
      const name = typeof first === 'string' ? first : String(first.index);
      if (root === 'var') return this.#variable(name, steps.slice(1));
      if (root === 'local') return this.#local(name, steps.slice(1), rest);
      if (root === 'each' && instance !== undefined)
        return name === 'key' ? instance.key : within(instance.value, steps.slice(1));
      if (root === 'count' && instance !== undefined) return instance.key;
      if (OTHER_ROOTS.has(root)) throw new Unsupported(`\${${reference.text}}`);
      return rest(reference);
    };
    return answer;
  }

  #variable(name: string, steps: readonly Step[]): Value | undefined {
    const given = this.#variables.get(name);
    return given === undefined ? undefined : within(plainValue(given), steps);
  }

  #local(name: string, steps: readonly Step[], rest: Lookup): Value | undefined {
    const written = this.#locals[name];
    if (written === undefined) return undefined;
    const known = this.#known.get(name);
    if (known !== undefined) return within(known, steps);
    if (this.#open.has(name)) throw circle(name);
    this.#open.add(name);
    try {
      const value = evaluateJson(written, this.lookup(undefined, rest));
      // What refers to a resource may be known later.
      if (!refersToResources(written)) this.#known.set(name, value);
      return within(value, steps);
    } finally {
      this.#open.delete(name);
    }
  }
}

/** Roots that look like a resource type and are none. */
const OTHER_ROOTS = new Set([
  'data',
  'module',
  'path',
  'terraform',
  'self',
  'each',
  'count',
  'ephemeral',
  'provider',
]);

/** Text as it stands in a configuration so that Terraform takes it for text, whatever is in it. */
export function asLiteral(text: string): string {
  return text.replace(/[$%](?=\{)/gu, '$&$&');
}

/** JSON of a configuration, templates evaluated, without a type to be held to. */
export function evaluateJson(json: Json, lookup: Lookup): Value {
  if (typeof json === 'string') return evaluateExpression(parseTemplate(json), lookup);
  if (Array.isArray(json)) return json.map((item: Json) => evaluateJson(item, lookup));
  if (isJsonObject(json))
    return objectValue(
      Object.entries(json).map(([name, item]) => [name, evaluateJson(item, lookup)] as const),
    );
  return json as number | boolean | null; // What is left of JSON.
}

/** JSON that is no configuration, such as the value of a variable: what looks like a template is text. */
export function plainValue(json: Json): Value {
  if (Array.isArray(json)) return json.map(plainValue);
  if (isJsonObject(json))
    return objectValue(Object.entries(json).map(([name, item]) => [name, plainValue(item)] as const));
  return json as string | number | boolean | null; // What is left of JSON.
}

/** @throws Problem for a reference to nothing, Unsupported for what needs Terraform. */
export function evaluateExpression(expression: Expression, lookup: Lookup): Value {
  switch (expression.kind) {
    case 'literal':
      return expression.value;
    case 'reference': {
      const value = lookup(expression);
      if (value === undefined) throw dangling(expression);
      return value;
    }
    case 'template': {
      const values = expression.parts.map((part) => evaluateExpression(part, lookup));
      return values.some(isUnknown) ? unknown : values.map(textIn).join('');
    }
    case 'list':
      return expression.items.map((item) => evaluateExpression(item, lookup));
    case 'set': {
      const of = evaluateExpression(expression.of, lookup);
      return Array.isArray(of) ? [...new Set(of)] : of;
    }
    case 'object':
      return objectValue(
        expression.entries.map(([key, value]) => [
          textIn(evaluateExpression(key, lookup)),
          evaluateExpression(value, lookup),
        ]),
      );
  }
}

/** A value inside a text. */
function textIn(value: Value): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw new Problem({
    code: 'invalid_input',
    summary: 'Not text',
    detail: `A ${value === null ? 'null' : 'list or object'} stands where a part of a text is needed.`,
  });
}

/** What stands at these steps; `undefined` when there is nothing such. */
export function within(value: Value, steps: readonly Step[]): Value | undefined {
  let current: Value | undefined = value;
  for (const step of steps) {
    if (isUnknown(current)) return current;
    const key = typeof step === 'string' ? step : step.index;
    if (Array.isArray(current)) current = typeof key === 'number' ? current[key] : undefined;
    else if (current instanceof Map) current = current.get(String(key));
    else if (isObjectValue(current)) current = Object.hasOwn(current, key) ? current[key] : undefined;
    else return undefined;
    if (current === undefined) return undefined;
  }
  return current;
}

function refersToResources(json: Json): boolean {
  return /\$\{[^}]*\b[a-z]+_\w+\./u.test(JSON.stringify(json));
}

function circle(name: string): Problem {
  return new Problem({
    code: 'invalid_input',
    summary: 'A local value depends on itself',
    detail: `local.${name} is made of itself.`,
  });
}

function dangling({ text }: Reference): Problem {
  return new Problem({
    code: 'invalid_input',
    summary: 'Unknown reference',
    detail: `\${${text}} refers to nothing: this stack has no such object, attribute, variable or local value.`,
  });
}
