import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { browserstackProvider } from '../../src/resources/index.ts';
import { ENGINE } from '../helpers/engine.ts';

const run = promisify(execFile);

/** The product without surroundings: schemas and validation need none. */
export function definitionOfProduct() {
  const surroundings: Partial<Parameters<typeof browserstackProvider>[0]> = {
    env: {},
    version: '0.0.0-test',
  };
  // Only configuring would ask for the rest, and nothing here configures.
  return browserstackProvider(surroundings as Parameters<typeof browserstackProvider>[0]);
}

/** Standard output of the engine; throws when it fails. */
export async function runTerraform(
  cwd: string,
  env: Readonly<Record<string, string>>,
  ...args: readonly string[]
): Promise<string> {
  const quietly = { CHECKPOINT_DISABLE: '1', TF_CLI_CONFIG_FILE: '/dev/null', NO_COLOR: '1' };
  const options = { cwd, env: { ...process.env, ...quietly, ...env }, maxBuffer: 1e8 };
  return (await run(ENGINE ?? 'terraform', [...args], options)).stdout;
}

/** 1.11.4 is 1011. */
export async function terraformVersion(): Promise<number> {
  const { terraform_version: version } = JSON.parse(await runTerraform('.', {}, 'version', '-json'));
  const [major, minor] = String(version).split('.').map(Number);
  return (major ?? 0) * 1000 + (minor ?? 0);
}
