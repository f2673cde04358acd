import type { AttributePath } from '../../errors.ts';
import { Dynamic, isObjectValue, isUnknown, type Value } from '../../schema/value.ts';
import type { Violation } from './violation.ts';

/** Nothing that is stored or shown may still be unknown. */
export function unknownViolations(value: Value, path: AttributePath = []): readonly Violation[] {
  if (isUnknown(value)) return [{ path, rule: 'be known now, and is still unknown' }];
  if (value instanceof Dynamic) return unknownViolations(value.value, path);
  if (Array.isArray(value))
    return value.flatMap((element, index) => unknownViolations(element, [...path, index]));
  if (value instanceof Map)
    return [...value].flatMap(([key, element]) => unknownViolations(element, [...path, { key }]));
  if (isObjectValue(value))
    return Object.entries(value).flatMap(([name, member]) => unknownViolations(member, [...path, name]));
  return [];
}
