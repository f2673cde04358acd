// How every command that reads a stack is told which one, with what values, and what may be done about it.

import { basename, dirname } from 'node:path';
import { asPrinted } from '../engine-command.ts';
import { Problem } from '../errors.ts';
import type { Json } from '../reconcile/canonical.ts';
import { type ConfiguredStack, readConfigured } from '../reconcile/input/configured.ts';
import { parseDocument } from '../reconcile/input/document.ts';
import { readPlannedValues } from '../reconcile/input/planned-values.ts';
import { readStack, type StackFile, tryReadStack } from '../reconcile/input/stack.ts';
import { tfvars } from '../reconcile/input/tfvars.ts';
import type { Inventory } from '../reconcile/inventory/inventory.ts';
import type { PlanRequest } from '../reconcile/plan/context.ts';
import { endsObjects } from '../reconcile/resource-types.ts';
import { resourceTypes } from '../workspace/organization.ts';
import { wholeNumber } from './access.ts';
import { type Argument, flag, type ValuesOf, value, values } from './command.ts';
import { readText, untilStopped } from './files.ts';
import type { Machine } from './machine.ts';

const NAME = 'browserstack';
const PREFIX = `${NAME}_`;

export const stackArgument: Argument = {
  syntax: '[stack]',
  description:
    'a synthesized stack: cdktf.out/stacks/NAME, a directory of *.tf.json, or one such file (default: the only stack here)',
};

/** Which organization of a stack or state that has several. */
const providerOption = value(
  '--provider <reference>',
  'with several organizations: the provider configuration of this one, e.g. browserstack.emea',
);

export const stackOptions = {
  provider: providerOption,
  var: values('--var <name=value>', 'a variable of the stack; repeatable'),
  varFile: values('--var-file <file>', 'variables of the stack (*.tfvars.json or *.tfvars); repeatable'),
  fromTerraform: value(
    '--from-terraform <file>',
    `instead of a stack: what ${asPrinted('show -json PLANFILE')}, for stacks that only an engine can evaluate`,
  ),
};

export type StackOptions = ValuesOf<typeof stackOptions> & { readonly organization: string | undefined };

/** Which of the stack's own objects go, how many may, and what is taken over. */
export const changeOptions = {
  adopt: flag('--adopt', 'take over declared objects that exist already and are not owned by this stack'),
  prune: flag(
    '--prune',
    'delete what this stack owns and does not declare any more; only of kinds of which it declares at least one',
  ),
  pruneOnly: value(
    '--prune-only <kinds>',
    'the same for these kinds only, e.g. service_account, or several with commas',
    kinds,
  ),
  maxDeletes: value(
    '--max-deletes <n>',
    'how many objects may be deleted; without it 30 % of a kind in a day, those that are replaced included (from 10 objects on)',
    wholeNumber,
  ),
  maxReplaces: value(
    '--max-replaces <n>',
    'how many objects may be replaced; without it replacing counts as deleting',
    wholeNumber,
  ),
};

/** A stack as it was found. */
export interface GivenStack {
  readonly stack: ConfiguredStack;
  /** Names the inventory. */
  readonly name: string;
}

/** What is declared. @throws Problem `invalid_input` when there is no stack, or none that can be read. */
export async function stackFrom(
  machine: Machine,
  path: string | undefined,
  given: StackOptions,
): Promise<GivenStack> {
  if (given.fromTerraform === undefined) {
    const files = await untilStopped(readStack(machine.cwd, path), machine);
    return readFiles(machine, files, given);
  }
  const file = given.fromTerraform;
  if (path !== undefined)
    throw new Problem({
      code: 'invalid_input',
      summary: 'A stack and a plan of Terraform',
      detail: 'Give one of them: both say what is declared.',
      path: ['--from-terraform'],
    });
  const text = file === '-' ? new TextDecoder().decode(await machine.stdin()) : await readText(machine, file);
  const stack = readPlannedValues(text, file, providerTypes(), given);
  return { stack, name: NAME };
}

/** The same; where no stack is named and none is there, nothing is declared. */
export async function stackIfAny(
  machine: Machine,
  path: string | undefined,
  given: Omit<StackOptions, 'fromTerraform'>,
): Promise<GivenStack> {
  if (path !== undefined) return stackFrom(machine, path, { ...given, fromTerraform: undefined });
  return readFiles(machine, (await tryReadStack(machine.cwd)) ?? [], given);
}

async function readFiles(
  machine: Machine,
  files: readonly StackFile[],
  { organization, provider, var: written, varFile }: Omit<StackOptions, 'fromTerraform'>,
): Promise<GivenStack> {
  const variables = await variablesFrom(machine, files, written, varFile);
  const stack = readConfigured(files, providerTypes(), { organization, provider, variables });
  return { stack, name: stackName(files) };
}

/** What a reader of stacks needs to know of the provider. */
function providerTypes() {
  return { name: NAME, resources: resourceTypes.all };
}

/** `acme` for cdktf.out/stacks/acme/cdk.tf.json. */
function stackName(files: readonly StackFile[]): string {
  const [first] = files;
  const directory = first === undefined ? '' : basename(dirname(first.path));
  return first?.path.endsWith('cdk.tf.json') && directory !== '' && directory !== '.' ? directory : NAME;
}

/** As Terraform takes them: the environment, then files, then the command line; the last one wins. */
async function variablesFrom(
  machine: Machine,
  files: readonly StackFile[],
  written: readonly string[],
  varFiles: readonly string[],
): Promise<ReadonlyMap<string, Json>> {
  const declared = new Set(
    files.flatMap(({ json }) =>
      Object.keys((json.variable as Readonly<Record<string, Json>> | undefined) ?? {}),
    ),
  );
  const variables = new Map<string, Json>();
  for (const [name, text] of Object.entries(machine.surroundings.env))
    if (name.startsWith('TF_VAR_') && text !== undefined && declared.has(name.slice(7)))
      variables.set(name.slice(7), asJson(text));
  for (const file of varFiles) {
    const text = await readText(machine, file);
    const values = file.endsWith('.json')
      ? parseDocument(text, file, 'a file of variables')
      : tfvars(text, file);
    for (const [name, json] of Object.entries(values)) variables.set(name, json);
  }
  for (const assignment of written) {
    const at = assignment.indexOf('=');
    if (at <= 0)
      throw new Problem({
        code: 'invalid_input',
        summary: 'Not a variable',
        detail: `Write NAME=VALUE; this is ${JSON.stringify(assignment)}.`,
        path: ['--var'],
      });
    variables.set(assignment.slice(0, at), asJson(assignment.slice(at + 1)));
  }
  return variables;
}

/** Lists and objects are written as such; everything else is text, which becomes what the argument needs. */
function asJson(text: string): Json {
  if (!/^\s*[[{]/u.test(text)) return text;
  try {
    return JSON.parse(text) as Json;
  } catch {
    return text; // It was text after all.
  }
}

/** What a plan is asked for. */
export function requestOf(
  stack: ConfiguredStack,
  inventory: Inventory,
  { adopt, prune, pruneOnly, maxDeletes, maxReplaces }: ValuesOf<typeof changeOptions>,
  maxRotations: number | undefined,
): PlanRequest {
  return {
    stack,
    inventory,
    adopt,
    prune: pruneOnly ?? (prune ? 'declared-types' : 'none'),
    ...(maxDeletes === undefined ? {} : { maxDeletes }),
    ...(maxReplaces === undefined ? {} : { maxReplaces }),
    ...(maxRotations === undefined ? {} : { maxRotations }),
  };
}

/** `team,service_account` as types. */
function kinds(text: string): readonly string[] {
  const known = resourceTypes.all.map(({ type }) => type);
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

/** `team,service_account` as types that exist at BrowserStack, and so can be taken over. */
export function adoptableKinds(text: string): readonly string[] {
  const adoptable = resourceTypes.all.filter(endsObjects).map(({ type }) => type);
  const named = kinds(text);
  const other = named.find((type) => !adoptable.includes(type));
  if (other === undefined) return named;
  throw new Problem({
    code: 'invalid_input',
    summary: `Nothing of the kind "${other.slice(PREFIX.length)}" is listed`,
    detail: `There are ${adoptable.map((type) => type.slice(PREFIX.length)).join(', ')}.`,
  });
}
