// The option that tells a command what Terraform manages, and the one reader behind it.

import { asPrinted } from '../engine-command.ts';
import { Problem } from '../errors.ts';
import { readState, type StateResource } from '../reconcile/input/state.ts';
import { decodeText } from '../reconcile/input/text.ts';
import type { AccessOptions } from './access.ts';
import { values } from './command.ts';
import { readText } from './files.ts';
import type { Machine } from './machine.ts';

/** Where the text of standard input stands for a file. */
const STDIN = '-';

export function stateOption(purpose: string) {
  return values(
    '--state <file>',
    `${purpose}: a state file, what ${asPrinted('show -json')}, or - for standard input; repeatable`,
  );
}

/**
 * Everything that these states manage.
 * @throws Problem(s) `invalid_input` when one of them is no state, or standard input is wanted twice.
 */
export async function readStates(
  machine: Machine,
  files: readonly string[],
  { accessKeyStdin }: Pick<AccessOptions, 'accessKeyStdin'>,
): Promise<readonly StateResource[]> {
  const fromStdin = files.filter((file) => file === STDIN).length;
  if (fromStdin + (accessKeyStdin ? 1 : 0) > 1) throw wantedTwice();
  const all = await Promise.all(
    files.map(async (file) =>
      file === STDIN
        ? readState(decodeText(await machine.stdin(), 'standard input'), 'standard input')
        : readState(await readText(machine, file), file),
    ),
  );
  return all.flat();
}

function wantedTwice(): Problem {
  return new Problem({
    code: 'invalid_input',
    summary: 'Standard input is wanted twice',
    detail:
      'It can give one state or the access key. Put the key into BROWSERSTACK_ACCESS_KEY, or the states into files.',
    path: ['--state'],
  });
}
