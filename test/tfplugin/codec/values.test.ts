import { expect, test } from 'vitest';
import { Problem } from '../../../src/errors.ts';
import {
  boolType,
  dynamicType,
  listType,
  mapType,
  numberType,
  objectType,
  setType,
  stringType,
  type Type,
  tupleType,
} from '../../../src/schema/type.ts';
import { Decimal, Dynamic, objectValue, Unknown, unknown, type Value } from '../../../src/schema/value.ts';
import { decodeValue } from '../../../src/tfplugin/codec/decode.ts';
import { encodeValue } from '../../../src/tfplugin/codec/encode.ts';

const hex = (text: string) => Buffer.from(text.replaceAll(' ', ''), 'hex');
const problem = (action: () => unknown): Problem => {
  try {
    action();
  } catch (error) {
    if (error instanceof Problem) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
};
const refused = (value: unknown, type: Type) => problem(() => encodeValue(value, type));

// Bytes as Terraform writes them, by the format's own specification.
test.each<[string, Type, string, Value]>([
  ['nil', stringType, 'c0', null],
  ['a short string', stringType, 'a2 68 69', 'hi'],
  ['a string of 32 bytes', stringType, `d9 20 ${'61'.repeat(32)}`, 'a'.repeat(32)],
  ['true', boolType, 'c3', true],
  ['a small number', numberType, '07', 7],
  ['a small negative number', numberType, 'ff', -1],
  ['a byte', numberType, 'cc ff', 255],
  ['a short', numberType, 'd1 ff 00', -256],
  ['an int64 that is exact', numberType, 'd3 00 1f ff ff ff ff ff ff', Number.MAX_SAFE_INTEGER],
  [
    'trap 16: an int64 that is not',
    numberType,
    'd3 7f ff ff ff ff ff ff ff',
    new Decimal('9223372036854775807'),
  ],
  ['trap 16: a uint64', numberType, 'cf ff ff ff ff ff ff ff ff', new Decimal('18446744073709551615')],
  ['a double', numberType, 'cb 3f f8 00 00 00 00 00 00', 1.5],
  ['a float', numberType, 'ca 3f c0 00 00', 1.5],
  ['trap 18: a number as text', numberType, 'a3 30 2e 31', 0.1],
  ['a list', listType(boolType), '92 c3 c2', [true, false]],
  ['an empty set', setType(stringType), '90', []],
  ['a tuple', tupleType(stringType, numberType), '92 a1 61 01', ['a', 1]],
  ['a map', mapType(numberType), '81 a1 61 01', new Map([['a', 1]])],
  ['a plain unknown', stringType, 'd4 00 00', unknown],
  ['trap 17: an unknown of a code nobody knows yet', listType(stringType), 'c7 03 63 01 02 03', unknown],
  [
    'trap 17: a refined unknown',
    stringType,
    'c7 08 0c 82 01 c2 02 a3 70 72 65',
    new Unknown({ notNull: true, prefix: 'pre' }),
  ],
  ['trap 17: a refined unknown nobody can read', stringType, 'c7 02 0c ff ff', unknown],
  ['trap 23: an untyped null', dynamicType, 'c0', null],
  ['trap 23: an untyped unknown', dynamicType, 'd4 00 00', unknown],
  [
    'trap 23: a dynamic string',
    dynamicType,
    '92 c4 08 22 73 74 72 69 6e 67 22 a1 61',
    new Dynamic(stringType, 'a'),
  ],
])('reads %s', (_what, type, bytes, value) => {
  expect(decodeValue(hex(bytes), type)).toEqual(value);
});

test('trap 15: an unknown stays unknown, and what is missing never becomes one', () => {
  expect(decodeValue(encodeValue(unknown, stringType), stringType)).toBe(unknown);
  expect(refused(undefined, stringType).detail).toContain('Expected a string, got nothing');
  const type = objectType({ a: stringType });
  expect(refused({ a: undefined }, type).path).toEqual(['a']);
});

test('trap 16: numbers of every size survive', () => {
  for (const text of [
    '18446744073709551616',
    '-9223372036854775809',
    '9007199254740993',
    '3.14159265358979323846',
  ]) {
    expect(decodeValue(encodeValue(new Decimal(text), numberType), numberType)).toEqual(new Decimal(text));
  }
  for (const number of [2 ** 31, 2 ** 32, -(2 ** 31) - 1, 2 ** 53 - 1, -(2 ** 53) + 1, 0.1, 1e-300, 1 / 0])
    expect(decodeValue(encodeValue(number, numberType), numberType)).toBe(number);
});

test('trap 16 and 22: every map key is an ordinary key, in its order', () => {
  const map = new Map([
    ['__proto__', 'a'],
    ['constructor', 'b'],
    ['10', 'c'],
    ['9', 'd'],
    ['', 'e'],
  ]);
  const decoded = decodeValue(encodeValue(map, mapType(stringType)), mapType(stringType));
  expect(decoded).toEqual(map);
  expect([...(decoded as Map<string, string>).keys()]).toEqual([...map.keys()]);
});

test('trap 22: objects have no prototype, so that __proto__ is a name', () => {
  const type = objectType(objectValue([['__proto__', stringType]]));
  const decoded = decodeValue(encodeValue(objectValue([['__proto__', 'x']]), type), type);
  expect(Object.getPrototypeOf(decoded)).toBeNull();
  expect(Object.entries(decoded as object)).toEqual([['__proto__', 'x']]);
});

test('trap 16: text that is not UTF-8 is refused, both ways', () => {
  expect(problem(() => decodeValue(hex('a2 c3 28'), stringType)).detail).toContain('UTF-8');
  expect(refused('a\ud800b', stringType).detail).toContain('surrogate');
});

test('trap 19: NaN, which crashes Terraform, cannot be sent; infinity can', () => {
  expect(refused({ a: [Number.NaN] }, objectType({ a: listType(numberType) })).path).toEqual(['a', 0]);
  expect(refused(new Decimal('NaN'), numberType).detail).toContain('not written as one');
  expect(problem(() => decodeValue(hex('cb 7f f8 00 00 00 00 00 00'), numberType)).detail).toContain('NaN');
  expect(encodeValue(Number.POSITIVE_INFINITY, numberType)).toEqual(hex('cb 7f f0 00 00 00 00 00 00'));
});

test('a number that would keep an engine busy for minutes cannot be sent', () => {
  expect(refused(new Decimal('1e999999'), numberType).detail).toContain('exponent');
});

test('trap 20: an object has all its attributes, and no other', () => {
  const type = objectType({ a: stringType, b: stringType });
  expect(refused({ a: 'x' }, type).path).toEqual(['b']);
  expect(refused({ a: 'x', b: null, c: 1 }, type).path).toEqual(['c']);
  expect(problem(() => decodeValue(hex('81 a1 61 a1 78'), type)).path).toEqual(['b']);
  expect(problem(() => decodeValue(hex('83 a1 61 c0 a1 62 c0 a1 63 c0'), type)).detail).toContain('lacks');
});

test('trap 21: null and empty are different things', () => {
  for (const type of [listType(stringType), setType(stringType)]) {
    expect(decodeValue(encodeValue(null, type), type)).toBeNull();
    expect(decodeValue(encodeValue([], type), type)).toEqual([]);
  }
});

test('trap 21: strings go out composed, as Terraform compares them', () => {
  expect(decodeValue(encodeValue('e\u0301', stringType), stringType)).toBe('é');
});

test('trap 17: refinements that mean nothing for a type are left out', () => {
  const promise = { notNull: true, prefix: 'a', minLength: 1, min: { value: 1, inclusive: true } } as const;
  const back = (type: Type) => decodeValue(encodeValue(new Unknown(promise), type), type);
  expect(back(stringType)).toEqual(new Unknown({ notNull: true, prefix: 'a' }));
  expect(back(listType(stringType))).toEqual(new Unknown({ notNull: true, minLength: 1 }));
  expect(back(numberType)).toEqual(new Unknown({ notNull: true, min: promise.min }));
  expect(back(boolType)).toEqual(new Unknown({ notNull: true }));
  expect(back(dynamicType)).toEqual(unknown);
  // Engines refuse a refined unknown about which nothing is said.
  expect(encodeValue(new Unknown({ prefix: 'a' }), numberType)).toEqual(hex('d4 00 00'));
});

test('trap 23: a dynamic null or unknown without a type goes out bare', () => {
  expect(encodeValue(new Dynamic(dynamicType, null), dynamicType)).toEqual(hex('c0'));
  expect(encodeValue(new Dynamic(dynamicType, unknown), dynamicType)).toEqual(hex('d4 00 00'));
  expect(encodeValue(new Dynamic(stringType, null), dynamicType)).toEqual(
    hex('92 c4 08 22 73 74 72 69 6e 67 22 c0'),
  );
});

test('trap 25: 20 MB in small pieces are written and read in linear time', () => {
  // In quadratic time this would not end.
  const pieces = Array.from({ length: 400_000 }, (_, index) => `${index}`.padEnd(50, 'x'));
  const bytes = encodeValue(pieces, listType(stringType));
  expect(bytes.length).toBeGreaterThan(20_000_000);
  expect(decodeValue(bytes, listType(stringType))).toEqual(pieces);
});

test.each<[string, unknown, Type]>([
  ['a string for a number', 'x', numberType],
  ['a number for a string', 1, stringType],
  ['text for a bool', 'true', boolType],
  ['an object for a map', { a: 'b' }, mapType(stringType)],
  ['a map for an object', new Map(), objectType({})],
  ['a list for an object', [], objectType({})],
  ['a tuple of another length', ['a'], tupleType(stringType, stringType)],
  ['a bare value for a dynamic', 'a', dynamicType],
  ['a bigint', 1n, numberType],
  ['a function', () => 1, stringType],
])('refuses %s, and does not repeat the value', (_what, value, type) => {
  const { code, detail } = refused(value, type);
  expect(code).toBe('internal');
  expect(detail).toContain('Expected');
});

test('what is nested too deep is refused, not a crash', () => {
  const levels = 20_000;
  const deepType = `${'["list",'.repeat(levels)}"string"${']'.repeat(levels)}`;
  const header = Buffer.from([0x92, 0xc6, 0, 0, 0, 0]);
  header.writeUInt32BE(deepType.length, 2);
  const hostile = Buffer.concat([header, Buffer.from(deepType), Buffer.alloc(levels, 0x91)]);
  expect(problem(() => decodeValue(hostile, dynamicType)).detail).toContain('deeper');
  let value: Value = 'x';
  let type: Type = stringType;
  for (let level = 0; level < levels; level++) [value, type] = [[value], listType(type)];
  expect(refused(value, type).detail).toContain('deeper');
});

test('lengths that lie are refused before memory is taken', () => {
  for (const bytes of ['dd ff ff ff ff', 'df ff ff ff ff', 'db ff ff ff ff 61', 'c9 ff ff ff ff 00', 'dc'])
    for (const type of [stringType, listType(stringType), mapType(stringType)])
      expect(problem(() => decodeValue(hex(bytes), type)).code).toBe('internal');
  expect(problem(() => decodeValue(hex('c0 c0'), stringType)).detail).toContain('after the end');
});
