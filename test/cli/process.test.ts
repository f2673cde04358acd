import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const entry = fileURLToPath(new URL('../../src/entry/cli.ts', import.meta.url));
const children: ChildProcess[] = [];
let home: string;

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'browserstack-iac-home-'));
});
afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  await rm(home, { recursive: true, force: true });
});

function started(argv: readonly string[]) {
  const child = spawn(process.execPath, ['--import', 'tsx', entry, ...argv], {
    env: { PATH: process.env.PATH, HOME: home },
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  children.push(child);
  const lines = createInterface({ input: child.stdout });
  return { child, first: once(lines, 'line').then(([line]) => String(line)), ended: once(child, 'close') };
}

describe('the process', () => {
  it.each(['SIGINT', 'SIGTERM'] as const)('serves until %s, then ends cleanly', async (signal) => {
    const { child, first, ended } = started(['emulate', '--json']);
    const { url } = JSON.parse(await first);
    expect((await fetch(`${url}/user/service-accounts`)).status).toBe(401);
    child.kill(signal);
    expect(await ended).toEqual([0, null]);
    await expect(fetch(url)).rejects.toThrow();
  });

  it('takes the key from standard input and the rest from arguments', async () => {
    const server = started(['emulate', '--json']);
    const { url } = JSON.parse(await server.first);
    const rotate = ['rotate', 'nobody', '--yes', '--json'];
    const access = ['--base-url', url, '--username', 'owner_local', '--access-key-stdin'];
    const { child, first, ended } = started([...rotate, ...access]);
    child.stdin?.end('owner-local-key-0001\n');
    expect(JSON.parse(await first)).toMatchObject({ problems: [{ code: 'not_found' }] });
    expect(await ended).toEqual([1, null]);
  });
});
