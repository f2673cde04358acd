import { Problem } from '../errors.ts';
import { type Desired, readDesired } from '../reconcile/input/desired.ts';
import type { OrganizationChoice } from '../reconcile/input/providers.ts';
import { readStack, type StackFile, tryReadStack } from '../reconcile/input/stack.ts';
import type { Intention } from '../reconcile/reconciler.ts';
import { resources } from '../resources/index.ts';
import { wholeNumber } from './access.ts';
import { type Argument, flag, type ValuesOf, value } from './command.ts';
import type { Machine } from './machine.ts';
import { nounDetails } from './nouns.ts';

const PREFIX = 'browserstack_';

export const stackArgument: Argument = {
  syntax: '[stack]',
  description:
    'a synthesized stack: cdktf.out/stacks/NAME, a directory of *.tf.json, or one such file (default: the only stack here)',
};

/** Which undeclared objects go, and how many may. */
export const pruneOptions = {
  prune: flag(
    '--prune',
    'delete teams and service accounts that are not declared; only of kinds of which the stack declares at least one',
  ),
  pruneOnly: value(
    '--prune-only <kinds>',
    'delete undeclared objects of these kinds only: team, service_account, or both with a comma',
    kinds,
  ),
  maxDeletes: value(
    '--max-deletes <n>',
    'how many objects may be deleted; without it 30 % of a kind, those that are replaced included (from 10 objects on)',
    wholeNumber,
  ),
  maxReplaces: value(
    '--max-replaces <n>',
    'how many objects may be replaced; without it replacing counts as deleting',
    wholeNumber,
  ),
};

/** Which organization of a stack or state that has several. */
export const providerOption = value(
  '--provider <reference>',
  'with several organizations: the provider configuration of this one, e.g. browserstack.emea',
);

/** The stack, as it should be. */
export async function desiredFrom(
  { cwd }: Pick<Machine, 'cwd'>,
  path: string | undefined,
  choice: OrganizationChoice = {},
): Promise<Desired> {
  return desired(await readStack(cwd, path), choice);
}

/** The same; where no stack is named and none is there, nothing is declared. */
export async function desiredIfAny(
  machine: Machine,
  path: string | undefined,
  choice: OrganizationChoice,
): Promise<Desired> {
  if (path !== undefined) return desiredFrom(machine, path, choice);
  return desired((await tryReadStack(machine.cwd)) ?? [], choice);
}

function desired(files: readonly StackFile[], choice: OrganizationChoice): Desired {
  return readDesired(files, PREFIX.slice(0, -1), typesOf(), choice);
}

/** Every type of the provider, and whether it can be reconciled without a state. */
function typesOf(): ReadonlyMap<string, boolean> {
  const reconcilable = new Set(nounDetails.map(({ type }) => type));
  return new Map(resources.map(({ type }) => [type, reconcilable.has(type)]));
}

export function intentionOf(
  wanted: Desired,
  { prune, pruneOnly, maxDeletes, maxReplaces }: ValuesOf<typeof pruneOptions>,
): Intention {
  return {
    desired: wanted,
    prune: pruneOnly ?? (prune ? 'declared-types' : 'none'),
    ...(maxDeletes === undefined ? {} : { maxDeletes }),
    ...(maxReplaces === undefined ? {} : { maxReplaces }),
  };
}

/** `team,service_account` as types. */
export function kinds(text: string): readonly string[] {
  const known = nounDetails.map(({ type }) => type);
  return text.split(',').map((name) => {
    const trimmed = name.trim();
    const type = trimmed.startsWith(PREFIX) ? trimmed : `${PREFIX}${trimmed}`;
    if (known.includes(type)) return type;
    const choices = known.map((choice) => choice.slice(PREFIX.length)).join(', ');
    throw new Problem({
      code: 'invalid_input',
      summary: `Unknown kind "${trimmed}"`,
      detail: `There are ${choices}.`,
    });
  });
}
