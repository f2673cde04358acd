import { expect, test } from 'vitest';
import {
  dynamicType,
  listType,
  mapType,
  numberType,
  objectType,
  setType,
  stringType,
  tupleType,
} from '../../../src/schema/type.ts';
import { Decimal, Dynamic, objectValue } from '../../../src/schema/value.ts';
import { fromDynamicValue, rawStateFrom } from '../../../src/tfplugin/codec/dynamic-value.ts';
import { parseJson } from '../../../src/tfplugin/codec/json-reader.ts';
import { typeFromJson, typeToJson, valueTypeToJson } from '../../../src/tfplugin/codec/type-json.ts';

test('trap 18: numbers in state keep every digit', () => {
  expect(parseJson('{"a":123456789012345678901234567890,"b":[0.1,1e400,-0]}')).toEqual(
    objectValue<unknown>([
      ['a', new Decimal('123456789012345678901234567890')],
      ['b', [0.1, new Decimal(`1${'0'.repeat(400)}`), 0]],
    ]),
  );
});

test('agrees with JSON.parse where that loses nothing', () => {
  const text = ' {"a" : [ 1 , -2.5, true,false , null,"x\\n\\u00e9\\ud83d\\ude00\\"" , {} , [] ] } ';
  expect(JSON.parse(JSON.stringify(parseJson(text)))).toEqual(JSON.parse(text));
});

test('__proto__ is an ordinary key', () => {
  const parsed = parseJson('{"__proto__":{"x":1}}');
  expect(Object.getPrototypeOf(parsed)).toBeNull();
  expect(Object.keys(parsed as object)).toEqual(['__proto__']);
});

test.each([
  '',
  '{',
  '[1,',
  '{"a"}',
  '{"a":}',
  '"\u0001"',
  '"abc',
  'tru',
  '01x',
  '[1]]',
  '{,}',
  '"\\x"',
  '-',
  '1..2',
])('refuses %j without repeating it', (text) => {
  expect(() => parseJson(text)).toThrow('Malformed JSON');
});

test('a hundred thousand brackets are refused, not a crash', () => {
  expect(() => parseJson('['.repeat(100_000))).toThrow('deeper');
  expect(() => parseJson('{"a":'.repeat(100_000))).toThrow('deeper');
});

test('types in their compact form, both ways', () => {
  const type = objectType({
    a: listType(stringType),
    b: tupleType(numberType, dynamicType),
    c: mapType(setType(stringType)),
  });
  const text =
    '["object",{"a":["list","string"],"b":["tuple",["number","dynamic"]],"c":["map",["set","string"]]}]';
  expect(typeToJson(type)).toBe(text);
  expect(typeToJson(typeFromJson(text))).toBe(text);
  expect(typeToJson(objectType({ a: stringType }, ['a']))).toBe('["object",{"a":"string"},["a"]]');
  // The type of a value at hand has no optional attributes.
  expect(valueTypeToJson(objectType({ a: stringType }, ['a']))).toBe('["object",{"a":"string"}]');
  for (const bad of ['"x"', '[]', '["list"]', '["object",[]]', '7', '["tuple",{}]'])
    expect(() => typeFromJson(bad)).toThrow('Unreadable value');
});

test('trap 24: a value may come as JSON', () => {
  const type = objectType({ n: numberType, m: mapType(stringType), d: dynamicType, s: setType(stringType) });
  const json = Buffer.from('{"n":1.50,"m":{"a":"b"},"d":{"type":["list","number"],"value":[1]},"s":["x"]}');
  expect(fromDynamicValue({ json }, type)).toEqual(
    objectValue<unknown>([
      ['n', 1.5],
      ['m', new Map([['a', 'b']])],
      ['d', new Dynamic(listType(numberType), [1])],
      ['s', ['x']],
    ]),
  );
  expect(fromDynamicValue({}, type)).toBeNull();
  expect(() => fromDynamicValue({ json: Buffer.from('{"n":true}') }, type)).toThrow('Expected number');
});

test('state without JSON is of Terraform 0.11', () => {
  expect(() => rawStateFrom({ flatmap: new Map([['a', 'b']]) })).toThrow('Terraform 0.12 first');
  expect(() => rawStateFrom({ flatmap: new Map(), json: Buffer.from('[]') })).toThrow('not an object');
});
