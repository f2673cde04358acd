// Generated files are written aside first; then they are either put in place or compared with what is there.

import { cp, mkdir, mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

export interface Generator {
  /** File or folder, relative to the root of the repository. A folder belongs to its generator as a whole. */
  readonly target: string;
  /** Writes the target, of this absolute path, anew. Its parent folder exists. */
  write(path: string): Promise<void>;
}

/** Puts the output of all generators in place; files that are no longer generated go. */
export async function generate(root: string, generators: readonly Generator[]): Promise<void> {
  await withGenerated(generators, async (fresh) => {
    for (const { target } of generators) {
      if ((await differences(fresh, root, target)).length === 0) continue;
      await rm(join(root, target), { recursive: true, force: true });
      await cp(join(fresh, target), join(root, target), { recursive: true });
    }
  });
}

/** Paths, relative to `root`, that are missing there, differ, or are no longer generated. */
export async function outdated(root: string, generators: readonly Generator[]): Promise<readonly string[]> {
  return withGenerated(generators, async (fresh) => {
    const differing: string[] = [];
    for (const { target } of generators) differing.push(...(await differences(fresh, root, target)));
    return differing;
  });
}

async function differences(fresh: string, root: string, target: string): Promise<readonly string[]> {
  const paths = new Set([...(await filesOf(fresh, target)), ...(await filesOf(root, target))]);
  const differing: string[] = [];
  for (const path of [...paths].sort())
    if ((await textOf(join(fresh, path))) !== (await textOf(join(root, path)))) differing.push(path);
  return differing;
}

async function withGenerated<T>(
  generators: readonly Generator[],
  use: (fresh: string) => Promise<T>,
): Promise<T> {
  const fresh = await mkdtemp(join(tmpdir(), 'browserstack-iac-generated-'));
  try {
    for (const { target, write } of generators) {
      const path = join(fresh, target);
      await mkdir(dirname(path), { recursive: true });
      await write(path);
    }
    return await use(fresh);
  } finally {
    await rm(fresh, { recursive: true, force: true });
  }
}

/** The files of a target, relative to `root`; none when it does not exist. */
async function filesOf(root: string, target: string): Promise<readonly string[]> {
  const path = join(root, target);
  const found = await stat(path).catch(absent);
  if (found === undefined) return [];
  if (!found.isDirectory()) return [target];
  const entries = await readdir(path, { withFileTypes: true, recursive: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(target, entry.parentPath.slice(path.length), entry.name));
}

async function textOf(path: string): Promise<string | undefined> {
  return readFile(path, 'utf8').catch(absent);
}

function absent(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error;
}
