import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { Problem } from '../errors.ts';
import type { Machine } from './machine.ts';

/** The text of a file that was named on the command line. */
export async function readText({ cwd }: Machine, file: string): Promise<string> {
  try {
    return await readFile(resolve(cwd, file), 'utf8');
  } catch (cause) {
    throw new Problem({
      code: 'invalid_input',
      summary: `${file} cannot be read`,
      detail: cause instanceof Error ? cause.message : String(cause),
      cause,
    });
  }
}
