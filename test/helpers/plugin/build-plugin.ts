import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const here = path.dirname(fileURLToPath(import.meta.url));

/** Bundles a program of this folder into one executable file, as the product is shipped. Returns its path. */
export async function buildPlugin(
  directory: string,
  entry = 'echo-plugin.ts',
  name = 'echo',
): Promise<string> {
  mkdirSync(directory, { recursive: true });
  const file = path.join(directory, `terraform-provider-${name}_v0.1.0`);
  await build({
    entryPoints: [path.join(here, entry)],
    outfile: file,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    minify: true,
    banner: { js: '#!/usr/bin/env node' },
    logLevel: 'error',
  });
  // A user's own package.json may say "module", and then node would not even read the file.
  writeFileSync(path.join(directory, 'package.json'), '{"type":"commonjs"}\n');
  chmodSync(file, 0o755);
  return file;
}
