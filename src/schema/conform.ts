import { type AttributePath, Problem } from '../errors.ts';
import { numberFromText } from './number.ts';
import { pathText } from './path.ts';
import { type Block, impliedType } from './schema.ts';
import type { BlockSchema } from './transform.ts';
import type { Type } from './type.ts';
import { typeFromJson } from './type-json.ts';
import { Decimal, Dynamic, isObjectValue, isUnknown, objectValue, type Value } from './value.ts';

/**
 * How much to forgive. `answer`: a noun's answer, must be exact. `partial`: the same, but names may be left out (they
 * become null). `stored`: JSON of an older schema; also drops names that are gone, takes objects for maps and reads
 * scalars as Terraform does (`"5"` for 5).
 */
export type Strictness = 'answer' | 'partial' | 'stored';

/** Where a value has not the shape its schema gives it. Says kinds, never values: they may be secret. */
export interface Misfit {
  readonly path: AttributePath;
  readonly expected: string;
  readonly found: string;
}

export interface Conformed {
  /** Has the right shape whatever came in: what did not fit is null. */
  readonly value: Value;
  readonly misfits: readonly Misfit[];
}

/** The value as a schema level wants it: prototype-free objects, `Map`s, every name there, absent blocks empty. */
export function conformObject(level: BlockSchema, value: unknown, strictness: Strictness): Conformed {
  const conformer = new Conformer(strictness);
  return { value: conformer.level(level, value, []), misfits: conformer.misfits };
}

/** The value as a type wants it. */
export function conformValue(type: Type, value: unknown, strictness: Strictness): Conformed {
  const conformer = new Conformer(strictness);
  return { value: conformer.value(type, value, []), misfits: conformer.misfits };
}

export function misfitProblem({ path, expected, found }: Misfit): Problem {
  return new Problem({
    code: 'invalid_input',
    summary: 'Wrong type of value',
    detail: `${pathText(path)} must be ${expected}, is ${found}.`,
    path,
  });
}

class Conformer {
  readonly misfits: Misfit[] = [];
  readonly #strictness: Strictness;

  constructor(strictness: Strictness) {
    this.#strictness = strictness;
  }

  level(level: BlockSchema, value: unknown, path: AttributePath): Value {
    if (value === null || isUnknown(value)) return value;
    if (!isRecord(value)) return this.#misfit(path, 'an object', value);
    const type = impliedType(level);
    if (type.kind !== 'object') return null;
    this.#refuseExtra(Object.keys(type.attributes), value, path);
    const attributes = Object.entries(level.attributes).map(
      ([name, { type }]) => [name, this.#member(type, value, name, path)] as const,
    );
    const blocks = Object.entries(level.blocks ?? {}).map(
      ([name, block]) => [name, this.#block(block, value[name], [...path, name])] as const,
    );
    return objectValue([...attributes, ...blocks]);
  }

  value(type: Type, value: unknown, path: AttributePath): Value {
    if (value === null || isUnknown(value)) return value;
    switch (type.kind) {
      case 'string':
      case 'number':
      case 'bool':
        return this.#scalar(type.kind, value, path);
      case 'dynamic':
        return this.#dynamic(value, path);
      case 'list':
      case 'set':
        if (!Array.isArray(value)) return this.#misfit(path, `a ${type.kind}`, value);
        return value.map((element, index) => this.value(type.element, element, [...path, index]));
      case 'tuple':
        if (!Array.isArray(value) || value.length !== type.elements.length)
          return this.#misfit(path, `a tuple of ${type.elements.length}`, value);
        return type.elements.map((element, index) => this.value(element, value[index], [...path, index]));
      case 'map':
        return this.#map(type.element, value, path);
      case 'object':
        if (!isRecord(value)) return this.#misfit(path, 'an object', value);
        this.#refuseExtra(Object.keys(type.attributes), value, path);
        return objectValue(
          Object.entries(type.attributes).map(
            ([name, attribute]) => [name, this.#member(attribute, value, name, path)] as const,
          ),
        );
    }
  }

  #member(type: Type, record: Readonly<Record<string, unknown>>, name: string, path: AttributePath): Value {
    const value = Object.hasOwn(record, name) ? record[name] : undefined;
    if (value !== undefined) return this.value(type, value, [...path, name]);
    return this.#strictness === 'answer' ? this.#misfit([...path, name], describe(type), undefined) : null;
  }

  #block(block: Block, value: unknown, path: AttributePath): Value {
    if (isUnknown(value)) return value;
    if (block.nesting === 'single') return this.level(block, value ?? null, path);
    const forgiven = value === undefined && this.#strictness !== 'answer';
    if (forgiven || (value === null && this.#strictness === 'stored')) return [];
    if (!Array.isArray(value))
      return this.#misfit(path, 'a list of blocks (empty when there are none)', value, []);
    return value.map((one, index) => this.level(block, one, [...path, index]));
  }

  #scalar(kind: 'string' | 'number' | 'bool', value: unknown, path: AttributePath): Value {
    const read = this.#strictness === 'stored' ? readScalar(kind, value) : value;
    if (kind === 'string' && typeof read === 'string' && !/\p{Surrogate}/u.test(read)) return read;
    if (kind === 'bool' && typeof read === 'boolean') return read;
    // Not a number would crash Terraform itself.
    if (kind === 'number' && (read instanceof Decimal || (typeof read === 'number' && !Number.isNaN(read))))
      return read;
    return this.#misfit(path, describe({ kind }), value);
  }

  #dynamic(value: unknown, path: AttributePath): Value {
    if (value instanceof Dynamic) return new Dynamic(value.type, this.value(value.type, value.value, path));
    if (this.#strictness === 'stored' && isRecord(value)) {
      const type = typeFromJson(value.type);
      if (type !== undefined) return new Dynamic(type, this.value(type, value.value ?? null, path));
    }
    return this.#misfit(path, 'a value with its type (Dynamic)', value);
  }

  #map(element: Type, value: unknown, path: AttributePath): Value {
    const plain = this.#strictness === 'stored' && isRecord(value) ? new Map(Object.entries(value)) : value;
    if (!(plain instanceof Map)) return this.#misfit(path, 'a map', value);
    return new Map(
      [...plain].map(([key, one]) => [
        String(key),
        this.value(element, one, [...path, { key: String(key) }]),
      ]),
    );
  }

  #refuseExtra(
    names: readonly string[],
    value: Readonly<Record<string, unknown>>,
    path: AttributePath,
  ): void {
    if (this.#strictness === 'stored') return;
    for (const name of Object.keys(value))
      if (!names.includes(name) && value[name] !== undefined)
        this.#misfit([...path, name], 'absent: the schema has no such name', value[name]);
  }

  #misfit(path: AttributePath, expected: string, found: unknown, instead: Value = null): Value {
    this.misfits.push({ path, expected, found: kindOf(found) });
    return instead;
  }
}

function readScalar(kind: 'string' | 'number' | 'bool', value: unknown): unknown {
  if (kind === 'string' && (typeof value === 'boolean' || typeof value === 'number')) return String(value);
  if (kind === 'string' && value instanceof Decimal) return value.text;
  if (kind === 'number' && typeof value === 'string') return numberFromText(value);
  if (kind === 'bool' && (value === 'true' || value === 'false')) return value === 'true';
  return value;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return isObjectValue(value) && !(value instanceof Date);
}

function describe(type: Type): string {
  if (type.kind === 'number') return 'a number (not NaN)';
  if (type.kind === 'string') return 'a string of whole characters';
  if (type.kind === 'object') return 'an object';
  return type.kind === 'dynamic' ? 'a value with its type (Dynamic)' : `a ${type.kind}`;
}

function kindOf(value: unknown): string {
  if (value === undefined) return 'missing';
  if (value === null) return 'null';
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (typeof value === 'number') return Number.isNaN(value) ? 'NaN' : 'a number';
  if (value instanceof Decimal) return 'a number';
  if (value instanceof Map) return 'a map';
  if (value instanceof Dynamic) return 'a value with its own type';
  if (isObjectValue(value)) return 'an object';
  return `a ${typeof value}`;
}
