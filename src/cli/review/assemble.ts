// From what stands on the command line to a review, with everything that its outputs need.

import { engineCommand } from '../../engine-command.ts';
import { Problem } from '../../errors.ts';
import { POLICY_FILE, textsFor } from '../../policy/policy.ts';
import { type ConstructPaths, constructPathsIn } from '../../review/construct-paths.ts';
import { stops } from '../../review/finding.ts';
import { type Hazard, isBeforePlanning } from '../../review/hazards.ts';
import { type Diagnostic, readDiagnostics } from '../../review/plan/diagnostics.ts';
import { noPlanMade } from '../../review/plan/no-plan.ts';
import type { PlanDocument } from '../../review/plan/plan-document.ts';
import { readPlan } from '../../review/plan/read-plan.ts';
import { exitCodeOf, reviewPlan } from '../../review/review.ts';
import { findingsOf } from '../../review/rules/findings.ts';
import { planOfChange } from '../../review/static/plan-of-change.ts';
import { planTimeHazards } from '../../review/static/plan-time.ts';
import { Side } from '../../review/static/side.ts';
import type { ExitCode, Machine } from '../machine.ts';
import { readConfiguration } from './configurations.ts';
import type { Reviewed } from './formats.ts';
import { digestOf, type Given, readGiven } from './input.ts';
import type { ReviewOptions } from './options.ts';
import { type FoundPolicy, findPolicy } from './policy.ts';

export interface Assembled {
  readonly reviewed: Reviewed;
  readonly code: ExitCode;
}

/** The review of a plan. */
export async function assemble(
  file: string | undefined,
  given: ReviewOptions,
  machine: Machine,
): Promise<Assembled> {
  const found = await findPolicy(machine, given);
  const diagnostics = given.diagnostics === undefined ? [] : await diagnosticsIn(given.diagnostics, machine);
  const paths = given.stack === undefined ? undefined : await pathsIn(given.stack, machine);
  const source = await tryPlan(file, diagnostics, machine);
  const document = source === undefined ? noPlanMade() : readPlan(source.text, source.file);
  const subject = { document, diagnostics, hazards: [], paths, planSha256: source?.sha256 };
  const { reviewed, code } = await judged(subject, found, given, machine);
  return { reviewed, code: source === undefined ? 1 : code };
}

/** The review of a change of the configuration, before anybody plans it. */
export async function assembleStatic(
  [basePath, headPath]: readonly (string | undefined)[],
  given: ReviewOptions,
  machine: Machine,
): Promise<Assembled> {
  if (basePath === undefined || headPath === undefined)
    throw new Problem({
      code: 'invalid_input',
      summary: 'A static review compares two configurations',
      detail:
        'Give the one of the base branch and the one of the change: review --static BASE HEAD. "none" is one that is not there yet.',
      path: ['--static'],
    });
  const found = await findPolicy(machine, given);
  const base = await sideOf(basePath, machine);
  const head = await sideOf(headPath, machine);
  const hazards = planTimeHazards(base, head);
  const paths = constructPathsIn(head.files[0] ?? base.files[0] ?? {});
  const subject = {
    document: planOfChange(base, head),
    diagnostics: [],
    hazards,
    paths,
    planSha256: undefined,
  };
  const assembled = await judged(subject, found, given, machine);
  if (!given.gate) return assembled;
  const code = assembled.reviewed.review.hazards.some(isBeforePlanning) ? 2 : 0;
  return { code, reviewed: { ...assembled.reviewed, json: { ...assembled.reviewed.json, exitCode: code } } };
}

async function sideOf(path: string, machine: Machine): Promise<Side> {
  const { files, modules } = await readConfiguration(machine, path);
  return new Side(files, modules);
}

interface Subject {
  readonly document: PlanDocument;
  readonly diagnostics: readonly Diagnostic[];
  readonly hazards: readonly Hazard[];
  readonly paths: ConstructPaths | undefined;
  readonly planSha256: string | undefined;
}

async function judged(
  { document, diagnostics, hazards, paths, planSha256 }: Subject,
  found: FoundPolicy,
  given: ReviewOptions,
  machine: Machine,
): Promise<Assembled> {
  const review = reviewPlan(document, {
    diagnostics,
    hazards,
    allowedHosts: textsFor(found.policy, 'base-url-allowed', 'hosts'),
    ...(paths && { constructPathOf: paths.of }),
  });
  const labels = (given.labels ?? '').split(',').map((label) => label.trim());
  const context = { document, review, policy: found.policy, now: machine.clock.now(), labels };
  const findings = findingsOf(context, found);
  const failOn = given.failOn ?? 'look';
  const code = findings.some(stops) ? 2 : exitCodeOf(review, failOn);
  const stack = given.name ?? paths?.stack ?? 'default';
  const digest = given.planFile === undefined ? undefined : await digestOf(machine, given.planFile);
  const { commit } = given;
  const { file: policyFile, sha256, from, changedHere } = found;
  return {
    code,
    reviewed: {
      review,
      findings,
      canBeApplied: review.plan.applyable && review.plan.complete && !findings.some(stops),
      json: {
        stack,
        tool: { name: 'browserstack-iac', version: machine.surroundings.version },
        planSha256,
        tfplanSha256: digest,
        commit,
        failOn,
        exitCode: code,
        policy: { file: policyFile, sha256, from, changedHere },
      },
      places: { policy: given.policy ?? POLICY_FILE, ...(given.source && { source: given.source }) },
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
      detail: `Make one, then review plan.json: ${engineCommand('plan -out=tfplan && terraform show -json tfplan > plan.json')}`,
    });
  }
  if (!stopped) return readGiven(machine, file);
  const given = await readGiven(machine, file).catch(() => undefined);
  return given === undefined || given.text.trim() === '' ? undefined : given;
}
