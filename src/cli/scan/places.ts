// Where keys are looked for: files, and every object of a git repository.

import { createReadStream } from 'node:fs';
import { lstat, readdir } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { unusable } from '../files.ts';
import type { Machine } from '../machine.ts';
import { objectsOf, tryGit } from './git.ts';
import type { Hit, Search } from './search.ts';

export interface Found extends Hit {
  /** As seen from where the command runs; `undefined` for a commit message, or an object that nobody refers to. */
  readonly file: string | undefined;
  /** The first commit that has it; `undefined` for files as they are now. */
  readonly commit: string | undefined;
}

export interface Searched {
  readonly found: readonly Found[];
  readonly files: number;
  /** Objects of git. */
  readonly objects: number;
  /** What could not be read, and why. */
  readonly unread: readonly string[];
  readonly shallow: boolean;
}

/** Files as they are: of a directory in a git repository those that git knows or would add, of others all. */
export async function searchFiles(machine: Machine, path: string, search: Search): Promise<Searched> {
  const found: Found[] = [];
  const unread: string[] = [];
  const files = await filesIn(machine, path);
  for (const file of files) {
    machine.signal.throwIfAborted();
    try {
      const hits = await search.in(createReadStream(resolve(machine.cwd, file), { highWaterMark: 1 << 20 }));
      found.push(...hits.map((hit) => ({ ...hit, file, commit: undefined })));
    } catch (thrown) {
      unread.push(`${file}: ${thrown instanceof Error ? thrown.message : String(thrown)}`);
    }
  }
  return { found, files: files.length, objects: 0, unread, shallow: false };
}

/** All that the clone has of the past. @throws Problem `invalid_input` where there is no repository. */
export async function searchHistory(machine: Machine, path: string, search: Search): Promise<Searched> {
  const directory = resolve(machine.cwd, path);
  const top = await tryGit(machine, directory, 'rev-parse', '--absolute-git-dir');
  if (top === undefined)
    throw unusable(`${path} is in no git repository`, new Error('--history needs one, and git on PATH.'));
  const shallow =
    (await tryGit(machine, directory, 'rev-parse', '--is-shallow-repository'))?.trim() === 'true';
  const found: Found[] = [];
  let objects = 0;
  for await (const { id, type, bytes } of objectsOf(machine, directory)) {
    machine.signal.throwIfAborted();
    if (type === 'tree') continue;
    objects += 1;
    const hits = await search.in([bytes]);
    if (hits.length === 0) continue;
    const where =
      type === 'blob' ? await firstCommitOf(machine, directory, id) : { commit: id, file: undefined };
    found.push(...hits.map((hit) => ({ ...hit, ...where })));
  }
  return { found, files: 0, objects, unread: [], shallow };
}

async function filesIn(machine: Machine, path: string): Promise<readonly string[]> {
  const whole = resolve(machine.cwd, path);
  const here = await lstat(whole).catch((cause) => {
    throw unusable(`${path} cannot be read`, cause);
  });
  if (!here.isDirectory()) return [path];
  const known = await tryGit(machine, whole, 'ls-files', '-z', '--cached', '--others', '--exclude-standard');
  const names = known === undefined ? await walked(whole) : known.split('\0').filter((name) => name !== '');
  const files: string[] = [];
  for (const name of new Set(names)) {
    const file = join(whole, name);
    // Git knows files that are deleted here, links, and repositories in repositories.
    const is = await lstat(file).catch(() => undefined);
    if (is?.isFile()) files.push(relative(machine.cwd, file));
    else if (is?.isDirectory()) files.push(...(await filesIn(machine, relative(machine.cwd, file))));
  }
  return files.sort();
}

/** Links are not followed: they lead to what is searched anyway, or out. */
async function walked(directory: string): Promise<readonly string[]> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(directory, join(entry.parentPath, entry.name)));
}

async function firstCommitOf(machine: Machine, directory: string, id: string) {
  const format = [
    '--all',
    '--reflog',
    '--full-history',
    '--reverse',
    '-m',
    '--format=%x00%H',
    '--name-only',
    '-z',
  ];
  const said = await tryGit(machine, directory, 'log', ...format, `--find-object=${id}`);
  const [commit, file] = (said ?? '')
    .split('\0')
    .map((part) => part.trim())
    .filter((part) => part !== '');
  return { commit, file };
}
