import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type Generator, generate, outdated } from '../../src/codegen/generated-files.ts';

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'browserstack-iac-root-'));
});
afterEach(() => rm(root, { recursive: true, force: true }));

const generators: readonly Generator[] = [
  { target: 'docs/one.txt', write: (path) => writeFile(path, 'one') },
  {
    target: 'out',
    write: async (path) => {
      await mkdir(join(path, 'deep'), { recursive: true });
      await writeFile(join(path, 'a.txt'), 'a');
      await writeFile(join(path, 'deep/b.txt'), 'b');
    },
  },
];

it('puts files and folders in place, and finds them in order', async () => {
  expect(await outdated(root, generators)).toEqual(['docs/one.txt', 'out/a.txt', 'out/deep/b.txt']);
  await generate(root, generators);
  expect(await readFile(join(root, 'out/deep/b.txt'), 'utf8')).toBe('b');
  expect(await outdated(root, generators)).toEqual([]);
});

it('names what was changed, is missing, or is no longer generated, and changes nothing by looking', async () => {
  await generate(root, generators);
  await writeFile(join(root, 'docs/one.txt'), 'edited by hand');
  await rm(join(root, 'out/a.txt'));
  await writeFile(join(root, 'out/deep/old.txt'), 'of a type that is gone');
  const names = ['docs/one.txt', 'out/a.txt', 'out/deep/old.txt'];
  expect(await outdated(root, generators)).toEqual(names);
  expect(await outdated(root, generators)).toEqual(names);
  await generate(root, generators);
  expect(await outdated(root, generators)).toEqual([]);
  expect(await readdir(join(root, 'out/deep'))).toEqual(['b.txt']);
});

it('does not touch what is as generated, nor what is beside it', async () => {
  await generate(root, generators);
  await writeFile(join(root, 'docs/by-hand.md'), 'mine');
  const before = await stat(join(root, 'out'));
  await generate(root, generators);
  expect((await stat(join(root, 'out'))).ino).toBe(before.ino);
  expect(await readFile(join(root, 'docs/by-hand.md'), 'utf8')).toBe('mine');
});
