import { Problem } from '../../errors.ts';
import type { Desired } from '../../reconcile/input/desired.ts';
import { desiredFromState } from '../../reconcile/input/state-file.ts';
import { type Adoptee, type AdoptionReport, adoptionOf } from '../../reconcile/plan/adoption.ts';
import { accessOptions } from '../access.ts';
import { adoptionAsCdktf } from '../adopt/cdktf.ts';
import { adoptionAsHcl } from '../adopt/hcl.ts';
import { adoptionAsJson } from '../adopt/json.ts';
import { defineCommand, flag, type ValuesOf, value, values } from '../command.ts';
import { connect } from '../connection.ts';
import { readText, refuseToOverwrite, writeText } from '../files.ts';
import type { Machine } from '../machine.ts';
import { reconcilableNouns } from '../organization.ts';
import { quoted } from '../render/palette.ts';
import { desiredIfAny, kinds, stackArgument } from '../stack-options.ts';

const WRITERS: Readonly<Record<string, (adoptees: readonly Adoptee[]) => string>> = {
  hcl: adoptionAsHcl,
  cdktf: adoptionAsCdktf,
  json: adoptionAsJson,
};

const options = {
  ...accessOptions,
  format: value('--format <format>', 'hcl (default), cdktf (TypeScript), or json (*.tf.json)', format),
  out: value('--out <file>', 'write to this new file instead of to standard output'),
  kinds: value('--kinds <kinds>', 'only these kinds: team, service_account, or both with a comma', kinds),
  match: values('--match <glob>', 'only names like this; repeatable'),
  exclude: values('--exclude <glob>', 'no names like this; repeatable'),
  team: value('--team <name>', 'only this team and the service accounts in it'),
  state: value(
    '--state <file>',
    'instead of a stack: what Terraform manages already, from "terraform show -json > FILE"',
  ),
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
    const out = given.report ? undefined : given.out;
    if (out !== undefined) refuseToOverwrite(machine, out);
    const desired = await managed(machine, path, given.state);
    const { reconciler, nouns } = await connect(machine, given, desired.provider);
    const { adoptees, report } = adoptionOf(await reconciler.survey(desired), nouns, wanted(given));
    const text = WRITERS[given.format ?? 'hcl']?.(adoptees) ?? '';
    if (out !== undefined) await writeText(machine, out, text);
    if (given.json) machine.stdout(`${JSON.stringify({ version: 1, report, objects: adoptees })}\n`);
    else if (given.report) machine.stdout(reportAsText(report, 'Matching'));
    else {
      if (out === undefined) machine.stdout(text);
      machine.stderr(reportAsText(report, 'Written'));
    }
    return 0;
  },
});

async function managed(
  machine: Machine,
  path: string | undefined,
  state: string | undefined,
): Promise<Desired> {
  if (state === undefined) return desiredIfAny(machine, path);
  if (path === undefined)
    return desiredFromState(await readText(machine, state), state, reconcilableNouns(machine.surroundings));
  throw new Problem({
    code: 'invalid_input',
    summary: 'A stack and a state',
    detail: 'Give one of them: both say what is managed already.',
    path: ['--state'],
  });
}

function format(text: string): string {
  if (Object.hasOwn(WRITERS, text)) return text;
  throw new Problem({
    code: 'invalid_input',
    summary: `Unknown format "${text}"`,
    detail: `There are ${Object.keys(WRITERS).join(', ')}.`,
  });
}

function wanted({
  kinds: types,
  match,
  exclude,
  team,
}: ValuesOf<typeof options>): Parameters<typeof adoptionOf>[2] {
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

function reportAsText(
  { managed, unmanaged, selected, duplicates, unattached }: AdoptionReport,
  outcome: 'Written' | 'Matching',
): string {
  const lines = [
    `Declared and there: ${managed}. There, but declared nowhere: ${unmanaged}. ${outcome}: ${selected}.`,
  ];
  for (const { type, name, ids } of duplicates)
    lines.push(`Ambiguous: ${ids.length} × ${type} ${quoted(name)} (${ids.map(quoted).join(', ')}).`);
  const some = unattached.slice(0, 10).map(({ name }) => quoted(name));
  if (unattached.length > 0)
    lines.push(
      `At organization level, in no team: ${unattached.length} (${some.join(', ')}${unattached.length > some.length ? ', …' : ''}).`,
    );
  return `${lines.join('\n')}\n`;
}
