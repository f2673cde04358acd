import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { Problem } from '../errors.ts';
import type { Machine } from './machine.ts';

/** The text of a file that was named on the command line. */
export async function readText({ cwd }: Machine, file: string): Promise<string> {
  return readFile(resolve(cwd, file), 'utf8').catch((cause) => {
    throw unusable(`${file} cannot be read`, cause);
  });
}

/** Writes a file that was named on the command line, whole or not at all. */
export async function writeText(
  { cwd }: Machine,
  file: string,
  text: string,
  options: { readonly mode?: number } = {},
): Promise<void> {
  await writeFileAtomic(resolve(cwd, file), text, options).catch((cause) => {
    throw unusable(`${file} cannot be written`, cause);
  });
}

/** What the file system says about a path that somebody gave. */
export function unusable(summary: string, cause: unknown): Problem {
  const detail = cause instanceof Error ? cause.message : String(cause);
  return new Problem({ code: 'invalid_input', summary, detail, cause });
}
