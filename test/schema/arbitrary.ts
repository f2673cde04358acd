// Schemas, and values that fit them, for property tests.

import fc from 'fast-check';
import { type AnyAttribute, type Attributes, attribute } from '../../src/schema/attribute.ts';
import type { Type } from '../../src/schema/type.ts';
import { Decimal, objectValue, unknown, type Value } from '../../src/schema/value.ts';

const scalars: Readonly<Record<'string' | 'number' | 'bool', fc.Arbitrary<Value>>> = {
  string: fc.oneof(
    fc.constantFrom('', 'a', 'é', 'e\u0301', '__proto__'),
    fc.string({ unit: 'grapheme', maxLength: 5 }),
  ),
  number: fc.oneof(
    fc.integer(),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.bigInt().map((big) => new Decimal(`${big}`)),
  ),
  bool: fc.boolean(),
};

export const anyType: fc.Arbitrary<Type> = fc.letrec<{ type: Type }>((tie) => ({
  type: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom<Type>({ kind: 'string' }, { kind: 'number' }, { kind: 'bool' }),
    fc
      .record({
        kind: fc.constantFrom('list' as const, 'set' as const, 'map' as const),
        element: tie('type'),
      })
      .map(({ kind, element }): Type => ({ kind, element })),
    fc.array(tie('type'), { maxLength: 3 }).map((elements): Type => ({ kind: 'tuple', elements })),
    fc
      .dictionary(fc.constantFrom('a', 'b', 'c'), tie('type'), { maxKeys: 3 })
      .map((attributes): Type => ({ kind: 'object', attributes })),
  ),
})).type;

/** A value of the type; anything in it may be null. */
export function anyValue(type: Type): fc.Arbitrary<Value> {
  return fc.option(knownOf(type), { freq: 5 });
}

function knownOf(type: Type): fc.Arbitrary<Value> {
  switch (type.kind) {
    case 'list':
    case 'set':
      return fc.array(anyValue(type.element), { maxLength: 3 });
    case 'map':
      return fc
        .array(fc.tuple(scalars.string as fc.Arbitrary<string>, anyValue(type.element)), { maxLength: 3 })
        .map((entries) => new Map(entries));
    case 'tuple':
      return fc.tuple(...type.elements.map(anyValue));
    case 'object':
      return fc
        .tuple(...Object.values(type.attributes).map(anyValue))
        .map((values) =>
          objectValue(Object.keys(type.attributes).map((name, index) => [name, values[index] ?? null])),
        );
    case 'dynamic':
      return scalars.string;
    default:
      return scalars[type.kind];
  }
}

type Kind = 'required' | 'optional' | 'default' | 'chosen' | 'computed' | 'writeOnly';
const KINDS: Readonly<Record<Kind, object>> = {
  required: { required: true },
  optional: { optional: true },
  default: { optional: true, default: 'd' },
  chosen: { optional: true, computed: true },
  computed: { computed: true },
  writeOnly: { optional: true, writeOnly: true },
};

const leaf = (inSet: boolean): fc.Arbitrary<AnyAttribute> =>
  fc
    .constantFrom(...(Object.keys(KINDS) as Kind[]).filter((kind) => !(inSet && kind === 'writeOnly')))
    // The options of each kind are written out above; only their union is too wide for the builder.
    .map((kind) => attribute.string({ ...KINDS[kind], description: kind } as never));

type Build = (inner: Attributes, options: { optional: true; description: string }) => AnyAttribute;
const builders: Readonly<Record<'single' | 'listOf' | 'setOf' | 'mapOf', Build>> = {
  single: (inner, options) => attribute.single(inner, options),
  listOf: (inner, options) => attribute.listOf(inner, options),
  setOf: (inner, options) => attribute.setOf(inner, options),
  mapOf: (inner, options) => attribute.mapOf(inner, options),
};

/** Attributes of every kind, nested up to `depth` levels. */
export function anyAttributes(
  depth = 2,
  inSet = false,
): fc.Arbitrary<Readonly<Record<string, AnyAttribute>>> {
  const nested = fc
    .constantFrom('single' as const, 'listOf' as const, 'setOf' as const, 'mapOf' as const)
    .chain((builder) =>
      anyAttributes(depth - 1, inSet || builder === 'setOf').map((inner) =>
        builders[builder](inner, { optional: true, description: builder }),
      ),
    );
  const one =
    depth === 0
      ? leaf(inSet)
      : fc.oneof({ weight: 3, arbitrary: leaf(inSet) }, { weight: 1, arbitrary: nested });
  return fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd', 'e'), one, { minKeys: 1, maxKeys: 4 });
}

const words = fc.constantFrom('u', 'v', 'w', 'é', 'e\u0301');

/** What a user may write for these attributes; with `unknowns`, parts of it are not known yet. */
export function configOf(
  attributes: Readonly<Record<string, AnyAttribute>>,
  unknowns = false,
): fc.Arbitrary<Value> {
  const names = Object.keys(attributes);
  const values = Object.values(attributes).map((each) => {
    const { options, nested } = each;
    if (!options.required && !options.optional) return fc.constant<Value>(null);
    const written =
      nested === undefined ? words : elements(nested.nesting, configOf(nested.attributes, unknowns));
    const some = unknowns
      ? fc.oneof(
          { weight: 6, arbitrary: written as fc.Arbitrary<Value> },
          { weight: 1, arbitrary: fc.constant<Value>(unknown) },
        )
      : written;
    return options.required ? some : fc.option(some as fc.Arbitrary<Value>, { freq: 3 });
  });
  return fc
    .tuple(...(values as fc.Arbitrary<Value>[]))
    .map((written) => objectValue(names.map((name, index) => [name, written[index] ?? null])));
}

function elements(nesting: string, one: fc.Arbitrary<Value>): fc.Arbitrary<Value> {
  if (nesting === 'single') return one;
  if (nesting === 'map')
    return fc.array(fc.tuple(words, one), { maxLength: 3 }).map((entries) => new Map(entries));
  return fc.array(one, { maxLength: 3 });
}
