import { Decimal, type NumberValue } from '../../schema/value.ts';
import { DEEPEST, unreadable } from './fault.ts';
import { numberFromText } from './numbers.ts';

/** Parsed JSON whose numbers kept every digit. Objects have no prototype: `__proto__` is an ordinary key. */
export type Json = null | boolean | string | NumberValue | readonly Json[] | { readonly [key: string]: Json };

export function isJsonObject(value: Json): value is { readonly [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Decimal);
}

/** Parses JSON without losing digits, which `JSON.parse` does: 123456789012345678901234567890 stays itself. */
export function parseJson(text: string): Json {
  const reader = new Reader(text);
  const value = reader.value(0);
  reader.end();
  return value;
}

class Reader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  value(depth: number): Json {
    if (depth > DEEPEST) throw unreadable(`JSON is nested deeper than ${DEEPEST} levels.`);
    const first = this.#next();
    if (first === '{') return this.#object(depth);
    if (first === '[') return this.#array(depth);
    if (first === '"') return this.#string();
    if (first === 't') return this.#word('true', true);
    if (first === 'f') return this.#word('false', false);
    if (first === 'n') return this.#word('null', null);
    return this.#number();
  }

  end(): void {
    if (this.#next() !== undefined) throw this.#fault('something after the end');
  }

  #object(depth: number): Json {
    const object: { [key: string]: Json } = Object.create(null);
    this.#at++;
    if (this.#skip('}')) return object;
    do {
      if (this.#next() !== '"') throw this.#fault('no key');
      const key = this.#string();
      if (!this.#skip(':')) throw this.#fault('no colon');
      object[key] = this.value(depth + 1);
    } while (this.#skip(','));
    if (!this.#skip('}')) throw this.#fault('an object without end');
    return object;
  }

  #array(depth: number): Json {
    const array: Json[] = [];
    this.#at++;
    if (this.#skip(']')) return array;
    do array.push(this.value(depth + 1));
    while (this.#skip(','));
    if (!this.#skip(']')) throw this.#fault('an array without end');
    return array;
  }

  #string(): string {
    const start = this.#at++;
    for (; this.#at < this.#text.length; this.#at++) {
      const unit = this.#text.charCodeAt(this.#at);
      if (unit === 0x5c) this.#at++;
      else if (unit === 0x22) {
        this.#at++;
        return this.#unescaped(this.#text.slice(start, this.#at));
      }
    }
    throw this.#fault('a string without end');
  }

  #unescaped(quoted: string): string {
    try {
      return JSON.parse(quoted);
    } catch {
      throw this.#fault('a malformed string');
    }
  }

  #number(): NumberValue {
    const number = /-?\d[\d.eE+-]*/y;
    number.lastIndex = this.#at;
    const text = number.exec(this.#text)?.[0];
    const value = text === undefined ? undefined : numberFromText(text);
    if (text === undefined || value === undefined) throw this.#fault('no value');
    this.#at += text.length;
    return value;
  }

  #word<T>(word: string, value: T): T {
    if (!this.#text.startsWith(word, this.#at)) throw this.#fault('an unknown word');
    this.#at += word.length;
    return value;
  }

  #next(): string | undefined {
    while (' \n\r\t'.includes(this.#text[this.#at] ?? 'x')) this.#at++;
    return this.#text[this.#at];
  }

  #skip(mark: string): boolean {
    if (this.#next() !== mark) return false;
    this.#at++;
    return true;
  }

  /** Names the place, not the text: state may hold secrets. */
  #fault(what: string): Error {
    return unreadable(`Malformed JSON: ${what} at character ${this.#at}.`);
  }
}
