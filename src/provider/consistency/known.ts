import type { AttributePath } from '../../errors.ts';
import { Dynamic, isObjectValue, isUnknown, type Value } from '../../schema/value.ts';
import type { Breach } from './breach.ts';

/** Nothing that is stored or shown may still be unknown. */
export function unknownBreaches(value: Value, path: AttributePath = []): readonly Breach[] {
  if (isUnknown(value)) return [{ path, rule: 'be known now, and is still unknown' }];
  if (value instanceof Dynamic) return unknownBreaches(value.value, path);
  if (Array.isArray(value))
    return value.flatMap((element, index) => unknownBreaches(element, [...path, index]));
  if (value instanceof Map)
    return [...value].flatMap(([key, element]) => unknownBreaches(element, [...path, { key }]));
  if (isObjectValue(value))
    return Object.entries(value).flatMap(([name, member]) => unknownBreaches(member, [...path, name]));
  return [];
}
