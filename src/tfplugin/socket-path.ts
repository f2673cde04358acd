import { randomBytes } from 'node:crypto';
import { accessSync, constants, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** Longer paths do not fit into the address of a socket (macOS 104 bytes, Linux 108, each with an end mark). */
const LONGEST = 103;

/**
 * Where the socket may be made: in the temporary directory, else in /tmp when that name is too long or the directory
 * is not there. `undefined` when there is no such place; TCP works then.
 */
export function socketPath(directories: readonly string[] = [tmpdir(), '/tmp']): string | undefined {
  const name = `tfp-${randomBytes(8).toString('hex')}`;
  return directories
    .filter(isUsable)
    .map((directory) => path.join(path.resolve(directory), name))
    .find((candidate) => Buffer.byteLength(candidate) <= LONGEST);
}

function isUsable(directory: string): boolean {
  try {
    accessSync(directory, constants.W_OK | constants.X_OK);
    return statSync(directory).isDirectory();
  } catch {
    return false;
  }
}
