import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { systemClock } from '../../src/clock.ts';
import { createProvider } from '../../src/provider/create-provider.ts';
import { ENGINE } from '../helpers/engine.ts';
import { type Reattached, serveForReattach } from '../helpers/plugin/reattach.ts';
import { quiet, TOY_ADDRESS, Toy, toyDefinition } from './toy-provider.ts';

interface StateFile {
  readonly resources: readonly {
    readonly type: string;
    readonly instances: readonly {
      readonly status?: string;
      readonly attributes: Readonly<Record<string, unknown>>;
    }[];
  }[];
}

export interface Run {
  readonly code: number;
  readonly output: string;
}

/** A directory in which real Terraform works with the toy provider of this process. */
export class ToyWorkspace {
  readonly toy = new Toy();
  readonly directory: string = mkdtempSync(path.join(tmpdir(), 'toy-'));
  readonly #reattached: Reattached;

  private constructor(toy: Toy, reattached: Reattached) {
    this.toy = toy;
    this.#reattached = reattached;
  }

  static async open(): Promise<ToyWorkspace> {
    const toy = new Toy();
    const provider = createProvider(toyDefinition(toy), quiet(systemClock));
    return new ToyWorkspace(toy, await serveForReattach(provider, TOY_ADDRESS));
  }

  write(hcl: string, provider = ''): void {
    const head = `terraform {\n  required_providers {\n    toy = { source = "browserstack-iac/toy" }\n  }\n}\nprovider "toy" {\n${provider}\n}\n`;
    writeFileSync(path.join(this.directory, 'main.tf'), head + hcl);
  }

  run(...args: readonly string[]): Promise<Run> {
    const env = {
      ...process.env,
      CHECKPOINT_DISABLE: '1',
      TF_CLI_CONFIG_FILE: '/dev/null',
      TF_IN_AUTOMATION: '1',
      NO_COLOR: '1',
      ...this.#reattached.env,
    };
    return new Promise((resolve) => {
      execFile(
        ENGINE ?? 'terraform',
        args,
        { cwd: this.directory, env, maxBuffer: 1e8 },
        (error, stdout, stderr) => resolve({ code: Number(error?.code ?? 0), output: flat(stdout + stderr) }),
      );
    });
  }

  /** 0 no changes, 2 changes, 1 error. */
  plan(...args: readonly string[]): Promise<Run> {
    return this.run('plan', '-input=false', '-detailed-exitcode', ...args);
  }

  apply(...args: readonly string[]): Promise<Run> {
    return this.run('apply', '-input=false', '-auto-approve', ...args);
  }

  get state(): StateFile {
    const file = path.join(this.directory, 'terraform.tfstate');
    return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : { resources: [] };
  }

  /** The first instance of the first resource in state. */
  get first() {
    return this.state.resources[0]?.instances[0];
  }

  remove(): void {
    this.#reattached.close();
    rmSync(this.directory, { recursive: true, force: true });
  }
}

/** Without colours, the frame, and without the line breaks that fold messages at 78 columns. */
function flat(text: string): string {
  return text
    .replace(/\x1b\[[0-9;]*m/g, '')
    .replace(/^[│╷╵] ?/gm, '')
    .replace(/\n(?=\S)/g, ' ');
}
