import { describe, expect, test } from 'vitest';
import { click, orgAdmin, organization, owner, seed, teamAdmin, user } from './organization.ts';

const LIST = 'GET /user/user_detail';
const emails = (reply: { body: { user_details: { email: string }[] } }) =>
  reply.body.user_details.map(({ email }) => email.split('@')[0]);

describe('listing people', () => {
  test('answers count and details; teams are absent at organization level', async () => {
    const { ask } = await organization();
    const { body } = await ask(owner, LIST);
    expect(body.count).toBe(4);
    expect(body.user_details[0]).toEqual({
      id: expect.any(Number),
      username: 'olivia',
      full_name: 'olivia',
      email: 'olivia@example.com',
      role: 'owner',
      organization_name: 'Acme Inc.',
      product_access: {
        live_testing: true,
        automate: true,
        percy: true,
        app_live_testing: true,
        app_automate: true,
      },
    });
    expect(body.user_details[2].teams).toEqual(['Web']);
  });
  test.each([
    ['role=owner', ['olivia']],
    ['role=owner,user', ['olivia', 'uma', 'new']],
    ['team_name=Web', ['tara', 'uma']],
    ['status=pending', ['new']],
    ['product_access=percy', ['olivia', 'oscar', 'tara', 'uma']],
    ['role=admin&team_name=Web', ['tara']],
  ])('filtered by %s', async (query, expected) => {
    const { ask } = await organization();
    await ask(owner, 'POST /user/create_user?email=new%40example.com&full_name=New%20One');
    expect(emails(await ask(owner, `${LIST}?${query}`))).toEqual(expected);
  });
  test('a Team Admin sees the own team; a User nobody', async () => {
    const { ask } = await organization();
    expect(emails(await ask(teamAdmin, LIST))).toEqual(['tara', 'uma']);
    expect((await ask(user, LIST)).status).toBe(403);
  });
  test('version 2 adds access types and RBAC roles, by GET and, as sampled, by POST', async () => {
    const { ask } = await organization();
    for (const method of ['GET', 'POST']) {
      const { body } = await ask(owner, `${method} /user/v2/user-detail?email=uma%40example.com`);
      expect(body).toMatchObject({
        count: 1,
        user_details: [{ rbacRole: 'User', accessType: { automate: 'Member' } }],
      });
    }
    const without = await organization({
      seed: { ...seed, organization: { name: 'Acme Inc.', rbac: false } },
    });
    expect((await without.ask(owner, 'GET /user/v2/user-detail')).status).toBe(403);
  });
});

describe('changing people', () => {
  const invite = 'POST /user/create_user?email=new%40example.com&full_name=New%20One';
  test('an invited person is pending, without user name, until the invitation is accepted', async () => {
    const client = await organization();
    const told = await client.ask(owner, `${invite}&team=Web`);
    expect(told.body).toEqual({ message: 'User has been created successfully.' });
    const [pending] = (await client.ask(owner, `${LIST}?status=pending`)).body.user_details;
    expect(pending).toMatchObject({ username: '', email: 'new@example.com', teams: ['Web'] });
    expect(client.stack.mails()).toEqual([
      { to: 'new@example.com', subject: 'You are invited to Acme Inc.' },
    ]);
    const accepted = await click(client, 'olivia', 'accept-invitation', { email: 'new@example.com' });
    expect(accepted.body.username).toMatch(/^newone_\w{8}$/);
    const { username, accessKey } = client.stack.users().at(-1) ?? {};
    expect((await client.ask(`${username}:${accessKey}`, 'GET /automate/plan.json')).status).toBe(200);
  });
  test.each([
    ['no address', 'POST /user/create_user?full_name=New', owner, 422],
    ['no name', 'POST /user/create_user?email=a%40b.c', owner, 422],
    ['a taken address', 'POST /user/create_user?email=UMA%40example.com&full_name=U', owner, 422],
    ['a second Owner', `${invite}&role=owner`, owner, 422],
    ['an unknown role', `${invite}&role=boss`, owner, 422],
    ['an unknown team', `${invite}&team=Ghosts`, owner, 422],
    ['another team, by a Team Admin', `${invite}&team=Mobile`, teamAdmin, 403],
    ['the organization, by a Team Admin', invite, teamAdmin, 403],
    ['anything, by a User', invite, user, 403],
  ])('inviting with %s is refused', async (_, line, who, status) => {
    const { ask, stack } = await organization();
    expect((await ask(who, line)).status).toBe(status);
    expect(stack.users()).toHaveLength(4);
  });
  test('products are granted one by one or as a bundle', async () => {
    const client = await organization();
    await client.ask(owner, invite);
    const grant = (product: string) =>
      client.ask(owner, `POST /user/add_entitlement?email=new%40example.com&product_access=${product}`);
    expect((await grant('mobile_app_testing')).status).toBe(200);
    expect((await grant('nonsense')).status).toBe(422);
    const [person] = (await client.ask(owner, `${LIST}?status=pending`)).body.user_details;
    expect(person.product_access).toMatchObject({
      app_automate: true,
      app_live_testing: true,
      automate: false,
    });
  });
  test('a disabled person keeps the place, but the key is refused', async () => {
    const { ask } = await organization();
    expect((await ask(teamAdmin, 'POST /user/disable_user?email=uma%40example.com')).status).toBe(200);
    expect((await ask(user, 'GET /automate/plan.json')).status).toBe(401);
    expect(emails(await ask(owner, `${LIST}?status=disabled`))).toEqual(['uma']);
  });
  test.each(['401', '403', 'works'] as const)('a disabled person, answered %s', async (choice) => {
    const { ask } = await organization({
      behaviours: { 'disabled-user': choice, 'disable-user-method': 'PUT' },
    });
    await ask(owner, 'PUT /user/disable_user?email=uma%40example.com');
    expect((await ask(user, 'GET /automate/plan.json')).status).toBe(
      choice === 'works' ? 200 : Number(choice),
    );
  });
  test('a removed person is gone, and so is the key; the Owner stays', async () => {
    const { ask, stack } = await organization();
    expect((await ask(teamAdmin, 'DELETE /user/revoke_user?email=oscar%40example.com')).status).toBe(404);
    expect((await ask(orgAdmin, 'DELETE /user/revoke_user?email=olivia%40example.com')).status).toBe(403);
    expect((await ask(orgAdmin, 'DELETE /user/revoke_user?email=uma%40example.com')).status).toBe(200);
    expect((await ask(user, 'GET /automate/plan.json')).status).toBe(401);
    expect(stack.users()).toHaveLength(3);
  });
  test('a role is changed', async () => {
    const { ask } = await organization();
    await ask(owner, 'PUT /user/update_user_role?email=uma%40example.com&role=admin');
    expect((await ask(user, 'GET /user/service-accounts')).body).toHaveLength(1);
    expect((await ask(owner, 'PUT /user/update_user_role?email=uma%40example.com&role=owner')).status).toBe(
      422,
    );
  });
  test('owner-role-on-create=as-admin', async () => {
    const { ask, stack } = await organization({ behaviours: { 'owner-role-on-create': 'as-admin' } });
    expect((await ask(owner, `${invite}&role=owner`)).status).toBe(200);
    expect(stack.users().at(-1)?.role).toBe('admin');
  });
});

describe('the audit log', () => {
  test('names who did what through the API, between two days, and nothing of service accounts', async () => {
    const { ask, clock } = await organization();
    await ask(owner, 'POST /user/create_team?team_name=New');
    await ask(owner, 'POST /user/service-accounts?identifier=payments');
    clock.advance(24 * 3_600_000);
    await ask(orgAdmin, 'DELETE /user/delete_team?team_name=New');
    const log = async (query: string) =>
      (await ask(owner, `GET /audit/v1/logs${query}`)).body.logs.map(
        (event: { actor: string; activity: { activity_name: string } }) =>
          `${event.actor} ${event.activity.activity_name}`,
      );
    expect(await log('')).toEqual([
      'olivia created_team_using_rest_apis',
      'oscar deleted_team_using_rest_apis',
    ]);
    expect(await log('?latest_date=2026-03-01')).toEqual(['olivia created_team_using_rest_apis']);
    expect(await log('?oldest_date=2026-03-02')).toEqual(['oscar deleted_team_using_rest_apis']);
    clock.advance(181 * 24 * 3_600_000);
    expect(await log('')).toEqual([]);
    expect(await log('?oldest_date=2026-01-01')).toEqual([]);
    expect((await ask(owner, 'GET /audit/v1/logs?oldest_date=yesterday')).status).toBe(422);
  });
  test('lists its activities; who reads it, what it costs and what it holds are switches', async () => {
    const usual = await organization({ rateLimit: 'real' });
    for (let i = 0; i < 7; i += 1)
      expect((await usual.ask(orgAdmin, 'GET /audit/v1/activities')).status).toBe(200);
    expect((await usual.ask(teamAdmin, 'GET /audit/v1/activities')).status).toBe(403);
    const strict = await organization({
      rateLimit: 'real',
      behaviours: {
        'audit-readers': 'owner',
        'audit-budget': 'user-management',
        'audit-of-service-accounts': 'recorded',
      },
    });
    await strict.ask(owner, 'POST /user/service-accounts?identifier=payments');
    expect((await strict.ask(orgAdmin, 'GET /audit/v1/logs')).status).toBe(403);
    expect((await strict.ask(owner, 'GET /audit/v1/logs')).body.logs).toHaveLength(1);
    expect(
      (await strict.ask(owner, 'GET /audit/v1/activities')).body.activities.service_accounts,
    ).toHaveLength(3);
    await strict.ask(owner, 'GET /audit/v1/logs');
    expect((await strict.ask(owner, 'GET /audit/v1/logs')).status).toBe(429);
  });
});

describe('projects', () => {
  const post = (body: unknown) => ({
    body: JSON.stringify(body),
    headers: { 'Content-Type': 'application/json' },
  });
  const project = { name: ' Pay|ments; "2" ', products: ['automate'] };
  test('are created by people and service accounts; the stored name can differ from the sent one', async () => {
    const { ask } = await organization();
    const made = await ask('webci_1:web-ci-key', 'POST /v1/projects?request_id=r-1', post(project));
    expect(made.body).toMatchObject({ request_id: 'r-1', project: { name: 'Pay_ments_ _2_' } });
    const echoed = await ask(owner, 'POST /v1/projects', post({ ...project, name: 'Other' }));
    expect(echoed.body.request_id).toMatch(
      /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
    );
    expect((await ask(owner, 'POST /v1/projects', post({ ...project, name: 'Other' }))).status).toBe(422);
  });
  test('speak JSON where others speak HTML', async () => {
    const { ask } = await organization();
    const reply = await ask('olivia:wrong', 'POST /v1/projects', post(project));
    expect(reply).toMatchObject({ status: 401, body: { code: 'AUTHORIZATION_FAILED' } });
    expect((await ask(owner, 'POST /v1/projects', { body: '{' })).status).toBe(400);
    expect((await ask(owner, 'POST /v1/projects', post({ name: 'x' }))).status).toBe(422);
  });
  test('tell who may open them, page by page; other teams see nothing on Team View', async () => {
    const client = await organization();
    const { id } = (await client.ask('webci_1:web-ci-key', 'POST /v1/projects', post(project))).body.project;
    const first = (await client.ask(owner, `GET /v1/projects/${id}/accesses?per_page=3`)).body;
    expect(first.info).toEqual({ prev: null, next: 2, page: 1, page_size: 3, count: 5 });
    const second = (await client.ask(owner, `GET /v1/projects/${id}/accesses?per_page=3&page=2`)).body;
    expect(second.accesses.at(-1)).toMatchObject({ accessor_type: 'team', name: 'Web' });
    expect((await client.ask(owner, `GET /v1/projects/${id}/accesses?per_page=101`)).status).toBe(422);
    await click(client, 'olivia', 'set-data-access', { value: 'team' });
    const line = `GET /v1/projects/${id}/accesses`;
    expect((await client.ask('mobileci_1:mobile-ci-key', line)).status).toBe(404);
    expect((await client.ask('webci_1:web-ci-key', line)).status).toBe(200);
  });
});
