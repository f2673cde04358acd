import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ENGINE, REGISTRY_HOST } from '../engine.ts';
import { buildPlugin } from './build-plugin.ts';

const PLATFORM = `${process.platform === 'win32' ? 'windows' : process.platform}_${process.arch === 'x64' ? 'amd64' : process.arch}`;

export interface Run {
  readonly code: number | string;
  /** Standard output and error, in the order they came. */
  readonly output: string;
}

export type Running = ChildProcess & {
  readonly done: Promise<Run>;
  /** What it has written so far. */
  soFar(): string;
};

/** A directory with a configuration for the echo provider, in which a real engine runs. */
export class EchoWorkspace {
  readonly directory: string = mkdtempSync(path.join(tmpdir(), 'echo-'));
  readonly env: Record<string, string | undefined> = {};

  write(hcl: string): void {
    const required =
      'terraform {\n  required_providers {\n    echo = { source = "browserstack-iac/echo" }\n  }\n}\n';
    writeFileSync(path.join(this.directory, 'main.tf'), required + hcl);
  }

  /** Where the packed provider is, in the mirror that engines look into by themselves. */
  get packageDirectory(): string {
    return path.join(
      this.directory,
      `terraform.d/plugins/${REGISTRY_HOST}/browserstack-iac/echo/0.1.0/${PLATFORM}`,
    );
  }

  /** Puts the program into the mirror and runs `init`. Returns its path. */
  async install(entry?: string): Promise<string> {
    const file = await buildPlugin(this.packageDirectory, entry);
    const { code, output } = await this.run('init', '-input=false');
    if (code !== 0) throw new Error(output);
    return file;
  }

  start(...args: readonly string[]): Running {
    const child = spawn(ENGINE ?? 'terraform', args, {
      cwd: this.directory,
      env: {
        ...process.env,
        CHECKPOINT_DISABLE: '1',
        TF_CLI_CONFIG_FILE: '/dev/null',
        TF_IN_AUTOMATION: '1',
        NO_COLOR: '1',
        ...this.env,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
      // Its own process group, so that Ctrl-C can be sent to it and its plugins as a terminal does.
      detached: true,
    });
    let output = '';
    child.stdout.on('data', (chunk) => (output += chunk));
    child.stderr.on('data', (chunk) => (output += chunk));
    const done = once(child, 'close').then(
      ([code, signal]): Run => ({ code: signal ?? code, output: plain(output) }),
    );
    return Object.assign(child, { done, soFar: () => output });
  }

  run(...args: readonly string[]): Promise<Run> {
    return this.start(...args).done;
  }

  /** The state file, parsed; undefined when there is none. */
  state():
    | { resources: { type: string; instances: { attributes: Record<string, unknown>; status?: string }[] }[] }
    | undefined {
    const file = path.join(this.directory, 'terraform.tfstate');
    return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
  }

  remove(): void {
    rmSync(this.directory, { recursive: true, force: true });
  }
}

/** Without colours, and without the frame and the line breaks that fold messages at 78 columns. */
function plain(text: string): string {
  return text
    .replace(/\x1b\[[0-9;]*m/g, '')
    .replace(/^[│╷╵] ?/gm, '')
    .replace(/\r/g, '');
}
