import { describe, expect, test } from 'vitest';
import { organization, owner, teamAdmin } from './organization.ts';

describe('credentials', () => {
  test.each([
    ['none', undefined],
    ['a wrong key', 'olivia:wrong'],
    ['an unknown user', 'nobody:olivia-key'],
    ['the e-mail address', 'olivia@example.com:olivia-key'],
    ['an empty key', 'olivia:'],
  ])('%s: the bare text of Rails, called HTML', async (_, credentials) => {
    const { ask } = await organization();
    for (const line of ['GET /user/service-accounts', 'GET /automate/plan.json']) {
      const reply = await ask(credentials, line);
      expect(reply.status).toBe(401);
      expect(reply.headers.get('content-type')).toBe('text/html; charset=utf-8');
      expect(reply.headers.get('www-authenticate')).toBe('Basic realm="Application"');
      expect(reply.text.trim()).toBe('HTTP Basic: Access denied.');
    }
  });

  test('an unknown path is a page of nginx, whoever asks', async () => {
    const { ask } = await organization();
    const reply = await ask(undefined, 'GET /user/nothing', { headers: { Accept: 'application/json' } });
    expect(reply.status).toBe(404);
    expect(reply.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(reply.text).toContain('<center>nginx</center>');
  });

  test('an organization that is not Enterprise has plan and keys, but no account management', async () => {
    const { ask } = await organization({
      seed: {
        organization: { name: 'Small', enterprise: false },
        users: [{ username: 'olivia', access_key: 'olivia-key', role: 'owner' }],
      },
    });
    expect(await ask(owner, 'GET /user/service-accounts')).toMatchObject({
      status: 403,
      body: { message: expect.stringContaining('Enterprise') },
    });
    expect((await ask(owner, 'GET /automate/plan.json')).status).toBe(200);
  });
});

describe('teams', () => {
  test('are created, listed with their parallels, and deleted', async () => {
    const { ask } = await organization();
    const created = await ask(owner, 'POST /user/create_team?team_name=Pay%20%26%20Co');
    expect(created).toMatchObject({ status: 200, body: { message: 'Pay & Co successfully created.' } });
    const listed = await ask(owner, 'GET /user/team_detail');
    expect(listed.body.count).toBe(3);
    expect(listed.body.team_details.at(-1)).toEqual({
      name: 'Pay & Co',
      created_at: '2026-03-01T12:00:00.000Z',
      parallels_allocated: { automate: { val: 5, type: 'Org' }, app_automate: { val: 5, type: 'Org' } },
      user_count: 0,
      user_details: [],
    });
    const deleted = await ask(owner, 'DELETE /user/delete_team?team_name=Pay%20%26%20Co');
    expect(deleted).toMatchObject({ status: 200, body: { message: 'Pay & Co successfully deleted.' } });
    expect((await ask(owner, 'GET /user/team_detail')).body.count).toBe(2);
  });

  test('a deleted team leaves its people and accounts, keys unchanged, to the organization', async () => {
    const { ask, stack } = await organization();
    await ask(owner, 'DELETE /user/delete_team?team_name=Web');
    expect(stack.accounts()[0]).toEqual({
      identifier: 'web-ci',
      username: 'webci_1',
      accessKey: 'web-ci-key',
      team: null,
    });
    expect(stack.users().map(({ username, team, role }) => [username, team, role])).toEqual([
      ['olivia', null, 'owner'],
      ['oscar', null, 'admin'],
      ['tara', null, 'user'],
      ['uma', null, 'user'],
    ]);
  });

  test.each([
    ['41 characters', owner, `POST /user/create_team?team_name=${'a'.repeat(41)}`, 422],
    ['no name', owner, 'POST /user/create_team', 422],
    ['a taken name', owner, 'POST /user/create_team?team_name=web', 422],
    ["the organization's name", owner, 'POST /user/create_team?team_name=Acme%20Inc.', 422],
    ['creation by a Team Admin', teamAdmin, 'POST /user/create_team?team_name=New', 403],
    ['deletion of an unknown team', owner, 'DELETE /user/delete_team?team_name=Ghosts', 404],
  ])('%s is refused', async (_, caller, line, status) => {
    const { ask, stack } = await organization();
    expect((await ask(caller, line)).status).toBe(status);
    expect(stack.teams()).toHaveLength(2);
  });

  test('a Team Admin sees the own team only; parallels are keyed by team', async () => {
    const { ask } = await organization();
    expect((await ask(teamAdmin, 'GET /user/team_detail')).body.team_details).toHaveLength(1);
    const all = await ask(owner, 'GET /user/get_team_details');
    expect(Object.keys(all.body.message)).toEqual(['Web', 'Mobile']);
    const one = await ask(owner, 'GET /user/get_team_details?team_name=Mobile');
    expect(one.body).toEqual({
      message: {
        Mobile: { parallels: { automate: { val: 5, type: 'Org' }, app_automate: { val: 5, type: 'Org' } } },
      },
    });
  });
});

describe('recycling a key', () => {
  test('kills the old key at once and shows the new one in the list', async () => {
    const { ask } = await organization();
    const reply = await ask('webci_1:web-ci-key', 'PUT /automate/recycle_key.json', {
      body: '{}',
      headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
    });
    expect(reply.status).toBe(200);
    expect(reply.body).toEqual({
      old_key: 'web-ci-key',
      new_key: expect.stringMatching(/^[0-9A-Za-z]{20}$/),
    });
    expect((await ask('webci_1:web-ci-key', 'GET /automate/plan.json')).status).toBe(401);
    expect((await ask(`webci_1:${reply.body.new_key}`, 'GET /automate/plan.json')).status).toBe(200);
    const listed = await ask(owner, 'GET /user/service-accounts');
    expect(listed.body[0].authkey).toBe(reply.body.new_key);
  });

  test('is repeated in the same way by the same random seed, and differently by another', async () => {
    const rotate = async (randomSeed: string) => {
      const { ask } = await organization({ randomSeed });
      return (await ask(owner, 'PUT /automate/recycle_key.json')).body.new_key;
    };
    expect(await rotate('one')).toBe(await rotate('one'));
    expect(await rotate('one')).not.toBe(await rotate('two'));
  });
});
