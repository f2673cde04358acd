import { isUtf8 } from 'node:buffer';
import type { NumberValue } from '../../schema/value.ts';
import { unreadable } from './fault.ts';
import { numberFromBigInt, numberFromDouble } from './numbers.ts';

/** Reads msgpack from a buffer, token by token. Never trusts a length: what is not there cannot be read. */
export class MsgpackReader {
  readonly #bytes: Buffer;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = Buffer.isBuffer(bytes)
      ? bytes
      : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get atEnd(): boolean {
    return this.#at === this.#bytes.length;
  }

  /** Takes a nil if one is next. */
  nil(): boolean {
    if (this.#peek() !== 0xc0) return false;
    this.#at++;
    return true;
  }

  /** Takes an extension value if one is next. */
  extension(): { readonly code: number; readonly payload: Buffer } | undefined {
    const format = this.#peek();
    const length = this.#extensionLength(format);
    if (length === undefined) return undefined;
    const code = this.#take(1).readInt8();
    return { code, payload: this.#take(length) };
  }

  bool(): boolean {
    const format = this.#byte();
    if (format === 0xc2) return false;
    if (format === 0xc3) return true;
    throw this.#unexpected('a bool', format);
  }

  isString(): boolean {
    const format = this.#peek();
    return (format >= 0xa0 && format <= 0xbf) || (format >= 0xd9 && format <= 0xdb);
  }

  string(): string {
    const format = this.#byte();
    const bytes = this.#take(this.#stringLength(format));
    if (!isUtf8(bytes)) throw unreadable('A string is not valid UTF-8.');
    return bytes.toString('utf8');
  }

  /** Binary, or a string's bytes: engines have sent both for the same thing. */
  binary(): Buffer {
    const format = this.#byte();
    if (format >= 0xc4 && format <= 0xc6) return this.#take(this.#length(1 << (format - 0xc4)));
    return this.#take(this.#stringLength(format));
  }

  number(): NumberValue {
    const format = this.#byte();
    if (format <= 0x7f) return format;
    if (format >= 0xe0) return format - 0x100;
    switch (format) {
      case 0xca:
        return numberFromDouble(notNaN(this.#take(4).readFloatBE()));
      case 0xcb:
        return numberFromDouble(notNaN(this.#take(8).readDoubleBE()));
      case 0xcc:
      case 0xcd:
      case 0xce:
        return this.#length(1 << (format - 0xcc));
      case 0xcf:
        return numberFromBigInt(this.#take(8).readBigUInt64BE());
      case 0xd0:
      case 0xd1:
      case 0xd2:
        return this.#take(1 << (format - 0xd0)).readIntBE(0, 1 << (format - 0xd0));
      case 0xd3:
        return numberFromBigInt(this.#take(8).readBigInt64BE());
      default:
        throw this.#unexpected('a number', format);
    }
  }

  /** The number of elements that follow. */
  array(): number {
    const format = this.#byte();
    if (format >= 0x90 && format <= 0x9f) return format & 0x0f;
    if (format === 0xdc || format === 0xdd) return this.#count(format === 0xdc ? 2 : 4, 1);
    throw this.#unexpected('a list', format);
  }

  /** The number of key and value pairs that follow. */
  map(): number {
    const format = this.#byte();
    if (format >= 0x80 && format <= 0x8f) return format & 0x0f;
    if (format === 0xde || format === 0xdf) return this.#count(format === 0xde ? 2 : 4, 2);
    throw this.#unexpected('a map', format);
  }

  #stringLength(format: number): number {
    if (format >= 0xa0 && format <= 0xbf) return format & 0x1f;
    if (format >= 0xd9 && format <= 0xdb) return this.#length(1 << (format - 0xd9));
    throw this.#unexpected('a string', format);
  }

  #extensionLength(format: number): number | undefined {
    if (format >= 0xd4 && format <= 0xd8) {
      this.#at++;
      return 1 << (format - 0xd4);
    }
    if (format < 0xc7 || format > 0xc9) return undefined;
    this.#at++;
    return this.#length(1 << (format - 0xc7));
  }

  /** A count that the remaining bytes cannot hold is refused before anything is made of it. */
  #count(size: number, bytesEach: number): number {
    const count = this.#length(size);
    if (count * bytesEach > this.#bytes.length - this.#at) throw unreadable('A list is cut short.');
    return count;
  }

  #length(size: number): number {
    return this.#take(size).readUIntBE(0, size);
  }

  #take(length: number): Buffer {
    const end = this.#at + length;
    if (end > this.#bytes.length) throw unreadable('The value is cut short.');
    const bytes = this.#bytes.subarray(this.#at, end);
    this.#at = end;
    return bytes;
  }

  #byte(): number {
    const byte = this.#peek();
    this.#at++;
    return byte;
  }

  #peek(): number {
    const byte = this.#bytes[this.#at];
    if (byte === undefined) throw unreadable('The value is cut short.');
    return byte;
  }

  #unexpected(wanted: string, format: number): Error {
    return unreadable(`Expected ${wanted}, found msgpack format 0x${format.toString(16)}.`);
  }
}

function notNaN(double: number): number {
  if (Number.isNaN(double)) throw unreadable('NaN is no number of Terraform.');
  return double;
}
