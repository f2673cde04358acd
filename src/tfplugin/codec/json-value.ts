import type { Type } from '../../schema/type.ts';
import { Decimal, Dynamic, objectValue, type Value } from '../../schema/value.ts';
import { unreadable } from './fault.ts';
import { isJsonObject, type Json } from './json-reader.ts';
import { numberFromText } from './numbers.ts';
import { typeFromJson } from './type-json.ts';

/** Gives parsed JSON its meaning as a value of `type`. The engine may use JSON where it usually uses msgpack. */
export function valueOfJson(json: Json, type: Type): Value {
  if (json === null) return null;
  switch (type.kind) {
    case 'string':
      if (typeof json === 'string') return json;
      break;
    case 'bool':
      if (typeof json === 'boolean') return json;
      break;
    case 'number': {
      const number = typeof json === 'string' ? numberFromText(json) : json;
      if (typeof number === 'number' || number instanceof Decimal) return number;
      break;
    }
    case 'list':
    case 'set':
      if (Array.isArray(json)) return json.map((element) => valueOfJson(element, type.element));
      break;
    case 'tuple':
      if (Array.isArray(json) && json.length === type.elements.length)
        return type.elements.map((element, index) => valueOfJson(json[index], element));
      break;
    case 'map':
      if (isJsonObject(json))
        return new Map(Object.entries(json).map(([key, value]) => [key, valueOfJson(value, type.element)]));
      break;
    case 'object':
      if (isJsonObject(json)) return objectOfJson(json, type.attributes);
      break;
    case 'dynamic':
      if (isJsonObject(json) && json.type !== undefined) return dynamicOfJson(json.type, json.value ?? null);
      break;
  }
  throw unreadable(`Expected ${type.kind} in JSON.`);
}

/** Attributes that are missing are null, as in state written before they existed. */
function objectOfJson(
  json: { readonly [key: string]: Json },
  attributes: Readonly<Record<string, Type>>,
): Value {
  return objectValue(
    Object.entries(attributes).map(([name, type]) => [name, valueOfJson(json[name] ?? null, type)]),
  );
}

function dynamicOfJson(typeJson: Json, json: Json): Value {
  const type = typeFromJson(JSON.stringify(typeJson));
  return type.kind === 'dynamic' ? null : new Dynamic(type, valueOfJson(json, type));
}
