import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, open, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { commands } from '../../src/cli/commands/index.ts';

/** Found from any directory. */
const tsx = import.meta.resolve('tsx');
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

/** Credentials for an address where nobody listens. */
const NOBODY = {
  BROWSERSTACK_USERNAME: 'x',
  BROWSERSTACK_ACCESS_KEY: 'y',
  BROWSERSTACK_API_URL: 'http://127.0.0.1:1',
  BROWSERSTACK_MAX_RETRIES: '0',
};

describe('the process', () => {
  it('runs from a clone as it is, in the directory it is called from', async () => {
    const stack = join(home, 'stack.tf.json');
    await writeFile(stack, '{"resource":{"browserstack_team":{"a":{"name":"A"}}}}');
    const root = fileURLToPath(new URL('../..', import.meta.url));
    const child = spawn(
      'npm',
      ['--prefix', root, 'run', '-s', 'cli', '--', 'plan', '--json', 'stack.tf.json'],
      {
        cwd: home,
        env: { PATH: process.env.PATH, HOME: home, ...NOBODY },
        stdio: ['ignore', 'pipe', 'ignore'],
      },
    );
    children.push(child);
    const [said] = await Promise.all([text(child.stdout), once(child, 'close')]);
    expect(JSON.parse(said).problems).toMatchObject([{ code: 'unreachable' }]);
  });

  it.each(['SIGINT', 'SIGTERM'] as const)('serves until %s, then ends cleanly', async (signal) => {
    const { child, first, ended } = started(['emulate', '--json']);
    const { url } = JSON.parse(await first);
    expect((await fetch(`${url}/user/service-accounts`)).status).toBe(401);
    child.kill(signal);
    expect(await ended).toEqual([0, null]);
    await expect(fetch(url)).rejects.toThrow();
  });

  it('waits for the key on standard input no longer than until it is told to end', async () => {
    const stack = join(home, 'stack.tf.json');
    await writeFile(stack, '{}');
    const { child, first, ended } = started(['plan', stack, '--access-key-stdin', '--json']);
    // More than fits between two processes: once it is gone, the other one is reading.
    await new Promise((gone) => child.stdin?.write('x'.repeat(1 << 22), gone));
    child.kill('SIGINT');
    expect(JSON.parse(await first)).toMatchObject({ problems: [{ code: 'canceled' }] });
    expect(await ended).toEqual([1, null]);
  });

  it('brings to its end what it began, also when nobody reads what it says any more', async () => {
    const server = started(['emulate', '--json', '--rate-limit', 'off']);
    const { url } = JSON.parse(await server.first);
    const accounts = Object.fromEntries(['a', 'b', 'c'].map((id) => [id, { identifier: `nightly-${id}` }]));
    const stack = join(home, 'stack.tf.json');
    await writeFile(stack, JSON.stringify({ resource: { browserstack_service_account: accounts } }));
    const applying = spawn(
      process.execPath,
      ['--import', tsx, entry, 'apply', stack, '--auto-approve', '--base-url', url],
      {
        cwd: home,
        env: {
          ...{ PATH: process.env.PATH, HOME: home, BROWSERSTACK_REQUEST_BURST: '1000' },
          ...{ BROWSERSTACK_USERNAME: 'owner_local', BROWSERSTACK_ACCESS_KEY: 'owner-local-key-0001' },
        },
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    );
    children.push(applying);
    applying.stdout.destroy();
    applying.stderr.destroy();
    expect(await once(applying, 'exit')).toEqual([0, null]);
    const { requests } = JSON.parse(await (await fetch(`${url}/_local/requests`)).text());
    const made = requests.filter(({ method }: { readonly method: string }) => method === 'POST');
    expect(made).toHaveLength(3);
  });

  it.runIf(process.platform === 'linux')(
    'makes everything although the disk that hears of it is full',
    async () => {
      const server = started(['emulate', '--json', '--rate-limit', 'off']);
      const { url } = JSON.parse(await server.first);
      const accounts = Object.fromEntries(
        Array.from({ length: 60 }, (_, i) => [`a${i}`, { identifier: `full-${i}` }]),
      );
      const stack = join(home, 'stack.tf.json');
      await writeFile(stack, JSON.stringify({ resource: { browserstack_service_account: accounts } }));
      const full = await open('/dev/full', 'w');
      const applying = spawn(
        process.execPath,
        ['--import', tsx, entry, 'apply', stack, '--auto-approve', '--base-url', url],
        {
          // Where it writes down what it owns.
          cwd: home,
          env: {
            ...{ PATH: process.env.PATH, HOME: home, BROWSERSTACK_REQUEST_BURST: '1000' },
            ...{ BROWSERSTACK_USERNAME: 'owner_local', BROWSERSTACK_ACCESS_KEY: 'owner-local-key-0001' },
          },
          stdio: ['ignore', full.fd, 'pipe'],
        },
      );
      children.push(applying);
      if (applying.stderr === null) throw new Error('it was asked for as a pipe');
      const [said, [code]] = await Promise.all([text(applying.stderr), once(applying, 'exit')]);
      await full.close();
      expect(said).toContain('The output could not be written: ENOSPC');
      expect(said).not.toContain('    at ');
      expect(code).toBe(1);
      const { requests } = JSON.parse(await (await fetch(`${url}/_local/requests`)).text());
      const made = requests.filter(({ method }: { readonly method: string }) => method === 'POST');
      expect(made).toHaveLength(60);
    },
  );

  it('has no option that Node takes for its own', async () => {
    const options = commands.flatMap(({ options: own = {} }) => Object.values(own).map(({ flags }) => flags));
    const given = options.flatMap((flags) => [flags.split(' ')[0] ?? '', 'not-there']);
    await writeFile(join(home, 'script.mjs'), '');
    const child = spawn(process.execPath, [join(home, 'script.mjs'), 'command', ...given]);
    expect(await text(child.stderr)).toBe('');
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
