// Loaded into an executable of ours before its own code (node --require): at its end, writes a code cache of each part that
// it compiled, with all functions that were called.

import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import vm, { type ScriptOptions } from 'node:vm';
import { cacheName, digestOf } from './format.ts';

/** The variable that names the directory for the caches. */
const DIRECTORY = process.env.CODE_CACHE_DIRECTORY ?? '.';
const scripts = new Map<string, vm.Script>();

vm.Script = class extends vm.Script {
  constructor(text: string, options?: ScriptOptions | string) {
    super(text, options);
    scripts.set(digestOf(text), this);
  }
};
process.once('exit', () => {
  for (const [digest, script] of scripts) {
    const cache = script.createCachedData();
    const seal = createHash('sha256').update(cache).digest();
    writeFileSync(join(DIRECTORY, cacheName(digest)), Buffer.concat([seal, cache]));
  }
});
