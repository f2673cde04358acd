// Which test files start programs (Terraform, OpenTofu, a browser, our own): those that reach test/helpers/engine.ts, a
// driver or node:child_process by their imports. They take minutes, the others seconds; vitest.config.ts makes a project
// of each kind.

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const ENGINE = join(here, 'helpers/engine.ts');
const STARTS = /from '(?:playwright-core|selenium-webdriver|node:child_process)'/u;

/** Paths of test files as globs know them, relative to the repository, by what they need. */
export function testFiles(): { readonly unit: readonly string[]; readonly engine: readonly string[] } {
  const files = readdirSync(here, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.test.ts'),
  );
  const needing = new Map<string, boolean>();
  const needs = (file: string): boolean => {
    const known = needing.get(file);
    if (known !== undefined) return known;
    needing.set(file, file === ENGINE);
    const text = readFileSync(file, 'utf8');
    const found = file === ENGINE || STARTS.test(text) || importsOf(file, text).some(needs);
    needing.set(file, found);
    return found;
  };
  const [engine, unit] = [true, false].map((wanted) =>
    files
      .filter((name) => needs(join(here, name)) === wanted)
      .map((name) => `test/${name.replaceAll('\\', '/')}`),
  );
  return { unit: unit ?? [], engine: engine ?? [] };
}

/** Files below test/ that a file imports: the product itself starts no engine. */
function importsOf(file: string, text: string): readonly string[] {
  return [...text.matchAll(/(?:from|import) '(\.[^']+)'/gu)]
    .map(([, path = '']) => resolve(dirname(file), path))
    .filter((path) => path.startsWith(here) && existsSync(path));
}
