// When two values are the same value, as Terraform sees it: text by its composed form (NFC), numbers by their decimal
// value, sets whatever their order and repetitions. Comparing any other way plans endless changes.

import { canonicalNumber } from './number.ts';
import type { Type } from './type.ts';
import { Decimal, Dynamic, isObjectValue, isUnknown, isWhollyKnown, type Value } from './value.ts';

/** Text in the form in which Terraform keeps it. */
export function composed(text: string): string {
  return text.normalize('NFC');
}

/** False for text that may be written composed or decomposed. */
export function isSpelledInOneWay(text: string): boolean {
  return composed(text) === text.normalize('NFD');
}

export function sameText(a: string, b: string): boolean {
  return a === b || composed(a) === composed(b);
}

/** The same text for names that differ in upper and lower case only. */
export function folded(text: string): string {
  return composed(text).toLowerCase();
}

/** Unknown equals unknown, whatever is known about either. */
export function equal(type: Type, a: Value, b: Value): boolean {
  if (a === b) return true;
  if (a === null || b === null) return false;
  if (typeof a === 'string' && typeof b === 'string') return composed(a) === composed(b);
  // The common shapes without building texts: this runs for every attribute of every object.
  if (type.kind === 'object' && isObjectValue(a) && isObjectValue(b))
    return Object.entries(type.attributes).every(([name, of]) => equal(of, a[name] ?? null, b[name] ?? null));
  if (type.kind === 'list' && Array.isArray(a) && Array.isArray(b))
    return (
      a.length === b.length && a.every((element: Value, index) => equal(type.element, element, b[index]))
    );
  return canonicalText(type, a) === canonicalText(type, b);
}

/** The same text for equal values of one type, another text for every other value. Not meant for people. */
export function canonicalText(type: Type, value: Value): string {
  if (value === null) return 'null';
  if (isUnknown(value)) return '?';
  if (value instanceof Dynamic)
    return `<${canonicalType(value.type)}>${canonicalText(value.type, value.value)}`;
  if (typeof value === 'string') return JSON.stringify(composed(value));
  if (typeof value === 'number' || value instanceof Decimal) return canonicalNumber(value);
  if (typeof value === 'boolean') return String(value);
  if (Array.isArray(value)) return listText(type, value);
  if (value instanceof Map) return mapText(type, value);
  if (isObjectValue(value)) return objectText(type, value);
  return String(value);
}

function listText(type: Type, values: readonly Value[]): string {
  if (type.kind === 'tuple')
    return `[${values.map((value, index) => canonicalText(type.elements[index] ?? dynamic, value)).join(',')}]`;
  const element = type.kind === 'list' || type.kind === 'set' ? type.element : dynamic;
  const texts = values.map((value) => canonicalText(element, value));
  return type.kind === 'set' ? `{${distinct(texts, values).sort().join(',')}}` : `[${texts.join(',')}]`;
}

/** Two unknown elements may turn out different: each counts. */
function distinct(texts: readonly string[], values: readonly Value[]): string[] {
  const seen = new Set<string>();
  return texts.filter((text, index) => {
    if (!isWhollyKnown(values[index])) return true;
    if (seen.has(text)) return false;
    seen.add(text);
    return true;
  });
}

function mapText(type: Type, map: ReadonlyMap<string, Value>): string {
  const element = type.kind === 'map' ? type.element : dynamic;
  const entries = [...map].map(([key, value]) => [JSON.stringify(composed(key)), value] as const);
  const texts = entries.map(([key, value]) => `${key}:${canonicalText(element, value)}`);
  return `m{${texts.sort().join(',')}}`;
}

function objectText(type: Type, object: { readonly [name: string]: Value }): string {
  const types = type.kind === 'object' ? type.attributes : undefined;
  const texts = Object.keys(types ?? object)
    .sort()
    .map(
      (name) => `${JSON.stringify(name)}:${canonicalText(types?.[name] ?? dynamic, object[name] ?? null)}`,
    );
  return `o{${texts.join(',')}}`;
}

const dynamic: Type = { kind: 'dynamic' };

/** The same text for the same type. */
function canonicalType(type: Type): string {
  if (type.kind === 'list' || type.kind === 'set' || type.kind === 'map')
    return `${type.kind}(${canonicalType(type.element)})`;
  if (type.kind === 'tuple') return `tuple(${type.elements.map(canonicalType).join(',')})`;
  if (type.kind !== 'object') return type.kind;
  const members = Object.keys(type.attributes)
    .sort()
    .map((name) => `${JSON.stringify(name)}:${canonicalType(type.attributes[name] ?? dynamic)}`);
  return `object(${members.join(',')})`;
}
