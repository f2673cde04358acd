// The Node of a platform, from its package in the npm registry, which npm checks against the registry's checksum.

import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { NODE_VERSION, type Platform } from './platforms.ts';

/** The path of the binary below `cache`, fetched unless it is there. @throws when npm cannot get the package. */
export function nodeBinary({ os, node }: Platform, cache: string): string {
  const directory = join(cache, `${node}-${NODE_VERSION}`);
  const binary = join(directory, os === 'windows' ? 'bin/node.exe' : 'bin/node');
  if (existsSync(binary)) return binary;
  const fresh = `${directory}.fetching`;
  rmSync(fresh, { recursive: true, force: true });
  mkdirSync(fresh, { recursive: true });
  execFileSync('npm', ['pack', '--silent', `${node}@${NODE_VERSION}`], { cwd: fresh, stdio: 'pipe' });
  const [archive = ''] = readdirSync(fresh);
  execFileSync('tar', ['-xzf', archive], { cwd: fresh });
  rmSync(directory, { recursive: true, force: true });
  renameSync(join(fresh, 'package'), directory);
  rmSync(fresh, { recursive: true });
  if (!existsSync(binary)) throw new Error(`${node}@${NODE_VERSION} holds no ${binary}`);
  return binary;
}
