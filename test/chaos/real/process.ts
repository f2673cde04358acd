import { spawn } from 'node:child_process';
import { stripVTControlCharacters } from 'node:util';
import { membersOf } from '../../helpers/plugin/processes.ts';

/** How a program ended. */
export interface Ended {
  /** `undefined` when it was killed. */
  readonly code: number | undefined;
  /** Both streams as they came, without colours. */
  readonly output: string;
  /** What a pipe would have got. */
  readonly stdout: string;
}

/**
 * What happens to a program at a moment that somebody else chooses: the machine dies, the provider alone crashes, or
 * somebody presses Ctrl-C.
 */
export type Strike = 'machine dies' | 'provider crashes' | 'Ctrl-C';

export interface Running {
  readonly ended: Promise<Ended>;
  strike(how: Strike): void;
}

const QUIET = {
  CHECKPOINT_DISABLE: '1',
  TF_CLI_CONFIG_FILE: '/dev/null',
  TF_IN_AUTOMATION: '1',
  TF_INPUT: '0',
  NO_COLOR: '1',
};

/** Real milliseconds after which a program hangs. */
const PATIENCE = 120_000;

export function start(
  program: string,
  args: readonly string[],
  cwd: string,
  env: Readonly<Record<string, string>>,
): Running {
  const { PATH = '', HOME = '', TMPDIR } = process.env;
  const child = spawn(program, [...args], {
    cwd,
    env: { PATH, HOME, ...(TMPDIR ? { TMPDIR } : {}), ...QUIET, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    // A group of its own: what dies with it is what it has started.
    detached: true,
  });
  let output = '';
  let stdout = '';
  child.stdout.on('data', (chunk: string) => {
    stdout += chunk;
  });
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (chunk: string) => {
      output += chunk;
    });
  const group = child.pid;
  const kill = (pid: number, signal: NodeJS.Signals) => {
    try {
      process.kill(pid, signal);
    } catch {
      // It was faster.
    }
  };
  const everybody = () => (group === undefined ? [] : membersOf(group));
  const ended = new Promise<Ended>((resolve, reject) => {
    const hangs = setTimeout(() => {
      for (const pid of everybody()) kill(pid, 'SIGKILL');
      reject(new Error(`${program} ${args.join(' ')} did not end within ${PATIENCE / 1000} s:\n${output}`));
    }, PATIENCE);
    child.once('error', reject);
    child.once('close', (code) => {
      clearTimeout(hangs);
      resolve({ code: code ?? undefined, output: stripVTControlCharacters(output), stdout });
    });
  });
  return {
    ended,
    strike: (how) => {
      if (group === undefined) return;
      if (how === 'provider crashes') for (const pid of everybody()) pid !== group && kill(pid, 'SIGKILL');
      else kill(-group, how === 'Ctrl-C' ? 'SIGINT' : 'SIGKILL');
    },
  };
}

export function run(
  program: string,
  args: readonly string[],
  cwd: string,
  env: Readonly<Record<string, string>>,
): Promise<Ended> {
  return start(program, args, cwd, env).ended;
}

/** The titles of the errors in an output, for the story of a schedule. */
export function errorsIn(output: string): string {
  const titles = [...output.matchAll(/Error: (.+)|^(.*\[[a-z]\w+\].*)$/gmu)].map(
    ([, title, line]) => title ?? line,
  );
  return titles.length === 0 ? '(no error)' : [...new Set(titles)].join('; ').slice(0, 400);
}
