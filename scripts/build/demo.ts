// The demo as the package brings it: one program, and the stack that the quickstart program makes, for whoever has no
// cdktf to make it with.

import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';

/** The quickstart program runs on the constructs in `dist`: they must be there. */
export async function buildDemo(root: string): Promise<void> {
  const target = join(root, 'dist/demo');
  mkdirSync(target, { recursive: true });
  await build({
    entryPoints: [join(root, 'examples/quickstart/demo/main.ts')],
    outfile: join(target, 'main.js'),
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20.18',
    packages: 'external',
    logLevel: 'warning',
  });
  writeFileSync(join(target, 'quickstart.tf.json'), quickstart(root));
}

function quickstart(root: string): string {
  const directory = mkdtempSync(join(tmpdir(), 'browserstack-iac-quickstart-'));
  try {
    const program = join(root, 'examples/quickstart/main.ts');
    execFileSync(process.execPath, ['--import', join(root, 'node_modules/tsx/dist/loader.mjs'), program], {
      cwd: directory,
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    const file = join(directory, 'cdktf.out/stacks/quickstart/cdk.tf.json');
    const { '//': _, ...stack } = JSON.parse(readFileSync(file, 'utf8'));
    // Where this machine would have kept the state.
    delete stack.terraform.backend;
    return `${JSON.stringify(stack, null, 2)}\n`;
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}
