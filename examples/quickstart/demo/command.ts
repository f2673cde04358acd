import { spawn } from 'node:child_process';
import { stripVTControlCharacters } from 'node:util';

export interface Finished {
  readonly exitCode: number;
  /** Standard output and standard error as they came, without colours. */
  readonly output: string;
}

export interface CommandOptions {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal;
}

/** Runs a program to its end; an abort interrupts it as Ctrl-C would, and waits until it has cleaned up. */
export function run(
  [program, ...args]: readonly [string, ...string[]],
  { cwd, env, signal }: CommandOptions,
): Promise<Finished> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
    const interrupt = () => child.kill('SIGINT');
    signal.addEventListener('abort', interrupt, { once: true });
    let output = '';
    const keep = (chunk: string) => {
      output += chunk;
    };
    child.stdout.setEncoding('utf8').on('data', keep);
    child.stderr.setEncoding('utf8').on('data', keep);
    child.once('error', reject);
    child.once('close', (code) => {
      signal.removeEventListener('abort', interrupt);
      if (signal.aborted) reject(signal.reason);
      else resolve({ exitCode: code ?? 1, output: stripVTControlCharacters(output) });
    });
  });
}
