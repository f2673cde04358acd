// What a review reads: files that other programs wrote, on any system.

import { createHash } from 'node:crypto';
import { decodeText } from '../../reconcile/input/text.ts';
import { readBytes } from '../files.ts';
import type { Machine } from '../machine.ts';

export interface Given {
  /** As it was named on the command line. */
  readonly file: string;
  readonly text: string;
  readonly sha256: string;
}

/** A file, or standard input where it is called `-`. */
export async function readGiven(machine: Machine, file: string): Promise<Given> {
  const bytes = await (file === '-' ? machine.stdin() : readBytes(machine, file));
  return {
    file: file === '-' ? 'standard input' : file,
    text: decodeText(bytes, file),
    sha256: sha256Of(bytes),
  };
}

/** The digest of a file that is not read as a text, such as a plan file. */
export async function digestOf(machine: Machine, file: string): Promise<string> {
  return sha256Of(await readBytes(machine, file));
}

export function sha256Of(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
