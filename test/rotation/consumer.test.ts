import { Agent } from 'undici';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/clock.ts';
import { createLocalBrowserStack, type LocalBrowserStack } from '../../src/entry/emulator.ts';
import type { ObjectValue, Value } from '../../src/schema/value.ts';
import { configOf, Failed, Process } from '../chaos/in-process/engine.ts';
import { KeyHistory } from '../chaos/in-process/network.ts';
import { type Credential, RollingConsumer } from './bench/rolling-consumer.ts';

let local: LocalBrowserStack;
let url: string;
let agent: Agent;
beforeEach(async () => {
  agent = new Agent();
  local = await createLocalBrowserStack({
    rateLimit: 'off',
    seed: {
      organization: { name: 'Acme Inc.', parallels: { automate: 200 } },
      users: [{ username: 'owner', access_key: 'owner-key', role: 'owner' }],
      service_accounts: [
        { identifier: 'ci-a', username: 'ci_a' },
        { identifier: 'ci-b', username: 'ci_b' },
      ],
    },
  });
  url = (await local.listen()).url;
});
afterEach(async () => {
  await agent.destroy();
  await local.close();
});

/** Rotates under the eyes of a consumer, each time when it has followed the time before. */
async function rotateUnder(type: string, usernames: Readonly<Record<string, Value>>, rotations: number) {
  let state: ObjectValue | null = null;
  const apply = async (run: number) => {
    const place = { url, agent, clock: systemClock, history: new KeyHistory(local) };
    const provider = await Process.start(place);
    const triggers = new Map([['run', String(run)]]);
    const config = configOf(provider.schemaOf(type), { ...usernames, triggers, export_access_key: true });
    const plan = await provider.plan(type, config, state);
    if (plan instanceof Failed) throw new Error('a plan failed');
    const applied = await (await Process.start(place)).apply(plan);
    if (applied instanceof Failed) throw new Error('an apply failed');
    state = applied.state;
  };
  const published = (): Credential => ({
    username: String(state?.username),
    accessKey: String(state?.access_key),
  });
  await apply(0);
  const consumer = new RollingConsumer(url, published);
  consumer.start();
  for (let run = 1; run <= rotations; run += 1) {
    await consumer.hasFollowed();
    await apply(run);
  }
  await consumer.hasFollowed();
  const seen = await consumer.stop();
  const recycles = local
    .requests()
    .filter(({ path, status }) => path === '/automate/recycle_key.json' && status === 200).length;
  return { ...seen, recycles, generation: Number((state as ObjectValue | null)?.generation) };
}

describe('a consumer that opens a session every 100 ms, and looks up its credential now and then', () => {
  it('is never refused through ten rotations of a pair', async () => {
    const pair = { username_a: 'ci_a', username_b: 'ci_b' };
    const seen = await rotateUnder('browserstack_credential_pair', pair, 10);
    expect(seen.refusals).toEqual([]);
    expect(seen).toMatchObject({ recycles: 10, generation: 11 });
    expect(seen.opened).toBeGreaterThan(50);
    const users = new Set(local.sessions().map(({ username }) => username));
    expect([...users].sort()).toEqual(['ci_a', 'ci_b']);
  });

  // It looks up for every fifth session: of those in between, each that is opened after a rotation is refused.
  it('is refused after each rotation of a single key, until it looks again', async () => {
    const seen = await rotateUnder('browserstack_access_key', { username: 'ci_a' }, 3);
    expect(seen).toMatchObject({ recycles: 3, generation: 4 });
    expect(seen.refusals.length).toBeGreaterThanOrEqual(3);
    for (const reason of seen.refusals) expect(reason).toContain('Authorization required');
    expect(seen.opened).toBeGreaterThan(3);
  });
});
