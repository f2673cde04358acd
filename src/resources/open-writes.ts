// Writes that were begun and whose end nobody has heard of: the process was killed, or no answer came and no list showed
// one. The next run of this machine settles them before it does the same again. Bookkeeping only: where it cannot be
// kept, everything goes on without it.

import { createHash } from 'node:crypto';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '../clock.ts';
import { ownDirectory } from '../http/own-directory.ts';

export interface OpenWrite {
  /** When it was begun. */
  readonly at: Date;
  /** What there was before it: digests, never a name and never a key. */
  readonly before: readonly string[];
  /** A digest of what it was meant for; null for nothing in particular. */
  readonly purpose: string | null;
  /** The process that began it is still at it. */
  readonly isUnderWay: boolean;
}

/** What is known of processes; the tests' own where they say so. */
export interface Processes {
  readonly pid: number;
  isRunning(pid: number): boolean;
}

export interface OpenWritesOptions {
  /** Absent: nothing is kept. */
  readonly directory: string | undefined;
  /** The service that all names are of. */
  readonly scope: string;
  readonly clock: Clock;
  readonly userId: number | undefined;
  readonly processes: Processes | undefined;
  onTrouble(message: string): void;
}

/** Older than this, nobody remembers what was meant. */
const FORGOTTEN_AFTER = 86_400_000;

export class OpenWrites {
  readonly #options: OpenWritesOptions;
  #ready: Promise<unknown> | undefined;
  #isBroken = false;

  constructor(options: OpenWritesOptions) {
    this.#options = options;
  }

  /** Whether anything that is begun is found by a later run. */
  get remembers(): boolean {
    return this.#options.directory !== undefined && !this.#isBroken;
  }

  /** The write of this name that was begun and not ended; `undefined` when there is none, or it is too long ago. */
  async find(name: string): Promise<OpenWrite | undefined> {
    const file = this.#fileOf(name);
    const text = file === undefined ? undefined : await readFile(file, 'utf8').catch(() => undefined);
    const record = text === undefined ? undefined : recordIn(text);
    if (record === undefined) return undefined;
    const at = new Date(record.at);
    if (this.#options.clock.now().getTime() - at.getTime() > FORGOTTEN_AFTER) return undefined;
    const { before, purpose, pid } = record;
    const { processes } = this.#options;
    const isOther = processes !== undefined && pid !== processes.pid;
    return { at, before, purpose, isUnderWay: isOther && processes.isRunning(pid) };
  }

  /** Kept before the write is sent. */
  async begin(name: string, before: readonly string[], purpose: string | null = null): Promise<void> {
    const { clock, processes } = this.#options;
    const record: Record = { at: clock.now().toISOString(), before, purpose, pid: processes?.pid ?? 0 };
    await this.#keep(async () => {
      const file = this.#fileOf(name);
      if (file === undefined) return;
      const { default: writeFileAtomic } = await import('write-file-atomic');
      await writeFileAtomic(file, `${JSON.stringify(record)}\n`, { mode: 0o600 });
    });
  }

  /** What became of it is known. */
  async end(name: string): Promise<void> {
    await this.#keep(async () => {
      const file = this.#fileOf(name);
      if (file !== undefined) await rm(file, { force: true });
    });
  }

  async #keep(work: () => Promise<void>): Promise<void> {
    const { directory, userId, onTrouble } = this.#options;
    if (directory === undefined || this.#isBroken) return;
    try {
      this.#ready ??= ownDirectory(directory, userId);
      await this.#ready;
      await work();
    } catch (error) {
      this.#isBroken = true;
      const reason = error instanceof Error ? error.message : String(error);
      onTrouble(`what was begun cannot be remembered in ${directory} (${reason}); this run goes on without`);
    }
  }

  #fileOf(name: string): string | undefined {
    const { directory, scope } = this.#options;
    return directory === undefined ? undefined : join(directory, `${digest(`${scope}\0${name}`)}.open.json`);
  }
}

/** 24 hexadecimal digits that say nothing about the text. */
export function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 24);
}

interface Record {
  readonly at: string;
  readonly before: readonly string[];
  readonly purpose: string | null;
  readonly pid: number;
}

/** A damaged file says nothing. */
function recordIn(text: string): Record | undefined {
  let read: unknown;
  try {
    read = JSON.parse(text);
  } catch {
    return undefined;
  }
  return isRecord(read) ? read : undefined;
}

function isRecord(value: unknown): value is Record {
  if (typeof value !== 'object' || value === null) return false;
  const { at, before, purpose, pid } = value as Partial<Record>; // Whatever it is, each part is looked at.
  const isText = (one: unknown) => typeof one === 'string';
  return (
    isText(at) &&
    !Number.isNaN(Date.parse(String(at))) &&
    Array.isArray(before) &&
    before.every(isText) &&
    (purpose === null || isText(purpose)) &&
    Number.isSafeInteger(pid)
  );
}
