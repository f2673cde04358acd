// Git, as far as searching needs it. Configuration of the repository itself must not start programs.

import { execFile, spawn } from 'node:child_process';
import { promisify } from 'node:util';
import type { Machine } from '../machine.ts';

const SAFE = ['-c', 'core.fsmonitor=false', '-c', 'core.quotepath=false'];
const LARGEST_ANSWER = 1 << 30;

const envOf = ({ surroundings }: Machine) => ({ ...surroundings.env, LC_ALL: 'C', GIT_OPTIONAL_LOCKS: '0' });

/** What git prints; `undefined` where it fails, or is not there. */
export async function tryGit(
  machine: Machine,
  directory: string,
  ...args: readonly string[]
): Promise<string | undefined> {
  try {
    const options = { cwd: directory, env: envOf(machine), maxBuffer: LARGEST_ANSWER };
    return (await promisify(execFile)('git', [...SAFE, ...args], options)).stdout;
  } catch {
    return undefined;
  }
}

export interface GitObject {
  readonly id: string;
  readonly type: string;
  readonly bytes: Uint8Array;
}

/** Every object that the clone has, also those that no branch reaches. @throws when git ends with an error. */
export async function* objectsOf(machine: Machine, directory: string): AsyncGenerator<GitObject> {
  const args = [...SAFE, 'cat-file', '--batch-all-objects', '--unordered', '--batch'];
  const child = spawn('git', args, {
    cwd: directory,
    env: envOf(machine),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  // Whoever reads no further would leave it waiting.
  ended.catch(() => undefined);
  try {
    let rest: Buffer = Buffer.alloc(0);
    let head: { readonly id: string; readonly type: string; readonly size: number } | undefined;
    let parts: Buffer[] = [];
    let length = 0;
    for await (const chunk of child.stdout) {
      parts.push(chunk);
      length += chunk.length;
      // Joined only when an object is whole: large ones come in many chunks.
      if (head !== undefined && rest.length + length < head.size + 1) continue;
      rest = Buffer.concat([rest, ...parts]);
      parts = [];
      length = 0;
      for (;;) {
        if (head === undefined) {
          const end = rest.indexOf(10);
          if (end < 0) break;
          const [id = '', type = '', size = '0'] = rest.toString('latin1', 0, end).split(' ');
          head = { id, type, size: Number(size) };
          rest = rest.subarray(end + 1);
        }
        if (rest.length < head.size + 1) break;
        yield { id: head.id, type: head.type, bytes: rest.subarray(0, head.size) };
        rest = rest.subarray(head.size + 1);
        head = undefined;
      }
    }
    if ((await ended) !== 0) throw new Error(said.trim());
  } finally {
    child.kill();
  }
}
