// The command line's process: the only file that gives the commands the real process.

import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { fileURLToPath } from 'node:url';
import { bytesOf } from '../cli/files.ts';
import type { Machine } from '../cli/machine.ts';
import { run } from '../cli/program.ts';
import { systemClock } from '../clock.ts';
import { problemsOf } from '../errors.ts';
import { Scrubber } from '../scrubber.ts';
import { watchSecrets } from '../secret.ts';
import { surroundings } from './surroundings.ts';

/** `src/entry` when run from the sources, `dist/src/entry` when built. */
const here = dirname(fileURLToPath(import.meta.url));

const interrupted = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  process.on(signal, () => {
    // Asked twice, whoever asks means it.
    if (interrupted.signal.aborted) process.exit(130);
    interrupted.abort(new DOMException(`Ended by ${signal}`, 'AbortError'));
  });

const scrubber = new Scrubber();
watchSecrets((secret) => scrubber.register(secret));
for (const event of ['uncaughtException', 'unhandledRejection'] as const)
  process.on(event, (error) => {
    const [problem] = problemsOf(error);
    process.stderr.write(`${scrubber.scrub(problem?.message ?? String(error))}\n`);
    process.exit(1);
  });

let unheard: Error | undefined;

/**
 * Who reads may stop reading (`| head`), and a disk may be full: the rest is not shown, but what was begun is brought to
 * its end. Files are written at once and throw, pipes tell later.
 */
function printer(stream: NodeJS.WriteStream): (text: string) => void {
  let heard = true;
  const lost = (error: NodeJS.ErrnoException) => {
    heard = false;
    // Who stops reading knows that; who reads a file does not know that the rest is missing.
    if (error.code !== 'EPIPE') unheard ??= error;
  };
  stream.on('error', lost);
  return (text) => {
    if (!heard) return;
    try {
      stream.write(text);
    } catch (error) {
      lost(error as NodeJS.ErrnoException); // A stream throws nothing else.
    }
  };
}

const print = printer(process.stdout);

const machine: Machine = {
  stdout: print,
  stderr: printer(process.stderr),
  reveal: print,
  stdin: () => bytesOf(process.stdin, interrupted.signal),
  ask: async (question) => {
    const terminal = createInterface({ input: process.stdin, output: process.stderr });
    try {
      return await terminal.question(question, { signal: interrupted.signal });
    } finally {
      terminal.close();
    }
  },
  interactive: process.stdin.isTTY === true,
  columns: process.stdout.columns,
  isTTY: { stdout: process.stdout.isTTY === true, stderr: process.stderr.isTTY === true },
  cwd: process.cwd(),
  clock: systemClock,
  surroundings: surroundings(),
  signal: interrupted.signal,
  packageRoot: here.endsWith(join('dist', 'src', 'entry'))
    ? join(here, '..', '..', '..')
    : join(here, '..', '..'),
};

const exitCode = await run(process.argv.slice(2), machine);
if (unheard !== undefined) machine.stderr(`The output could not be written: ${unheard.message}\n`);
process.exitCode = unheard === undefined ? exitCode : 1;
// A pipe that nobody writes to holds a thread in its opening, and Node ends only with its threads: the system ends both.
if (interrupted.signal.aborted)
  setTimeout(() => {
    process.removeAllListeners('SIGTERM');
    process.kill(process.pid, 'SIGTERM');
  }, 500).unref();
