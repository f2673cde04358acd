// `count` and `for_each`: one block, several objects.

import { Problem, problemsOf } from '../../errors.ts';
import { isObjectValue, isUnknown, type Value } from '../../schema/value.ts';
import { isJsonObject, type Json, type JsonObject } from '../canonical.ts';
import type { Block } from './blocks.ts';
import { unsupported } from './evaluate.ts';
import { addressIn, type Expression, type Reference, referencesOf, Unsupported } from './expression.ts';
import { parseTemplate } from './parse.ts';
import { evaluateJson, type Instance, type Lookup, type Scope } from './scope.ts';

const META = new Set([
  '//',
  'count',
  'for_each',
  'depends_on',
  'lifecycle',
  'provider',
  'provisioner',
  'connection',
]);

/** Locals made of locals are never deeper than this; a circle is. */
const DEEPEST = 50;

/** An object of a block. In its body only references to resources are left. */
export interface Expanded {
  readonly address: string;
  readonly body: JsonObject;
  readonly dependsOn: readonly string[];
}

/** The objects that a block declares; what cannot be told is added to `problems`. */
export function expand(block: Block, scope: Scope, problems: Problem[]): readonly Expanded[] {
  const { address, body } = block;
  if (body.provisioner !== undefined) problems.push(unsupported('provisioner', [address, 'provisioner']));
  const written = Object.fromEntries(Object.entries(body).filter(([name]) => !META.has(name)));
  const made: Expanded[] = [];
  const add = (where: string, instance: Instance | undefined) => {
    const reader = new BodyReader(scope, instance);
    const settled: Record<string, Json> = {};
    for (const [name, json] of Object.entries(written))
      attempt([where, name], problems, () => {
        settled[name] = settledOr(json, reader);
      });
    made.push({ address: where, body: settled, dependsOn: [...explicit(body), ...reader.addresses] });
  };
  if (body.count !== undefined && body.for_each !== undefined)
    problems.push(invalid('count and for_each', 'A block has one of them.', [address]));
  else if (body.count !== undefined)
    attempt([address, 'count'], problems, () => {
      for (let key = 0; key < countOf(body.count ?? null, scope); key += 1)
        add(`${address}[${key}]`, { key, value: key });
    });
  else if (body.for_each !== undefined)
    attempt([address, 'for_each'], problems, () => {
      for (const [key, value] of eachOf(body.for_each ?? null, scope))
        add(`${address}[${JSON.stringify(key)}]`, { key, value });
    });
  else add(address, undefined);
  return made;
}

/** What needs Terraform stays as it is: who reads the arguments says so, with their names. */
function settledOr(json: Json, reader: BodyReader): Json {
  try {
    return reader.settle(json);
  } catch (thrown) {
    if (thrown instanceof Unsupported) return json;
    throw thrown;
  }
}

/** Replaces what is known without any resource by what it is; templates with resources stay templates. */
export class BodyReader {
  readonly addresses: string[] = [];
  readonly #scope: Scope;
  readonly #lookup: Lookup;
  #depth = 0;

  constructor(scope: Scope, instance: Instance | undefined) {
    this.#scope = scope;
    this.#lookup = scope.lookup(instance, () => undefined);
  }

  settle(json: Json): Json {
    if (typeof json === 'string') return this.#string(json);
    if (Array.isArray(json)) return json.map((item: Json) => this.settle(item));
    if (isJsonObject(json))
      return Object.fromEntries(Object.entries(json).map(([name, item]) => [name, this.settle(item)]));
    return json;
  }

  #string(text: string): Json {
    const expression = parseTemplate(text);
    const references = referencesOf(expression);
    if (references.length === 0) return text;
    const [only] = references;
    if (expression.kind === 'reference' && only !== undefined) {
      const local = this.#tryLocal(only);
      if (local !== undefined) return local;
    }
    const isOfResource = (reference: Reference) =>
      this.#tryLocal(reference) !== undefined || this.#lookup(reference) === undefined;
    const resources = references.filter(isOfResource);
    const bare = resources.filter((reference) => this.#tryLocal(reference) === undefined);
    this.addresses.push(...bare.map((reference) => addressIn(reference).address));
    if (bare.length === references.length) return text;
    if (resources.length === 0) return asJson(evaluateJson(text, this.#lookup));
    return this.#mixed(expression);
  }

  /** A local value that refers to resources stands for what it is written as. */
  #tryLocal({ root, steps: [name, ...rest] }: Reference): Json | undefined {
    if (root !== 'local' || typeof name !== 'string' || rest.length > 0) return undefined;
    const written = this.#scope.tryText(name);
    if (written === undefined) return undefined;
    if (this.#depth > DEEPEST)
      throw invalid('A local value depends on itself', `local.${name} is made of itself.`, []);
    this.#depth += 1;
    try {
      return this.settle(written);
    } finally {
      this.#depth -= 1;
    }
  }

  /** Text with both: what is known becomes text, the rest stays a template. */
  #mixed(expression: Expression): string {
    if (expression.kind !== 'template') throw new Unsupported('a list or object of references');
    return expression.parts
      .map((part) => {
        if (part.kind === 'literal') return asWritten(String(part.value));
        if (part.kind !== 'reference') throw new Unsupported('an expression inside a text');
        const local = this.#tryLocal(part);
        if (typeof local === 'string') return local;
        if (local !== undefined) throw new Unsupported(`\${${part.text}}`);
        const value = this.#lookup(part);
        return value === undefined ? `\${${part.text}}` : asWritten(String(value));
      })
      .join('');
  }
}

function countOf(json: Json, scope: Scope): number {
  const value = evaluateJson(
    json,
    scope.lookup(undefined, () => undefined),
  );
  const count = typeof value === 'string' ? Number(value) : value;
  if (typeof count === 'number' && Number.isSafeInteger(count) && count >= 0 && count <= 100_000)
    return count;
  throw invalid('Not a count', 'It must be a whole number from 0.', []);
}

function eachOf(json: Json, scope: Scope): readonly (readonly [string, Value])[] {
  const value = evaluateJson(
    json,
    scope.lookup(undefined, () => undefined),
  );
  if (isUnknown(value)) throw new Unsupported('for_each over something that is known only after an apply');
  if (isObjectValue(value)) return Object.entries(value);
  if (Array.isArray(value) && value.every((item: Value) => typeof item === 'string'))
    return [...new Set(value as readonly string[])].sort().map((item) => [item, item] as const);
  throw invalid('Not a map or a set of texts', `for_each takes an object, or texts: "\${toset([…])}".`, []);
}

/** Values of variables and locals are plain: they are JSON again, as text that means itself. */
function asJson(value: Value): Json {
  if (typeof value === 'string') return asWritten(value);
  if (Array.isArray(value)) return value.map(asJson);
  if (isObjectValue(value))
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, asJson(item)]));
  return value as Json; // Numbers, truth values and null.
}

function asWritten(text: string): string {
  return text.replace(/[$%](?=\{)/gu, '$&$&');
}

function explicit({ depends_on: names }: JsonObject): readonly string[] {
  const list: readonly Json[] = Array.isArray(names) ? names : [];
  return list.flatMap((name) => (typeof name === 'string' ? [name.replace(/^\$\{(.*)\}$/u, '$1')] : []));
}

function attempt(path: readonly string[], problems: Problem[], act: () => void): void {
  try {
    act();
  } catch (thrown) {
    if (thrown instanceof Unsupported) problems.push(unsupported(thrown.expression, path));
    else problems.push(...problemsOf(thrown).map((problem) => problem.at(path)));
  }
}

function invalid(summary: string, detail: string, path: readonly string[]): Problem {
  return new Problem({ code: 'invalid_input', summary, detail, path });
}
