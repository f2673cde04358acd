#!/usr/bin/env node
// The command line: the only file that gives the commands the real process.

import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { text } from 'node:stream/consumers';
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

// Whoever reads the output may stop reading (`| head`): that is no error of ours.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(0);
});

const machine: Machine = {
  stdout: (line) => process.stdout.write(line),
  stderr: (line) => process.stderr.write(line),
  stdin: () => text(process.stdin),
  ask: async (question) => {
    const terminal = createInterface({ input: process.stdin, output: process.stderr });
    try {
      return await terminal.question(question, { signal: interrupted.signal });
    } finally {
      terminal.close();
    }
  },
  interactive: process.stdin.isTTY === true,
  isTTY: process.stdout.isTTY === true,
  cwd: process.cwd(),
  clock: systemClock,
  surroundings: surroundings(),
  signal: interrupted.signal,
  packageRoot: here.endsWith(join('dist', 'src', 'entry'))
    ? join(here, '..', '..', '..')
    : join(here, '..', '..'),
};

process.exitCode = await run(process.argv.slice(2), machine);
