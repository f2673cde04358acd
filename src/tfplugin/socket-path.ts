import { randomBytes } from 'node:crypto';
import { accessSync, constants, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** Longer paths do not fit into the address of a socket (macOS 104 bytes, Linux 108, each with an end mark). */
const LONGEST = 103;

/**
 * Where the socket may be made, best place first: in the temporary directory, and in /tmp, should that name be too long,
 * the directory not be there or its file system know no sockets. None may be fit; TCP works then.
 */
export function socketPaths(directories: readonly string[] = [tmpdir(), '/tmp']): readonly string[] {
  const name = `tfp-${randomBytes(8).toString('hex')}`;
  return [...new Set(directories.map((directory) => path.resolve(directory)))]
    .filter(isUsable)
    .map((directory) => path.join(directory, name))
    .filter((candidate) => Buffer.byteLength(candidate) <= LONGEST);
}

function isUsable(directory: string): boolean {
  try {
    accessSync(directory, constants.W_OK | constants.X_OK);
    return statSync(directory).isDirectory();
  } catch {
    return false;
  }
}
