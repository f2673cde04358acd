import type { Type } from '../../schema/type.ts';
import { type NumberValue, type Refinements, Unknown, unknown } from '../../schema/value.ts';
import { MsgpackReader } from './msgpack-reader.ts';
import { MsgpackWriter } from './msgpack-writer.ts';
import { numberFromText } from './numbers.ts';
import { writeNumber } from './write-number.ts';

/** The extension code of an unknown about which something is known. Every other code is a plain unknown. */
const REFINED = 12;
const PLAIN_PAYLOAD = Buffer.alloc(1);
/** A shorter prefix is a weaker promise, never a wrong one; engines refuse payloads of a kilobyte. */
const LONGEST_PREFIX = 200;

/** Any extension is an unknown: later engines may know more about it than we do. */
export function decodeUnknown(code: number, payload: Buffer): Unknown {
  if (code !== REFINED) return unknown;
  try {
    const refinements = readRefinements(new MsgpackReader(payload));
    return Object.keys(refinements).length === 0 ? unknown : new Unknown(refinements);
  } catch {
    // What is known about an unknown may always be ignored, and a payload of a later engine need not be readable.
    return unknown;
  }
}

export function encodeUnknown(writer: MsgpackWriter, type: Type, { refinements }: Unknown): void {
  const entries = refinements === undefined ? [] : refinementEntries(type, refinements);
  const payload = new MsgpackWriter();
  payload.map(entries.length);
  for (const write of entries) write(payload);
  // A plain unknown says so by its code: engines refuse a refined one without refinements.
  if (entries.length === 0) writer.extension(0, PLAIN_PAYLOAD);
  else writer.extension(REFINED, payload.finish());
}

function readRefinements(reader: MsgpackReader): Refinements {
  const refinements: { -readonly [K in keyof Refinements]: Refinements[K] } = {};
  for (let left = reader.map(); left > 0; left--) {
    switch (reader.number()) {
      case 1:
        if (reader.bool() === false) refinements.notNull = true;
        break;
      case 2:
        refinements.prefix = reader.string();
        break;
      case 3:
        refinements.min = readBound(reader);
        break;
      case 4:
        refinements.max = readBound(reader);
        break;
      case 5:
        refinements.minLength = Number(reader.number());
        break;
      case 6:
        refinements.maxLength = Number(reader.number());
        break;
      default:
        // The rest cannot be read without knowing how long this one is; what was read so far holds.
        return refinements;
    }
  }
  return refinements;
}

function readBound(reader: MsgpackReader): { value: NumberValue; inclusive: boolean } {
  reader.array();
  const value = reader.isString() ? (numberFromText(reader.string()) ?? 0) : reader.number();
  return { value, inclusive: reader.bool() };
}

type Write = (payload: MsgpackWriter) => void;

/** Only what means something for the type; engines refuse the rest. */
function refinementEntries(type: Type, refinements: Refinements): Write[] {
  const { notNull, prefix, min, max, minLength, maxLength } = refinements;
  if (type.kind === 'dynamic') return [];
  const entries: Write[] = [];
  const entry = (key: number, write: Write) =>
    entries.push((payload) => {
      payload.integer(key);
      write(payload);
    });
  if (notNull) entry(1, (payload) => payload.bool(false));
  if (type.kind === 'string' && prefix) entry(2, (payload) => payload.string(shortened(prefix)));
  if (type.kind === 'number') {
    if (min !== undefined) entry(3, writeBound(min));
    if (max !== undefined) entry(4, writeBound(max));
  }
  if (type.kind === 'list' || type.kind === 'set' || type.kind === 'map') {
    if (minLength !== undefined) entry(5, (payload) => payload.integer(minLength));
    if (maxLength !== undefined) entry(6, (payload) => payload.integer(maxLength));
  }
  return entries;
}

function writeBound({ value, inclusive }: NonNullable<Refinements['min']>): Write {
  return (payload) => {
    payload.array(2);
    writeNumber(payload, value);
    payload.bool(inclusive);
  };
}

function shortened(prefix: string): string {
  return prefix.length <= LONGEST_PREFIX
    ? prefix
    : Array.from(prefix.slice(0, LONGEST_PREFIX)).slice(0, -1).join('');
}
