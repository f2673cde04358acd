// A program and its Node in one file (Node's single executable application), for machines without Node.

import { execFileSync } from 'node:child_process';
import { chmodSync, copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inject } from 'postject';
import { type CodeCache, writeCodeCache } from '../build/code-cache.ts';

/** Where Node looks for the program inside of itself. */
const RESOURCE = 'NODE_SEA_BLOB';
const FUSE = 'NODE_SEA_FUSE_fce680ab2cc467b6e072b8b5df1996b2';
/** The segment that macOS binaries keep it in. */
const SEGMENT = 'NODE_SEA';

/**
 * The bundle as Node reads it from inside of itself, the same for every platform.
 * @param bundle Path of a program that needs no other file.
 * @param node A Node of the version that it will be put into: with another one the executable crashes when it ends.
 * @param cache What that Node made of the program. It fits one platform only, the others start without.
 */
export function prepared(bundle: string, node: string, cache: CodeCache = new Map()): Buffer {
  const directory = mkdtempSync(join(tmpdir(), 'browserstack-iac-executable-'));
  try {
    const main = join(directory, 'main.cjs');
    // A function is compiled from it, and a function has no #! line; the other lines keep their numbers.
    writeFileSync(main, readFileSync(bundle, 'utf8').replace(/^#!.*/u, ''));
    writeCodeCache(cache, directory);
    const assets = Object.fromEntries([...cache.keys()].map((name) => [name, join(directory, name)]));
    const config = { main, output: join(directory, 'blob'), disableExperimentalSEAWarning: true, assets };
    writeFileSync(join(directory, 'config.json'), JSON.stringify(config));
    execFileSync(node, ['--experimental-sea-config', join(directory, 'config.json')], {
      stdio: 'pipe',
    });
    return readFileSync(config.output);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/** Writes `target`: the Node of `binary` with the program in it. A Mac runs it only once it is signed anew. */
export async function writeExecutable(binary: string, blob: Buffer, target: string): Promise<void> {
  copyFileSync(binary, target);
  chmodSync(target, 0o755);
  await inject(target, RESOURCE, blob, { sentinelFuse: FUSE, machoSegmentName: SEGMENT });
}
