import { describe, expect, it } from 'vitest';
import { appliedViolations } from '../../src/provider/consistency/applied.ts';
import { attribute } from '../../src/schema/attribute.ts';
import { numberType, setType, stringType, type Type } from '../../src/schema/type.ts';
import { Decimal, type Refinements, Unknown, type Value } from '../../src/schema/value.ts';

const at = (value: number, inclusive: boolean) => ({ value, inclusive });
const numbers = { min: at(1, true), max: at(9, false) };
const lengths = { minLength: 1, maxLength: 2 };

// Trap 17: what a plan says about an unknown value is a promise, and Terraform checks it at apply.
describe('trap 17: what was promised about an unknown value', () => {
  it.each<[string, Type, Refinements, Value, string | undefined]>([
    ['null, where that was excluded', stringType, { notNull: true }, null, 'not be null, as planned'],
    ['null, where nothing was said of it', stringType, { prefix: 'a' }, null, undefined],
    ['another beginning', stringType, { prefix: 'pre-' }, 'post-1', 'start as planned'],
    ['the same beginning, in other bytes', stringType, { prefix: 'é' }, 'e\u0301-1', undefined],
    ['less than the least', numberType, numbers, 0, 'not be less than planned'],
    ['the least, if that was included', numberType, numbers, 1, undefined],
    ['the most, if that was excluded', numberType, numbers, 9, 'not be more than planned'],
    ['more than the most', numberType, numbers, new Decimal('1e400'), 'not be more than planned'],
    ['too few elements', setType(stringType), lengths, [], 'not have fewer elements than planned'],
    ['too many', setType(stringType), lengths, ['a', 'b', 'c'], 'not have more elements than planned'],
    ['as many as promised', setType(stringType), lengths, ['a'], undefined],
  ])('%s', (_what, type, refinements, applied, rule) => {
    const level = { attributes: { it: attribute.of<Value>(type)({ computed: true, description: 'It.' }) } };
    const violations = appliedViolations(level, { it: new Unknown(refinements) }, { it: applied });
    expect(violations.map((violation) => violation.rule)).toEqual(rule === undefined ? [] : [rule]);
    expect(violations.every(({ path }) => path[0] === 'it')).toBe(true);
  });
});
