#!/usr/bin/env node
// The command line: the only file that gives the commands the real process.

import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { addAbortSignal } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import type { Machine } from '../cli/machine.ts';
import { run } from '../cli/program.ts';
import { systemClock } from '../clock.ts';
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

/**
 * Whoever reads may stop reading (`| head`): the rest is not shown, but what was begun is brought to its end, and the
 * exit code is about that.
 */
function printer(stream: NodeJS.WriteStream): (text: string) => void {
  let heard = true;
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    heard = false;
  });
  return (text) => {
    if (heard) stream.write(text);
  };
}

const machine: Machine = {
  stdout: printer(process.stdout),
  stderr: printer(process.stderr),
  stdin: () => buffer(addAbortSignal(interrupted.signal, process.stdin)),
  ask: async (question) => {
    const terminal = createInterface({ input: process.stdin, output: process.stderr });
    try {
      return await terminal.question(question, { signal: interrupted.signal });
    } finally {
      terminal.close();
    }
  },
  interactive: process.stdin.isTTY === true,
  isTTY: { stdout: process.stdout.isTTY === true, stderr: process.stderr.isTTY === true },
  cwd: process.cwd(),
  clock: systemClock,
  surroundings: surroundings(),
  signal: interrupted.signal,
  packageRoot: here.endsWith(join('dist', 'src', 'entry'))
    ? join(here, '..', '..', '..')
    : join(here, '..', '..'),
};

process.exitCode = await run(process.argv.slice(2), machine);
