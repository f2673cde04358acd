// 50 clients, 10,000 requests over real sockets: nothing is lost, nothing is there twice, memory stays flat.

import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { createLocalBrowserStack } from '../../src/emulator/local-browserstack.ts';
import { asking, owner, seed } from './organization.ts';

const CLIENTS = 50;
const ROUNDS = { warmingUp: 10, measured: 30 };
const REQUESTS_PER_ROUND = 5;
const MEGABYTE = 1024 * 1024;

test('a load of 50 clients and 10,000 requests', { timeout: 180_000 }, async () => {
  const stack = await createLocalBrowserStack({ seed, rateLimit: 'off' });
  const { url } = await stack.listen();
  const ask = asking(fetch, url);
  const kept = new Map<string, string>();
  const dead: string[] = [];

  /** One client's round: two accounts made, one rotated and proven, the other deleted again. */
  async function round(client: number, number: number): Promise<void> {
    const make = async (name: string) => {
      const { status, body } = await ask(
        owner,
        `POST /user/service-accounts?identifier=${name}-${client}-${number}`,
      );
      expect(status).toBe(200);
      return body;
    };
    const [stays, goes] = [await make('stays'), await make('goes')];
    const { new_key } = (await ask(`${stays.username}:${stays.authkey}`, 'PUT /automate/recycle_key.json'))
      .body;
    expect((await ask(`${stays.username}:${new_key}`, 'GET /automate/plan.json')).status).toBe(200);
    const gone = await ask(owner, `DELETE /user/service-accounts?username=${goes.username}`);
    expect(gone.status).toBe(200);
    kept.set(stays.username, new_key);
    dead.push(goes.username);
  }
  const clients = (from: number, count: number) =>
    Promise.all(
      Array.from({ length: CLIENTS }, async (_, client) => {
        for (let number = from; number < from + count; number += 1) await round(client, number);
      }),
    );

  await clients(0, ROUNDS.warmingUp);
  const before = heapUsed();
  await clients(ROUNDS.warmingUp, ROUNDS.measured);
  const grown = heapUsed() - before;

  const rounds = CLIENTS * (ROUNDS.warmingUp + ROUNDS.measured);
  expect(stack.requests()).toHaveLength(rounds * REQUESTS_PER_ROUND);
  expect(rounds * REQUESTS_PER_ROUND).toBe(10_000);
  const made = stack.accounts().filter(({ identifier }) => identifier.startsWith('stays-'));
  expect(new Map(made.map(({ username, accessKey }) => [username, accessKey]))).toEqual(kept);
  expect(stack.accounts()).toHaveLength(seed.service_accounts.length + rounds);
  expect(new Set(dead).size).toBe(rounds);
  // What is kept on purpose: 1,500 accounts, as many tombstones, 7,500 lines of the log.
  expect(grown / MEGABYTE).toBeLessThan(24);
  await stack.close();
});

function heapUsed(): number {
  setFlagsFromString('--expose-gc');
  runInNewContext('gc')();
  return process.memoryUsage().heapUsed;
}
