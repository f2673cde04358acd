// Commander parses, commands act, problems are reported here. Nothing in here ends the process.

import { Command as CommanderCommand, CommanderError, Option as CommanderOption } from 'commander';
import { Problem, Problems, problemsOf } from '../errors.ts';
import { Scrubber } from '../scrubber.ts';
import { watchSecrets } from '../secret.ts';
import { accessOptions } from './access.ts';
import type { Command, Option, Options } from './command.ts';
import { commands } from './commands/index.ts';
import type { ExitCode, Machine } from './machine.ts';
import { envelope, Incomplete, jsonLine } from './render/envelope.ts';
import { paletteOf, shown } from './render/palette.ts';
import { problemsAsText } from './render/problems.ts';

const HINT = 'Run "browserstack-iac help" for what there is.';

/** Runs one command line (without `node` and the script) and says how it ended. Never throws, never exits. */
export async function run(argv: readonly string[], outside: Machine): Promise<ExitCode> {
  const scrubber = new Scrubber();
  const unwatch = watchSecrets((secret) => scrubber.register(secret));
  // BrowserStack may repeat a key in what it says about a request; what is printed on purpose is revealed.
  const machine: Machine = {
    ...outside,
    stdout: (text) => outside.stdout(shown(scrubber.mask(text))),
    stderr: (text) => outside.stderr(shown(scrubber.mask(text))),
  };
  let exit: ExitCode = 0;
  const program = build(machine, (code) => {
    exit = code;
  });
  try {
    await program.parseAsync([...argv], { from: 'user' });
    return exit;
  } catch (thrown) {
    const json = argv.includes('--json');
    const tellMachine = (problems: readonly Problem[]) => {
      const fields = thrown instanceof Incomplete ? thrown.fields : {};
      if (json) machine.stdout(jsonLine(envelope(fields, problems)));
      else if (thrown instanceof Incomplete) machine.stdout(thrown.text);
    };
    if (thrown instanceof CommanderError) {
      // `--help` and `--version` are no errors; people have been told the others already.
      if (thrown.exitCode === 0) return 0;
      tellMachine([misunderstood(thrown)]);
      return 1;
    }
    const problems = problemsOf(thrown);
    tellMachine(problems);
    machine.stderr(problemsAsText(problems, paletteOf(machine, 'stderr')));
    return 1;
  } finally {
    unwatch();
  }
}

function misunderstood({ code, message }: CommanderError): Problem {
  const summary = code === 'commander.help' ? 'A command is missing' : message.replace(/^error: /u, '');
  return new Problem({ code: 'invalid_input', summary, detail: HINT });
}

function build(machine: Machine, ended: (code: ExitCode) => void): CommanderCommand {
  const program = new CommanderCommand('browserstack-iac')
    .description('BrowserStack organizations, teams, service accounts and their keys as code.')
    .version(machine.surroundings.version, '--version', 'print the version');
  configured(program, machine);
  for (const [name, option] of Object.entries(accessOptions)) program.addOption(optionOf(name, option));
  for (const command of commands) program.addCommand(commandOf(command, machine, ended));
  return program;
}

function configured(command: CommanderCommand, machine: Machine): void {
  command
    .exitOverride()
    .showHelpAfterError(HINT)
    .helpCommand('help [command]', 'print this, or the help of a command')
    .configureOutput({
      writeOut: (text) => machine.stdout(text),
      writeErr: (text) => machine.stderr(text),
      getOutHasColors: () => false,
      getErrHasColors: () => false,
      getOutHelpWidth: () => helpWidth(machine),
      getErrHelpWidth: () => helpWidth(machine),
    });
}

/** As wide as the terminal, within what can be read well; files get a fixed width. */
function helpWidth({ columns = 100 }: Machine): number {
  return Math.min(Math.max(columns, 40), 120);
}

function commandOf(command: Command, machine: Machine, ended: (code: ExitCode) => void): CommanderCommand {
  const callsTheApi = command.options?.baseUrl !== undefined;
  const parsed = new CommanderCommand(command.name)
    .summary(command.summary)
    .configureHelp({ showGlobalOptions: callsTheApi });
  parsed.description([command.summary, command.details].filter(Boolean).join('\n\n'));
  configured(parsed, machine);
  if (command.commands === undefined) parsed.helpCommand(false);
  for (const { syntax, description } of command.arguments ?? []) parsed.argument(syntax, description);
  for (const [name, option] of Object.entries(command.options ?? {}))
    if (!(name in accessOptions)) parsed.addOption(optionOf(name, option));
  if (command.examples !== undefined) parsed.addHelpText('after', examples(command.examples));
  for (const sub of command.commands ?? []) parsed.addCommand(commandOf(sub, machine, ended));
  const { run: act } = command;
  if (act !== undefined)
    parsed.action(async () => {
      const options = { ...defaults({ ...accessOptions, ...command.options }), ...parsed.optsWithGlobals() };
      ended(await act({ arguments: parsed.args, options }, machine));
    });
  return parsed;
}

function optionOf(
  name: string,
  { flags, description, parse, repeatable, hidden }: Option<unknown>,
): CommanderOption {
  const option = new CommanderOption(flags, description);
  if (option.attributeName() !== name) throw new Error(`option ${flags} is declared as ${name}`);
  if (hidden) option.hideHelp();
  if (repeatable) option.argParser((text: string, before: readonly string[] = []) => [...before, text]);
  else if (parse !== undefined) option.argParser((text: string) => named(flags, () => parse(text)));
  return option;
}

/** A value that cannot be read names the option it was given to. */
function named<V>(flags: string, read: () => V): V {
  try {
    return read();
  } catch (thrown) {
    const [flagName = flags] = flags.split(' ');
    throw new Problems(problemsOf(thrown).map((problem: Problem) => problem.at([flagName])));
  }
}

function defaults(options: Options): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(options).map(([name, { flags, repeatable }]) => {
      return [name, repeatable ? [] : flags.includes('<') ? undefined : false];
    }),
  );
}

function examples(lines: readonly string[]): string {
  const either = lines.some((line) => /\bterraform [a-z]/u.test(line))
    ? ' (OpenTofu: tofu for terraform)'
    : '';
  return `\nExamples${either}:\n${lines.map((line) => `  ${line}`).join('\n')}\n`;
}
