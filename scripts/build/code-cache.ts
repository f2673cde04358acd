// V8's code cache of an executable: what it compiled in a rehearsal, kept so that no launch compiles it again.

import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildSync } from 'esbuild';
import { rehearse } from './rehearsal.ts';

/** Files by name, to lie beside the executable. They fit the Node that made them, and are nothing to any other. */
export type CodeCache = ReadonlyMap<string, Buffer>;

/**
 * @param executable Path of the provider as it was built.
 * @param node Path of the Node that is to run it.
 */
export async function codeCacheOf(executable: string, node = process.execPath): Promise<CodeCache> {
  const directory = mkdtempSync(join(tmpdir(), 'code-cache-'));
  try {
    const recorder = join(directory, 'recorder.cjs');
    buildSync({
      entryPoints: [fileURLToPath(new URL('loader/recorder.ts', import.meta.url))],
      outfile: recorder,
      bundle: true,
      platform: 'node',
      format: 'cjs',
      logLevel: 'warning',
    });
    await rehearse([node, '--require', recorder, executable], {
      XDG_STATE_HOME: directory,
      CODE_CACHE_DIRECTORY: directory,
    });
    const names = readdirSync(directory).filter((name) => name.endsWith('.cache'));
    return new Map(names.map((name) => [name, readFileSync(join(directory, name))]));
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

export function writeCodeCache(cache: CodeCache, directory: string): void {
  for (const [name, bytes] of cache) writeFileSync(join(directory, name), bytes);
}
