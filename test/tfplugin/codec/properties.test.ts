import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Problem } from '../../../src/errors.ts';
import { objectType, type Type } from '../../../src/schema/type.ts';
import { Decimal, Dynamic, objectValue, Unknown, unknown, type Value } from '../../../src/schema/value.ts';
import { decodeValue } from '../../../src/tfplugin/codec/decode.ts';
import { encodeValue } from '../../../src/tfplugin/codec/encode.ts';
import { parseJson } from '../../../src/tfplugin/codec/json-reader.ts';
import { numberFromText } from '../../../src/tfplugin/codec/numbers.ts';
import { typeFromJson, typeToJson } from '../../../src/tfplugin/codec/type-json.ts';

const name = fc.oneof(
  fc.constantFrom('__proto__', 'constructor', '10', 'é', ''),
  fc.string({ maxLength: 8 }),
);

const { type: anyType } = fc.letrec<{ type: Type }>((tie) => ({
  type: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom<Type>({ kind: 'string' }, { kind: 'number' }, { kind: 'bool' }, { kind: 'dynamic' }),
    fc.record({ kind: fc.constantFrom('list', 'set', 'map'), element: tie('type') }),
    fc.record({ kind: fc.constant('tuple'), elements: fc.array(tie('type'), { maxLength: 3 }) }),
    fc
      .array(fc.tuple(name, tie('type')), { maxLength: 4 })
      .map((entries) => objectType(objectValue(entries))),
  ) as fc.Arbitrary<Type>,
}));

const decimal = fc
  .tuple(fc.bigInt(), fc.integer({ min: -40, max: 40 }))
  .map(([digits, exponent]) => numberFromText(`${digits}e${exponent}`)!);
const text = fc.string({ unit: 'grapheme', maxLength: 12 }).map((one) => one.normalize('NFC'));

/** Values of a type: null and unknown anywhere. */
function anyOf(type: Type): fc.Arbitrary<Value> {
  return fc.oneof(
    { weight: 8, arbitrary: known(type) },
    { weight: 1, arbitrary: fc.constant(null) },
    { weight: 1, arbitrary: fc.constant(unknown) },
  );
}

function known(type: Type): fc.Arbitrary<Value> {
  switch (type.kind) {
    case 'string':
      return text;
    case 'bool':
      return fc.boolean();
    case 'number':
      return fc.oneof(
        fc.maxSafeInteger(),
        decimal,
        fc.double({ noNaN: true }).map((d) => numberFromText(String(d)) ?? d),
      );
    case 'list':
    case 'set':
      return fc.array(anyOf(type.element), { maxLength: 4 });
    case 'map':
      return fc
        .array(fc.tuple(text, anyOf(type.element)), { maxLength: 4 })
        .map((entries) => new Map(entries));
    case 'tuple':
      return fc.tuple(...type.elements.map(anyOf));
    case 'object':
      return fc
        .tuple(
          ...Object.entries(type.attributes).map(([key, one]) => anyOf(one).map((v) => [key, v] as const)),
        )
        .map(objectValue);
    case 'dynamic':
      return anyType
        .filter(({ kind }) => kind !== 'dynamic')
        .chain((inner) => known(inner).map((value) => new Dynamic(inner, value)));
  }
}

const typed = anyType.chain((type) => fc.tuple(fc.constant(type), anyOf(type)));

test('whatever is written is read back, for every type and value', () => {
  fc.assert(
    fc.property(typed, ([type, value]) => {
      expect(decodeValue(encodeValue(value, type), type)).toEqual(value);
    }),
    { numRuns: 2000, seed: 20_261_123 },
  );
});

test('types are read back from their JSON', () => {
  fc.assert(
    fc.property(anyType, (type) => {
      expect(typeFromJson(typeToJson(type))).toEqual(type);
    }),
    { numRuns: 1000, seed: 20_261_123 },
  );
});

test('refinements are read back', () => {
  const prefix = fc.string({ minLength: 1, maxLength: 20 });
  fc.assert(
    fc.property(prefix, fc.nat(), decimal, (start, length, bound) => {
      const back = (type: Type, one: Unknown) => decodeValue(encodeValue(one, type), type);
      const ofString = new Unknown({ notNull: true, prefix: start });
      expect(back({ kind: 'string' }, ofString)).toEqual(ofString);
      const ofList = new Unknown({ minLength: 1, maxLength: length });
      expect(back({ kind: 'set', element: { kind: 'bool' } }, ofList)).toEqual(ofList);
      const ofNumber = new Unknown({
        min: { value: bound, inclusive: true },
        max: { value: 3, inclusive: false },
      });
      expect(back({ kind: 'number' }, ofNumber)).toEqual(ofNumber);
    }),
    { numRuns: 300, seed: 20_261_123 },
  );
});

test('JSON is read as JSON.parse reads it, but for the digits', () => {
  const plain = (value: unknown): unknown => {
    if (value instanceof Decimal) return Number(value.text);
    if (Array.isArray(value)) return value.map(plain);
    if (typeof value === 'object' && value !== null)
      return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, plain(one)]));
    return Object.is(value, -0) ? 0 : value;
  };
  fc.assert(
    fc.property(fc.json(), (json) => {
      expect(plain(parseJson(json))).toEqual(plain(JSON.parse(json)));
    }),
    { numRuns: 2000, seed: 20_261_123 },
  );
});

test('150,000 damaged or invented values end in a value or a Problem', () => {
  const random = fc.sample(fc.uint8Array({ minLength: 1, maxLength: 40 }), { numRuns: 75_000, seed: 7 });
  const whole = fc.sample(typed, { numRuns: 1500, seed: 7 });
  const types = fc.sample(anyType, { numRuns: 500, seed: 7 });
  const pick = <T>(list: readonly T[], index: number): T => list[index % list.length]!;
  let problems = 0;
  const feed = (bytes: Uint8Array, type: Type) => {
    try {
      decodeValue(bytes, type);
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      problems++;
    }
  };
  random.forEach((bytes, index) => {
    feed(bytes, pick(types, index));
    // A valid encoding with some bytes replaced gets deeper than noise does.
    const [type, value] = pick(whole, index);
    const damaged = Buffer.from(encodeValue(value, type));
    for (const byte of bytes.subarray(0, 2))
      damaged[(byte * 131 + index) % damaged.length] = pick([...bytes], byte);
    feed(damaged, type);
  });
  expect(problems).toBeGreaterThan(50_000);
});
