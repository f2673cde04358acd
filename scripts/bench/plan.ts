import { execFile } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import type { Sample } from './report.ts';
import { cleanEnvironment, cpuOfChildren, type UsageLog } from './usage.ts';

/** A configuration, and what stands in state when a plan is asked for. */
export interface Situation {
  readonly hcl: string;
  readonly type: string;
  readonly provider: string;
  readonly instances: readonly Readonly<Record<string, unknown>>[];
}

/** A directory in which a real engine plans. */
export class Workspace {
  readonly #program: string;
  readonly #directory: string;
  readonly #env: Readonly<Record<string, string | undefined>>;
  readonly #usage: UsageLog;

  constructor(
    program: string,
    directory: string,
    env: Readonly<Record<string, string | undefined>>,
    usage: UsageLog,
  ) {
    this.#program = program;
    this.#directory = directory;
    this.#usage = usage;
    this.#env = {
      ...cleanEnvironment(),
      CHECKPOINT_DISABLE: '1',
      TF_CLI_CONFIG_FILE: '/dev/null',
      TF_IN_AUTOMATION: '1',
      ...usage.env,
      ...env,
    };
    mkdirSync(directory, { recursive: true });
  }

  /** Puts a program where engines look for packed providers by themselves. */
  install(address: string, version: string, write: (file: string) => void): void {
    const arch = process.arch === 'x64' ? 'amd64' : process.arch;
    const type = address.split('/').at(-1);
    const file = `terraform.d/plugins/${address}/${version}/${process.platform}_${arch}/terraform-provider-${type}_v${version}`;
    const target = join(this.#directory, file);
    mkdirSync(dirname(target), { recursive: true });
    write(target);
    writeFileSync(join(dirname(target), 'package.json'), '{ "type": "commonjs" }\n');
  }

  async init(hcl: string): Promise<void> {
    writeFileSync(join(this.#directory, 'main.tf'), hcl);
    await this.#run('init', '-input=false');
    this.#usage.take();
  }

  /** One plan, measured. Fails unless it finds exactly what is expected: 0 no changes, 2 changes. */
  async plan({ hcl, type, provider, instances }: Situation, expected: 0 | 2): Promise<Sample> {
    writeFileSync(join(this.#directory, 'main.tf'), hcl);
    const resource = { mode: 'managed', type, name: 'it', provider: `provider["${provider}"]` };
    const state = {
      version: 4,
      terraform_version: '1.0.0',
      serial: 1,
      lineage: 'bench',
      outputs: {},
      resources: instances.length === 0 ? [] : [{ ...resource, instances: instances.map(instanceOf) }],
    };
    writeFileSync(join(this.#directory, 'terraform.tfstate'), JSON.stringify(state));
    const cpuBefore = cpuOfChildren();
    const started = performance.now();
    const { code, output } = await this.#run('plan', '-input=false', '-lock=false', '-detailed-exitcode');
    const wall = performance.now() - started;
    if (code !== expected) throw new Error(`the plan ended with ${code} instead of ${expected}:\n${output}`);
    const processes = this.#usage.take();
    const cpuAfter = cpuOfChildren();
    return {
      wall,
      ...(processes.length > 0 && {
        memory: Math.max(...processes.map(({ memory }) => memory)),
        cpu: processes.reduce((sum, { cpu }) => sum + cpu, 0),
      }),
      ...(cpuBefore !== undefined && cpuAfter !== undefined && { cpuOfAll: cpuAfter - cpuBefore }),
    };
  }

  async #run(...args: readonly string[]): Promise<{ readonly code: number; readonly output: string }> {
    const options = { cwd: this.#directory, env: this.#env, maxBuffer: 1e9 };
    try {
      const { stdout } = await promisify(execFile)(this.#program, args, options);
      return { code: 0, output: stdout };
    } catch (error) {
      // A plan with changes ends with 2, and that is no failure.
      if (error instanceof Error && 'code' in error && error.code === 2 && 'stdout' in error)
        return { code: 2, output: String(error.stdout) };
      throw error;
    }
  }
}

function instanceOf(attributes: Readonly<Record<string, unknown>>, index_key: number) {
  return { index_key, schema_version: 0, attributes };
}
