// What stands in a commit, as the git of this machine tells it.

import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { Problem } from '../../errors.ts';
import type { Machine } from '../machine.ts';

/** The text of a file of the current directory as it is in a commit; `undefined` where it is not there. */
export async function tryShow(machine: Machine, commit: string, file: string): Promise<string | undefined> {
  if (commit.startsWith('-') || commit === '') throw noCommit(commit);
  const resolved = await git(machine, ['rev-parse', '--verify', '--quiet', `${commit}^{commit}`]);
  if (resolved === undefined) throw noCommit(commit);
  return git(machine, ['show', `${resolved.trim()}:./${file}`]);
}

async function git({ cwd, surroundings }: Machine, args: readonly string[]): Promise<string | undefined> {
  try {
    const options = { cwd, env: { ...surroundings.env, LC_ALL: 'C' }, maxBuffer: 64 * 1024 * 1024 };
    const { stdout } = await promisify(execFile)('git', [...args], options);
    return stdout;
  } catch (thrown) {
    if (thrown instanceof Error && 'code' in thrown && thrown.code === 'ENOENT')
      throw new Problem({
        code: 'invalid_input',
        summary: 'There is no git on this machine',
        detail: 'Give the policy of the base branch as a file: --base-policy FILE.',
      });
    return undefined;
  }
}

function noCommit(commit: string): Problem {
  return new Problem({
    code: 'invalid_input',
    summary: `git knows no commit ${JSON.stringify(commit)}`,
    detail:
      'Fetch the base branch first (a shallow clone has it only with its history: fetch-depth: 0), or give the policy of the base branch as a file: --base-policy FILE.',
    path: ['--base'],
  });
}
