import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalText, equal } from '../../src/schema/equal.ts';
import { canonicalNumber, compareNumbers, numberFromText } from '../../src/schema/number.ts';
import {
  listType,
  mapType,
  numberType,
  objectType,
  setType,
  stringType,
  type Type,
} from '../../src/schema/type.ts';
import { Decimal, Dynamic, objectValue, Unknown, unknown, type Value } from '../../src/schema/value.ts';
import { anyType, anyValue } from './arbitrary.ts';

const dynamic: Type = { kind: 'dynamic' };

describe('equality', () => {
  it.each<[string, Type, Value, Value, boolean]>([
    ['composed and decomposed text', stringType, 'é', 'e\u0301', true],
    ['different text', stringType, 'a', 'b', false],
    ['the same number written otherwise', numberType, 1.5, new Decimal('15e-1'), true],
    ['numbers beyond a double', numberType, new Decimal('9007199254740993'), 9007199254740992, false],
    ['minus zero', numberType, -0, 0, true],
    ['null and empty', listType(stringType), null, [], false],
    ['lists in another order', listType(stringType), ['a', 'b'], ['b', 'a'], false],
    ['sets in another order, with repetitions', setType(stringType), ['a', 'b', 'a'], ['b', 'a'], true],
    ['sets of composed and decomposed text', setType(stringType), ['é'], ['e\u0301', 'é'], true],
    ['sets of sets', setType(setType(stringType)), [['a', 'b'], []], [[], ['b', 'a']], true],
    ['one unknown element and two', setType(stringType), [unknown], [unknown, unknown], false],
    [
      'maps in another order',
      mapType(stringType),
      new Map([
        ['10', 'x'],
        ['9', 'y'],
      ]),
      new Map([
        ['9', 'y'],
        ['10', 'x'],
      ]),
      true,
    ],
    ['maps with another key', mapType(stringType), new Map([['a', 'x']]), new Map([['b', 'x']]), false],
    ['a plain and a refined unknown', stringType, unknown, new Unknown({ prefix: 'a' }), true],
    ['unknown and null', stringType, unknown, null, false],
    ['a text that looks like something else', stringType, 'null', null, false],
    ['objects', objectType({ a: stringType }), objectValue([['a', 'x']]), { a: 'x' }, true],
    [
      'dynamic values of different types',
      dynamic,
      new Dynamic(stringType, '1'),
      new Dynamic(numberType, 1),
      false,
    ],
    [
      'dynamic values of one type',
      dynamic,
      new Dynamic(setType(stringType), ['a', 'b']),
      new Dynamic(setType(stringType), ['b', 'a']),
      true,
    ],
  ])('%s', (_what, type, a, b, same) => {
    expect(equal(type, a, b)).toBe(same);
    expect(equal(type, b, a)).toBe(same);
  });

  it('is what the canonical text says, for every type', () => {
    const pair = anyType.chain((type) => fc.tuple(fc.constant(type), anyValue(type), anyValue(type)));
    fc.assert(
      fc.property(pair, ([type, a, b]) => {
        expect(equal(type, a, a)).toBe(true);
        expect(equal(type, a, b)).toBe(canonicalText(type, a) === canonicalText(type, b));
      }),
      { numRuns: 500 },
    );
  });
});

describe('numbers', () => {
  it('have one text per value', () => {
    fc.assert(
      fc.property(fc.bigInt(), fc.integer({ min: 0, max: 20 }), (digits, zeros) => {
        const shifted = new Decimal(`${digits}${'0'.repeat(zeros)}e-${zeros}`);
        expect(canonicalNumber(shifted)).toBe(canonicalNumber(new Decimal(`${digits}`)));
      }),
    );
  });

  it('are read without loss', () => {
    expect(numberFromText('0.1')).toBe(0.1);
    expect(numberFromText('9007199254740993')).toEqual(new Decimal('9007199254740993'));
    expect(numberFromText('1e400')).toEqual(new Decimal('1e400'));
    for (const wrong of ['', '.', 'e5', '0x10', 'many']) expect(numberFromText(wrong)).toBeUndefined();
  });

  it.each([
    ['1e400', '1e999999999999'],
    ['1e-999999999999', '1e-400'],
    ['-1e999999999999', '-1e400'],
    ['123456789012345678901', '123456789012345678902.5'],
    ['1e400', '1.0000000000000000001e400'],
  ])('%s is less than %s, however far apart', (less, more) => {
    expect(compareNumbers(new Decimal(less), new Decimal(more))).toBe(-1);
    expect(compareNumbers(new Decimal(more), new Decimal(less))).toBe(1);
  });

  it('are ordered by value', () => {
    fc.assert(
      fc.property(fc.bigInt(), fc.bigInt(), (a, b) => {
        const order = compareNumbers(new Decimal(`${a}`), new Decimal(`${b}`));
        expect(Math.sign(order)).toBe(a < b ? -1 : a > b ? 1 : 0);
      }),
    );
  });
});
