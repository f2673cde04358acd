// People over time and over teams: lists that lag, additional teams, and what was done in the browser.

import { copyFile, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createLocalBrowserStack } from '../../src/emulator/local-browserstack.ts';
import {
  asking,
  type Client,
  click,
  openSession,
  organization,
  owner,
  seed,
  teamAdmin,
  user,
} from './organization.ts';

const PEOPLE = 'GET /user/user_detail';
const invite = 'POST /user/create_user?email=ida@example.com&full_name=Ida&team=Web';

async function people(client: Client, line = PEOPLE): Promise<string[]> {
  const { user_details } = (await client.ask(owner, line)).body;
  return user_details.map(
    ({ email, role, teams = [] }: { email: string; role: string; teams?: string[] }) =>
      `${email.split('@')[0]} ${role} ${teams.join()}`,
  );
}

test('a stale list shows people as they were: invited, removed, moved and promoted later', async () => {
  const client = await organization();
  const before = await people(client);
  client.clock.advance(60_000);
  await client.ask(owner, invite);
  await client.ask(owner, 'DELETE /user/revoke_user?email=oscar@example.com');
  await client.ask(owner, 'PUT /user/update_user_role?email=uma@example.com&role=admin');
  await client.ask(owner, 'DELETE /user/delete_team?team_name=Web');
  client.clock.advance(5_000);
  expect(await people(client)).toEqual(['olivia owner ', 'tara user ', 'uma user ', 'ida user ']);
  client.stack.inject({ kind: 'stale-list', seconds: 10, times: 3 });
  expect(await people(client)).toEqual(before);
  expect(await people(client, `${PEOPLE}?team_name=Web`)).toEqual(['tara admin Web', 'uma user Web']);
  const teams = (await client.ask(owner, 'GET /user/team_detail')).body.team_details;
  expect(teams.map(({ user_count }: { user_count: number }) => user_count)).toEqual([2, 0]);
});

test('read-delay holds back an invitation, and whether it was accepted', async () => {
  const client = await organization({ behaviours: { 'read-delay': 10 } });
  await client.ask(owner, invite);
  expect(await people(client)).toHaveLength(4);
  client.clock.advance(10_000);
  await click(client, 'olivia', 'accept-invitation', { email: 'ida@example.com' });
  expect((await people(client, `${PEOPLE}?status=pending`)).at(-1)).toBe('ida user Web');
  client.clock.advance(10_000);
  expect(await people(client, `${PEOPLE}?status=pending`)).toEqual([]);
});

test('what the seed names was there before: no list of a fresh server is empty, however late lists are', async () => {
  const client = await organization();
  client.stack.inject({ kind: 'stale-list', seconds: 60, times: 3 });
  expect((await client.ask(owner, 'GET /user/service-accounts')).body).toHaveLength(3);
  expect((await client.ask(owner, 'GET /user/team_detail')).body.count).toBe(2);
  expect((await client.ask(owner, PEOPLE)).body.count).toBe(4);
});

const several = {
  ...seed,
  users: seed.users.map((one) => (one.username === 'uma' ? { ...one, additional_teams: ['Mobile'] } : one)),
};

test('additional teams are shown, searched, and gone with the team', async () => {
  const client = await organization({ seed: several });
  const additional = async (line: string) => (await client.ask(owner, line)).body.user_details;
  const [found] = await additional(`${PEOPLE}?team_name=Mobile`);
  expect(found).toMatchObject({ username: 'uma', teams: ['Web'], 'additional-teams': ['Mobile'] });
  const everybody = await additional(PEOPLE);
  expect(everybody.filter((one: object) => 'additional-teams' in one)).toHaveLength(1);
  await client.ask(owner, 'DELETE /user/delete_team?team_name=Mobile');
  expect((await additional(PEOPLE)).filter((one: object) => 'additional-teams' in one)).toEqual([]);
});

test('on Team View a member sees the data of additional teams too, and administers none of them', async () => {
  const users = several.users.map((one) =>
    one.username === 'tara' ? { ...one, additional_teams: ['Mobile'] } : one,
  );
  const client = await organization({ seed: { ...several, users } });
  await click(client, 'olivia', 'set-data-access', { value: 'team' });
  await openSession(client, 'mobileci_1:mobile-ci-key', { buildName: 'mobile' });
  expect((await client.ask(user, 'GET /automate/builds.json')).body).toHaveLength(1);
  expect((await client.ask('webci_1:web-ci-key', 'GET /automate/builds.json')).body).toEqual([]);
  expect((await client.ask(teamAdmin, 'GET /user/service-accounts')).body).toHaveLength(1);
});

test('the audit log tells what was done in the browser from what was done through the API', async () => {
  const client = await organization();
  await click(client, 'oscar', 'create-team', { name: 'New' });
  await client.ask(owner, 'DELETE /user/delete_team?team_name=New');
  const { logs } = (await client.ask(owner, 'GET /audit/v1/logs')).body;
  expect(logs.map(({ activity }: { activity: object }) => activity)).toEqual([
    { category: 'user_management', activity_name: 'created_team' },
    { category: 'user_management_using_rest_apis', activity_name: 'deleted_team_using_rest_apis' },
  ]);
  const { activities } = (await client.ask(owner, 'GET /audit/v1/activities')).body;
  expect(Object.keys(activities)).toEqual([
    'user_management',
    'user_provisioning',
    'user_management_using_rest_apis',
    'accounts',
  ]);
  expect(activities.user_management_using_rest_apis).toHaveLength(7);
  expect(activities.accounts).toContain('modified_sign_in_method');
});

test('a sign-in that was answered is kept', async () => {
  const dataFile = join(await mkdtemp(join(tmpdir(), 'people-')), 'acme.json');
  const client = await organization({ dataFile });
  await client.ask(undefined, 'POST /_local/console/sign-in', { body: '{"username":"olivia"}' });
  // Read as after a kill: nobody closed the first one, which holds the file.
  await copyFile(dataFile, `${dataFile}.copy`);
  const second = await organization({ dataFile: `${dataFile}.copy` });
  const { logs } = (await second.ask(owner, 'GET /audit/v1/logs')).body;
  expect(logs).toMatchObject([{ actor: 'olivia', activity: { activity_name: 'signed_in' } }]);
});

test('a data file from before people had a past is read on', async () => {
  const dataFile = join(await mkdtemp(join(tmpdir(), 'people-')), 'acme.json');
  await (await createLocalBrowserStack({ seed, dataFile })).close();
  const { seeded, removedUsers, users, ...older } = JSON.parse(await readFile(dataFile, 'utf8'));
  expect([seeded, removedUsers]).toEqual([1007, []]);
  const without = users.map(({ past, createdAt, additionalTeams, ...rest }: Record<string, unknown>) => rest);
  await writeFile(dataFile, JSON.stringify({ ...older, users: without }));
  const stack = await createLocalBrowserStack({ dataFile });
  const reply = await asking((request) => stack.fetch(request))(
    owner,
    'PUT /user/update_user_role?email=uma@example.com&role=admin',
  );
  expect(reply.status).toBe(200);
});
