// A command is data: what it is called, what it takes, what it does. The program reads it; nothing else is needed to
// add one.

import type { ExitCode, Machine } from './machine.ts';

/** One option. `V` is what the command receives. */
export interface Option<V> {
  /** As written on the command line, e.g. `--out <file>`. */
  readonly flags: string;
  readonly description: string;
  /** From the text to the value; a thrown Problem is reported with the option's name. */
  readonly parse?: (text: string) => unknown;
  readonly repeatable?: true;
  /** Accepted, but not shown in the help. */
  readonly hidden?: true;
  /** Carries `V` for inference only; never present. */
  readonly '~value'?: V;
}

export type Options = Readonly<Record<string, Option<unknown>>>;
export type ValuesOf<O extends Options> = {
  readonly [K in keyof O]: O[K] extends Option<infer V> ? V : never;
};

export interface Argument {
  /** `<required>`, `[optional]` or `[several...]`. */
  readonly syntax: string;
  readonly description: string;
}

export interface Input<O extends Options> {
  /** In order; a left out optional one is absent. */
  readonly arguments: readonly string[];
  readonly options: ValuesOf<O>;
}

export interface Command<O extends Options = Options> {
  readonly name: string;
  /** One line for the list of commands. */
  readonly summary: string;
  /** For the command's own help, after the summary. */
  readonly details?: string;
  readonly arguments?: readonly Argument[];
  /** By the name a command finds them under: `--max-deletes` is `maxDeletes`. */
  readonly options?: O;
  readonly examples?: readonly string[];
  readonly commands?: readonly Command[];
  run?(input: Input<O>, machine: Machine): Promise<ExitCode>;
}

/** Keeps the types of a command's options together, then forgets them: all commands stand in one list. */
export function defineCommand<const O extends Options>(command: Command<O>): Command {
  // The program passes exactly the options that were declared, each as its declaration says.
  return command as unknown as Command;
}

/** `--json`: false unless given. */
export function flag(flags: string, description: string): Option<boolean> {
  return { flags, description };
}

/** `--out <file>`: undefined unless given. */
export function value(flags: string, description: string): Option<string | undefined>;
export function value<V>(
  flags: string,
  description: string,
  parse: (text: string) => V,
): Option<V | undefined>;
export function value<V>(
  flags: string,
  description: string,
  parse?: (text: string) => V,
): Option<V | string | undefined> {
  return parse === undefined ? { flags, description } : { flags, description, parse };
}

/** `--behaviour <name=value>`, as often as wanted: an empty list unless given. */
export function values(flags: string, description: string): Option<readonly string[]> {
  return { flags, description, repeatable: true };
}
