import { Problem } from '../../errors.ts';
import { type ConstructPaths, constructPathsIn } from '../../review/construct-paths.ts';
import { type Diagnostic, readDiagnostics } from '../../review/plan/diagnostics.ts';
import { noPlanMade } from '../../review/plan/no-plan.ts';
import { readPlan } from '../../review/plan/read-plan.ts';
import { exitCodeOf, type FailOn, reviewPlan } from '../../review/review.ts';
import { defineCommand, flag, type ValuesOf, value, values } from '../command.ts';
import { writeText } from '../files.ts';
import type { ExitCode, Machine } from '../machine.ts';
import { paletteOf } from '../render/palette.ts';
import { FORMAT_NAMES, FORMATS, formatName, outputOf, type Reviewed } from '../review/formats.ts';
import { type Given, readGiven } from '../review/input.ts';

const options = {
  diagnostics: value(
    '--diagnostics <file>',
    'what "terraform plan -json" printed: refusals and warnings are only there',
  ),
  stack: value('--stack <file>', 'the synthesized cdk.tf.json: construct paths instead of hashed addresses'),
  name: value('--name <name>', 'name of the stack, for the heading and to find its comment again'),
  planFile: value('--plan-file <file>', 'the plan file itself, which may be applied: its digest is shown'),
  commit: value('--commit <sha>', 'the commit that the plan was made of'),
  failOn: value(
    '--fail-on <verdict>',
    'from which verdict on a person is needed: look (default), danger, never',
    failOn,
  ),
  format: value('--format <format>', `what is printed: ${FORMAT_NAMES} (default: text)`, formatName),
  output: values('--output <format=file>', 'also write this, as often as wanted, such as github=comment.md'),
  json: flag('--json', 'the same as --format json'),
};

export const review = defineCommand({
  name: 'review',
  summary: 'say what a plan breaks, for whom, why, whether it can be undone, and what to do instead',
  details:
    'Reads the JSON of a plan (Terraform 1.5 and later, OpenTofu 1.8 and later, or this tool) and calls nothing. Ends with 0 when the plan may be applied, 2 when it needs a person (verdict look or danger, see --fail-on; refused; not whole), 1 when no review can be made.',
  arguments: [
    { syntax: '[plan]', description: 'what "terraform show -json PLANFILE" prints; "-" is standard input' },
  ],
  options,
  examples: [
    'terraform plan -out=tfplan -json > plan.jsonl; terraform show -json tfplan > plan.json',
    'browserstack-iac review plan.json --diagnostics plan.jsonl',
    'browserstack-iac review plan.json --format github --stack cdktf.out/stacks/acme/cdk.tf.json > comment.md',
  ],
  async run({ arguments: [plan], options: given }, machine) {
    const { reviewed, code } = await reviewOf(plan, given, machine);
    for (const { format, file } of given.output.map(outputOf))
      await writeText(machine, file, FORMATS[format](reviewed, paletteOf({ ...machine, isTTY: NO_TTY })));
    const format = given.json ? 'json' : (given.format ?? 'text');
    machine.stdout(FORMATS[format](reviewed, paletteOf(machine)));
    return code;
  },
});

const NO_TTY = { stdout: false, stderr: false };

async function reviewOf(
  file: string | undefined,
  given: ValuesOf<typeof options>,
  machine: Machine,
): Promise<{ readonly reviewed: Reviewed; readonly code: ExitCode }> {
  const diagnostics = given.diagnostics === undefined ? [] : await diagnosticsIn(given.diagnostics, machine);
  const paths = given.stack === undefined ? undefined : await pathsIn(given.stack, machine);
  const source = await tryPlan(file, diagnostics, machine);
  const document = source === undefined ? noPlanMade() : readPlan(source.text, source.file);
  const review = reviewPlan(document, { diagnostics, ...(paths && { constructPathOf: paths.of }) });
  const code = source === undefined ? 1 : exitCodeOf(review, given.failOn ?? 'look');
  const stack = given.name ?? paths?.stack ?? 'default';
  const planFile = given.planFile === undefined ? undefined : await readGiven(machine, given.planFile);
  const digest = planFile?.sha256;
  const commit = given.commit;
  return {
    code,
    reviewed: {
      review,
      findings: [],
      json: {
        stack,
        tool: { name: 'browserstack-iac', version: machine.surroundings.version },
        planSha256: source?.sha256,
        tfplanSha256: digest,
        commit,
        failOn: given.failOn ?? 'look',
        exitCode: code,
      },
      comment: { stack, ...(digest && { plan: digest }), ...(commit && { commit }) },
    },
  };
}

async function diagnosticsIn(file: string, machine: Machine): Promise<readonly Diagnostic[]> {
  const { text, file: name } = await readGiven(machine, file);
  return readDiagnostics(text, name);
}

async function pathsIn(file: string, machine: Machine): Promise<ConstructPaths> {
  const { text, file: name } = await readGiven(machine, file);
  try {
    return constructPathsIn(JSON.parse(text));
  } catch {
    throw new Problem({
      code: 'invalid_input',
      summary: `${name} is not JSON`,
      detail: 'Give the cdk.tf.json of the stack: cdktf.out/stacks/NAME/cdk.tf.json',
      path: ['--stack'],
    });
  }
}

/** An engine that stops before it plans makes no plan file, or an empty one; what it said is then all there is. */
async function tryPlan(
  file: string | undefined,
  diagnostics: readonly Diagnostic[],
  machine: Machine,
): Promise<Given | undefined> {
  const stopped = diagnostics.some(({ severity }) => severity === 'error');
  if (file === undefined) {
    if (stopped) return undefined;
    throw new Problem({
      code: 'invalid_input',
      summary: 'There is no plan to review',
      detail:
        'Make one with: terraform plan -out=tfplan && terraform show -json tfplan > plan.json, then review plan.json',
    });
  }
  if (!stopped) return readGiven(machine, file);
  const given = await readGiven(machine, file).catch(() => undefined);
  return given === undefined || given.text.trim() === '' ? undefined : given;
}

function failOn(text: string): FailOn {
  if (text === 'look' || text === 'danger' || text === 'never') return text;
  throw new Problem({
    code: 'invalid_input',
    summary: 'Not a verdict to fail on',
    detail: `There are look, danger and never; this is ${JSON.stringify(text)}. A plan that is refused or not whole always fails.`,
  });
}
