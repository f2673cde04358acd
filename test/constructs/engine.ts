import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { App, LocalBackend, type TerraformStack } from 'cdktf';
import { ENGINE } from '../helpers/engine.ts';
import { directoryOf } from './stack.ts';

export interface Finished {
  readonly exitCode: number;
  /** Standard output and standard error. */
  readonly output: string;
}

/** Runs the engine where the stack was synthesized: nothing of the machine's configuration, nothing to the network. */
export function terraform(
  directory: string,
  env: Readonly<Record<string, string>>,
  ...args: readonly string[]
): Promise<Finished> {
  const { PATH, HOME } = process.env;
  const quiet = {
    CHECKPOINT_DISABLE: '1',
    TF_CLI_CONFIG_FILE: '/dev/null',
    TF_IN_AUTOMATION: '1',
    NO_COLOR: '1',
  };
  return new Promise((resolve) => {
    const options = { cwd: directory, env: { PATH, HOME, ...quiet, ...env } };
    execFile(ENGINE ?? 'terraform', [...args], options, (error, stdout, stderr) => {
      resolve({
        exitCode: typeof error?.code === 'number' ? error.code : error ? 1 : 0,
        output: stdout + stderr,
      });
    });
  });
}

/** Synthesizes with the state beside the output, and initializes. */
export async function ready(stack: TerraformStack, env: Readonly<Record<string, string>>): Promise<string> {
  new LocalBackend(stack, { path: stateFile(App.of(stack)) });
  App.of(stack).synth();
  const directory = directoryOf(stack);
  const { exitCode, output } = await terraform(directory, env, 'init', '-input=false');
  if (exitCode !== 0) throw new Error(output);
  return directory;
}

export const stateFile = (app: App) => join(app.outdir, '../terraform.tfstate');
