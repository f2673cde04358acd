// A directory for files of this user alone, in a place that others may write to as well.

import type { Stats } from 'node:fs';
import { lstat, mkdir, stat } from 'node:fs/promises';
import { dirname, parse, resolve } from 'node:path';

/** Write permission of anybody but the owner. */
const OTHERS_WRITE = 0o022;
const STICKY = 0o1000;
const SUPERUSER = 0;

/**
 * Makes the directory, with those above it, for its owner only, unless it is there.
 * @param userId Who runs this process; `undefined` where the system does not number its users: nothing is checked.
 * @throws Error when the directory is not to be had, or others could put something into its place.
 */
export async function ownDirectory(path: string, userId: number | undefined): Promise<void> {
  const directory = resolve(path);
  await make(directory);
  if (userId === undefined) return;
  const found = await lstat(directory);
  if (!found.isDirectory()) throw new Error('it is no directory but a link to one, or a file');
  if (found.uid !== userId) throw new Error('it belongs to somebody else');
  if ((found.mode & OTHERS_WRITE) !== 0) throw new Error('others may write to it');
  await checkAbove(directory, found, userId);
}

/** Where others may write, they can rename what is not theirs, unless the directory is sticky and the thing ours. */
async function checkAbove(directory: string, found: Stats, userId: number): Promise<void> {
  const above = dirname(directory);
  if (above === directory) return;
  const holder = await stat(above);
  const ours = found.uid === userId || found.uid === SUPERUSER;
  const safe = (holder.mode & OTHERS_WRITE) === 0 || ((holder.mode & STICKY) !== 0 && ours);
  if (!safe) throw new Error(`others may replace ${directory}`);
  await checkAbove(above, holder, userId);
}

/** Step by step: asked for all at once, some file systems (/proc) make Node try for ever. */
async function make(directory: string): Promise<void> {
  try {
    await mkdir(directory, { mode: 0o700 });
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'EEXIST') return;
    if (code !== 'ENOENT' || directory === parse(directory).root) throw error;
    await make(dirname(directory));
    await mkdir(directory, { mode: 0o700 }).catch((second: NodeJS.ErrnoException) => {
      if (second.code !== 'EEXIST') throw second;
    });
  }
}
