import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';

/** The commit that was released as 0.1.0. */
const RELEASE = 'e5b47f5105b7b60ae00a27e386baaca767ee2acc';

/** Builds the provider of 0.1.0 in `directory` and gives its executable; `undefined` where its commit is not at hand. */
export function buildEarlier(root: string, directory: string): string | undefined {
  const git = (...args: readonly string[]) =>
    execFileSync('git', ['-C', root, ...args], { stdio: ['ignore', 'pipe', 'ignore'], maxBuffer: 1e9 });
  try {
    mkdirSync(directory, { recursive: true });
    execFileSync('tar', ['-x', '-C', directory], { input: git('archive', RELEASE) });
  } catch {
    return undefined;
  }
  try {
    symlinkSync(join(root, 'node_modules'), join(directory, 'node_modules'));
    execFileSync(process.execPath, ['--import', 'tsx', 'src/entry/build.ts'], {
      cwd: directory,
      stdio: 'ignore',
    });
  } catch {
    // Its packages may be others than today's; what it bundles is made all the same or not at all.
  }
  const built = join(directory, 'dist/provider/terraform-provider-browserstack');
  return existsSync(built) ? built : undefined;
}
