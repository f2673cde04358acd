import { createRequire } from 'node:module';
import { type CommandOptions, type Finished, run } from './command.ts';
import type { Stage } from './stage.ts';
import { type Change, synthesize } from './synthesis.ts';

/** What plans and applies in this demo, and how people would call it. */
export interface Engine {
  readonly deploy: Act;
  /** Exit code 0: no changes; 2: changes; 1: an error. */
  readonly plan: Act;
  /** Rotates the key of payments-ci. */
  readonly rotate: Act;
  /** Absent without Terraform: the reconciler deletes only what is not declared. */
  readonly destroy?: Act;
}

export interface Act {
  readonly command: string;
  run(change?: Change): Promise<Finished>;
}

export const ROTATE: Change = { QUICKSTART_ROTATION: '2' };

/** `terraform` or `tofu`, whichever is on PATH. */
export async function findTerraform(stage: Stage, signal: AbortSignal): Promise<string | undefined> {
  const wanted = process.env.TERRAFORM_BINARY_NAME;
  for (const program of wanted ? [wanted] : ['terraform', 'tofu'])
    if (await answers([program, 'version'], { cwd: stage.directory, env: stage.env, signal })) return program;
  return undefined;
}

/**
 * Why cdktf's command line does not run here; `undefined` when it does. Its terminal library has no build for Node 24,
 * which shows only when it deploys.
 */
export async function withoutCdktf(stage: Stage, signal: AbortSignal): Promise<string | undefined> {
  const cli = tryResolve('cdktf-cli/package.json', import.meta.url);
  if (!stage.fromProgram || cli === undefined) return "cdktf's command line is not installed";
  const terminal = tryResolve('@cdktf/node-pty-prebuilt-multiarch', cli);
  const load = `require(${JSON.stringify(terminal)})`;
  const loads = await answers([process.execPath, '-e', load], {
    cwd: stage.directory,
    env: stage.env,
    signal,
  });
  return loads ? undefined : `cdktf's command line does not run on Node ${process.versions.node}`;
}

function tryResolve(name: string, from: string): string | undefined {
  try {
    return createRequire(from).resolve(name);
  } catch {
    return undefined;
  }
}

/** `program` through cdktf's command line, or called in the synthesized stack. */
export function terraformEngine(
  program: string,
  { throughCdktf }: { readonly throughCdktf: boolean },
  stage: Stage,
  signal: AbortSignal,
): Engine {
  const env = { ...stage.env, TERRAFORM_BINARY_NAME: program };
  const cdktf = (verb: string, change?: Change) =>
    run(['cdktf', verb, '--auto-approve', '--skip-provider-lock'], {
      cwd: stage.directory,
      env: { ...env, ...change },
      signal,
    });
  const inStack = async (args: readonly string[], change?: Change) => {
    await synthesize(stage, signal, change);
    const options = { cwd: stage.stackDirectory, env, signal };
    const ready = await run([program, 'init', '-input=false'], options);
    return ready.exitCode === 0 ? run([program, ...args, '-input=false'], options) : ready;
  };
  const deploy: Act = throughCdktf
    ? { command: 'cdktf deploy', run: (change) => cdktf('deploy', change) }
    : { command: `${program} apply`, run: (change) => inStack(['apply', '-auto-approve'], change) };
  const destroy: Act = throughCdktf
    ? { command: 'cdktf destroy', run: (change) => cdktf('destroy', change) }
    : { command: `${program} destroy`, run: (change) => inStack(['destroy', '-auto-approve'], change) };
  return {
    deploy,
    destroy,
    plan: { command: `${program} plan`, run: (change) => inStack(['plan', '-detailed-exitcode'], change) },
    rotate: { command: `QUICKSTART_ROTATION=2 ${deploy.command}`, run: () => deploy.run(ROTATE) },
  };
}

/** The same nouns without Terraform. */
export function reconcilerEngine(stage: Stage, signal: AbortSignal): Engine {
  const call = async (...args: readonly string[]) => {
    await synthesize(stage, signal);
    return run([process.execPath, stage.cli, ...args], { cwd: stage.directory, env: stage.env, signal });
  };
  return {
    deploy: { command: 'browserstack-iac apply', run: () => call('apply', '--auto-approve') },
    plan: { command: 'browserstack-iac plan', run: () => call('plan') },
    rotate: {
      command: 'browserstack-iac rotate payments-ci',
      run: () => call('rotate', 'payments-ci', '--reason', 'demo', '--yes'),
    },
  };
}

async function answers(command: readonly [string, ...string[]], options: CommandOptions): Promise<boolean> {
  try {
    return (await run(command, options)).exitCode === 0;
  } catch (error) {
    if (options.signal.aborted) throw error;
    return false;
  }
}
