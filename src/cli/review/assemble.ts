// From what stands on the command line to a review, with everything that its outputs need.

import { Problem } from '../../errors.ts';
import { POLICY_FILE, textsFor } from '../../policy/policy.ts';
import { type ConstructPaths, constructPathsIn } from '../../review/construct-paths.ts';
import { stops } from '../../review/finding.ts';
import { type Diagnostic, readDiagnostics } from '../../review/plan/diagnostics.ts';
import { noPlanMade } from '../../review/plan/no-plan.ts';
import { readPlan } from '../../review/plan/read-plan.ts';
import { exitCodeOf, reviewPlan } from '../../review/review.ts';
import { findingsOf } from '../../review/rules/findings.ts';
import type { ExitCode, Machine } from '../machine.ts';
import type { Reviewed } from './formats.ts';
import { digestOf, type Given, readGiven } from './input.ts';
import type { ReviewOptions } from './options.ts';
import { findPolicy } from './policy.ts';

export interface Assembled {
  readonly reviewed: Reviewed;
  readonly code: ExitCode;
}

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
  const review = reviewPlan(document, {
    diagnostics,
    allowedHosts: textsFor(found.policy, 'base-url-allowed', 'hosts'),
    ...(paths && { constructPathOf: paths.of }),
  });
  const labels = (given.labels ?? '').split(',').map((label) => label.trim());
  const context = { document, review, policy: found.policy, now: machine.clock.now(), labels };
  const findings = findingsOf(context, found);
  const failOn = given.failOn ?? 'look';
  const needed = findings.some(stops) ? 2 : exitCodeOf(review, failOn);
  const code = source === undefined ? 1 : needed;
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
        planSha256: source?.sha256,
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
      detail:
        'Make one with: terraform plan -out=tfplan && terraform show -json tfplan > plan.json, then review plan.json',
    });
  }
  if (!stopped) return readGiven(machine, file);
  const given = await readGiven(machine, file).catch(() => undefined);
  return given === undefined || given.text.trim() === '' ? undefined : given;
}
