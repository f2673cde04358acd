// One local BrowserStack per data file: two would overwrite each other's organization, answer by answer.

import { realpath, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { lock } from 'proper-lockfile';
import { systemClock } from '../../clock.ts';
import { Problem } from '../../errors.ts';

/** The lock of a process that was killed is taken over after so many milliseconds. */
const STALE = 2_000;
const BETWEEN_LOOKS = 100;

export interface FileLock {
  /** The file itself, whatever links lead to it. */
  readonly file: string;
  /** False once another process has taken the file over, because this one was stopped for a while. */
  isHeld(): boolean;
  release(): Promise<void>;
}

/**
 * Locks a file that may not be there yet, with a folder `FILE.lock` beside it.
 * @throws Problem `conflict` while another local BrowserStack holds it.
 */
export async function lockFile(name: string): Promise<FileLock> {
  const file = await realFile(name);
  let held = true;
  const unlock = await acquired(file, () => {
    held = false;
  });
  if (unlock === undefined) throw inUse(name, file);
  return {
    file,
    isHeld: () => held,
    release: async () => {
      // What was taken over, or removed with its folder, is not ours to release.
      if (held) await unlock().catch(() => {});
    },
  };
}

/** Waits until a lock that is there turns out to be kept fresh (undefined) or has grown stale. */
async function acquired(file: string, onCompromised: () => void): Promise<(() => Promise<void>) | undefined> {
  const first = await freshnessOf(file);
  for (let waited = 0; waited <= 2 * STALE; waited += BETWEEN_LOOKS) {
    const unlock = await tryLock(file, onCompromised);
    if (unlock !== undefined) return unlock;
    const now = await freshnessOf(file);
    if (now !== undefined && now !== first) return undefined;
    // Files have the machine's time, whatever clock the organization runs on.
    await systemClock.sleep(BETWEEN_LOOKS);
  }
  return undefined;
}

function tryLock(file: string, onCompromised: () => void): Promise<(() => Promise<void>) | undefined> {
  return lock(file, { realpath: false, stale: STALE, onCompromised }).catch((cause: unknown) => {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ELOCKED') return undefined;
    throw cause;
  });
}

/** When the lock was last refreshed; undefined when there is none. */
async function freshnessOf(file: string): Promise<number | undefined> {
  return stat(lockOf(file)).then(
    ({ mtimeMs }) => mtimeMs,
    () => undefined,
  );
}

function lockOf(file: string): string {
  return `${file}.lock`;
}

function inUse(name: string, file: string): Problem {
  return new Problem({
    code: 'conflict',
    summary: `The data file ${name} is in use`,
    detail: `Another local BrowserStack keeps its organization there (it refreshes ${lockOf(file)}). End that one, or name another file.`,
  });
}

/** The file behind links; of one that is not there yet, its folder behind links. */
async function realFile(name: string): Promise<string> {
  const path = resolve(name);
  const real = (place: string) => realpath(place).catch(() => undefined);
  return (await real(path)) ?? join((await real(dirname(path))) ?? dirname(path), basename(path));
}
