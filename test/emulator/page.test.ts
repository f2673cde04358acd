// The page "Create and manage service accounts", sentence by sentence. The names of these tests are its sentences;
// docs/local-browserstack/sentences.md maps them, and a test at the end keeps that table complete.

import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import {
  type Client,
  click,
  openSession,
  orgAdmin,
  organization,
  owner,
  seed,
  teamAdmin,
  user,
} from './organization.ts';

const LIST = 'GET /user/service-accounts';
const create = (query: string) => `POST /user/service-accounts?${query}`;
const web = 'webci_1:web-ci-key';
const nightly = 'nightly_1:nightly-key';
const listed = async ({ ask }: Client, who: string) =>
  (await ask(who, LIST)).body.map((account: { identifier: string }) => account.identifier);

describe('what a service account is', () => {
  test('A service account is an access key token that your systems can use to make authorized API calls.', async () => {
    const { ask } = await organization();
    expect((await ask(web, 'GET /automate/plan.json')).status).toBe(200);
    expect((await ask('webci_1:another-key', 'GET /automate/plan.json')).status).toBe(401);
  });
  test('Create service accounts at the organization or team level, tailoring access to your specific needs.', async () => {
    const { ask } = await organization();
    expect((await ask(owner, create('identifier=aaa'))).body).toMatchObject({
      teamName: 'Acme Inc.',
      mainGroup: true,
    });
    expect((await ask(owner, create('identifier=bbb&teamName=Web'))).body).toMatchObject({
      teamName: 'Web',
      mainGroup: false,
    });
  });
  test("Eliminate the need to share real user's access keys across the organization.", async () => {
    const { ask } = await organization();
    const { username, authkey } = (await ask(owner, create('identifier=payments'))).body;
    expect(`${username}:${authkey}`).not.toContain('olivia');
    expect((await ask(`${username}:${authkey}`, 'GET /automate/plan.json')).status).toBe(200);
  });
  test('Seamlessly integrate your Jenkins CI/CD pipeline with BrowserStack using a service account.', async () => {
    const client = await organization();
    expect((await openSession(client, web, { buildName: 'jenkins-42' })).status).toBe(200);
    expect(client.stack.sessions()).toMatchObject([
      { build: 'jenkins-42', owner: 'web-ci', status: 'running' },
    ]);
  });
  test('Maintain precise control over resources and access while safeguarding the security of real user accounts.', async () => {
    const { ask } = await organization();
    await ask(owner, 'DELETE /user/service-accounts?username=webci_1');
    expect((await ask(web, 'GET /automate/plan.json')).status).toBe(401);
    expect((await ask(user, 'GET /automate/plan.json')).status).toBe(200);
  });
});

describe('who can create and manage service accounts', () => {
  test.each([
    ['Owner', owner],
    ['Org Admin', orgAdmin],
  ])('%s: Can create service accounts.', async (_, caller) => {
    const { ask } = await organization();
    for (const query of ['identifier=aaa', 'identifier=bbb&teamName=Web', 'identifier=ccc&teamName=Mobile'])
      expect((await ask(caller, create(query))).status).toBe(200);
  });
  test.each([
    ['Owner', owner],
    ['Org Admin', orgAdmin],
  ])(
    '%s: Can view and manage all the Service accounts created within the organization or team(s).',
    async (_, caller) => {
      const client = await organization();
      expect(await listed(client, caller)).toEqual(['web-ci', 'mobile-ci', 'nightly']);
      for (const username of ['webci_1', 'mobileci_1', 'nightly_1'])
        expect((await client.ask(caller, `DELETE /user/service-accounts?username=${username}`)).status).toBe(
          200,
        );
    },
  );
  test('Team Admin: Can create a Service account within their Team.', async () => {
    const client = await organization();
    expect((await client.ask(teamAdmin, create('identifier=aaa&teamName=Web'))).status).toBe(200);
    expect((await client.ask(teamAdmin, create('identifier=bbb&teamName=Mobile'))).status).toBe(403);
  });
  test('Team Admin: Can view and manage all the Service accounts created within their Team.', async () => {
    const client = await organization();
    await client.ask(owner, create('identifier=by-the-owner&teamName=Web'));
    expect(await listed(client, teamAdmin)).toEqual(['web-ci', 'by-the-owner']);
    for (const { username, team } of client.stack.accounts()) {
      const reply = await client.ask(teamAdmin, `DELETE /user/service-accounts?username=${username}`);
      expect(reply.status).toBe(team === 'Web' ? 200 : 404);
    }
  });
  test('Team Admin (Enterprise only)', async () => {
    const client = await organization({
      seed: { ...seed, organization: { name: 'Acme Inc.', enterprise: false } },
    });
    expect((await click(client, 'tara', 'create-account', { identifier: 'aaa', team: 'Web' })).status).toBe(
      403,
    );
    expect((await click(client, 'oscar', 'create-account', { identifier: 'aaa', team: 'Web' })).status).toBe(
      200,
    );
  });
  test('User: Cannot create, view or manage Service accounts.', async () => {
    const client = await organization();
    for (const line of [
      LIST,
      create('identifier=aaa&teamName=Web'),
      'DELETE /user/service-accounts?username=webci_1',
    ])
      expect((await client.ask(user, line)).status).toBe(403);
    expect(client.stack.accounts()).toHaveLength(3);
  });
});

describe('how to create service accounts', () => {
  test('Under Service Accounts the Owner can view all the service accounts created within the organization.', async () => {
    const { ask } = await organization();
    const view = await ask(undefined, 'GET /_local/console/view?as=olivia');
    expect(view.body.accounts).toHaveLength(3);
    expect(view.text).not.toContain('ci-key');
  });
  test('To create a new service account, click Add Accounts', async () => {
    const client = await organization();
    expect(
      (await click(client, 'olivia', 'create-account', { identifier: 'by-hand', team: '' })).status,
    ).toBe(200);
    expect(await listed(client, owner)).toContain('by-hand');
  });
  test('Enter the unique identifier for the service account.', async () => {
    const { ask } = await organization();
    expect((await ask(owner, create('identifier=Web-CI'))).status).toBe(422);
    expect((await ask(owner, create('identifier='))).status).toBe(422);
  });
  test('You can select the organization or team(optional) for which you want to create the service account.', async () => {
    const { ask } = await organization();
    expect((await ask(owner, create('identifier=aaa&teamName=Acme%20Inc.'))).body.mainGroup).toBe(true);
    expect((await ask(owner, create('identifier=bbb&teamName=Mobile'))).body.mainGroup).toBe(false);
  });
  test('Identifier: The identifier is used to mark the service account on product dashboards and user reports.', async () => {
    const client = await organization();
    await openSession(client, nightly);
    const view = await client.ask(undefined, 'GET /_local/console/view?as=olivia');
    expect(view.body.sessions).toMatchObject([{ owner: 'nightly' }]);
    const { job_id } = (await client.ask(owner, 'POST /reports/usage/v1/user')).body.data;
    client.clock.advance(5_000);
    const { users } = (await client.ask(owner, `GET /reports/usage/v1/user/${job_id}`)).body.data;
    expect(users).toContainEqual(
      expect.objectContaining({ name: 'nightly', usage: { last_activity: '2026-03-01T12:00:00.000Z' } }),
    );
  });
  test('Team: All the team management access rules apply to the service account once it is part of a team.', async () => {
    const client = await organization();
    await client.ask(owner, create('identifier=joins&teamName=Web'));
    expect(await listed(client, teamAdmin)).toContain('joins');
    await client.ask(owner, 'DELETE /user/delete_team?team_name=Web');
    expect(
      (await client.ask(owner, LIST)).body.every((one: { teamName: string }) => one.teamName !== 'Web'),
    ).toBe(true);
  });
  test('If a team is not assigned, the service account will be considered an organization level service account.', async () => {
    const { ask } = await organization();
    expect((await ask(owner, create('identifier=aaa'))).body.mainGroup).toBe(true);
    expect((await ask(owner, create('identifier=bbb&teamName='))).body.mainGroup).toBe(true);
  });
});

describe('differences between a service account and a real user account', () => {
  test('the service account does not have dashboard privileges', async () => {
    const { ask } = await organization();
    expect((await ask(undefined, 'GET /_local/console/view?as=nightly_1')).status).toBe(403);
    expect((await ask(undefined, 'GET /_local/console/view?as=uma')).status).toBe(200);
  });
  test('Service accounts do not have passwords, and cannot log in via browsers or cookies.', async () => {
    const { ask } = await organization();
    const signIn = (username: string) =>
      ask(undefined, 'POST /_local/console/sign-in', { body: JSON.stringify({ username }) });
    expect(await signIn('nightly_1')).toMatchObject({ status: 403, body: { message: /cannot sign in/ } });
    expect((await signIn('uma')).status).toBe(200);
    const headers = { Cookie: 'user=nightly_1; key=nightly-key' };
    expect((await ask(undefined, 'GET /automate/plan.json', { headers })).status).toBe(401);
  });
  test('Service accounts are not counted to your user licenses.', async () => {
    const { ask, stack } = await organization();
    const before = stack.licencesUsed();
    await ask(owner, create('identifier=payments'));
    expect(stack.licencesUsed()).toBe(before);
    await ask(owner, 'POST /user/create_user?email=new%40example.com&full_name=New');
    expect(stack.licencesUsed()).toBe(before + 1);
  });
  test('Service accounts will not receive any emails like daily reports or alerts.', async () => {
    const client = await organization({
      seed: { ...seed, organization: { ...seed.organization, parallels: { automate: 0, queue: 0 } } },
    });
    expect((await openSession(client, nightly)).status).toBe(500);
    expect(client.stack.mails()).toEqual([]);
    expect((await openSession(client, user)).status).toBe(500);
    expect(client.stack.mails()).toMatchObject([{ to: 'uma@example.com' }]);
  });
});

describe('similarities between a service account and a user account', () => {
  test('Service accounts get access to parallels and APIs akin to a user, either as a Group User or Team User', async () => {
    const teams = [{ name: 'Web', parallels: { automate: 2 } }, { name: 'Mobile' }];
    const { ask } = await organization({ seed: { ...seed, teams } });
    const parallels = async (who: string) =>
      (await ask(who, 'GET /automate/plan.json')).body.team_parallel_sessions_max_allowed;
    expect(await parallels(web)).toBe(await parallels(user));
    expect(await parallels(web)).toBe(2);
    expect(await parallels(nightly)).toBe(await parallels(owner));
    expect(await parallels(nightly)).toBe(3);
  });
  test("Tests run by service account will be visible on product dashboards with the service account identifier being used as the user's name.", async () => {
    const client = await organization();
    await openSession(client, web);
    await openSession(client, user);
    expect(client.stack.sessions().map(({ owner: name }) => name)).toEqual(['web-ci', 'uma']);
  });
  test('Manage Data Access applies to service accounts. On Team View, a service account which has a team assigned will not be able to access data of other teams.', async () => {
    const client = await organization();
    await openSession(client, 'mobileci_1:mobile-ci-key', { buildName: 'mobile' });
    await openSession(client, web, { buildName: 'web' });
    const seen = async (who: string) =>
      (await client.ask(who, 'GET /automate/builds.json')).body.map(
        (build: { automation_build: { name: string } }) => build.automation_build.name,
      );
    expect(await seen(web)).toEqual(['web', 'mobile']);
    expect((await click(client, 'oscar', 'set-data-access', { value: 'team' })).status).toBe(403);
    expect((await click(client, 'olivia', 'set-data-access', { value: 'team' })).status).toBe(200);
    expect(await seen(web)).toEqual(['web']);
    expect(await seen(nightly)).toEqual(['web', 'mobile']);
    const [mobile] = client.stack.sessions();
    expect((await client.ask(web, `GET /automate/sessions/${mobile?.id}.json`)).status).toBe(404);
    expect((await client.ask(nightly, `GET /automate/sessions/${mobile?.id}.json`)).status).toBe(200);
  });
});

describe('what happens when the creator moves', () => {
  test('the service account(s) created by him, continue to remain within the Team A.', async () => {
    const client = await organization();
    await client.ask(teamAdmin, create('identifier=created-by-tara&teamName=Web'));
    await click(client, 'olivia', 'move-user', { email: 'tara@example.com', team: 'Mobile' });
    expect(client.stack.users().find(({ username }) => username === 'tara')?.team).toBe('Mobile');
    expect(client.stack.accounts().at(-1)).toMatchObject({ identifier: 'created-by-tara', team: 'Web' });
    expect(await listed(client, teamAdmin)).toEqual(['mobile-ci']);
  });
  test('All service accounts are visible to the Owner and Admins of the organization.', async () => {
    const client = await organization();
    expect(await listed(client, owner)).toEqual(await listed(client, orgAdmin));
    expect(await listed(client, owner)).toHaveLength(client.stack.accounts().length);
  });
  test('They can modify or delete any service account.', async () => {
    const client = await organization({ behaviours: { update: 'put' } });
    await client.ask(teamAdmin, create('identifier=created-by-tara&teamName=Web'));
    const { username } = client.stack.accounts().at(-1) ?? {};
    const put = `PUT /user/service-accounts?username=${username}&identifier=renamed&teamName=Mobile`;
    expect((await client.ask(orgAdmin, put)).body).toMatchObject({
      identifier: 'renamed',
      teamName: 'Mobile',
    });
    const edited = await click(client, 'olivia', 'update-account', {
      username,
      identifier: 'edited',
      team: '',
    });
    expect(edited.status).toBe(200);
    expect(client.stack.accounts().at(-1)).toMatchObject({ identifier: 'edited', username, team: null });
    expect((await client.ask(owner, `DELETE /user/service-accounts?username=${username}`)).status).toBe(200);
  });
});

test('every sentence of the table in the documentation is the name of a test here', async () => {
  const table = await readFile(
    new URL('../../docs/local-browserstack/sentences.md', import.meta.url),
    'utf8',
  );
  const source =
    (await readFile(new URL(import.meta.url), 'utf8')) +
    (await readFile(new URL('./curl.test.ts', import.meta.url), 'utf8'));
  const cells = [...table.matchAll(/^\| .* \| `(.+)` *\|$/gm)].map((match) => match[1] ?? '');
  expect(cells.length).toBeGreaterThan(25);
  expect(cells.filter((name) => !source.includes(name))).toEqual([]);
});
