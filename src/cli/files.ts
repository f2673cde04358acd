import { createReadStream, existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { addAbortSignal, type Readable } from 'node:stream';
import writeFileAtomic from 'write-file-atomic';
import { Problem } from '../errors.ts';
import { decodeText } from '../reconcile/input/text.ts';
import { visible } from '../visible.ts';
import type { Machine } from './machine.ts';

/** No stack, state or plan is larger: whatever does not end is not read until the memory does. */
const LARGEST_INPUT_MIB = 512;

/** The text of a file that was named on the command line. */
export async function readText(machine: Machine, file: string): Promise<string> {
  return decodeText(await readBytes(machine, file), file);
}

/** What is in a file that was named on the command line. It may be a pipe, whose other end takes its time. */
export async function readBytes(machine: Machine, file: string): Promise<Buffer> {
  const { cwd, signal } = machine;
  const read = bytesOf(createReadStream(resolve(cwd, file)), signal).catch((cause) => {
    if (signal.aborted || cause instanceof Problem) throw cause;
    throw unusable(`${file} cannot be read`, cause);
  });
  return untilStopped(read, machine);
}

/** Reading, as long as nobody ends the run: opening a pipe that nobody writes to does not hear the signal. */
export async function untilStopped<Read>(
  reading: Promise<Read>,
  { signal }: Partial<Pick<Machine, 'signal'>>,
): Promise<Read> {
  if (signal === undefined) return reading;
  let stop = () => {};
  const stopped = new Promise<never>((_resolve, reject) => {
    stop = () => reject(signal.reason);
    if (signal.aborted) stop();
  });
  signal.addEventListener('abort', stop);
  try {
    return await Promise.race([reading, stopped]);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

/** Everything that comes, until it ends or `signal` does. @throws Problem `invalid_input` when it is too much. */
export async function bytesOf(stream: Readable, signal: AbortSignal): Promise<Buffer> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of addAbortSignal(signal, stream)) {
    size += part.length;
    if (size > LARGEST_INPUT_MIB * 1024 * 1024)
      throw new Problem({
        code: 'invalid_input',
        summary: 'The input is too large',
        detail: `It is larger than ${LARGEST_INPUT_MIB} MiB, as no stack, state or plan is.`,
      });
    parts.push(part);
  }
  return Buffer.concat(parts);
}

/**
 * Writes a file that was named on the command line, whole or not at all. What is hidden in names from outside is visible
 * in it, as on a terminal; in JSON, HCL and TypeScript that is the same value.
 */
export async function writeText(
  { cwd }: Machine,
  file: string,
  text: string,
  options: { readonly mode?: number } = {},
): Promise<void> {
  await writeFileAtomic(resolve(cwd, file), visible(text), options).catch((cause) => {
    throw unusable(`${file} cannot be written`, cause);
  });
}

/** Makes sure that writing the file takes nothing from anybody. @throws Problem `refused` when it is there already. */
export function refuseToOverwrite({ cwd }: Machine, file: string): void {
  if (!existsSync(resolve(cwd, file))) return;
  throw new Problem({
    code: 'refused',
    summary: `${file} exists already`,
    detail:
      'What it declares would be lost. Give another file; or remove this one first, if it is not needed.',
  });
}

/** What the file system says about a path that somebody gave. */
export function unusable(summary: string, cause: unknown): Problem {
  const detail = cause instanceof Error ? cause.message : String(cause);
  return new Problem({ code: 'invalid_input', summary, detail, cause });
}
