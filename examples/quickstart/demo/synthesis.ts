// The stack of the demo: what the quickstart program makes where that can run, and what it made when this package was
// built where it cannot, which is most often because nobody installed cdktf.

import { existsSync } from 'node:fs';
import { mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { run } from './command.ts';
import type { Stage } from './stage.ts';

/** Environment variables that the quickstart program reads: the "edit" of a step. */
export type Change = Readonly<Record<string, string>>;

/** Writes cdktf.json for the program of this package; false where it cannot run. */
export async function prepareProgram(home: string, directory: string): Promise<boolean> {
  const program = join(home, 'examples/quickstart/main.ts');
  const { resolve } = createRequire(join(home, 'package.json'));
  let tsx: string;
  try {
    resolve('cdktf');
    tsx = resolve('tsx');
  } catch {
    return false;
  }
  if (!existsSync(program)) return false;
  const app = [process.execPath, '--import', pathToFileURL(tsx).href, program].map((part) =>
    JSON.stringify(part),
  );
  const project = { language: 'typescript', app: app.join(' '), projectId: 'quickstart-demo' };
  await writeFile(join(directory, 'cdktf.json'), JSON.stringify({ ...project, sendCrashReports: 'false' }));
  return true;
}

/** The construct tree becomes cdktf.out/stacks/quickstart/cdk.tf.json. */
export async function synthesize(stage: Stage, signal: AbortSignal, change: Change = {}): Promise<void> {
  if (!stage.fromProgram) return writeBuiltStack(stage, change);
  const { app } = JSON.parse(await readFile(join(stage.directory, 'cdktf.json'), 'utf8'));
  const env = { ...stage.env, ...change };
  const { exitCode, output } = await run(['sh', '-c', app], { cwd: stage.directory, env, signal });
  if (exitCode !== 0) throw new Error(`the quickstart program ended with ${exitCode}:\n${output}`);
}

interface BuiltStack {
  readonly resource: Readonly<Record<string, Readonly<Record<string, Record<string, unknown>>>>>;
}

async function writeBuiltStack({ home, stackDirectory }: Stage, change: Change): Promise<void> {
  const stack: BuiltStack = JSON.parse(await readFile(join(home, 'dist/demo/quickstart.tf.json'), 'utf8'));
  for (const resource of Object.values(stack.resource).flatMap((ofType) => Object.values(ofType))) {
    if ('triggers' in resource) resource.triggers = { rotation: change.QUICKSTART_ROTATION ?? '1' };
    if ('deletion_protection' in resource)
      resource.deletion_protection = change.QUICKSTART_PROTECT !== 'false';
  }
  const plugins = join(stackDirectory, 'terraform.d/plugins');
  if (!existsSync(plugins)) {
    await mkdir(join(stackDirectory, 'terraform.d'), { recursive: true });
    await symlink(join(home, 'dist/provider-mirror'), plugins);
  }
  await writeFile(join(stackDirectory, 'cdk.tf.json'), JSON.stringify(stack, null, 2));
}
