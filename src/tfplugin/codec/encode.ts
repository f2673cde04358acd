import type { Problem } from '../../errors.ts';
import type { Type } from '../../schema/type.ts';
import { Dynamic, isObjectValue, Unknown } from '../../schema/value.ts';
import { DEEPEST, placed, unsendable } from './fault.ts';
import { MsgpackWriter } from './msgpack-writer.ts';
import { valueTypeToJson } from './type-json.ts';
import { encodeUnknown } from './unknowns.ts';
import { writeNumber } from './write-number.ts';

type Elements = Extract<Type, { readonly element: Type }>;
type Tuple = Extract<Type, { readonly elements: unknown }>;
type ObjectType = Extract<Type, { readonly attributes: unknown }>;

/**
 * Writes one value of `type`. Throws a Problem, with the path inside the value, for anything Terraform would refuse:
 * a wrong shape, a missing or extra attribute, `undefined`, NaN, half a surrogate pair.
 */
export function encodeValue(value: unknown, type: Type): Buffer {
  return encodeInto(new MsgpackWriter(), value, type);
}

/**
 * The same for a whole object. Terraform gives a number that comes as an integer another precision inside than one from
 * its state file, and takes the two for different where it compares states: after such a refresh
 * `plan -refresh-only -detailed-exitcode` answers 2 for ever. Decimal text has the precision of the file.
 */
export function encodeObject(value: unknown, type: Type): Buffer {
  return encodeInto(new MsgpackWriter({ textNumbers: true }), value, type);
}

function encodeInto(writer: MsgpackWriter, value: unknown, type: Type): Buffer {
  encode(writer, type, value, 0);
  return writer.finish();
}

function encode(writer: MsgpackWriter, type: Type, value: unknown, depth: number): void {
  if (depth > DEEPEST) throw unsendable(`The value is nested deeper than ${DEEPEST} levels.`);
  if (value === null) writer.nil();
  else if (value instanceof Unknown) encodeUnknown(writer, type, value);
  else encodeKnown(writer, type, value, depth);
}

function encodeKnown(writer: MsgpackWriter, type: Type, value: unknown, depth: number): void {
  switch (type.kind) {
    case 'string':
      writeString(writer, value);
      break;
    case 'bool':
      if (typeof value !== 'boolean') throw mismatch('a bool', value);
      writer.bool(value);
      break;
    case 'number':
      writeNumber(writer, value);
      break;
    case 'list':
    case 'set':
      encodeElements(writer, type, value, depth);
      break;
    case 'tuple':
      encodeTuple(writer, type, value, depth);
      break;
    case 'map':
      encodeMap(writer, type, value, depth);
      break;
    case 'object':
      encodeAttributes(writer, type, value, depth);
      break;
    case 'dynamic':
      encodeDynamic(writer, value, depth);
      break;
  }
}

/** Terraform compares strings in Unicode's composed form; what is sent is what it will compare. */
function writeString(writer: MsgpackWriter, value: unknown): void {
  if (typeof value !== 'string') throw mismatch('a string', value);
  // As many bytes as units: plain ASCII, which is both whole and composed.
  if (Buffer.byteLength(value) === value.length) writer.string(value);
  else if (/\p{Surrogate}/u.test(value)) throw unsendable('A string holds half a surrogate pair.');
  else writer.string(value.normalize('NFC'));
}

function encodeElements(writer: MsgpackWriter, type: Elements, value: unknown, depth: number): void {
  if (!Array.isArray(value)) throw mismatch(`a ${type.kind}`, value);
  writer.array(value.length);
  let index = 0;
  try {
    for (; index < value.length; index++) encode(writer, type.element, value[index], depth + 1);
  } catch (error) {
    throw placed(error, [index]);
  }
}

function encodeTuple(writer: MsgpackWriter, type: Tuple, value: unknown, depth: number): void {
  if (!Array.isArray(value) || value.length !== type.elements.length)
    throw mismatch(`a tuple of ${type.elements.length} elements`, value);
  writer.array(value.length);
  let index = 0;
  try {
    for (const element of type.elements) encode(writer, element, value[index++], depth + 1);
  } catch (error) {
    throw placed(error, [index - 1]);
  }
}

function encodeMap(writer: MsgpackWriter, type: Elements, value: unknown, depth: number): void {
  if (!(value instanceof Map)) throw mismatch('a Map', value);
  writer.map(value.size);
  for (const [key, element] of value) {
    try {
      writeString(writer, key);
      encode(writer, type.element, element, depth + 1);
    } catch (error) {
      throw placed(error, [{ key: String(key) }]);
    }
  }
}

function encodeAttributes(writer: MsgpackWriter, type: ObjectType, value: unknown, depth: number): void {
  if (!isObjectValue(value)) throw mismatch('an object', value);
  const names = Object.keys(type.attributes);
  for (const name of Object.keys(value))
    if (!Object.hasOwn(type.attributes, name))
      throw unsendable(`The schema has no attribute ${name}.`).at([name]);
  writer.map(names.length);
  for (const name of names) {
    const attribute = type.attributes[name];
    if (attribute === undefined) continue;
    writer.string(name);
    try {
      encode(writer, attribute, Object.hasOwn(value, name) ? value[name] : undefined, depth + 1);
    } catch (error) {
      throw placed(error, [name]);
    }
  }
}

function encodeDynamic(writer: MsgpackWriter, value: unknown, depth: number): void {
  if (!(value instanceof Dynamic)) throw mismatch('a Dynamic, which names its type', value);
  // What has no type of its own, an untyped null or unknown, goes bare.
  if (value.type.kind !== 'dynamic') {
    writer.array(2);
    writer.binary(Buffer.from(valueTypeToJson(value.type)));
  }
  encode(writer, value.type, value.value, depth + 1);
}

/** Names kinds only: the value may be a secret. */
function mismatch(wanted: string, value: unknown): Problem {
  const kind = Array.isArray(value) ? `an array of ${value.length}` : typeof value;
  return unsendable(`Expected ${wanted}, got ${value === undefined ? 'nothing' : kind}.`);
}
