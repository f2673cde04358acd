import type { Type } from '../../schema/type.ts';
import { unreadable } from './fault.ts';
import { isJsonObject, type Json, parseJson } from './json-reader.ts';

/** The compact JSON in which Terraform writes types: `"string"`, `["list","number"]`, `["object",{"a":"bool"}]`. */
export function typeToJson(type: Type): string {
  return JSON.stringify(jsonOf(type));
}

/** The type of a value at hand: like `typeToJson`, where nothing is optional any more. */
export function valueTypeToJson(type: Type): string {
  return JSON.stringify(jsonOf(type, true));
}

/** Reads the type of a value, as written by the engine. */
export function typeFromJson(text: string): Type {
  return typeOf(parseJson(text));
}

function jsonOf(type: Type, ofValue = false): unknown {
  switch (type.kind) {
    case 'string':
    case 'number':
    case 'bool':
    case 'dynamic':
      return type.kind;
    case 'list':
    case 'set':
    case 'map':
      return [type.kind, jsonOf(type.element, ofValue)];
    case 'tuple':
      return ['tuple', type.elements.map((element) => jsonOf(element, ofValue))];
    case 'object': {
      // Null prototype, so that an attribute may be called `__proto__`.
      const attributes: Record<string, unknown> = Object.create(null);
      for (const [name, attribute] of Object.entries(type.attributes))
        attributes[name] = jsonOf(attribute, ofValue);
      const optional = ofValue ? [] : (type.optional ?? []);
      return optional.length === 0 ? ['object', attributes] : ['object', attributes, optional];
    }
  }
}

function typeOf(json: Json): Type {
  if (json === 'string' || json === 'number' || json === 'bool' || json === 'dynamic') return { kind: json };
  if (!Array.isArray(json)) throw unreadable('A type is neither a name nor a list.');
  const [kind, argument] = json as readonly Json[];
  if (argument === undefined) throw unreadable('A type lacks its argument.');
  if (kind === 'list' || kind === 'set' || kind === 'map') return { kind, element: typeOf(argument) };
  if (kind === 'tuple' && Array.isArray(argument)) return { kind, elements: argument.map(typeOf) };
  if (kind === 'object' && isJsonObject(argument)) {
    const attributes: Record<string, Type> = Object.create(null);
    for (const [name, attribute] of Object.entries(argument)) attributes[name] = typeOf(attribute);
    // Types of values have no optional attributes; were they honoured, a few bytes could ask for a million nulls.
    return { kind, attributes };
  }
  throw unreadable('A type is of no kind this provider knows.');
}
