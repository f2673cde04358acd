import type { Type } from '../../schema/type.ts';
import { Dynamic, type Value } from '../../schema/value.ts';
import { DEEPEST, placed, unreadable } from './fault.ts';
import { MsgpackReader } from './msgpack-reader.ts';
import { numberFromText } from './numbers.ts';
import { typeFromJson } from './type-json.ts';
import { decodeUnknown } from './unknowns.ts';

type Elements = Extract<Type, { readonly element: Type }>;
type Tuple = Extract<Type, { readonly elements: unknown }>;
type ObjectType = Extract<Type, { readonly attributes: unknown }>;

/** Reads one value of `type`. Throws a Problem, with the path inside the value, when the bytes say anything else. */
export function decodeValue(bytes: Uint8Array, type: Type): Value {
  const reader = new MsgpackReader(bytes);
  const value = decode(reader, type, 0);
  if (!reader.atEnd) throw unreadable('There is something after the end of the value.');
  return value;
}

function decode(reader: MsgpackReader, type: Type, depth: number): Value {
  if (depth > DEEPEST) throw unreadable(`The value is nested deeper than ${DEEPEST} levels.`);
  if (reader.nil()) return null;
  const extension = reader.extension();
  if (extension !== undefined) return decodeUnknown(extension.code, extension.payload);
  switch (type.kind) {
    case 'string':
      return reader.string();
    case 'bool':
      return reader.bool();
    case 'number':
      return decodeNumber(reader);
    case 'list':
    case 'set':
      return decodeElements(reader, type, depth);
    case 'tuple':
      return decodeTuple(reader, type, depth);
    case 'map':
      return decodeMap(reader, type, depth);
    case 'object':
      return decodeObject(reader, type, depth);
    case 'dynamic':
      return decodeDynamic(reader, depth);
  }
}

function decodeNumber(reader: MsgpackReader): Value {
  if (!reader.isString()) return reader.number();
  const value = numberFromText(reader.string());
  if (value === undefined) throw unreadable('A number is not written as one.');
  return value;
}

function decodeElements(reader: MsgpackReader, { element }: Elements, depth: number): Value {
  const count = reader.array();
  const elements: Value[] = [];
  try {
    while (elements.length < count) elements.push(decode(reader, element, depth + 1));
  } catch (error) {
    throw placed(error, [elements.length]);
  }
  return elements;
}

function decodeTuple(reader: MsgpackReader, { elements }: Tuple, depth: number): Value {
  const count = reader.array();
  if (count !== elements.length)
    throw unreadable(`A tuple of ${elements.length} elements has ${count} instead.`);
  const values: Value[] = [];
  try {
    for (const element of elements) values.push(decode(reader, element, depth + 1));
  } catch (error) {
    throw placed(error, [values.length]);
  }
  return values;
}

function decodeMap(reader: MsgpackReader, { element }: Elements, depth: number): Value {
  const map = new Map<string, Value>();
  for (let left = reader.map(); left > 0; left--) {
    const key = reader.string();
    try {
      map.set(key, decode(reader, element, depth + 1));
    } catch (error) {
      throw placed(error, [{ key }]);
    }
  }
  return map;
}

function decodeObject(reader: MsgpackReader, type: ObjectType, depth: number): Value {
  const object: { [name: string]: Value } = Object.create(null);
  for (let left = reader.map(); left > 0; left--) {
    const name = reader.string();
    const attribute = Object.hasOwn(type.attributes, name) ? type.attributes[name] : undefined;
    if (attribute === undefined) throw unreadable('An object has an attribute that its type lacks.');
    try {
      object[name] = decode(reader, attribute, depth + 1);
    } catch (error) {
      throw placed(error, [name]);
    }
  }
  for (const name of Object.keys(type.attributes)) {
    if (name in object) continue;
    if (!type.optional?.includes(name)) throw unreadable(`An object lacks its attribute ${name}.`).at([name]);
    object[name] = null;
  }
  return object;
}

function decodeDynamic(reader: MsgpackReader, depth: number): Value {
  if (reader.array() !== 2) throw unreadable('A dynamic value is not a pair of type and value.');
  const type = typeFromJson(reader.binary().toString('utf8'));
  const value = decode(reader, type, depth + 1);
  return type.kind === 'dynamic' ? value : new Dynamic(type, value);
}
