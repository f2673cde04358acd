import { asPrinted } from '../../engine-command.ts';
import { Problem } from '../../errors.ts';
import { emptyInventory } from '../../reconcile/inventory/inventory.ts';
import { type Observed, observe } from '../../reconcile/observed.ts';
import {
  type Adoptee,
  type Adoption,
  adoptionOf,
  type Candidate,
} from '../../reconcile/plan/objects/adoption.ts';
import { managedByStack, managedByState } from '../../reconcile/plan/objects/managed.ts';
import { endsObjects } from '../../reconcile/resource-types.ts';
import type { Organization } from '../../workspace/organization.ts';
import { accessOptions } from '../access.ts';
import { adoptionAsCdktf } from '../adopt/cdktf.ts';
import { adoptionAsHcl } from '../adopt/hcl.ts';
import { adoptionAsJson } from '../adopt/json.ts';
import { defineCommand, flag, type ValuesOf, value, values } from '../command.ts';
import { connect } from '../connection.ts';
import { refuseToOverwrite, writeText } from '../files.ts';
import type { Machine } from '../machine.ts';
import { envelope, jsonLine } from '../render/envelope.ts';
import { quoted } from '../render/palette.ts';
import { table } from '../render/table.ts';
import { adoptableKinds, stackArgument, stackIfAny, stackOptions } from '../stack-options.ts';
import { readStates, stateOption } from '../states.ts';

const WRITERS: Readonly<Record<string, (adoptees: readonly Adoptee[]) => string>> = {
  hcl: adoptionAsHcl,
  cdktf: adoptionAsCdktf,
  json: adoptionAsJson,
};

const options = {
  ...accessOptions,
  format: value('--format <format>', 'hcl (default), cdktf (TypeScript), or json (*.tf.json)', format),
  out: value('--out <file>', 'write to this new file instead of to standard output'),
  kinds: value(
    '--kinds <kinds>',
    'only these kinds: team, service_account, or both with a comma',
    adoptableKinds,
  ),
  match: values('--match <glob>', 'only names like this; repeatable'),
  exclude: values('--exclude <glob>', 'no names like this; repeatable'),
  team: value('--team <name>', 'only this team and the service accounts in it'),
  state: stateOption('instead of a stack: what Terraform manages already'),
  provider: stackOptions.provider,
  var: stackOptions.var,
  varFile: stackOptions.varFile,
  report: flag('--report', 'write no configuration, only tell what there is'),
  json: flag('--json', 'print the report and the objects as JSON'),
};

export const adopt = defineCommand({
  name: 'adopt',
  summary: 'write configuration with import blocks for what exists and is declared nowhere',
  details:
    'Changes nothing and never writes a key. With a stack only what is not in it is written; the plan after adopting is empty.',
  arguments: [stackArgument],
  options,
  examples: [
    'browserstack-iac adopt --out adopted.tf',
    "browserstack-iac adopt cdktf.out/stacks/acme --format cdktf --match 'payments-*' --out adopted.ts",
  ],
  async run({ arguments: [path], options: given }, machine) {
    const { out } = given;
    if (out !== undefined) refuseToOverwrite(machine, out);
    refuseContradictions(path, given);
    const found =
      given.state.length > 0 ? await besideState(machine, given) : await besideStack(machine, path, given);
    const { adoptees, report } = found;
    const text = WRITERS[given.format ?? 'hcl']?.(adoptees) ?? '';
    if (out !== undefined) await writeText(machine, out, text);
    if (given.json) machine.stdout(jsonLine(reportAsJson(report, adoptees)));
    else if (given.report) machine.stdout(`${reportAsText(found, 'Matching')}${objectsAsText(adoptees)}`);
    else {
      if (out === undefined) machine.stdout(text);
      machine.stderr(reportAsText(found, 'Written'));
    }
    return 0;
  },
});

type Given = ValuesOf<typeof options>;

async function besideState(machine: Machine, given: Given): Promise<Adoption> {
  const resources = await readStates(machine, given.state, given);
  const organization = await connect(machine, given);
  const observed = await lookAt(organization);
  const { types } = organization;
  return adoptionOf(
    observed,
    managedByState(resources, types, observed, given.provider),
    types,
    wanted(given),
  );
}

async function besideStack(machine: Machine, path: string | undefined, given: Given): Promise<Adoption> {
  const { stack } = await stackIfAny(machine, path, given);
  const organization = await connect(machine, given, stack.provider);
  const { reconciler, types } = organization;
  const { plan } = await reconciler.survey({ stack, inventory: emptyInventory('') });
  // Listed a moment ago: answered from what was seen then.
  return adoptionOf(await lookAt(organization), managedByStack(plan, types), types, wanted(given));
}

/** Everything that can be taken over. */
function lookAt({ types, op }: Organization): Promise<Observed> {
  return observe(types, new Set(types.all.filter(endsObjects).map(({ type }) => type)), op);
}

function refuseContradictions(path: string | undefined, { state, report, out }: Given): void {
  if (report && out !== undefined)
    throw contradiction('--report', 'A report writes no file', 'Give --report or --out.');
  if (path !== undefined && state.length > 0)
    throw contradiction(
      '--state',
      'A stack and a state',
      'Give one of them: both say what is managed already.',
    );
}

function contradiction(option: string, summary: string, detail: string): Problem {
  return new Problem({ code: 'invalid_input', summary, detail, path: [option] });
}

function format(text: string): string {
  if (Object.hasOwn(WRITERS, text)) return text;
  throw new Problem({
    code: 'invalid_input',
    summary: `Unknown format "${text}"`,
    detail: `There are ${Object.keys(WRITERS).join(', ')}.`,
  });
}

function wanted({ kinds: types, match, exclude, team }: Given): (candidate: Candidate) => boolean {
  const included = match.map(asPattern);
  const excluded = exclude.map(asPattern);
  return ({ type, name, object }) => {
    if (types !== undefined && !types.includes(type)) return false;
    if (included.length > 0 && !included.some((pattern) => pattern.test(name))) return false;
    if (excluded.some((pattern) => pattern.test(name))) return false;
    return team === undefined || object.team === team || object.name === team;
  };
}

/** `*` is any text, `?` any character; everything else is itself. */
function asPattern(glob: string): RegExp {
  const source = glob
    .replace(/[.+^${}()|[\]\\]/gu, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${source}$`, 'su');
}

function reportAsJson(report: Adoption['report'], adoptees: readonly Adoptee[]) {
  return envelope({
    report,
    objects: adoptees.map(({ type, label, name, importId, arguments: given }) => ({
      type,
      label,
      name,
      import_id: importId,
      arguments: given,
    })),
  });
}

/** How many objects are named before the rest is only counted. */
const NAMED = 10;

function reportAsText({ report }: Adoption, outcome: 'Written' | 'Matching'): string {
  const { managed, unmanaged, selected, duplicates, unattached, elsewhere, unclear } = report;
  const lines = [
    `Declared and there: ${managed}. There, but declared nowhere: ${unmanaged}. ${outcome}: ${selected}.`,
  ];
  for (const { type, name, ids } of duplicates)
    lines.push(`Ambiguous: ${ids.length} × ${type} ${quoted(name)} (${ids.map(quoted).join(', ')}).`);
  const names = (all: readonly string[]) =>
    `${all.length} (${all.slice(0, NAMED).join(', ')}${all.length > NAMED ? ', …' : ''})`;
  if (unattached.length > 0)
    lines.push(`At organization level, in no team: ${names(unattached.map(({ name }) => quoted(name)))}.`);
  if (elsewhere.length > 0)
    lines.push(`Managed and not seen here (of another organization, or gone): ${names(elsewhere)}.`);
  if (unclear.length > 0)
    lines.push(
      `Left out, because the state tells of several organizations and not which of them has these: ${names(unclear.map(({ type, name }) => `${type} ${quoted(name)}`))}. Give the state file itself (or what ${asPrinted('state pull')}) and --provider.`,
    );
  return `${lines.join('\n')}\n`;
}

/** Each object that was let through, with its team and what it is imported by. */
function objectsAsText(adoptees: readonly Adoptee[]): string {
  if (adoptees.length === 0) return '';
  const rows = adoptees
    .slice(0, 2 * NAMED)
    .map(({ type, name, importId, arguments: { team } }) => [
      type,
      quoted(name),
      team === undefined ? '' : `team ${quoted(String(team.literal))}`,
      importId === name ? '' : importId,
    ]);
  const more = adoptees.length - rows.length;
  return `\n${table(rows)}\n${more > 0 ? `  and ${more} more (--json names them all)\n` : ''}`;
}
