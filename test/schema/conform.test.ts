import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { attribute } from '../../src/schema/attribute.ts';
import { conformObject, conformValue, type Strictness } from '../../src/schema/conform.ts';
import { equal } from '../../src/schema/equal.ts';
import {
  listType,
  mapType,
  objectType,
  setType,
  stringType,
  type Type,
  tupleType,
} from '../../src/schema/type.ts';
import { Decimal, Dynamic, objectValue, unknown } from '../../src/schema/value.ts';
import { anyType, anyValue } from './arbitrary.ts';

const dynamic: Type = { kind: 'dynamic' };
const level = {
  attributes: { a: attribute.string({ optional: true, description: 'A.' }) },
  blocks: {
    one: { nesting: 'single' as const, description: 'One.', attributes: {} },
    many: { nesting: 'list' as const, description: 'Many.', attributes: {} },
  },
};

describe('conforming', () => {
  it('changes nothing that fits already, at any strictness', () => {
    const fitting = anyType.chain((type) => fc.tuple(fc.constant(type), anyValue(type)));
    fc.assert(
      fc.property(
        fitting,
        fc.constantFrom<Strictness>('answer', 'partial', 'stored'),
        ([type, value], strictness) => {
          const { value: conformed, misfits } = conformValue(type, value, strictness);
          expect(misfits).toEqual([]);
          expect(equal(type, conformed, value)).toBe(true);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('gives the right shape to anything whatever, and says what did not fit', () => {
    fc.assert(
      fc.property(anyType, fc.anything(), (type, junk) => {
        const { value } = conformValue(type, junk, 'stored');
        expect(conformValue(type, value, 'answer').misfits).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  it.each<[string, Type, unknown, unknown]>([
    [
      'an object for a map, with every key',
      mapType(stringType),
      JSON.parse('{"__proto__":"x","10":"y"}'),
      new Map([
        ['10', 'y'],
        ['__proto__', 'x'],
      ]),
    ],
    ['a number for text', stringType, new Decimal('123456789012345678901'), '123456789012345678901'],
    ['text for a number', { kind: 'number' }, '123456789012345678901', new Decimal('123456789012345678901')],
    ['text for true', { kind: 'bool' }, 'true', true],
    [
      'a value with its type',
      dynamic,
      { type: ['list', 'string'], value: ['a'] },
      new Dynamic(listType(stringType), ['a']),
    ],
    [
      'an object with a name that is gone',
      objectType({ a: stringType }),
      { a: 'x', b: 'y' },
      objectValue([['a', 'x']]),
    ],
    ['an object without a new name', objectType({ a: stringType }), {}, objectValue([['a', null]])],
  ])('of stored state takes %s', (_what, type, stored, value) => {
    expect(conformValue(type, stored, 'stored')).toEqual({ value, misfits: [] });
  });

  it('of an answer forgives nothing, and never shows a value', () => {
    const type = objectType({
      map: mapType(stringType),
      text: stringType,
      pair: tupleType(stringType),
      set: setType(stringType),
    });
    const answer = { map: { secret: 'hush' }, text: 5, pair: ['hush', 'hush'], set: 'hush', more: 'hush' };
    const { misfits } = conformValue(type, answer, 'answer');
    expect(misfits.map(({ path, expected, found }) => `${path} ${expected}: ${found}`)).toEqual([
      'more absent: the schema has no such name: a string',
      'map a map: an object',
      'text a string of whole characters: a number',
      'pair a tuple of 1: a list of 2',
      'set a set: a string',
    ]);
  });

  it('makes absent blocks empty, never null; a block that is unknown stays so', () => {
    expect(conformObject(level, {}, 'partial').value).toEqual(
      objectValue([
        ['a', null],
        ['one', null],
        ['many', []],
      ]),
    );
    expect(conformObject(level, { many: null }, 'stored').value).toMatchObject({ many: [] });
    expect(conformObject(level, { a: null, one: null, many: unknown }, 'answer')).toMatchObject({
      value: { many: unknown },
      misfits: [],
    });
  });
});
