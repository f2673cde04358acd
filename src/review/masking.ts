// A name is shown, a key never. Keys are not read at all (see attributes.ts); this is for keys in places where a name
// belongs: an identifier, a consumer, the text of a diagnostic.

import { createHash } from 'node:crypto';

/** The shape of an access key of BrowserStack: 20 letters and digits, upper and lower case. */
const KEY_LIKE = /(?<![A-Za-z0-9])(?=[A-Z0-9]*[a-z])(?=[a-z0-9]*[A-Z])[A-Za-z0-9]{20}(?![A-Za-z0-9])/gu;

const KEY_LENGTH = 20;

/** Shorter values would make texts unreadable and hide nothing. */
const SHORTEST_SECRET = 6;

export type Mask = (text: string) => string;

/** What must not be shown. */
export interface Secrets {
  /** Keys, wherever they stand. */
  readonly keys: Iterable<string>;
  /** Texts that the configuration marks as sensitive: names, for all that is known. */
  readonly marked: Iterable<string>;
}

export const NO_SECRETS: Secrets = { keys: [], marked: [] };

/** Replaces what has the shape of a key, and these secrets wherever they stand. Equal texts stay equal. */
export function maskOf({ keys, marked }: Secrets): Mask {
  const words = new Map<string, Word>();
  for (const text of marked) words.set(text, looksLikeKey(text) ? 'hidden' : 'sensitive');
  for (const key of keys) words.set(key, 'hidden');
  const known = [...words].filter(([{ length }]) => length >= SHORTEST_SECRET);
  // Longest first: a secret that contains another one goes as a whole.
  known.sort(([a], [b]) => b.length - a.length);
  return (text) => {
    if (known.length === 0 && text.length < KEY_LENGTH) return text;
    const without = known.reduce(
      (rest, [secret, word]) => rest.replaceAll(secret, placeholder(secret, word)),
      text,
    );
    return without.replaceAll(KEY_LIKE, (key) => placeholder(key, 'hidden'));
  };
}

export function looksLikeKey(text: string): boolean {
  return text.search(KEY_LIKE) >= 0;
}

/** Whether a name had a key in it. */
export function hadKey(masked: string): boolean {
  return masked.includes('(hidden: ');
}

type Word = 'hidden' | 'sensitive';

/** Tells two masked values apart and nothing else about them. */
function placeholder(secret: string, word: Word): string {
  return `(${word}: ${createHash('sha256').update(secret).digest('hex').slice(0, 8)})`;
}
