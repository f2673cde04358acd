import { type AttributePath, Problem } from '../errors.ts';
import type { Type } from './type.ts';
import {
  boolType,
  dynamicType,
  listType,
  mapType,
  numberType,
  objectType,
  setType,
  stringType,
} from './type.ts';
import type { NumberValue, Unknown, Value } from './value.ts';

/** Says what is wrong with a known, non-null configured value; nothing when it is fine. */
export type Validator<V> = (value: V, path: AttributePath) => Problem | undefined;

/** What a "replace if" rule sees. `planned` may be unknown. */
export interface ReplaceIfContext<V> {
  readonly prior: V | null;
  readonly planned: V | null | Unknown;
}

interface CommonOptions<V> {
  /** One or more sentences for the reference page (Markdown). */
  readonly description: string;
  /** The value never appears in plans and logs. It still stands in state. */
  readonly sensitive?: true;
  /** Stands in state only: the service does not know it, so a list cannot show it. */
  readonly stateOnly?: true;
  /** Says what to use instead. */
  readonly deprecated?: string;
  /** All run at validate; every problem is reported. */
  readonly validate?: readonly Validator<V>[];
  /** A changed value cannot be updated in place: always, or when the rule says so. */
  readonly requiresReplace?: true | ((change: ReplaceIfContext<V>) => boolean);
}

export type AttributeOptions<V> = CommonOptions<V> &
  (
    | { readonly required: true; readonly writeOnly?: true }
    | { readonly optional: true; readonly writeOnly?: true }
    /** Optional with a default; computed in Terraform's eyes, never null in state. */
    | { readonly optional: true; readonly default: V }
    /** Filled in by the provider when the user does not. Keeps its state unless the noun plans otherwise. */
    | { readonly optional: true; readonly computed: true; readonly recompute?: true }
    /** Always filled in by the provider. `nullable`: it may be null after apply. `recompute`: unknown in every update. */
    | { readonly computed: true; readonly nullable?: true; readonly recompute?: true }
  );

export type Nesting = 'single' | 'list' | 'set' | 'map';

/** One attribute of a schema. `V` is what a known, non-null value looks like in TypeScript. */
export interface Attribute<V, O extends AttributeOptions<V> = AttributeOptions<V>> {
  readonly type: Type;
  /** Attributes of the nested object(s), for attributes declared with `single`, `listOf`, `setOf`, `mapOf`. */
  readonly nested?: { readonly nesting: Nesting; readonly attributes: Attributes };
  readonly options: O;
  /** Carries `V` for inference only; never present. */
  readonly '~value'?: V;
}

// The one place where V is erased: a schema is a record of attributes of different V.
// biome-ignore lint/suspicious/noExplicitAny: validators make Attribute<V> invariant in V, so no other type accepts all of them
export type AnyAttribute = Attribute<any, any>;
export type Attributes = Readonly<Record<string, AnyAttribute>>;

/** A function, so that it can be used above the rules it adds. */
function stringsOf(type: Type) {
  return <const O extends AttributeOptions<readonly string[]>>(
    options: O,
  ): Attribute<readonly string[], O> => ({
    type,
    options: { ...options, validate: [noNulls, ...(options.validate ?? [])] },
  });
}

const of =
  <V>(type: Type) =>
  <const O extends AttributeOptions<V>>(options: O): Attribute<V, O> => ({ type, options });

/** Builders, one per kind of attribute: `attribute.string({ required: true, description: '…' })`. */
export const attribute = {
  string: of<string>(stringType),
  bool: of<boolean>(boolType),
  /** A whole number that JavaScript holds exactly; anything else is refused at validate. */
  integer: <const O extends AttributeOptions<number>>(options: O): Attribute<number, O> => ({
    type: numberType,
    options: { ...options, validate: [wholeNumber, ...(options.validate ?? [])] },
  }),
  number: of<NumberValue>(numberType),
  dynamic: of<Value>(dynamicType),
  /** A null among them is refused at validate: no list of ours has a meaning for it. */
  strings: stringsOf(listType(stringType)),
  stringSet: stringsOf(setType(stringType)),
  stringMap: of<ReadonlyMap<string, string>>(mapType(stringType)),
  /** Any other type, with `V` given by hand: `attribute.of<Value>(tupleType(…))({ … })`. */
  of,
  single: <const A extends Attributes, const O extends AttributeOptions<NestedState<A>>>(
    attributes: A,
    options: O,
  ) => nested<NestedState<A>, O>('single', attributes, options),
  listOf: <const A extends Attributes, const O extends AttributeOptions<readonly NestedState<A>[]>>(
    attributes: A,
    options: O,
  ) => nested<readonly NestedState<A>[], O>('list', attributes, options),
  setOf: <const A extends Attributes, const O extends AttributeOptions<readonly NestedState<A>[]>>(
    attributes: A,
    options: O,
  ) => nested<readonly NestedState<A>[], O>('set', attributes, options),
  mapOf: <const A extends Attributes, const O extends AttributeOptions<ReadonlyMap<string, NestedState<A>>>>(
    attributes: A,
    options: O,
  ) => nested<ReadonlyMap<string, NestedState<A>>, O>('map', attributes, options),
};

/** The TypeScript shape of a nested object in state. */
export type NestedState<A extends Attributes> = { readonly [K in keyof A]: StateValue<A[K]> };

/** What stands in state for one attribute: null only where nothing guarantees a value. */
export type StateValue<A> =
  A extends Attribute<infer V, infer O>
    ? O extends { required: true } | { default: unknown }
      ? V
      : O extends { nullable: true }
        ? V | null
        : O extends { optional: true; computed: true }
          ? V
          : O extends { optional: true }
            ? V | null
            : V
    : never;

/** What stands in a configuration for one attribute: anything may be unknown, also inside. */
export type ConfigValue<A> =
  A extends Attribute<infer V, infer O>
    ? O extends { required: true }
      ? MaybeUnknown<V>
      : MaybeUnknown<V> | null
    : never;

/** `V`, where every part of it may be unknown. */
export type MaybeUnknown<V> =
  | Unknown
  | (V extends ReadonlyMap<string, infer T>
      ? ReadonlyMap<string, MaybeUnknown<T>>
      : V extends readonly (infer T)[]
        ? readonly MaybeUnknown<T>[]
        : V);

const collection = { list: listType, set: setType, map: mapType };

function nested<V, const O extends AttributeOptions<V>>(
  nesting: Nesting,
  attributes: Attributes,
  options: O,
): Attribute<V, O> {
  const object = impliedObject(attributes);
  const type = nesting === 'single' ? object : collection[nesting](object);
  return { type, nested: { nesting, attributes }, options };
}

/** The object type made of these attributes' types. */
export function impliedObject(attributes: Attributes): Type {
  return objectType(Object.fromEntries(Object.entries(attributes).map(([name, { type }]) => [name, type])));
}

function noNulls(values: readonly unknown[], path: AttributePath): Problem | undefined {
  const index = values.indexOf(null);
  if (index < 0) return undefined;
  return new Problem({
    code: 'invalid_input',
    summary: 'A null in a list',
    detail: `Element ${index} is null. Leave it out; compact() does that.`,
    path: [...path, index],
  });
}

function wholeNumber(value: number, path: AttributePath): Problem | undefined {
  if (Number.isSafeInteger(value)) return undefined;
  return new Problem({
    code: 'invalid_input',
    summary: 'Not a whole number',
    detail: `${value} is not a whole number this attribute can hold.`,
    path,
  });
}
