// A program and the packages that it loads on demand, in one executable file (see loader/loader.ts).

import { fileURLToPath } from 'node:url';
import { buildSync, build as bundle, type Plugin } from 'esbuild';
import { LOAD, lazyPackages } from './lazy-packages.ts';
import { digestOf, type Part, PROGRAM, SLASH } from './loader/format.ts';

/** Whole texts by name; the program is one of them. */
export type Texts = ReadonlyMap<string, string>;

/** What every bundle of this program is made with. */
const OPTIONS = {
  bundle: true,
  write: false,
  platform: 'node',
  target: 'node20.18',
  format: 'cjs',
  minify: true,
  legalComments: 'none',
  logLevel: 'warning',
} as const;

/**
 * Bundles a program.
 * @param entry Path of its first module.
 * @param within Plugins for the packages that are loaded on demand.
 */
export async function textsOf(entry: string, within: readonly Plugin[] = []): Promise<Texts> {
  const texts = new Map<string, string>();
  const { outputFiles } = await bundle({
    ...OPTIONS,
    entryPoints: [entry],
    keepNames: true,
    // A script has no import(), and Node needs milliseconds to get ready for the first.
    supported: { 'dynamic-import': false },
    plugins: [lazyPackages(texts, within)],
  });
  // Bundled at once, each done when it is done: sorted, so that every build is the same.
  const packages = [...texts].sort(([one], [other]) => (one < other ? -1 : 1));
  return new Map([[PROGRAM, outputFiles[0]?.text ?? ''], ...packages]);
}

/** @param banner First lines of the file. */
export function packed(texts: Texts, banner: string): string {
  const bodies: string[] = [];
  const parts: Record<string, Part> = {};
  let start = PREFIX.length;
  for (const [name, text] of texts) {
    const source = asFunction(name, text);
    const { length } = source;
    parts[name] = { start, length, line: 0, digest: digestOf(source) };
    bodies.push(source.replaceAll('*/', `*${SLASH}`));
    start += length;
  }
  const head = (line: number) => {
    // The program comes first, so that what stands before it is the head.
    const placed = { ...parts, [PROGRAM]: { ...parts[PROGRAM], line } };
    return `${banner}\n${loaderWith(placed)}\n${PREFIX}`;
  };
  // How many lines the head has does not depend on what it says of lines.
  const lines = head(0).split('\n').length - 1;
  return `${head(lines)}${bodies.join('')}*/}\n`;
}

/** Begins what the loader reads the texts from. */
const PREFIX = 'function TEXTS(){/*\n';

function asFunction(name: string, text: string): string {
  if (!/^[\t-~]*$/u.test(text))
    throw new Error(`${name} is more than ASCII, and a file says not how it is encoded`);
  return `(function(exports,require,module,__filename,__dirname,${LOAD}){${text}})\n`;
}

function loaderWith(parts: unknown): string {
  const { outputFiles } = buildSync({
    ...OPTIONS,
    entryPoints: [fileURLToPath(new URL('loader/loader.ts', import.meta.url))],
    define: { PARTS: JSON.stringify(parts) },
  });
  return outputFiles[0]?.text.trim() ?? '';
}
