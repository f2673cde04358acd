import type { Type } from './type.ts';

/** What is already known about a value that is not known yet. Each is a promise that apply must keep. */
export interface Refinements {
  readonly notNull?: true;
  readonly prefix?: string;
  readonly min?: { readonly value: NumberValue; readonly inclusive: boolean };
  readonly max?: { readonly value: NumberValue; readonly inclusive: boolean };
  readonly minLength?: number;
  readonly maxLength?: number;
}

/** A value that Terraform will only know during apply. Not null: unknown and null are different things. */
export class Unknown {
  readonly refinements: Refinements | undefined;

  constructor(refinements?: Refinements) {
    this.refinements = refinements;
  }
}

/** The plain unknown, without refinements. */
export const unknown: Unknown = new Unknown();

/** A number that a JavaScript number cannot hold exactly, as its decimal text (`123456789012345678901`). */
export class Decimal {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  toString(): string {
    return this.text;
  }
}

export type NumberValue = number | Decimal;

/** A value of the `dynamic` type, with the type it has this time. */
export class Dynamic {
  readonly type: Type;
  readonly value: Value;

  constructor(type: Type, value: Value) {
    this.type = type;
    this.value = value;
  }
}

/** An object's attributes by name. Made without a prototype: `__proto__` is an ordinary name. */
export interface ObjectValue {
  readonly [name: string]: Value;
}

/**
 * Any Terraform value: lists, sets and tuples are arrays, maps are `Map`s, objects are records.
 * A number is a JavaScript number where that is exact, else a `Decimal`.
 */
export type Value =
  | null
  | string
  | boolean
  | NumberValue
  | Unknown
  | Dynamic
  | readonly Value[]
  | ReadonlyMap<string, Value>
  | ObjectValue;

export function isUnknown(value: unknown): value is Unknown {
  return value instanceof Unknown;
}

/** True for the record form of an object value, false for every other kind. */
export function isObjectValue(value: unknown): value is ObjectValue {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    !(value instanceof Map) &&
    !(value instanceof Unknown) &&
    !(value instanceof Decimal) &&
    !(value instanceof Dynamic)
  );
}

/** A record without a prototype holding `entries`. */
export function objectValue<T>(entries: Iterable<readonly [string, T]>): { [name: string]: T } {
  const record: { [name: string]: T } = Object.create(null);
  for (const [name, value] of entries) record[name] = value;
  return record;
}

/** True when nothing inside `value` is unknown. */
export function isWhollyKnown(value: unknown): boolean {
  if (value instanceof Unknown) return false;
  if (value instanceof Dynamic) return isWhollyKnown(value.value);
  if (Array.isArray(value)) return value.every(isWhollyKnown);
  if (value instanceof Map) return [...value.values()].every(isWhollyKnown);
  if (isObjectValue(value)) return Object.values(value).every(isWhollyKnown);
  return true;
}
