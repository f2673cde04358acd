// The policy of a review: the one of the base branch, so that no change allows itself.

import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { POLICY_FILE, type Policy } from '../../policy/policy.ts';
import { NO_POLICY, readPolicy } from '../../policy/read-policy.ts';
import { readText } from '../files.ts';
import type { Machine } from '../machine.ts';
import { tryShow } from './git.ts';
import { sha256Of } from './input.ts';

export interface FoundPolicy {
  readonly policy: Policy;
  /** As it was named; `undefined` where there is none, and every rule holds as it is written. */
  readonly file: string | undefined;
  readonly sha256: string | undefined;
  readonly from: 'base' | 'head' | 'defaults';
  /** The file of the base branch and the one that is here differ. */
  readonly changedHere: boolean;
}

export interface PolicyOptions {
  readonly policy: string | undefined;
  readonly base: string | undefined;
  readonly basePolicy: string | undefined;
}

/** @throws Problem(s): everything that is wrong with the file, each with its line. */
export async function findPolicy(machine: Machine, given: PolicyOptions): Promise<FoundPolicy> {
  const file = given.policy ?? POLICY_FILE;
  const isHere = given.policy !== undefined || existsSync(resolve(machine.cwd, file));
  const here = isHere ? await readText(machine, file) : undefined;
  const now = machine.clock.now();
  if (given.base === undefined && given.basePolicy === undefined)
    return found(here, file, here === undefined ? 'defaults' : 'head', false, now);
  const there =
    given.basePolicy === undefined
      ? await tryShow(machine, given.base ?? '', file)
      : await readText(machine, given.basePolicy);
  const name = given.basePolicy ?? `${given.base}:${file}`;
  return found(there, name, there === undefined ? 'defaults' : 'base', here !== there, now);
}

function found(
  text: string | undefined,
  file: string,
  from: FoundPolicy['from'],
  changedHere: boolean,
  now: Date,
): FoundPolicy {
  if (text === undefined) return { policy: NO_POLICY, file: undefined, sha256: undefined, from, changedHere };
  return {
    policy: readPolicy(text, file, now),
    file,
    sha256: sha256Of(Buffer.from(text)),
    from,
    changedHere,
  };
}
