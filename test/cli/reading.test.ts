// What is read may be a pipe whose other end takes its time, or has none; and it may never end.

import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { bytesOf } from '../../src/cli/files.ts';
import { caught } from '../helpers/caught.ts';

const entry = fileURLToPath(new URL('../../src/entry/cli.ts', import.meta.url));

let home: string;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'browserstack-iac-reading-'));
});
afterEach(() => rm(home, { recursive: true, force: true }));

describe('a pipe that nobody writes to', () => {
  it.each(['plan', 'keys --state', 'review'])(
    'is waited for by "%s" until it is told to end',
    async (command) => {
      const pipe = join(home, 'pipe');
      execFileSync('mkfifo', [pipe]);
      const child = spawn(process.execPath, ['--import', 'tsx', entry, ...command.split(' '), pipe], {
        env: {
          PATH: process.env.PATH,
          HOME: home,
          BROWSERSTACK_USERNAME: 'x',
          BROWSERSTACK_ACCESS_KEY: 'y',
          BROWSERSTACK_API_URL: 'http://127.0.0.1:1',
        },
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      const said = Promise.all([text(child.stdout), text(child.stderr)]);
      const ended = once(child, 'close');
      await listens(child.pid);
      // Nothing tells when it has begun to wait; told before, it ends as well.
      await setTimeout(1000);
      expect(child.exitCode).toBe(null);
      child.kill('SIGTERM');
      await ended;
      expect((await said).join('')).toContain('Ended by SIGTERM');
    },
  );
});

/**
 * Until the process has its handlers, however slow the machine. Only Linux tells; Node itself catches SIGTERM, so the one
 * for SIGHUP is looked for.
 */
async function listens(pid: number | undefined): Promise<void> {
  const SIGHUP = 1n;
  for (;;) {
    const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => undefined);
    if (status === undefined) return setTimeout(5000);
    const [, caught = '0'] = /^SigCgt:\s*([0-9a-f]+)/mu.exec(status) ?? [];
    if ((BigInt(`0x${caught}`) & SIGHUP) !== 0n) return;
    await setTimeout(50);
  }
}

it('what never ends is not read until the memory does', async () => {
  const part = Buffer.alloc(1 << 20);
  const endless = Readable.from(
    (function* () {
      for (;;) yield part;
    })(),
  );
  const problem = await caught(bytesOf(endless, new AbortController().signal));
  expect(problem).toMatchObject({ code: 'invalid_input', summary: 'The input is too large' });
});
