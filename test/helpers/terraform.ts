import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { stripVTControlCharacters } from 'node:util';
import { describe } from 'vitest';
import { ENGINE } from './engine.ts';

const mirror = fileURLToPath(new URL('../../dist/provider-mirror', import.meta.url));

/** In CI a missing engine is a failure; elsewhere the tests are skipped, and say so. */
export const describeWithTerraform =
  ENGINE !== undefined || process.env.CI ? describe : describe.skip.bind(undefined);

export interface Finished {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
  /** Both, as a person at a terminal sees them. */
  readonly output: string;
}

export interface Workspace {
  readonly directory: string;
  /** Replaces main.tf; `required_providers` is put in front of it. */
  write(hcl: string): Promise<void>;
  /** Runs the engine with these arguments. Never throws on an exit code. */
  terraform(...args: readonly string[]): Promise<Finished>;
  /** `plan -detailed-exitcode`: 0 no changes, 2 changes, 1 error. */
  plan(...args: readonly string[]): Promise<Finished>;
  apply(...args: readonly string[]): Promise<Finished>;
  /** The whole output of `show -json`, parsed; of a saved plan when a file is given. */
  show(planFile?: string): Promise<unknown>;
  /** What stands in the state file, as text. */
  stateText(): string;
  /** Puts another state in its place, as a restored backup would. */
  replaceState(text: string): Promise<void>;
  remove(): Promise<void>;
}

/** An initialized working directory with the built provider in its own mirror, for the engine under test or another. */
export async function workspace(
  hcl: string,
  env: Readonly<Record<string, string>>,
  engine = ENGINE,
): Promise<Workspace> {
  if (!existsSync(mirror)) throw new Error('the provider is not built: run "npm run build" first');
  if (engine === undefined) throw new Error('neither terraform nor tofu is on PATH');
  const directory = await mkdtemp(join(tmpdir(), 'browserstack-iac-e2e-'));
  await mkdir(join(directory, 'terraform.d'));
  await symlink(mirror, join(directory, 'terraform.d/plugins'));
  const write = (text: string) => writeFile(join(directory, 'main.tf'), REQUIRED + text);
  const terraform = (...args: readonly string[]) => run(engine, args, directory, env);
  await write(hcl);
  const initialized = await terraform('init', '-input=false');
  if (initialized.exitCode !== 0) throw new Error(initialized.output);
  return {
    directory,
    write,
    terraform,
    plan: (...args) => terraform('plan', '-input=false', '-detailed-exitcode', ...args),
    apply: (...args) => terraform('apply', '-input=false', '-auto-approve', ...args),
    show: async (planFile) => {
      const { stdout } = await terraform('show', '-json', ...(planFile === undefined ? [] : [planFile]));
      return JSON.parse(stdout);
    },
    stateText: () => readFileSync(join(directory, 'terraform.tfstate'), 'utf8'),
    replaceState: (text) => writeFile(join(directory, 'terraform.tfstate'), text),
    remove: () => rm(directory, { recursive: true, force: true }),
  };
}

const REQUIRED = `terraform {
  required_providers {
    browserstack = { source = "browserstack-iac/browserstack" }
  }
}
`;

const QUIET = {
  CHECKPOINT_DISABLE: '1',
  TF_CLI_CONFIG_FILE: '/dev/null',
  TF_IN_AUTOMATION: '1',
  NO_COLOR: '1',
};

/** Runs a program and waits for its end. Never throws on an exit code. */
export function run(
  program: string,
  args: readonly string[],
  cwd: string,
  env: Readonly<Record<string, string>>,
): Promise<Finished> {
  return new Promise((resolve, reject) => {
    const { PATH = '', HOME = '', TMPDIR } = process.env;
    const base = { PATH, HOME, ...(TMPDIR ? { TMPDIR } : {}), ...QUIET };
    const child = spawn(program, [...args], {
      cwd,
      env: { ...base, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let stdout = '';
    let stderr = '';
    let output = '';
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      stdout += chunk;
      output += chunk;
    });
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
      stderr += chunk;
      output += chunk;
    });
    child.once('error', reject);
    child.once('close', (code) =>
      resolve({ exitCode: code ?? 1, stdout: plain(stdout), stderr: plain(stderr), output: plain(output) }),
    );
  });
}

/** Terraform colours its output whatever the environment says. */
const plain = stripVTControlCharacters;
