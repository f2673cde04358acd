// Looks for known keys in bytes of any size, a piece at a time.

import { keyFingerprint } from '../../resources/access-key/index.ts';
import { Secret } from '../../secret.ts';
import type { KnownKey } from './known-keys.ts';
import { tokensIn } from './tokens.ts';

export interface Hit {
  readonly key: KnownKey;
  /** From 1. */
  readonly line: number;
  readonly column: number;
}

/** Cut here, no token is cut in two: none of them holds this. */
const BOUNDARY = /[^A-Za-z0-9+/=\\%]/u;
/** A piece without a boundary is cut anyway. */
const LONGEST_CARRY = 1 << 20;

/** Compares every token with every known key. Each token costs one HMAC for each user name, once. */
export class Search {
  readonly #known: readonly KnownKey[];
  readonly #seen = new Map<string, readonly KnownKey[]>();

  constructor(known: readonly KnownKey[]) {
    this.#known = known;
  }

  /** How many different tokens were compared. */
  get tokens(): number {
    return this.#seen.size;
  }

  /** Hits in the order in which they stand, each key once a place. */
  async in(pieces: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): Promise<readonly Hit[]> {
    const hits: Hit[] = [];
    const place = { line: 1, column: 1 };
    let carry = '';
    for await (const piece of pieces) {
      const text = carry + Buffer.from(piece).toString('latin1');
      const end = lastBoundary(text);
      const whole = end < 0 && text.length > LONGEST_CARRY ? text.length : end + 1;
      hits.push(...this.#hitsIn(text.slice(0, whole), place));
      carry = text.slice(whole);
    }
    hits.push(...this.#hitsIn(carry, place));
    return hits;
  }

  #hitsIn(text: string, place: { line: number; column: number }): readonly Hit[] {
    const found = [...this.#matches(text, (index) => index)];
    // UTF-16 has a zero beside each of these characters.
    if (text.includes('\0')) {
      const kept: number[] = [];
      for (let at = 0; at < text.length; at += 1) if (text[at] !== '\0') kept.push(at);
      found.push(...this.#matches(text.replaceAll('\0', ''), (index) => kept[index] ?? index));
    }
    found.sort((a, b) => a.index - b.index);
    const hits: Hit[] = [];
    let at = 0;
    const go = (to: number) => {
      for (let next = text.indexOf('\n', at); next >= 0 && next < to; next = text.indexOf('\n', at)) {
        at = next + 1;
        place.line += 1;
        place.column = 1;
      }
      place.column += to - at;
      at = to;
    };
    for (const { key, index } of found) {
      go(index);
      const last = hits.at(-1);
      if (last?.key !== key || last.line !== place.line || last.column !== place.column)
        hits.push({ key, ...place });
    }
    go(text.length);
    return hits;
  }

  *#matches(text: string, placed: (index: number) => number) {
    for (const token of tokensIn(text))
      for (const key of this.#keysOf(token.text)) yield { key, index: placed(token.index) };
  }

  #keysOf(token: string): readonly KnownKey[] {
    const seen = this.#seen.get(token);
    if (seen !== undefined) return seen;
    const key = new Secret(token);
    const found = this.#known.filter(
      ({ username, fingerprint }) => keyFingerprint(username, key) === fingerprint,
    );
    this.#seen.set(token, found);
    return found;
  }
}

function lastBoundary(text: string): number {
  for (let at = text.length - 1; at >= 0; at -= 1) if (BOUNDARY.test(text[at] ?? '')) return at;
  return -1;
}
