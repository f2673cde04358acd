import { spawn } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ENGINE } from '../../helpers/engine.ts';

const REQUIRED = `terraform {
  required_providers {
    browserstack = { source = "browserstack-iac/browserstack" }
    vault        = { source = "test/vault" }
  }
}
`;

export interface Finished {
  readonly exitCode: number;
  readonly output: string;
}

interface KeyInState {
  readonly values: Readonly<Record<string, unknown>>;
}

/** One working directory of Terraform. Nothing it runs throws on an exit code. */
export class Workbench {
  readonly directory: string;
  readonly #env: Readonly<Record<string, string>>;
  readonly #backend: string;
  /** Everything that any command printed or logged. */
  #seen = '';

  constructor(directory: string, env: Readonly<Record<string, string>>, backend = '') {
    this.directory = directory;
    this.#env = env;
    this.#backend = backend;
  }

  async init(hcl: string, mirror: string): Promise<void> {
    await mkdir(join(this.directory, 'terraform.d'));
    await symlink(mirror, join(this.directory, 'terraform.d/plugins'));
    await this.write(hcl);
    const { exitCode, output } = await this.run('init', '-input=false');
    if (exitCode !== 0) throw new Error(output);
  }

  write(hcl: string): Promise<void> {
    return writeFile(join(this.directory, 'main.tf'), REQUIRED + this.#backend + hcl);
  }

  /** `plan`, kept in a file: 0 no changes, 2 changes, 1 error. */
  plan(file = 'plan', env: Readonly<Record<string, string>> = {}): Promise<Finished> {
    return this.#spawn(['plan', '-no-color', '-input=false', '-detailed-exitcode', `-out=${file}`], env);
  }

  apply(...args: readonly string[]): Promise<Finished> {
    return this.run('apply', '-no-color', '-input=false', '-auto-approve', ...args);
  }

  /** `env` may ask for a crash, e.g. `{ TEST_KILL: 'recycle:after' }`. */
  applyPlan(file = 'plan', env: Readonly<Record<string, string>> = {}): Promise<Finished> {
    return this.#spawn(['apply', '-no-color', '-input=false', file], env);
  }

  run(...args: readonly string[]): Promise<Finished> {
    return this.#spawn(args, {});
  }

  /** The whole of `show -json`, of the state or of a plan. */
  async json(file?: string): Promise<unknown> {
    const { output } = await this.run('show', '-json', ...(file === undefined ? [] : [file]));
    return JSON.parse(output);
  }

  /** Attributes of the one resource of this type in state. */
  async attributes(type = 'browserstack_access_key'): Promise<Readonly<Record<string, unknown>>> {
    const shown = (await this.json()) as {
      values: { root_module: { resources: (KeyInState & { type: string })[] } };
    };
    const found = shown.values.root_module.resources.find((resource) => resource.type === type);
    if (found === undefined) throw new Error(`no ${type} in state`);
    return found.values;
  }

  stateText(): string {
    return readFileSync(join(this.directory, 'terraform.tfstate'), 'utf8');
  }

  /** Everything that was printed and logged so far, crash outputs included. */
  seen(): string {
    const log = join(this.directory, 'trace.log');
    return this.#seen + (existsSync(log) ? readFileSync(log, 'utf8') : '');
  }

  /** The state that Terraform could not write where it belongs; `false` when there is none. */
  forgetErroredState(): boolean {
    const file = join(this.directory, 'errored.tfstate');
    const exists = existsSync(file);
    rmSync(file, { force: true });
    return exists;
  }

  async #spawn(args: readonly string[], env: Readonly<Record<string, string>>): Promise<Finished> {
    if (ENGINE === undefined) throw new Error('neither terraform nor tofu is on PATH');
    const { PATH = '', HOME = '' } = process.env;
    const child = spawn(ENGINE, [...args], {
      cwd: this.directory,
      env: {
        PATH,
        HOME,
        CHECKPOINT_DISABLE: '1',
        TF_CLI_CONFIG_FILE: '/dev/null',
        TF_IN_AUTOMATION: '1',
        NO_COLOR: '1',
        ...this.#env,
        ...env,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
      // Whatever hangs is one test's trouble, and not that of those after it.
      timeout: 60_000,
      killSignal: 'SIGKILL',
    });
    let output = '';
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      output += chunk;
    });
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
      output += chunk;
    });
    return new Promise((resolve, reject) => {
      child.once('error', reject);
      child.once('close', (code) => {
        // A plan in JSON shows sensitive values, as documented; what it shows is looked at apart.
        if (args[0] !== 'show') this.#seen += output;
        resolve({ exitCode: code ?? 1, output });
      });
    });
  }
}
