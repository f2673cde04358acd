// What a build and the executable that it makes must agree about.

import { createHash } from 'node:crypto';

/** One text of an executable. */
export interface Part {
  /** Where it begins among the texts. */
  readonly start: number;
  readonly length: number;
  /** How many lines stand before it, as stack traces count: of the file for the program, none for packages. */
  readonly line: number;
  /** What it is known by, see `digestOf`. */
  readonly digest: string;
}

/** The part that is run first, as stack traces name it. */
export const PROGRAM = 'terraform-provider-browserstack';
/** Stands for the slash of what would end the comment that the texts are in. */
export const SLASH = '\u0001';
/** Length of the SHA-256 in front of each code cache. */
export const DIGEST = 32;

/** V8 takes any text of the same length for the text that a code cache is of: so that the name tells. */
export function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}

/** The file of a part's code cache, for the Node that asks: another's would not fit. */
export function cacheName(digest: string): string {
  return `${digest}-${process.versions.v8}-${process.arch}.cache`;
}
