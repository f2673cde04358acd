// What was begun to be made, and nobody heard of, is looked for before another one is made: by the run itself for a
// minute, and by the next one.

import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FaultRule } from '../../src/entry/emulator.ts';
import type { Configuration } from '../../src/resources/configuration/schema.ts';
import { serviceAccount } from '../../src/resources/service-account/index.ts';
import type {
  ServiceAccountState,
  serviceAccountSchema,
} from '../../src/resources/service-account/schema.ts';
import { team } from '../../src/resources/team/index.ts';
import type { TeamState } from '../../src/resources/team/schema.ts';
import { user } from '../../src/resources/user/index.ts';
import type { UserState } from '../../src/resources/user/schema.ts';
import { unknown } from '../../src/schema/value.ts';
import { caught } from '../helpers/caught.ts';
import { type LocalSession, localSession, operation } from '../helpers/local-session.ts';
import { acmeSeed, changeTo, plannedAccount } from '../helpers/planned.ts';

const ACCOUNTS = '/user/service-accounts';
const LOST: FaultRule = { kind: 'drop', method: 'POST' };
/** Longer than anybody looks. */
const lag = (path: string): FaultRule => ({ kind: 'stale-list', seconds: 90, path, times: 'always' });

let directory: string;
let world: LocalSession;
/** An API that allows equal identifiers: whoever makes a second one has two. */
const open = async (settings: Partial<Configuration> = {}) => {
  world = await localSession(
    { seed: acmeSeed, behaviours: { 'duplicate-identifier': 'allow' } },
    { request_budget_directory: directory, ...settings },
  );
  world.clock.advance(3_600_000);
};
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'open-writes-'));
  await open();
});
afterEach(async () => {
  await world.close();
  await rm(directory, { recursive: true, force: true });
});

const make = async (identifier = 'web-ci', op = operation<ServiceAccountState>(world.session)) =>
  serviceAccount.create(plannedAccount(identifier), op);
const makeAgain = async (op?: ReturnType<typeof operation<ServiceAccountState>>) =>
  make('web-ci', op ?? operation<ServiceAccountState>(await world.another()));
const made = () => world.local.accounts().filter(({ identifier }) => identifier === 'web-ci');
const posts = () => world.local.requests().filter(({ method }) => method === 'POST').length;
const remembered = async () => (await readdir(directory)).filter((name) => name.endsWith('.open.json'));

describe('a creation that nobody heard of', () => {
  it('is found by the run itself although the list lags behind for most of a minute', async () => {
    world.local.inject([LOST, { ...lag(ACCOUNTS), seconds: 50 } as FaultRule]);
    const state = await make();
    expect(made().map(({ username }) => username)).toEqual([state.username]);
    expect(await remembered()).toEqual([]);
  });

  it('promises nothing that does not hold, and says what to look for', async () => {
    world.local.inject([LOST, lag(ACCOUNTS)]);
    const problem = await caught(make());
    expect(problem).toMatchObject({
      code: 'unclear_outcome',
      summary: 'Service account "web-ci" was not made, as far as can be seen',
    });
    expect(problem.detail).toContain('If the list lags behind, it was made all the same.');
    expect(problem.detail).toContain('browserstack-iac keys');
    expect(problem.detail).not.toContain('safe');
  });

  it('is taken over by the next run, however the list lags, and no second one is made', async () => {
    world.local.inject([LOST, lag(ACCOUNTS)]);
    await caught(make());
    const op = operation<ServiceAccountState>(await world.another());
    const state = await makeAgain(op);
    expect(made().map(({ username }) => username)).toEqual([state.username]);
    expect(posts()).toBe(1);
    expect(op.warnings[0]?.summary).toContain('was made by an earlier run that did not hear of it');
    expect(await remembered()).toEqual([]);
  });

  it('is made by the next run when it had not been made', async () => {
    world.local.inject([{ ...LOST, when: 'before' } as FaultRule, lag(ACCOUNTS)]);
    await caught(make());
    world.local.clearFaults();
    await makeAgain();
    expect(made()).toHaveLength(1);
    expect(posts()).toBe(2);
    expect(await remembered()).toEqual([]);
  });

  it('is no conflict in the plan of the next run, which says what it is about', async () => {
    world.local.inject([LOST, lag(ACCOUNTS)]);
    await caught(make());
    world.local.clearFaults();
    const op = operation(await world.another());
    const change = changeTo<typeof serviceAccountSchema>({ planned: plannedAccount('web-ci') });
    await serviceAccount.plan?.(change, op);
    expect(op.warnings.map(({ summary }) => summary)).toEqual([
      'Service account "web-ci" was made by an earlier run that did not hear of it',
    ]);
    expect(op.warnings[0]?.detail).toContain(made()[0]?.username);
  });

  it('is told apart from one that was there before, and from one too many', async () => {
    await make();
    const [first] = made();
    const session = await world.another();
    await session
      .snapshot((await import('../../src/resources/service-account/index.ts')).serviceAccounts)
      .get();
    // What was there when it was begun is not what was made: a plan refuses it as ever.
    const change = changeTo<typeof serviceAccountSchema>({ planned: plannedAccount('web-ci') });
    expect(await caught(serviceAccount.plan?.(change, operation(session)))).toMatchObject({
      code: 'conflict',
    });
    expect(made()).toEqual([first]);
  });

  it('names both when somebody else made another one meanwhile', async () => {
    world.local.inject([LOST, lag(ACCOUNTS)]);
    await caught(make());
    world.local.clearFaults();
    const authorization = `Basic ${btoa('owner_local:owner-local-key-0001')}`;
    const url = `http://local${ACCOUNTS}?identifier=web-ci`;
    await world.local.fetch(new Request(url, { method: 'POST', headers: { authorization } }));
    const problem = await caught(makeAgain());
    expect(problem).toMatchObject({ code: 'conflict' });
    for (const { username } of made()) expect(problem.detail).toContain(username);
    expect(made()).toHaveLength(2);
  });

  it('is not another process that is at it just now', async () => {
    world.local.inject([LOST, lag(ACCOUNTS)]);
    await caught(make());
    const [file = ''] = await remembered();
    const record = JSON.parse(await readFile(join(directory, file), 'utf8'));
    expect(Object.keys(record).sort()).toEqual(['at', 'before', 'pid', 'purpose']);
    expect(JSON.stringify(record)).not.toMatch(/web-ci|webci|owner/u);
  });

  it('is nothing that was refused, or that went well, or that was stopped before it was sent', async () => {
    await caught(
      serviceAccount.create(
        plannedAccount('web-ci', 'Nowhere'),
        operation<ServiceAccountState>(world.session),
      ),
    );
    expect(await remembered()).toEqual([]);
    await make();
    expect(await remembered()).toEqual([]);
    const stopped = new AbortController();
    stopped.abort(new Error('stopped'));
    const op = { ...operation<ServiceAccountState>(world.session), signal: stopped.signal };
    await expect(make('other-ci', op)).rejects.toThrow('stopped');
    expect(await remembered()).toEqual([]);
  });

  it('is looked for by hand where nothing is remembered', async () => {
    await world.close();
    await open({ request_budget_directory: 'off' });
    world.local.inject([LOST, lag(ACCOUNTS)]);
    const problem = await caught(make());
    expect(problem.detail).toContain('Before you apply again, look whether it is there');
    expect(problem.detail).not.toContain('this machine');
  });
});

describe('an account that is there twice', () => {
  it('is told of by every refresh', async () => {
    const state = await make();
    const authorization = `Basic ${btoa('owner_local:owner-local-key-0001')}`;
    for (const query of ['identifier=WEB-ci', 'identifier=web-ci&teamName=Search'])
      await world.local.fetch(
        new Request(`http://local${ACCOUNTS}?${query}`, { method: 'POST', headers: { authorization } }),
      );
    const op = operation(await world.another());
    expect(await serviceAccount.read(state, op)).toEqual(state);
    expect(op.warnings.map(({ summary }) => summary)).toEqual([
      'Service account "web-ci" is there more than once',
    ]);
    const [, twin, other] = world.local.accounts().slice(-3);
    expect(op.warnings[0]?.detail).toContain(twin?.username);
    expect(op.warnings[0]?.detail).not.toContain(other?.username);
  });
});

describe('a team and an invitation that nobody heard of', () => {
  it('are taken over by the next run, too', async () => {
    world.local.inject([
      { ...LOST, times: 2 } as FaultRule,
      lag('/user/team_detail'),
      lag('/user/user_detail'),
    ]);
    const web = { name: 'Web', deletion_protection: true, deletion_policy: 'delete' } as TeamState;
    const jane = {
      ...{ email: 'Jane@acme.com', full_name: 'Jane', role: 'user', team: null, products: null },
      ...{ username: unknown, status: unknown, product_access: unknown },
    };
    // One after the other: two who wait on one virtual clock would wait half as long.
    const both = [
      async () => team.create(web, operation<TeamState>(await world.another())),
      async () => user.create(jane, operation<UserState>(await world.another())),
    ];
    for (const one of both) expect(await caught(one())).toMatchObject({ code: 'unclear_outcome' });
    for (const one of both) await one();
    expect(posts()).toBe(2);
    expect(world.local.teams().filter(({ name }) => name === 'Web')).toHaveLength(1);
    expect(world.local.users().filter(({ email }) => email === 'Jane@acme.com')).toHaveLength(1);
    expect(await remembered()).toEqual([]);
  });
});
