import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as cdktf from 'cdktf';
import { App, TerraformStack } from 'cdktf';
import { afterEach } from 'vitest';

/** Whether the suite runs on the fork: its project in vitest.config.ts. */
export const ON_CDKTN = 'TerraformEphemeralResource' in cdktf;

const directories: string[] = [];
afterEach(() => {
  for (const directory of directories.splice(0)) rmSync(directory, { recursive: true, force: true });
});

/** An app that writes to a directory of its own, gone after the test. */
export function newApp(): App {
  const directory = mkdtempSync(join(tmpdir(), 'browserstack-iac-constructs-'));
  directories.push(directory);
  return appIn(join(directory, 'cdktf.out'));
}

/** cdktn refuses what an engine cannot do that the project may be deployed with; cdktf asks nothing. */
const targetVersions = { terraform: '>=1.11.0', opentofu: '>=1.11.0' };

export function appIn(outdir: string): App {
  return new App({ outdir, context: { targetVersions } });
}

export function newStack(): TerraformStack {
  return new TerraformStack(newApp(), 'stack');
}

/** Where the app put a stack. */
export function directoryOf(stack: TerraformStack): string {
  return join(App.of(stack).outdir, 'stacks', stack.node.id);
}
