// The first code of an executable of ours. The program, and each package that only some of its runs need, stand behind it
// as texts, and are compiled when they are asked for: out of a code cache where there is one of this very V8.

import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { getAsset, isSea } from 'node:sea';
import { Script } from 'node:vm';
import { cacheName, DIGEST, type Part, PROGRAM, SLASH } from './format.ts';

// Both are put in by the build.
declare const PARTS: Readonly<Record<string, Part>>;
/** Holds the texts as a comment, which costs a launch next to nothing. */
declare function TEXTS(): void;

// The file was read as a whole: replaced meanwhile, what is asked for later is still of the same build.
const texts = TEXTS.toString();

/** A part, compiled: a function of what Node gives to a module, and of the way to other parts. */
function load(name: string) {
  const part = PARTS[name];
  if (part === undefined) throw new Error(`${__filename} holds no ${name}`);
  const { start, length, line, digest } = part;
  const text = texts.slice(start, start + length).replaceAll(SLASH, '/');
  const cachedData = codeCache(cacheName(digest));
  // No path: V8 keeps the name in its cache, and would tell of the machine that built this.
  const place = { filename: name, lineOffset: line };
  return new Script(text, { ...place, ...(cachedData && { cachedData }) }).runInThisContext();
}

/** What V8 made of a text before. `undefined` where there is nothing of this V8, or nothing that is whole. */
function codeCache(name: string): Buffer | undefined {
  try {
    // Beside the executable; where Node is part of that, they are, too.
    const file = isSea() ? Buffer.from(getAsset(name)) : readFileSync(join(__dirname, name));
    const cache = file.subarray(DIGEST);
    // V8 looks at the head only, and would run what was damaged behind it.
    const digest = createHash('sha256').update(cache).digest();
    return digest.equals(file.subarray(0, DIGEST)) ? cache : undefined;
  } catch {
    return undefined;
  }
}

load(PROGRAM)(exports, require, module, __filename, __dirname, load);
