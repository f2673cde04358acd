import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { Problem, throwProblems } from '../../errors.ts';
import { isChange } from '../../reconcile/plan/plan.ts';
import {
  bindingProblems,
  isPlanFile,
  type PlanBinding,
  readPlan,
  type SavedPlan,
} from '../../reconcile/plan/plan-file.ts';
import type { ApplyReport, Proposal } from '../../reconcile/reconciler.ts';
import { accessOptions } from '../access.ts';
import { defineCommand, flag, type ValuesOf } from '../command.ts';
import { connect } from '../connection.ts';
import { askForConsent } from '../consent.ts';
import { readText } from '../files.ts';
import type { ExitCode, Machine } from '../machine.ts';
import type { Organization } from '../organization.ts';
import { reportAsJson, reportAsText, resultAsText } from '../render/apply.ts';
import { paletteOf } from '../render/palette.ts';
import { planAsText } from '../render/plan.ts';
import { desiredFrom, intentionOf, providerOption, pruneOptions, stackArgument } from '../stack-options.ts';

const options = {
  ...accessOptions,
  provider: providerOption,
  ...pruneOptions,
  autoApprove: flag('--auto-approve', 'do not ask'),
  json: flag('--json', 'print the result as JSON; needs --auto-approve or a plan file'),
};

const INSTEAD =
  'Use --auto-approve, or keep a plan for review with "plan --out FILE" and carry it out with "apply FILE".';

export const apply = defineCommand({
  name: 'apply',
  summary: 'make the organization as the stack says, or carry out a plan that was kept',
  details:
    'Shows the plan and asks. A kept plan was reviewed already: it is carried out as it is, or refused when the world changed since. Ends with 0 when everything was done, else 1.',
  arguments: [
    { syntax: '[stack-or-plan]', description: `${stackArgument.description}, or a file of "plan --out"` },
  ],
  options,
  examples: ['browserstack-iac apply', 'browserstack-iac apply acme.plan.json'],
  async run({ arguments: [path], options: given }, machine) {
    const saved = path === undefined ? undefined : await tryReadPlan(machine, path);
    return saved === undefined ? applyStack(machine, path, given) : applySaved(machine, saved, given);
  },
});

async function applyStack(
  machine: Machine,
  path: string | undefined,
  given: ValuesOf<typeof options>,
): Promise<ExitCode> {
  const desired = await desiredFrom(machine, path, given);
  const connection = await connect(machine, given, desired.provider);
  const proposal = await connection.reconciler.plan(intentionOf(desired, given));
  if (!given.json) machine.stdout(`${planAsText(proposal.plan, paletteOf(machine))}\n`);
  const asked = !given.autoApprove && proposal.plan.actions.some(isChange);
  if (asked && given.json) throw unseen();
  if (asked) await askForConsent(machine, 'Do this?', INSTEAD);
  // While somebody was thinking, the world may have changed.
  return carryOut(machine, connection, proposal, { lookAgain: asked, json: given.json });
}

async function applySaved(
  machine: Machine,
  saved: SavedPlan,
  given: ValuesOf<typeof options>,
): Promise<ExitCode> {
  if (
    given.prune ||
    given.pruneOnly !== undefined ||
    given.maxDeletes !== undefined ||
    given.maxReplaces !== undefined
  )
    throw new Problem({
      code: 'invalid_input',
      summary: 'A kept plan cannot be changed',
      detail: 'What it deletes was decided by "plan --prune". Make a new plan.',
    });
  const connection = await connect(machine, given, saved.intention.desired.provider);
  const check = (binding: Partial<PlanBinding>) =>
    throwProblems(bindingProblems(saved, binding, machine.clock.now()));
  check(connection.binding);
  const confirm = async () => check({ organization: await connection.organizationName() });
  if (!given.json) machine.stdout(`${planAsText(saved.plan, paletteOf(machine))}\n`);
  return carryOut(machine, connection, saved, { lookAgain: true, confirm, json: given.json });
}

async function carryOut(
  machine: Machine,
  { reconciler }: Organization,
  proposal: Proposal,
  {
    json,
    ...how
  }: { readonly lookAgain: boolean; readonly confirm?: () => Promise<void>; readonly json: boolean },
): Promise<ExitCode> {
  const palette = paletteOf(machine);
  const report: ApplyReport = await reconciler.apply(proposal, {
    ...how,
    onResult: (result) => {
      if (!json) machine.stdout(resultAsText(result, palette));
    },
  });
  machine.stdout(
    json ? `${JSON.stringify(reportAsJson(proposal.plan, report))}\n` : reportAsText(report, palette),
  );
  return report.ok ? 0 : 1;
}

/** Nobody is asked to say yes to what is not shown. */
function unseen(): Problem {
  return new Problem({
    code: 'refused',
    summary: 'With --json nobody sees the plan to say yes to',
    detail: INSTEAD,
    path: ['--json'],
  });
}

async function tryReadPlan(machine: Machine, path: string): Promise<SavedPlan | undefined> {
  const file = resolve(machine.cwd, path);
  const found = await stat(file).catch(() => undefined); // Whatever is wrong with it, the stack reader says.
  if (found === undefined || !found.isFile()) return undefined;
  const text = await readText(machine, path);
  return isPlanFile(text) ? readPlan(text, path) : undefined;
}
