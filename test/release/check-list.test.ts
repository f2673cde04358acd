import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { checkList } from '../../scripts/release/check-list.ts';

let root: string;
const git = (...args: string[]) =>
  execFileSync('git', ['-c', 'user.name=A', '-c', 'user.email=a@example.test', ...args], { cwd: root });
const changelog = (text: string) => writeFileSync(join(root, 'CHANGELOG.md'), text);
const failing = (version: string) =>
  checkList(root, version)
    .filter(({ holds }) => !holds)
    .map(({ says }) => says);

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'browserstack-iac-check-list-'));
  git('init', '--quiet');
  changelog('# Changelog\n\n## [Unreleased]\n\n## [1.2.0] - 2026-11-27\n\n### Added\n\n- a thing\n');
  git('add', '.');
  git('commit', '--quiet', '--message', 'all');
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

it('finds nothing where everything is ready', () => {
  expect(failing('1.2.0')).toEqual([]);
});

it('tells everything that is not, at once', () => {
  git('tag', 'v1.2.0');
  changelog('# Changelog\n\n## [Unreleased]\n\n- more\n\n## [1.2.0] - soon\n');
  expect(failing('1.2.0')).toEqual([
    'CHANGELOG.md tells what is new in 1.2.0, with its date',
    'nothing is unreleased',
    'the tree is committed',
    'v1.2.0 was not released before',
  ]);
  expect(failing('1.3.0-rc.1')).toContain('1.3.0-rc.1 is a version, and not a pre-release');
});
