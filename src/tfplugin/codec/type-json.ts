import type { Type } from '../../schema/type.ts';
import { typeFromJson as readType, typeJson } from '../../schema/type-json.ts';
import { unreadable } from './fault.ts';
import { parseJson } from './json-reader.ts';

/** A type as text, for a schema. */
export function typeToJson(type: Type): string {
  return JSON.stringify(typeJson(type));
}

/** The same for the type of a value at hand. */
export function valueTypeToJson(type: Type): string {
  return JSON.stringify(typeJson(type, { ofValue: true }));
}

/** Reads the type of a value, as written by the engine. @throws Problem */
export function typeFromJson(text: string): Type {
  const type = readType(parseJson(text));
  if (type === undefined) throw unreadable('A type is of no kind this provider knows.');
  return type;
}
