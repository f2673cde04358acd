// The package as its users get it: packed as it is published, unpacked where nothing of this repository is but what it
// depends on. Nobody has cdktf here, nor an engine.

import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packPublished } from '../../scripts/release/npm-package.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const MB = 1024 * 1024;
let place: string;
let tarball: string;
let home: string;
let manifest: { readonly dependencies: Readonly<Record<string, string>> };

beforeAll(() => {
  place = mkdtempSync(join(tmpdir(), 'browserstack-iac-packed-'));
  tarball = packPublished(root, place);
  const modules = join(place, 'node_modules');
  mkdirSync(modules);
  execFileSync('tar', ['-xzf', tarball, '-C', modules]);
  home = join(modules, 'browserstack-iac');
  renameSync(join(modules, 'package'), home);
  manifest = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8'));
  for (const name of [...Object.keys(manifest.dependencies), 'constructs']) {
    mkdirSync(dirname(join(modules, name)), { recursive: true });
    symlinkSync(join(root, 'node_modules', name), join(modules, name));
  }
});
afterAll(() => rmSync(place, { recursive: true, force: true }));

/** Runs the command line without an engine on PATH. */
function cli(...argv: readonly string[]) {
  return execFileSync(process.execPath, [join(home, 'dist/src/entry/cli.js'), ...argv], {
    cwd: place,
    env: { PATH: join(place, 'nothing'), HOME: place },
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
}

describe('the packed package', () => {
  it('runs nothing when it is installed, and is no larger than it was', () => {
    expect(manifest).not.toHaveProperty('scripts');
    expect(manifest).not.toHaveProperty('devDependencies');
    expect(statSync(tarball).size).toBeLessThan(5.5 * MB);
  });

  it('has every file that its pages lead to', () => {
    const pages = readdirSync(home, { recursive: true, encoding: 'utf8' }).filter(
      // Notes are parts of pages below docs/, from where their links lead.
      (name) => name.endsWith('.md') && !name.startsWith('dist/') && !name.endsWith('notes.md'),
    );
    const dead = pages.flatMap((page) =>
      [...readFileSync(join(home, page), 'utf8').matchAll(/\]\((?!https?:|#|\$)([^)#\s]+)(?:#[^)]*)?\)/gu)]
        .filter(([, target = '']) => !existsSync(join(home, dirname(page), target)))
        .map(([, target = '']) => `${page}: ${target}`),
    );
    expect(dead).toEqual([]);
  });

  it('helps, and installs the provider, without cdktf', () => {
    expect(cli('--help')).toContain('rotate');
    expect(JSON.parse(cli('provider', 'install', '--json'))).toMatchObject({ ok: true });
    expect(existsSync(join(place, 'terraform.d/plugins'))).toBe(true);
  });

  it('plays the demo without cdktf and without an engine', () => {
    const told = JSON.parse(cli('demo', '--json'));
    expect(told).toMatchObject({ ok: true });
    expect(told.steps.map(({ name }: { name: string }) => name)).toEqual([
      'deploy',
      'no-changes',
      'drift',
      'repair',
      'rotate',
    ]);
  });
});
