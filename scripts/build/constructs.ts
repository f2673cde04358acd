// The constructs, twice: for programs that import cdktf (archived), and for those that import cdktn, its living fork. The
// fork kept every name, so the second is the first with other names of packages.

import { execFileSync } from 'node:child_process';
import { copyFileSync, cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** `'cdktf'`, `"cdktf/lib/…"`, `'@cdktf/provider-null/…'`. The fork kept the symbols that elements are known by. */
const PACKAGE = /(?<!Symbol\.for\()(['"]@?)cdktf(?=[/'"])/gu;

/** @param dist Where everything that is published is built. */
export function buildConstructs(root: string, dist: string): void {
  const compiled = join(dist, 'constructs');
  const tsc = join(root, 'node_modules/typescript/bin/tsc');
  execFileSync(process.execPath, [tsc, '-p', join(root, 'constructs/tsconfig.json'), '--outDir', compiled], {
    stdio: 'inherit',
  });
  writeFileSync(join(compiled, 'package.json'), '{ "type": "commonjs" }\n');
  // Types alone, for whoever has Vitest; our own compiler settings would not find it.
  copyFileSync(join(root, 'constructs/testing/vitest.d.ts'), join(compiled, 'testing/vitest.d.ts'));
  writeFileSync(join(compiled, 'testing/vitest.js'), '"use strict";\n');
  const twin = join(dist, 'cdktn');
  cpSync(compiled, twin, { recursive: true });
  for (const name of readdirSync(twin, { recursive: true, encoding: 'utf8' }).filter(isCode)) {
    const file = join(twin, name);
    writeFileSync(file, forCdktn(readFileSync(file, 'utf8')));
  }
}

export function forCdktn(code: string): string {
  return code.replace(PACKAGE, '$1cdktn');
}

function isCode(name: string): boolean {
  return name.endsWith('.js') || name.endsWith('.d.ts');
}
