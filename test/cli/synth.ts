import { execFile } from 'node:child_process';
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const root = fileURLToPath(new URL('../..', import.meta.url));

const MAIN = `
import { App, TerraformStack } from 'cdktf';
import { Organization, PluginMirror } from 'browserstack-iac';
import { adopt } from './adopted';

const app = new App();
const stack = new TerraformStack(app, 'acme');
adopt(new Organization(stack, 'organization', { name: 'Acme Inc.', pluginMirror: PluginMirror.NONE }));
app.synth();
`;

/** Compiles and runs a CDKTF program that calls `adopted.ts` of `directory`; returns the synthesized stack's file. */
export async function synthesizeAdopted(directory: string): Promise<string> {
  await mkdir(join(directory, 'node_modules'), { recursive: true });
  await symlink(root, join(directory, 'node_modules/browserstack-iac'));
  for (const name of ['cdktf', 'constructs', '@types'])
    await symlink(join(root, 'node_modules', name), join(directory, 'node_modules', name));
  const compilerOptions = {
    strict: true,
    skipLibCheck: true,
    module: 'commonjs',
    target: 'es2022',
    types: ['node'],
  };
  await writeFile(join(directory, 'package.json'), '{"type":"commonjs"}');
  await writeFile(join(directory, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['main.ts'] }));
  await writeFile(join(directory, 'main.ts'), MAIN);
  const node = (...args: readonly string[]) =>
    promisify(execFile)(process.execPath, [...args], { cwd: directory });
  await node(join(root, 'node_modules/typescript/bin/tsc'), '-p', '.');
  await node('--preserve-symlinks', 'main.js');
  return join(directory, 'cdktf.out/stacks/acme/cdk.tf.json');
}
