// What a review reads: files that other programs wrote, on any system.

import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { decodeText } from '../../reconcile/input/text.ts';
import { unusable } from '../files.ts';
import type { Machine } from '../machine.ts';

export interface Given {
  /** As it was named on the command line. */
  readonly file: string;
  readonly text: string;
  readonly sha256: string;
}

/** A file, or standard input where it is called `-`. */
export async function readGiven(machine: Machine, file: string): Promise<Given> {
  const bytes =
    file === '-'
      ? await machine.stdin()
      : await readFile(resolve(machine.cwd, file)).catch((cause) => {
          throw unusable(`${file} cannot be read`, cause);
        });
  return {
    file: file === '-' ? 'standard input' : file,
    text: decodeText(bytes, file),
    sha256: sha256Of(bytes),
  };
}

/** The digest of a file that is not read as a text, such as a plan file. */
export async function digestOf({ cwd }: Machine, file: string): Promise<string> {
  const bytes = await readFile(resolve(cwd, file)).catch((cause) => {
    throw unusable(`${file} cannot be read`, cause);
  });
  return sha256Of(bytes);
}

export function sha256Of(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
