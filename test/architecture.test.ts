import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const BASE = [
  'errors',
  'diagnostics',
  'clock',
  'secret',
  'scrubber',
  'visible',
  'duration',
  'engine-command',
];

/** Who may import whom; the table of the house. `entry` is the composition root and may import everything. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  diagnostics: [],
  errors: ['diagnostics'],
  clock: [],
  secret: [],
  visible: [],
  duration: [],
  'engine-command': [],
  scrubber: ['secret', 'visible'],
  schema: BASE,
  lifecycle: ['schema', ...BASE],
  http: BASE,
  resources: ['http', 'lifecycle', 'schema', ...BASE],
  provider: ['lifecycle', 'schema', ...BASE],
  tfplugin: ['provider', 'lifecycle', 'schema', ...BASE],
  reconcile: ['policy', 'lifecycle', 'schema', ...BASE],
  // Two witnesses, not an echo: nothing that a client uses.
  emulator: ['errors', 'clock'],
  policy: ['errors'],
  review: ['errors', 'diagnostics', 'engine-command', 'duration', 'policy', 'visible'],
  workspace: ['reconcile', 'resources', 'lifecycle', 'schema', ...BASE],
  cli: [
    'workspace',
    'policy',
    'reconcile',
    'resources',
    'emulator',
    'review',
    'lifecycle',
    'schema',
    ...BASE,
  ],
  codegen: ['policy', 'lifecycle', 'schema', ...BASE],
};

/** What anybody may know: the limits of the API stand once, and plans and reviews tell of them too. */
const FACTS = ['src/http/limits.ts'];

/** Only these may touch the machine: time, randomness, output, the process. */
const SEAMS = ['clock', 'entry', 'cli'];
const GLOBALS = /\bDate\.now\(|\bnew Date\(\)|\bMath\.random\(|\bconsole\.|\bprocess\./u;

const MAX_LINES = 260;
/** Side by side; more than that wants rooms. */
const MAX_FILES = 16;

interface SourceFile {
  readonly path: string;
  readonly layer: string;
  readonly lines: readonly string[];
  readonly imports: readonly string[];
}

describe('the house', () => {
  const sources = filesUnder(join(root, 'src')).map(read);
  const constructs = filesUnder(join(root, 'constructs')).map(read);

  it('has only known layers', () => {
    const known = [...Object.keys(MAY_IMPORT), 'entry'];
    expect(sources.filter(({ layer }) => !known.includes(layer)).map(({ path }) => path)).toEqual([]);
  });

  it('imports along the table only', () => {
    const forbidden = sources.flatMap(({ path, layer, imports }) =>
      imports
        .filter((target) => target.startsWith('src/') && !FACTS.includes(target))
        .map(layerOf)
        .filter((target) => layer !== 'entry' && target !== layer && !MAY_IMPORT[layer]?.includes(target))
        .map((target) => `${path} imports ${target}`),
    );
    expect(forbidden).toEqual([]);
  });

  it('lets a noun import another noun through its index only', () => {
    const noun = (path: string) => /^src\/resources\/([^/]+)\//u.exec(path)?.[1];
    const intrusions = sources.flatMap(({ path, imports }) =>
      imports
        .filter((target) => noun(target) !== undefined && noun(path) !== undefined)
        .filter((target) => noun(target) !== noun(path) && !target.endsWith('/index.ts'))
        .map((target) => `${path} imports ${target}`),
    );
    expect(intrusions).toEqual([]);
  });

  it('has no import cycles', () => {
    expect(cycles(sources)).toEqual([]);
  });

  it('keeps constructs to cdktf, constructs and themselves', () => {
    const allowed = /^(cdktf(\/.*)?|constructs|@cdktf\/provider-null(\/.*)?|node:.*|constructs\/.*)$/u;
    const foreign = constructs.flatMap(({ path, imports }) =>
      imports.filter((target) => !allowed.test(target)).map((target) => `${path} imports ${target}`),
    );
    expect(foreign).toEqual([]);
  });

  it('passes time, randomness, output and the process in', () => {
    const leaks = sources
      .filter(({ layer }) => !SEAMS.includes(layer))
      .flatMap(({ path, lines }) =>
        lines
          .filter((line) => GLOBALS.test(line) && !/^\s*(\/\/|\*|\/\*)/u.test(line))
          .map((line) => `${path}: ${line.trim()}`),
      );
    expect(leaks).toEqual([]);
  });

  it('advises commands of both engines', () => {
    // Examples are copied as they stand; their heading names the other program.
    const example = /^\s*(examples: \[)?'[^']*',?( \})?$/u;
    const one = sources.flatMap(({ path, lines }) =>
      lines
        .filter((line) =>
          /\bterraform (apply|destroy|import|init|plan|show|state|taint|untaint|validate)\b/u.test(line),
        )
        .filter((line) => !/^\s*(\/\/|\*|\/\*)|\btofu\b|engineCommand\(|asPrinted\(/u.test(line))
        .filter((line) => !(path.startsWith('src/cli/commands/') && example.test(line)))
        .map((line) => `${path}: ${line.trim()}`),
    );
    expect(one).toEqual([]);
  });

  it('keeps files small', () => {
    const long = [...sources, ...constructs]
      .filter(({ lines }) => lines.length > MAX_LINES)
      .map(({ path, lines }) => `${path}: ${lines.length} lines`);
    expect(long).toEqual([]);
  });

  it('keeps folders small', () => {
    const besides = new Map<string, number>();
    for (const { path } of [...sources, ...constructs])
      besides.set(dirname(path), (besides.get(dirname(path)) ?? 0) + 1);
    const crowded = [...besides].filter(([, count]) => count > MAX_FILES);
    expect(crowded.map(([folder, count]) => `${folder}: ${count} files`)).toEqual([]);
  });

  it('has no drawer for everything', () => {
    const drawers = [...sources, ...constructs].filter(({ path }) =>
      /\/(utils?|common|helpers?|misc|types|manager)(\.ts|\/)/u.test(path),
    );
    expect(drawers.map(({ path }) => path)).toEqual([]);
  });
});

function filesUnder(directory: string): readonly string[] {
  if (!existsSync(directory)) return [];
  return readdirSync(directory, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !/(^|\/)generated\//u.test(name))
    .map((name) => join(directory, name));
}

function read(file: string): SourceFile {
  const path = relative(root, file);
  const text = readFileSync(file, 'utf8');
  const code = text.replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gmu, '');
  const specifiers = [...code.matchAll(/(?:from|import|require)\s*\(?\s*'([^']+)'/gu)].map(
    (match) => match[1] ?? '',
  );
  const imports = specifiers.map((specifier) =>
    specifier.startsWith('.') ? relative(root, resolve(dirname(file), specifier)) : specifier,
  );
  return { path, layer: layerOf(path), lines: text.trimEnd().split('\n'), imports };
}

function layerOf(path: string): string {
  return (path.split('/')[1] ?? '').replace(/\.ts$/u, '');
}

/** Type imports count too: two files that need each other's types are one idea in two places. */
function cycles(files: readonly SourceFile[]): readonly string[] {
  const byPath = new Map(files.map((file) => [file.path, file]));
  const done = new Set<string>();
  const found: string[] = [];
  const visit = (path: string, trail: readonly string[]): void => {
    if (trail.includes(path)) {
      found.push([...trail.slice(trail.indexOf(path)), path].join(' → '));
      return;
    }
    if (done.has(path)) return;
    for (const target of byPath.get(path)?.imports ?? []) visit(target, [...trail, path]);
    done.add(path);
  };
  for (const { path } of files) visit(path, []);
  return found;
}
