// A request budget that all processes of one machine share: one small file per budget, changed under a lock that is
// held for about a millisecond and never while anybody waits for a turn.

import { createHash } from 'node:crypto';
import { lstat, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type BucketState, FULL } from './bucket-state.ts';
import { ownDirectory } from './own-directory.ts';
import type { BucketStore } from './token-bucket.ts';

/** The lock of a killed process is taken over after this many milliseconds. */
const STALE = 2_000;
/** Together longer than STALE, so that a killed process never makes another one give up. */
const LOCK_ATTEMPTS = { retries: 80, minTimeout: 4, maxTimeout: 80, factor: 1.5, randomize: true };

/**
 * The file of a budget in `directory`: named by a hash of the API and of whose budget it is, so that the name says
 * neither. Both documented hosts of the API draw on one budget.
 */
export function budgetFile(directory: string, baseUrl: string, owner: string): string {
  const name = createHash('sha256')
    .update(`${serviceOf(baseUrl)}\0${owner}`)
    .digest('hex')
    .slice(0, 24);
  return join(directory, `${name}.json`);
}

/** Which service a base URL leads to: both documented hosts are one. */
export function serviceOf(baseUrl: string): string {
  const { host } = new URL(baseUrl);
  return /(^|\.)browserstack\.com$/u.test(host) ? 'browserstack.com' : host;
}

/**
 * Keeps the state in `file`, which holds five numbers and nothing else. When the file cannot be used (a read-only
 * disk, no rights, somebody else's directory), this process goes on by itself and `onTrouble` is told once: bookkeeping never fails a run.
 */
export class SharedBucketStore implements BucketStore {
  readonly #file: string;
  readonly #userId: number | undefined;
  readonly #onTrouble: (message: string) => void;
  #alone: BucketState | undefined;
  #ready: Promise<unknown> | undefined;

  /** @param userId Who runs this process, where the system numbers its users. */
  constructor(file: string, userId: number | undefined, onTrouble: (message: string) => void) {
    this.#file = file;
    this.#userId = userId;
    this.#onTrouble = onTrouble;
  }

  async update<R>(change: (state: BucketState) => readonly [BucketState, R]): Promise<R> {
    const release = this.#alone === undefined ? await this.#lock() : undefined;
    if (release === undefined) {
      const [state, result] = change(this.#alone ?? FULL);
      this.#alone = state;
      return result;
    }
    try {
      const before = await readState(this.#file);
      const [state, result] = change(before);
      if (state !== before) await this.#write(state);
      return result;
    } finally {
      // A lock that was taken over (this process had been stopped for seconds) is not ours to release.
      await release().catch(() => undefined);
    }
  }

  async #lock(): Promise<(() => Promise<void>) | undefined> {
    try {
      this.#ready ??= this.#prepare();
      await this.#ready;
      const { lock } = (await import('proper-lockfile')).default;
      return await lock(this.#file, {
        realpath: false,
        stale: STALE,
        retries: LOCK_ATTEMPTS,
        onCompromised: () => {},
      });
    } catch (error) {
      this.#goOnAlone(error);
      return undefined;
    }
  }

  async #prepare(): Promise<void> {
    await ownDirectory(dirname(this.#file), this.#userId);
    // Writing would replace what a link leads to.
    const found = await lstat(this.#file).catch(() => undefined);
    if (found !== undefined && !found.isFile()) throw new Error('the file is a link, or no file');
  }

  async #write(state: BucketState): Promise<void> {
    try {
      const { default: writeFileAtomic } = await import('write-file-atomic');
      // Not worth a disk flush: after a power cut nobody remembers the budget, and the first 429 teaches it.
      await writeFileAtomic(this.#file, `${JSON.stringify(state)}\n`, { mode: 0o600, fsync: false });
    } catch (error) {
      this.#alone = state;
      this.#goOnAlone(error);
    }
  }

  #goOnAlone(error: unknown): void {
    this.#alone ??= FULL;
    const reason = error instanceof Error ? error.message : String(error);
    this.#onTrouble(
      `the request budget cannot be shared with other processes through ${this.#file} (${reason}); this process keeps its own`,
    );
  }
}

/** A missing or damaged file is an unknown past, and that is a full bucket. */
async function readState(file: string): Promise<BucketState> {
  const text = await readFile(file, 'utf8').catch(() => '');
  let read: unknown;
  try {
    read = JSON.parse(text);
  } catch {
    return FULL;
  }
  return isState(read) ? read : FULL;
}

function isState(value: unknown): value is BucketState {
  if (typeof value !== 'object' || value === null) return false;
  return Object.keys(FULL).every((name) => Number.isFinite(Reflect.get(value, name)));
}
