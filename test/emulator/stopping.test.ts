// Whatever is pending when the server is stopped, it stops: no timer of a fault or of the hub is waited for.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { asking, openSession, organization, owner, seed } from './organization.ts';

const LIST = 'GET /user/service-accounts';
const CREATE = 'POST /user/service-accounts?identifier=payments';
test.each(['before', 'after'] as const)('a wait %s the effect ends as a cut connection', async (when) => {
  const client = await organization({ faults: [{ kind: 'slow', seconds: 3600, when }] });
  const reply = client.ask(owner, CREATE);
  const settled = expect(reply).rejects.toThrow('fetch failed');
  await expect.poll(() => client.clock.nextWake()).toBeDefined();
  await client.stack.close();
  await settled;
  expect(client.stack.accounts()).toHaveLength(when === 'before' ? 3 : 4);
  expect(client.clock.nextWake()).toBeUndefined();
});

test('a session in the queue is refused', async () => {
  const parallels = { automate: 1, queue: 1 };
  const client = await organization({ seed: { ...seed, organization: { ...seed.organization, parallels } } });
  await openSession(client, owner);
  const queued = openSession(client, owner);
  await expect.poll(() => client.stack.sessions().map(({ status }) => status)).toEqual(['running', 'queued']);
  await client.stack.close();
  expect((await queued).body.value.error).toBe('session not created');
  expect(client.clock.nextWake()).toBeUndefined();
});

test('a port that is shut by a fault stays shut, and nothing waits for it', async () => {
  const client = await organization({ faults: [{ kind: 'refuse', seconds: 3600 }] });
  const { url } = await client.stack.listen();
  await expect(asking(fetch, url)(owner, LIST)).rejects.toThrow('fetch failed');
  await expect.poll(() => client.clock.nextWake()).toBeDefined();
  await client.stack.close();
  expect(client.clock.nextWake()).toBeUndefined();
});

test.each(['SIGINT', 'SIGTERM'] as const)(
  'the process ends at %s although requests wait for an hour',
  async (signal) => {
    const entry = fileURLToPath(new URL('../../src/entry/cli.ts', import.meta.url));
    const faults = fileURLToPath(new URL('./an-hour.fixture.json', import.meta.url));
    const argv = ['--import', 'tsx', entry, 'emulate', '--json', '--faults', faults];
    const child = spawn(process.execPath, argv, { stdio: ['ignore', 'pipe', 'inherit'] });
    const exit = once(child, 'exit');
    const [line] = await once(createInterface({ input: child.stdout }), 'line');
    const { url } = JSON.parse(line);
    const ask = asking(fetch, url);
    const credentials = 'owner_local:owner-local-key-0001';
    const pending = [LIST, 'GET /user/team_detail'].map((what) =>
      expect(ask(credentials, what)).rejects.toThrow('fetch failed'),
    );
    const log = async () => (await ask(undefined, 'GET /_local/faults')).body.faults;
    await expect.poll(log).toEqual([]);
    child.kill(signal);
    await Promise.all(pending);
    expect(await exit).toEqual([0, null]);
  },
);

test('what happened last is kept, although its answer waits', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'stopping-'));
  const dataFile = join(directory, 'acme.json');
  const client = await organization({ dataFile, faults: [{ kind: 'slow', seconds: 3600, when: 'after' }] });
  const settled = expect(client.ask(owner, CREATE)).rejects.toThrow('fetch failed');
  await expect.poll(() => client.clock.nextWake()).toBeDefined();
  await client.stack.close();
  await settled;
  const next = await organization({ dataFile });
  expect(next.stack.accounts().at(-1)).toMatchObject({ identifier: 'payments' });
  await next.stack.close();
  await rm(directory, { recursive: true });
});
