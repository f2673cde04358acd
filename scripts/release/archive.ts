// A package as registries serve it: a zip with the executable in it, the same bytes for the same content.

import { createWriteStream, readFileSync } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { ZipFile } from 'yazl';

export interface Member {
  readonly name: string;
  /** Path of the file to put in. */
  readonly file: string;
  /** E.g. 0o755 for a program. */
  readonly mode: number;
}

/** What a zip can say at the earliest: the time of a build is no part of what was built. */
const TIME = new Date('1980-01-01T12:00:00Z');

export async function writeZip(target: string, members: readonly Member[]): Promise<void> {
  const zip = new ZipFile();
  for (const { name, file, mode } of members)
    zip.addBuffer(readFileSync(file), name, { mtime: TIME, mode: 0o100000 | mode });
  zip.end();
  await pipeline(zip.outputStream, createWriteStream(target));
}
