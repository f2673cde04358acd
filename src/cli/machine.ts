import type { Clock } from '../clock.ts';
import type { Surroundings } from '../resources/index.ts';

/** Everything a command may touch. Only `src/entry/command-line.ts` fills it with the real process. */
export interface Machine {
  stdout(text: string): void;
  stderr(text: string): void;
  /** Prints a secret as it is, to standard output: only what was asked for. */
  reveal(text: string): void;
  /** All of standard input; read only where a command says so. */
  stdin(): Promise<Uint8Array>;
  /** Asks a person; only called when `interactive`. */
  ask(question: string): Promise<string>;
  /** Somebody sits at standard input and can answer. */
  readonly interactive: boolean;
  /** How wide the terminal is; `undefined` where there is none. */
  readonly columns: number | undefined;
  /** Which of the two outputs is a terminal. */
  readonly isTTY: { readonly stdout: boolean; readonly stderr: boolean };
  readonly cwd: string;
  readonly clock: Clock;
  /** Environment, network, randomness and version, as the nouns take them. */
  readonly surroundings: Surroundings;
  /** Aborted when the process is asked to end. */
  readonly signal: AbortSignal;
  /** Directory of the installed package, where the built provider lies. */
  readonly packageRoot: string;
}

/** 0: nothing to do, or done. 1: an error. 2: there are changes. As Terraform's -detailed-exitcode. */
export type ExitCode = 0 | 1 | 2;
