import type { Type } from '../../schema/type.ts';
import { isObjectValue, type ObjectValue, objectValue, type Value } from '../../schema/value.ts';
import type { DynamicValue, RawState } from '../generated/tfplugin6.ts';
import { decodeValue } from './decode.ts';
import { encodeObject, encodeValue } from './encode.ts';
import { unreadable } from './fault.ts';
import { isJsonObject, parseJson } from './json-reader.ts';
import { valueOfJson } from './json-value.ts';

/** The value in a message; null when the message holds none. */
export function fromDynamicValue(message: DynamicValue | undefined, type: Type): Value {
  if (message?.msgpack !== undefined && message.msgpack.length > 0) return decodeValue(message.msgpack, type);
  if (message?.json !== undefined && message.json.length > 0)
    return valueOfJson(parseJson(message.json.toString('utf8')), type);
  return null;
}

/** A whole object, or null. An object that is unknown as a whole does not exist in the protocol. */
export function objectFrom(message: DynamicValue | undefined, type: Type): ObjectValue | null {
  const value = fromDynamicValue(message, type);
  if (value === null) return null;
  if (!isObjectValue(value)) throw unreadable('Expected an object, found an unknown value.');
  return value;
}

/** A configuration: an absent one is an object of nulls. */
export function configFrom(message: DynamicValue | undefined, type: Type): ObjectValue {
  const config = objectFrom(message, type);
  if (config !== null) return config;
  const names = type.kind === 'object' ? Object.keys(type.attributes) : [];
  return objectValue(names.map((name) => [name, null]));
}

/** Responses are msgpack only: engines do not read JSON everywhere. */
export function toDynamicValue(value: unknown, type: Type): DynamicValue {
  return { msgpack: encodeValue(value, type) };
}

/** A whole object, or null for none. */
export function toDynamicObject(object: ObjectValue | null, type: Type): DynamicValue {
  return { msgpack: encodeObject(object, type) };
}

/** State as stored by any schema version: plain JSON, numbers with all their digits. */
export function rawStateFrom(message: RawState | undefined): ObjectValue {
  if (message?.json === undefined || message.json.length === 0)
    throw unreadable(
      'There is no state in JSON. State of Terraform 0.11 must be upgraded by Terraform 0.12 first.',
    );
  const json = parseJson(message.json.toString('utf8'));
  if (!isJsonObject(json)) throw unreadable('The stored state is not an object.');
  return json;
}
