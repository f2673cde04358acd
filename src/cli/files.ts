import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { Problem } from '../errors.ts';
import { decodeText } from '../reconcile/input/text.ts';
import { visible } from '../visible.ts';
import type { Machine } from './machine.ts';

/** The text of a file that was named on the command line. */
export async function readText({ cwd }: Machine, file: string): Promise<string> {
  const bytes = await readFile(resolve(cwd, file)).catch((cause) => {
    throw unusable(`${file} cannot be read`, cause);
  });
  return decodeText(bytes, file);
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
