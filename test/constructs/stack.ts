import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, TerraformStack } from 'cdktf';
import { afterEach } from 'vitest';

const directories: string[] = [];
afterEach(() => {
  for (const directory of directories.splice(0)) rmSync(directory, { recursive: true, force: true });
});

/** An app that writes to a directory of its own, gone after the test. */
export function newApp(): App {
  const directory = mkdtempSync(join(tmpdir(), 'browserstack-iac-constructs-'));
  directories.push(directory);
  return new App({ outdir: join(directory, 'cdktf.out') });
}

export function newStack(): TerraformStack {
  return new TerraformStack(newApp(), 'stack');
}

/** Where the app put a stack. */
export function directoryOf(stack: TerraformStack): string {
  return join(App.of(stack).outdir, 'stacks', stack.node.id);
}
