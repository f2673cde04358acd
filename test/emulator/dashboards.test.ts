// What the dashboards and their calls tell about parallels, builds and projects, beyond the hub itself.

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { click, openSession, organization, owner, seed, user } from './organization.ts';

const web = 'webci_1:web-ci-key';
const mobile = 'mobileci_1:mobile-ci-key';

test('App Automate has its own parallels, and its plan counts those', async () => {
  const teams = [{ name: 'Web', parallels: { app_automate: 1 } }, { name: 'Mobile' }];
  const parallels = { automate: 5, app_automate: 3 };
  const { ask } = await organization({
    seed: { ...seed, teams, organization: { ...seed.organization, parallels } },
  });
  const plan = async (who: string, product: string) => (await ask(who, `GET /${product}/plan.json`)).body;
  expect(await plan(web, 'app-automate')).toMatchObject({
    team_parallel_sessions_max_allowed: 1,
    parallel_sessions_max_allowed: 3,
    terminal_access: 'Public',
  });
  expect(await plan(mobile, 'app-automate')).toMatchObject({ team_parallel_sessions_max_allowed: 2 });
  expect(await plan(web, 'automate')).toMatchObject({ team_parallel_sessions_max_allowed: 5 });
});

test('a session on the hub takes no parallel of App Automate', async () => {
  const client = await organization();
  await openSession(client, web);
  expect((await client.ask(web, 'GET /automate/plan.json')).body.parallel_sessions_running).toBe(1);
  expect((await client.ask(web, 'GET /app-automate/plan.json')).body.parallel_sessions_running).toBe(0);
});

test('the parallel of a crashed client is free for whoever looks, not only for the next session', async () => {
  const client = await organization();
  await openSession(client, web);
  client.clock.advance(90_000);
  expect((await client.ask(web, 'GET /automate/plan.json')).body.parallel_sessions_running).toBe(0);
});

test('builds of a deleted team are not for a later team of the same name', async () => {
  const client = await organization();
  await openSession(client, web, { buildName: 'secret' });
  await click(client, 'olivia', 'set-data-access', { value: 'team' });
  await client.ask(owner, 'DELETE /user/delete_team?team_name=Web');
  await client.ask(owner, 'POST /user/create_team?team_name=Web');
  await click(client, 'olivia', 'move-user', { email: 'uma@example.com', team: 'Web' });
  expect((await client.ask(user, 'GET /automate/builds.json')).body).toEqual([]);
  expect((await client.ask(owner, 'GET /automate/builds.json')).body).toHaveLength(1);
});

test('accesses come 20 to a page unless asked otherwise', async () => {
  const people = Array.from({ length: 21 }, (_, i) => ({
    username: `person${i}`,
    access_key: `key-${i}`,
    role: 'user' as const,
  }));
  const { ask } = await organization({ seed: { ...seed, users: [...seed.users, ...people] } });
  const headers = { 'Content-Type': 'application/json' };
  const body = JSON.stringify({ name: 'Payments', products: ['automate'] });
  const { id } = (await ask(owner, 'POST /v1/projects', { headers, body })).body.project;
  const first = (await ask(owner, `GET /v1/projects/${id}/accesses`)).body;
  expect(first.accesses).toHaveLength(20);
  expect(first.info).toEqual({ prev: null, next: 2, page: 1, page_size: 20, count: 25 });
});

test('disabled-user=403: a disabled person opens no session either', async () => {
  const client = await organization({ behaviours: { 'disabled-user': '403' } });
  expect((await openSession(client, user)).status).toBe(200);
  await client.ask(owner, 'POST /user/disable_user?email=uma@example.com');
  const refused = await openSession(client, user);
  expect([refused.status, refused.body.value.error]).toEqual([403, 'session not created']);
});

test('the log of requests holds no key, not even of who swaps user name and key', async () => {
  const client = await organization();
  expect((await client.ask('web-ci-key:webci_1', 'GET /automate/plan.json')).status).toBe(401);
  expect((await openSession(client, 'nightly-key:nightly_1')).status).toBe(401);
  expect((await client.ask('somebody:x', 'GET /automate/plan.json')).status).toBe(401);
  expect(client.stack.requests().map(({ username }) => username)).toEqual(['***', '***', 'somebody']);
});

test('a hub that cannot keep its sessions says so in the words of WebDriver, and why in the log', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'dashboards-'));
  const log: string[] = [];
  const client = await organization({
    dataFile: join(directory, 'acme.json'),
    log: (line) => log.push(line),
  });
  await rm(directory, { recursive: true });
  const failed = await openSession(client, web);
  expect([failed.status, failed.body.value.error]).toEqual([500, 'unknown error']);
  expect(failed.text).not.toContain(directory);
  expect(log.join('\n')).toContain('ENOENT');
  expect(client.stack.requests().at(-1)).toMatchObject({ path: '/wd/hub/session', status: 500 });
});
