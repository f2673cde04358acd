import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Session } from '../../src/resources/index.ts';
import { serviceAccount } from '../../src/resources/service-account/index.ts';
import { team } from '../../src/resources/team/index.ts';
import { usersDataSource } from '../../src/resources/user/index.ts';
import { caught } from '../helpers/caught.ts';
import { type LocalSession, localSession, operation } from '../helpers/local-session.ts';
import { plannedAccount } from '../helpers/planned.ts';

const users = [{ username: 'owner_local', access_key: 'owner-local-key-0001', role: 'owner' as const }];
const organization = { name: 'Acme Inc.' };
const manyAccounts = (count: number) =>
  Array.from({ length: count }, (_, i) => ({ identifier: `account-${i}`, username: `account_${i}` }));

let directory: string;
let world: LocalSession;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'budget-'));
});
afterEach(async () => {
  await world.close();
  await rm(directory, { recursive: true, force: true });
});

/** As Terraform does it: ten at a time, the next when one is done. */
async function createAll(session: Session, names: readonly string[], parallelism = 10): Promise<void> {
  const left = [...names];
  const worker = async () => {
    for (let name = left.shift(); name !== undefined; name = left.shift())
      await serviceAccount.create(plannedAccount(name), operation(session));
  };
  await Promise.all(Array.from({ length: parallelism }, worker));
}

const names = (count: number, prefix = 'new') => Array.from({ length: count }, (_, i) => `${prefix}-${i}`);
const statuses = () => new Set(world.local.requests().map(({ status }) => status));

describe('the request budget of an organization', () => {
  it.each([5, 6, 20, 100])(
    'makes %i accounts in the time of the arithmetic, and is never refused',
    async (count) => {
      world = await localSession(
        { seed: { organization, users }, rateLimit: 'real' },
        { request_budget_directory: directory },
      );
      // The plan listed the accounts, and somebody read it for a while.
      await serviceAccount.list?.(operation(world.session));
      world.clock.advance(60_000);
      const start = world.clock.now().getTime();
      await createAll(world.session, names(count));
      const seconds = (world.clock.now().getTime() - start) / 1000;
      expect(world.local.requests()).toHaveLength(1 + count);
      expect(statuses()).toEqual(new Set([200]));
      expect(seconds).toBeGreaterThanOrEqual(4 * Math.max(0, count - 5));
      expect(seconds).toBeLessThanOrEqual(1.02 * 4 * Math.max(0, count - 5));
    },
  );

  it('counts the list of an apply of its own as one request more', async () => {
    world = await localSession(
      { seed: { organization, users }, rateLimit: 'real' },
      { request_budget_directory: directory },
    );
    const start = world.clock.now().getTime();
    await createAll(world.session, names(20));
    expect((world.clock.now().getTime() - start) / 1000).toBe(4 * (21 - 5));
  });

  it('is shared by two runs side by side: together they take as long as one', async () => {
    world = await localSession(
      { seed: { organization, users }, rateLimit: 'real' },
      { request_budget_directory: directory },
    );
    const other = await world.another();
    const start = world.clock.now().getTime();
    await Promise.all([createAll(world.session, names(15, 'one')), createAll(other, names(15, 'two'))]);
    const seconds = (world.clock.now().getTime() - start) / 1000;
    expect(statuses()).toEqual(new Set([200]));
    expect(world.local.accounts()).toHaveLength(30);
    // Virtual time may pass one run while the other reads the file, so a full burst may be left at the end.
    expect(seconds).toBeLessThanOrEqual(4 * (32 - 5) + 4 * 5);
  });

  it('lets 500 accounts be planned twice a minute, for an hour, with their teams and people', async () => {
    world = await localSession(
      { seed: { organization, users, service_accounts: manyAccounts(500) }, rateLimit: 'real' },
      { request_budget_directory: directory },
    );
    for (let run = 0; run < 120; run += 1) {
      const session = await world.another();
      const states = await serviceAccount.list?.(operation(session));
      for (const state of states ?? []) await serviceAccount.read(state, operation(session));
      await team.list?.(operation(session));
      await usersDataSource.read({ team: null, role: null, status: null, users: null }, operation(session));
      world.clock.advance(30_000);
    }
    // Accounts, teams, people, and those among them who are disabled.
    expect(world.local.requests()).toHaveLength(120 * 4);
    expect(statuses()).toEqual(new Set([200]));
    expect(world.clock.slept).toEqual([]);
  });

  it('goes slower where others draw on it too, and still makes everything exactly once', async () => {
    world = await localSession(
      {
        seed: { organization, users },
        rateLimit: 'real',
        faults: [{ kind: 'throttle', method: 'POST', nth: 3, times: 4 }],
      },
      { request_budget_directory: directory },
    );
    await createAll(world.session, names(20));
    expect(
      world.local
        .accounts()
        .map(({ identifier }) => identifier)
        .sort(),
    ).toEqual(names(20).sort());
    const refusals = world.local.requests().filter(({ status }) => status === 429);
    expect(refusals).toHaveLength(4);
  });

  it('tells how long the queue is', async () => {
    world = await localSession({ seed: { organization, users }, rateLimit: 'real' });
    const told: string[] = [];
    const make = (name: string) =>
      serviceAccount.create(plannedAccount(name), {
        ...operation(world.session),
        progress: (message) => told.push(message),
      });
    await Promise.all(names(7).map(make));
    expect(told.sort()).toEqual(
      [4, 8, 12].map((seconds) => `waiting ${seconds} s for the request budget of the organization`).sort(),
    );
  });

  it('sends nothing whose turn would come after operation_timeout', async () => {
    world = await localSession(
      { seed: { organization, users }, rateLimit: 'real' },
      { operation_timeout: 10 },
    );
    await createAll(world.session, names(6));
    const late = Promise.all(
      names(4, 'late').map((name) => serviceAccount.create(plannedAccount(name), operation(world.session))),
    );
    const problem = await caught(late);
    expect(problem.code).toBe('rate_limited');
    expect(problem.detail).toContain('operation_timeout (10 s)');
    expect(statuses()).toEqual(new Set([200]));
  });
});
