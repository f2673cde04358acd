import { createHash } from 'node:crypto';
import { Decimal, Dynamic, isObjectValue, isUnknown, type Value } from '../schema/value.ts';

/** What JSON can say. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [name: string]: Json;
}

/** How an unknown value is shown. */
const KNOWN_AFTER_APPLY = '(known after apply)';

/** A Terraform value as plain JSON; maps become objects, unknown values a text that says so. */
export function toJson(value: Value): Json {
  if (isUnknown(value)) return KNOWN_AFTER_APPLY;
  if (value instanceof Decimal) return value.text;
  if (value instanceof Dynamic) return toJson(value.value);
  if (value instanceof Map) return objectOf([...value].map(([key, item]) => [key, toJson(item)] as const));
  if (Array.isArray(value)) return value.map(toJson);
  if (isObjectValue(value))
    return objectOf(Object.entries(value).map(([key, item]) => [key, toJson(item)] as const));
  // What is left are the scalars, which TypeScript cannot see through `Array.isArray` of a readonly array.
  return value as string | number | boolean | null;
}

/** The same text for the same content, whatever the order of object members. */
export function canonical(json: Json): string {
  if (Array.isArray(json)) return `[${json.map(canonical).join(',')}]`;
  if (isJsonObject(json))
    return `{${Object.keys(json)
      .sort()
      .map((key) => `${JSON.stringify(key)}:${canonical(json[key] ?? null)}`)
      .join(',')}}`;
  return JSON.stringify(json);
}

/** 16 hexadecimal digits that differ when the content differs. */
export function digest(json: Json): string {
  return createHash('sha256').update(canonical(json)).digest('hex').slice(0, 16);
}

export function isJsonObject(json: Json | undefined): json is JsonObject {
  return typeof json === 'object' && json !== null && !Array.isArray(json);
}

/** Made without a prototype: `__proto__` is an ordinary name. */
function objectOf(entries: readonly (readonly [string, Json])[]): JsonObject {
  const object: { [name: string]: Json } = Object.create(null);
  for (const [key, value] of entries) object[key] = value;
  return object;
}
