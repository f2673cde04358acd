import { expect, test } from 'vitest';
import { numberType } from '../../../src/schema/type.ts';
import { Decimal } from '../../../src/schema/value.ts';
import { decodeValue } from '../../../src/tfplugin/codec/decode.ts';
import { encodeValue } from '../../../src/tfplugin/codec/encode.ts';
import {
  canonicalDecimal,
  numberFromBigInt,
  numberFromDouble,
  numberFromText,
  numberText,
} from '../../../src/tfplugin/codec/numbers.ts';

test.each([
  ['0', 0],
  ['-0', 0],
  ['0.000', 0],
  ['1', 1],
  ['0.1', 0.1],
  ['1.50', 1.5],
  ['1e3', 1000],
  ['1E-7', 1e-7],
  ['9007199254740991', Number.MAX_SAFE_INTEGER],
  ['-9007199254740991', Number.MIN_SAFE_INTEGER],
])('trap 18: %s is exact as a JavaScript number', (text, number) => {
  expect(numberFromText(text)).toBe(number);
});

test.each([
  ['9007199254740992', '9007199254740992'],
  ['9007199254740993', '9007199254740993'],
  ['9007199254740991.1', '9007199254740991.1'],
  ['123456789012345678901234567890', '123456789012345678901234567890'],
  ['0.10000000000000000000000000001', '0.10000000000000000000000000001'],
  ['1e400', `1${'0'.repeat(400)}`],
  ['-1.5e-400', `-0.${'0'.repeat(399)}15`],
  ['12e5000', '1.2e5001'],
])('trap 18: %s keeps its digits in a Decimal', (text, kept) => {
  expect(numberFromText(text)).toEqual(new Decimal(kept));
});

test.each(['', '-', '1.', '.5', '0x10', 'NaN', 'Infinity', '1e', '1e99999999999', '1 ', '１'])(
  '%j is no number',
  (text) => {
    expect(numberFromText(text)).toBeUndefined();
  },
);

test('integers and doubles from the wire', () => {
  expect(numberFromBigInt(-(2n ** 63n))).toEqual(new Decimal('-9223372036854775808'));
  expect(numberFromBigInt(12n)).toBe(12);
  expect(numberFromDouble(2 ** 64)).toEqual(new Decimal('18446744073709551616'));
  expect(numberFromDouble(-0)).toBe(0);
  expect(Object.is(numberFromDouble(-0), -0)).toBe(false);
  expect(numberFromDouble(Number.NEGATIVE_INFINITY)).toBe(Number.NEGATIVE_INFINITY);
});

test('the text of a double is the shortest that means it, never rounded by notation', () => {
  expect(numberText(0.1)).toBe('0.1');
  expect(numberText(1e21)).toBe('1000000000000000000000');
  expect(numberText(2 ** 60)).toBe('1152921504606846976');
  expect(numberText(1e-7)).toBe('0.0000001');
  expect(Number(numberText(Number.MIN_VALUE))).toBe(Number.MIN_VALUE);
  expect(Number(numberText(Number.MAX_VALUE))).toBe(Number.MAX_VALUE);
});

test.each([Number.MIN_VALUE, -Number.MIN_VALUE, 2 ** -1023, 2.2250738585072009e-308])(
  'the subnormal %s stays itself: as a double, and from a text as that text',
  (double) => {
    const bytes = encodeValue(double, numberType);
    expect(bytes[0]).toBe(0xcb);
    expect(decodeValue(bytes, numberType)).toBe(double);
    // An engine counts the digits of a double as if none were missing: these are two numbers to it.
    expect(numberFromText(String(double))).toBeInstanceOf(Decimal);
  },
);

test('a million zeros take linear time', () => {
  const zeros = '0'.repeat(1_000_000);
  expect(canonicalDecimal(`${zeros}.${zeros}1`)?.length).toBeLessThan(20);
  expect(canonicalDecimal(`0.1${zeros}2${zeros}`)?.length).toBeGreaterThan(1_000_000);
});
