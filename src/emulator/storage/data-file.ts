// The organization on disk: what was answered is written first, and a file is whole or not there.

import { readFile, stat } from 'node:fs/promises';
import writeFileAtomic from 'write-file-atomic';
import { Problem } from '../../errors.ts';
import type { State } from '../organization/state.ts';
import { Random } from '../random.ts';
import { parseIfText, schemaCheck } from './checked-json.ts';
import { type FileLock, lockFile } from './file-lock.ts';

export interface Storage {
  readonly state: State;
  readonly random: Random;
  /** Resolves once everything that happened before the call is on disk. */
  readonly save: () => Promise<void>;
  /** Saves, and lets others have the file. */
  readonly close: () => Promise<void>;
}

/** Opens the file, or starts afresh when there is none; without a file everything stays in memory. */
export async function openStorage(
  file: string | undefined,
  random: Random,
  fresh: () => State,
): Promise<Storage> {
  if (file === undefined) return { state: fresh(), random, save: async () => {}, close: async () => {} };
  const lock = await lockFile(file).catch((cause) => {
    throw cause instanceof Problem ? cause : unwritable(file, cause);
  });
  try {
    return await openLocked(file, lock, random, fresh);
  } catch (error) {
    await lock.release();
    throw error;
  }
}

async function openLocked(
  name: string,
  lock: FileLock,
  random: Random,
  fresh: () => State,
): Promise<Storage> {
  const kept = await tryRead(name);
  const state = kept ?? fresh();
  const going = kept === undefined ? random : new Random(kept.random);
  let written = await versionOf(lock.file);
  const save = coalesced(async () => {
    const found = await versionOf(lock.file);
    if (!lock.isHeld() || (found !== undefined && found !== written)) throw changedElsewhere(name);
    state.random = going.state;
    await writeFileAtomic(lock.file, `${JSON.stringify(state)}\n`, { mode: 0o600 });
    written = await versionOf(lock.file);
  });
  await save().catch((cause) => {
    throw cause instanceof Problem ? cause : unwritable(name, cause);
  });
  const close = async () => {
    try {
      await save();
    } finally {
      await lock.release();
    }
  };
  return { state, random: going, save, close };
}

/** Tells one version of a file from the next; undefined when there is none. */
async function versionOf(file: string): Promise<string | undefined> {
  try {
    const { ino, size, mtimeMs } = await stat(file);
    return `${ino} ${size} ${mtimeMs}`;
  } catch {
    return undefined;
  }
}

function unwritable(file: string, cause: unknown): Problem {
  return new Problem({
    code: 'invalid_input',
    summary: `The data file ${file} cannot be written`,
    detail: 'Its folder must exist and be writable.',
    cause,
  });
}

function changedElsewhere(file: string): Problem {
  return new Problem({
    code: 'stale',
    summary: `The data file ${file} was changed by somebody else`,
    detail: 'It is left as it is, and what happened since is not kept. Start again to read it.',
  });
}

/** Runs `write` one at a time; callers that arrive while one runs share the next. */
function coalesced(write: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> = Promise.resolve();
  let next: Promise<void> | undefined;
  return () => {
    next ??= running
      .catch(() => {}) // Whoever waited for that write was told; this one tries anew.
      .then(() => {
        next = undefined;
        running = write();
        return running;
      });
    return next;
  };
}

const list = { type: 'array' };
const checkState = schemaCheck({
  type: 'object',
  required: [
    'version',
    'random',
    'lastId',
    'organization',
    'users',
    'teams',
    'accounts',
    'removedAccounts',
    'removedTeams',
    'builds',
    'sessions',
    'mails',
    'events',
    'projects',
    'reports',
  ],
  properties: {
    version: { const: 1 },
    random: { type: 'integer' },
    lastId: { type: 'integer' },
    organization: { type: 'object' },
    users: list,
    teams: list,
    accounts: list,
    removedAccounts: list,
    removedTeams: list,
    builds: list,
    sessions: list,
    mails: list,
    events: list,
    projects: list,
    reports: list,
  },
});

async function tryRead(file: string): Promise<State | undefined> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw new Problem({
      code: 'invalid_input',
      summary: `The data file ${file} cannot be read`,
      detail: 'It must be a file, readable for you; one that is not there yet is made.',
      cause: error,
    });
  }
  const parsed = parseIfText(text, 'data file');
  const [problem] = checkState(parsed);
  // Written by `save`, and of the version just checked.
  if (problem === undefined) return withoutQueue(completed(parsed as State));
  throw new Problem({
    code: 'invalid_input',
    summary: `${file} is no data file of this local BrowserStack`,
    detail: `${problem.summary}. Name another file, or remove this one to start afresh.`,
    cause: problem,
  });
}

/** Adds what files written by earlier releases lack. */
function completed(state: State): State {
  state.seeded ??= 0;
  state.removedUsers ??= [];
  for (const user of state.users) {
    user.additionalTeams ??= [];
    user.createdAt ??= 0;
    user.past ??= [];
  }
  return state;
}

/** Whoever waited for a parallel when the process ended waits no more. */
function withoutQueue(state: State): State {
  for (const session of state.sessions) if (session.status === 'queued') session.status = 'refused';
  return state;
}
