import { Builder, type WebDriver } from 'selenium-webdriver';
import { afterEach, describe, expect, test } from 'vitest';
import { ManualClock } from '../../src/clock.ts';
import { resolveBehaviours } from '../../src/emulator/behaviours/index.ts';
import { SessionQueue } from '../../src/emulator/hub/session-queue.ts';
import { endSession, startSession } from '../../src/emulator/hub/sessions.ts';
import { createLocalBrowserStack, type LocalBrowserStack } from '../../src/emulator/local-browserstack.ts';
import { Random } from '../../src/emulator/random.ts';
import { stateOf } from '../../src/emulator/storage/seed.ts';
import { asking, type Client, openSession, organization, owner, seed, user } from './organization.ts';

const web = 'webci_1:web-ci-key';
const nightly = 'nightly_1:nightly-key';

describe('a real WebDriver client', () => {
  let stack: LocalBrowserStack | undefined;
  afterEach(() => stack?.close());

  test('opens a session with the rotated key, and none with the old one', async () => {
    stack = await createLocalBrowserStack({ seed });
    const { url } = await stack.listen();
    const ask = asking(fetch, url);
    const open = (accessKey: string): Promise<WebDriver> =>
      Promise.resolve(
        new Builder()
          .usingServer(`${url}/wd/hub`)
          .withCapabilities({
            browserName: 'Chrome',
            'bstack:options': {
              userName: 'webci_1',
              accessKey,
              buildName: 'nightly build',
              sessionName: 'login',
            },
          })
          .build(),
      );

    const { new_key } = (await ask(web, 'PUT /automate/recycle_key.json')).body;
    await expect(open('web-ci-key').then((driver) => driver.getSession())).rejects.toThrow(
      /Authorization required/,
    );
    const driver = await open(new_key);
    await driver.get('https://example.com/login');
    expect(await driver.getCurrentUrl()).toBe('https://example.com/login');
    expect(await driver.getTitle()).toContain('example.com');
    await driver.executeScript(
      'browserstack_executor: {"action":"setSessionStatus","arguments":{"status":"passed","reason":"all good"}}',
    );
    expect(stack.sessions()).toMatchObject([
      { status: 'running', owner: 'web-ci', build: 'nightly build', name: 'login', team: 'Web' },
    ]);
    await driver.quit();
    expect(stack.sessions()).toMatchObject([{ status: 'passed' }]);
    const records = stack.requests().filter(({ path }) => path === '/wd/hub/session');
    expect(records).toMatchObject([
      { status: 401, username: 'webci_1' },
      { status: 200, username: 'webci_1' },
    ]);
  });
});

const withParallels = (automate: number, queue: number, options = {}) =>
  organization({
    seed: { ...seed, organization: { ...seed.organization, parallels: { automate, queue } } },
    ...options,
  });
const close = (client: Client, id: string) => client.ask(undefined, `DELETE /wd/hub/session/${id}`);
const statuses = ({ stack }: Client) => stack.sessions().map(({ status }) => status);
const plan = async (client: Client, who = nightly) => (await client.ask(who, 'GET /automate/plan.json')).body;

describe('parallels', () => {
  test('are counted while sessions run, and given back', async () => {
    const client = await withParallels(2, 0);
    const first = (await openSession(client, nightly)).body.value.sessionId;
    expect(await plan(client)).toMatchObject({
      parallel_sessions_running: 1,
      parallel_sessions_max_allowed: 2,
    });
    await openSession(client, web);
    expect((await openSession(client, owner)).body.value.error).toBe('session not created');
    await close(client, first);
    expect((await openSession(client, owner)).status).toBe(200);
    expect(statuses(client)).toEqual(['done', 'running', 'refused', 'running']);
  });

  test('a session waits in line, first come first served, as plan.json counts', async () => {
    const client = await withParallels(1, 2);
    const first = (await openSession(client, nightly)).body.value.sessionId;
    const second = openSession(client, nightly, { sessionName: 'second' });
    await expect.poll(() => statuses(client)).toEqual(['running', 'queued']);
    const third = openSession(client, nightly, { sessionName: 'third' });
    await expect.poll(() => statuses(client)).toEqual(['running', 'queued', 'queued']);
    expect(await plan(client)).toMatchObject({ queued_sessions: 2, queued_sessions_max_allowed: 2 });
    expect((await openSession(client, nightly)).status).toBe(500);
    await close(client, first);
    const { sessionId } = (await second).body.value;
    expect(statuses(client)).toEqual(['done', 'running', 'queued', 'refused']);
    await close(client, sessionId);
    expect((await third).status).toBe(200);
  });

  test('nobody who comes in the moment a parallel is given back overtakes the line', async () => {
    const clock = new ManualClock();
    const random = new Random(1);
    const oneParallel = {
      ...seed,
      organization: { ...seed.organization, parallels: { automate: 1, queue: 2 } },
    };
    const state = stateOf(oneParallel, clock, random);
    const context = { state, clock, random, behaviours: resolveBehaviours('lenient') };
    const [, , account] = state.accounts;
    if (account === undefined) throw new Error('the seed has three accounts');
    const queue = new SessionQueue();
    const leaving = new AbortController();
    const start = (name: string) => {
      const wanted = { name, build: 'b', project: 'p', browser: 'chrome', os: 'Windows' };
      return startSession(context, queue, { kind: 'service-account', account }, wanted, leaving.signal);
    };
    const first = await start('first');
    const waiting = start('second');
    endSession(context, queue, first);
    const newcomer = start('newcomer');
    expect((await waiting).status).toBe('running');
    expect(state.sessions.map(({ status }) => status)).toEqual(['done', 'running', 'queued']);
    leaving.abort();
    expect((await newcomer).status).toBe('refused');
  });

  test('patience ends, and a crashed client gives its parallel back', async () => {
    const client = await withParallels(1, 2, { behaviours: { 'hub-queue-patience': 60 } });
    await openSession(client, nightly);
    const impatient = openSession(client, nightly);
    await expect.poll(() => client.clock.nextWake()).toEqual(new Date('2026-03-01T12:01:00Z'));
    client.clock.advance(60_000);
    expect((await impatient).status).toBe(500);
    const lucky = openSession(client, nightly);
    await expect.poll(() => client.clock.nextWake()).toEqual(new Date('2026-03-01T12:01:30Z'));
    client.clock.advance(30_000);
    expect((await lucky).status).toBe(200);
    expect(statuses(client)).toEqual(['timeout', 'refused', 'running']);
  });

  test('who hangs up while waiting leaves the line', async () => {
    const client = await withParallels(1, 2);
    await openSession(client, nightly);
    const leaving = new AbortController();
    const body = JSON.stringify({
      capabilities: {
        alwaysMatch: { 'bstack:options': { userName: 'nightly_1', accessKey: 'nightly-key' } },
      },
    });
    const waiting = client.ask(undefined, 'POST /wd/hub/session', { body, signal: leaving.signal });
    await expect.poll(() => statuses(client)).toEqual(['running', 'queued']);
    leaving.abort();
    await waiting.catch(() => undefined);
    await expect.poll(() => statuses(client)).toEqual(['running', 'refused']);
  });

  test('hub-at-the-limit=refuse has no line', async () => {
    const client = await withParallels(1, 5, { behaviours: { 'hub-at-the-limit': 'refuse' } });
    await openSession(client, nightly);
    expect((await openSession(client, nightly)).status).toBe(500);
  });

  test("a team's own allocation is apart from what the organization shares", async () => {
    const teams = [{ name: 'Web', parallels: { automate: 1 } }, { name: 'Mobile' }];
    const organizationSeed = { ...seed.organization, parallels: { automate: 3, queue: 0 } };
    const client = await organization({ seed: { ...seed, organization: organizationSeed, teams } });
    expect((await openSession(client, web)).status).toBe(200);
    expect((await openSession(client, user)).status).toBe(500);
    expect((await openSession(client, nightly)).status).toBe(200);
    expect((await openSession(client, 'mobileci_1:mobile-ci-key')).status).toBe(200);
    expect((await openSession(client, nightly)).status).toBe(500);
    expect(await plan(client, web)).toMatchObject({
      parallel_sessions_running: 1,
      team_parallel_sessions_max_allowed: 1,
      parallel_sessions_max_allowed: 3,
    });
  });
});

describe('the hub', () => {
  test('takes credentials from Basic authentication too', async () => {
    const { ask } = await organization();
    const body = JSON.stringify({ capabilities: { firstMatch: [{ browserName: 'firefox' }] } });
    expect((await ask(web, 'POST /wd/hub/session', { body })).body.value.capabilities.browserName).toBe(
      'firefox',
    );
    expect((await ask(undefined, 'POST /wd/hub/session', { body })).status).toBe(401);
  });
  test.each([
    ['POST /wd/hub/session', '{', 400],
    ['POST /wd/hub/session', '{"capabilities":7}', 400],
    ['DELETE /wd/hub/session/unknown', undefined, 404],
    ['GET /wd/hub/nothing', undefined, 404],
    ['GET /wd/hub/status', undefined, 200],
  ])('%s %s: %i in the words of WebDriver', async (line, body, status) => {
    const { ask } = await organization();
    const reply = await ask(undefined, line, body === undefined ? {} : { body });
    expect(reply.status).toBe(status);
    expect(reply.body).toHaveProperty('value');
  });
  test('sessions and builds are listed by the Automate API', async () => {
    const client = await organization();
    const { sessionId } = (
      await openSession(client, web, { buildName: 'b1', sessionName: 's1', projectName: 'p1' })
    ).body.value;
    client.clock.advance(7_000);
    await close(client, sessionId);
    const [build] = (await client.ask(web, 'GET /automate/builds.json')).body;
    expect(build.automation_build).toMatchObject({ name: 'b1', status: 'done', duration: 7 });
    const listed = await client.ask(
      web,
      `GET /automate/builds/${build.automation_build.hashed_id}/sessions.json`,
    );
    expect(listed.body).toMatchObject([
      {
        automation_session: {
          name: 's1',
          project_name: 'p1',
          status: 'done',
          hashed_id: sessionId,
          duration: 7,
        },
      },
    ]);
    expect((await client.ask(web, `GET /automate/sessions/${sessionId}.json`)).body).toEqual(listed.body[0]);
  });
});
