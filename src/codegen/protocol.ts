import { execFileSync } from 'node:child_process';
import { delimiter, join, resolve } from 'node:path';

/**
 * Writes the protobuf codecs of `src/tfplugin/proto` into `directory`. Works offline: compiler and plugin stand in
 * node_modules, the well-known types are built into the compiler.
 *
 * @param root The checkout.
 * @param env The environment that the compiler runs in.
 */
export function writeProtocol(directory: string, root: string, env: NodeJS.ProcessEnv): void {
  execFileSync('buf', ['generate', '--output', resolve(directory)], {
    cwd: join(root, 'src/tfplugin/proto'),
    env: { ...env, PATH: `${join(root, 'node_modules/.bin')}${delimiter}${env.PATH}` },
    stdio: ['ignore', 'inherit', 'inherit'],
    // On Windows the compiler is a command script.
    shell: env.OS === 'Windows_NT',
  });
}
