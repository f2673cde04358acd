// What V8 made of the provider when it was built lies beside it. A launch takes it where it fits and is whole, and starts
// the same without.

import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { cacheName, PROGRAM } from '../../scripts/build/loader/format.ts';
import { startPlugin } from '../helpers/plugin/stand-in.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const built = join(root, 'dist/provider');
const MEGABYTE = 1024 * 1024;

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'code-cache-test-'));
  cpSync(built, join(directory, 'provider'), { recursive: true });
});
afterEach(() => rmSync(directory, { recursive: true }));

/** Tells of each script that is compiled: its name, its digest, and whether a cache was given and taken. */
const PROBE = `
const vm = require('node:vm');
const { createHash } = require('node:crypto');
vm.Script = class extends vm.Script {
  constructor(text, options) {
    super(text, options);
    const digest = createHash('sha256').update(text).digest('hex').slice(0, 16);
    const told = { name: options.filename, digest, cached: options.cachedData !== undefined && !this.cachedDataRejected };
    require('node:fs').appendFileSync(process.env.PROBE_FILE, JSON.stringify(told) + '\\n');
  }
};
`;

interface Compiled {
  readonly name: string;
  readonly digest: string;
  readonly cached: boolean;
}

/** A launch up to an answered call, as an engine makes it. Returns what was compiled for it. */
async function launched(): Promise<readonly Compiled[]> {
  const [probe, file] = [join(directory, 'probe.cjs'), join(directory, 'compiled')];
  writeFileSync(probe, PROBE);
  const env = { NODE_OPTIONS: `--require=${probe}`, PROBE_FILE: file };
  const plugin = await startPlugin(join(directory, 'provider', PROGRAM), { env });
  const { resourceSchemas, diagnostics } = await plugin.client.call('getProviderSchema', {});
  expect([resourceSchemas.has('browserstack_access_key'), diagnostics]).toEqual([true, []]);
  expect(await plugin.shutdown()).toBe(0);
  expect(plugin.stderr()).toBe('');
  return readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
}

/** The code cache of the program. */
async function cacheFile(): Promise<string> {
  const [program] = await launched();
  rmSync(join(directory, 'compiled'));
  return join(directory, 'provider', cacheName(program?.digest ?? ''));
}

test('a launch compiles one script, the program, and that out of the cache', async () => {
  expect(await launched()).toEqual([{ name: PROGRAM, digest: expect.any(String), cached: true }]);
});

test.each<[string, (file: string) => void]>([
  ['is not there', (file) => rmSync(file)],
  ['is empty', (file) => truncateSync(file, 0)],
  ['is cut short', (file) => truncateSync(file, 100_000)],
  ['is damaged in the middle', (file) => damage(file, 200_000)],
  ['is damaged at its end', (file) => damage(file, statSync(file).size - 1)],
  ['is of another text', (file) => cpSync(anotherThan(file), file)],
  [
    'is a directory',
    (file) => {
      rmSync(file);
      mkdirSync(file);
    },
  ],
])('a launch is the same where the cache %s', async (_what, spoil) => {
  spoil(await cacheFile());
  expect(await launched()).toEqual([{ name: PROGRAM, digest: expect.any(String), cached: false }]);
});

test('a launch is the same under a V8 that the cache does not fit', async () => {
  const wrapper = join(directory, 'provider', PROGRAM);
  const text = readFileSync(wrapper, 'utf8').replace('exec node "$0"', 'exec node --no-opt "$0"');
  writeFileSync(wrapper, text);
  expect(await launched()).toEqual([{ name: PROGRAM, digest: expect.any(String), cached: false }]);
});

test.each(['with', 'without'])('a stack trace names the place in the file, %s the cache', async (how) => {
  if (how === 'without') rmSync(await cacheFile());
  const file = join(directory, 'provider', PROGRAM);
  const probe = join(directory, 'stack.cjs');
  const stack = join(directory, 'stack');
  writeFileSync(
    probe,
    `process.umask = () => require('node:fs').writeFileSync(${JSON.stringify(stack)}, new Error().stack);`,
  );
  const plugin = await startPlugin(file, { env: { NODE_OPTIONS: `--require=${probe}` } });
  await plugin.shutdown();
  const [, , line = 0, column = 0] =
    /^ +at Object\.(restrictNewFiles) \(terraform-provider-browserstack:(\d+):(\d+)\)$/mu.exec(
      readFileSync(stack, 'utf8'),
    ) ?? [];
  const lines = readFileSync(file, 'latin1').split('\n');
  expect(lines[Number(line) - 1]?.slice(Number(column) - 1)).toMatch(/^umask\(/u);
});

test('the caches are small, readable by all, and know nothing of the machine that built them', () => {
  const caches = readdirSync(built).filter((name) => name.endsWith('.cache'));
  expect(caches.length).toBeGreaterThan(1);
  for (const name of caches) {
    const { mode, size } = statSync(join(built, name));
    expect([name, mode & 0o777, size < MEGABYTE]).toEqual([name, 0o644, true]);
    const bytes = readFileSync(join(built, name));
    expect([bytes.includes(root), bytes.includes('rehearsal')]).toEqual([false, false]);
  }
});

function damage(file: string, at: number): void {
  const bytes = readFileSync(file);
  bytes[at] = (bytes[at] ?? 0) ^ 1;
  writeFileSync(file, bytes);
}

function anotherThan(file: string): string {
  const names = readdirSync(dirname(file)).filter((name) => name.endsWith('.cache'));
  return join(dirname(file), names.find((name) => name !== basename(file)) ?? '');
}
