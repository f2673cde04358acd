import { describe, expect, test } from 'vitest';
import { orgAdmin, organization, owner, seed, teamAdmin, user } from './organization.ts';

describe('listing', () => {
  test('answers a bare array of the five documented fields', async () => {
    const { ask } = await organization();
    const reply = await ask(owner, 'GET /user/service-accounts');
    expect(reply.status).toBe(200);
    expect(reply.headers.get('content-type')).toBe('application/json; charset=utf-8');
    expect(reply.body).toEqual([
      {
        identifier: 'web-ci',
        username: 'webci_1',
        authkey: 'web-ci-key',
        teamName: 'Web',
        mainGroup: false,
      },
      {
        identifier: 'mobile-ci',
        username: 'mobileci_1',
        authkey: 'mobile-ci-key',
        teamName: 'Mobile',
        mainGroup: false,
      },
      {
        identifier: 'nightly',
        username: 'nightly_1',
        authkey: 'nightly-key',
        teamName: 'Acme Inc.',
        mainGroup: true,
      },
    ]);
  });

  test.each([
    [owner, ['web-ci', 'mobile-ci', 'nightly']],
    [orgAdmin, ['web-ci', 'mobile-ci', 'nightly']],
    [teamAdmin, ['web-ci']],
  ])('%s sees %j', async (caller, expected) => {
    const { ask } = await organization();
    const { body } = await ask(caller, 'GET /user/service-accounts');
    expect(body.map((account: { identifier: string }) => account.identifier)).toEqual(expected);
  });

  test.each([user, 'nightly_1:nightly-key'])('%s is refused with 403', async (caller) => {
    const { ask } = await organization();
    const reply = await ask(caller, 'GET /user/service-accounts');
    expect(reply.status).toBe(403);
    expect(reply.body.message).toContain('not authorized');
  });
});

describe('creating', () => {
  test('answers 200 with key and server-chosen user name, at organization level by default', async () => {
    const { ask, stack } = await organization();
    const reply = await ask(owner, 'POST /user/service-accounts?identifier=Payments%20CI');
    expect(reply.status).toBe(200);
    expect(reply.body).toEqual({
      identifier: 'Payments CI',
      username: expect.stringMatching(/^paymentsci_[0-9A-Za-z]{8}$/),
      authkey: expect.stringMatching(/^[0-9A-Za-z]{20}$/),
      teamName: 'Acme Inc.',
      mainGroup: true,
    });
    expect(stack.accounts().at(-1)).toEqual({
      identifier: 'Payments CI',
      username: reply.body.username,
      accessKey: reply.body.authkey,
      team: null,
    });
  });

  test('never gives a user name twice, even when chance would', async () => {
    const line = 'POST /user/service-accounts?identifier=payments';
    const first = await organization();
    const { username } = (await first.ask(owner, line)).body;
    const taken = { identifier: 'taken', username, access_key: 'taken-key' };
    const second = await organization({
      seed: { ...seed, service_accounts: [...seed.service_accounts, taken] },
    });
    expect((await second.ask(owner, line)).body.username).not.toBe(username);
  });

  test.each([
    ['query', 'POST /user/service-accounts?identifier=from-query&teamName=Web', undefined, undefined],
    [
      'form',
      'POST /user/service-accounts',
      'application/x-www-form-urlencoded',
      'identifier=from-form&teamName=Web',
    ],
    [
      'JSON',
      'POST /user/service-accounts',
      'application/json',
      '{"identifier":"from-json","teamName":"Web"}',
    ],
  ])('takes parameters from the %s', async (_, line, type, body) => {
    const { ask } = await organization();
    const init = type === undefined ? {} : { headers: { 'Content-Type': type }, body };
    const reply = await ask(owner, line, init);
    expect(reply).toMatchObject({ status: 200, body: { teamName: 'Web', mainGroup: false } });
  });

  test.each([
    ['no identifier', '', 422],
    ['two characters', 'identifier=ab', 422],
    ['spaces around two characters', 'identifier=%20ab%20', 422],
    ['256 characters', `identifier=${'a'.repeat(256)}`, 422],
    ['a taken identifier', 'identifier=web-ci', 422],
    ['a taken identifier in capitals', 'identifier=WEB-CI', 422],
    ['an unknown team', 'identifier=new-one&teamName=Ghosts', 422],
    ['a control character', 'identifier=abc%00d', 422],
    ['two spellings that differ', 'identifier=new-one&teamName=Web&team_name=Mobile', 422],
    ['bytes that are no UTF-8', 'identifier=%ff%fe%fd', 400],
    ['a list for a text', 'identifier%5B%5D=abc', 422],
  ])('refuses %s and makes nothing', async (_, query, status) => {
    const { ask, stack } = await organization();
    const reply = await ask(owner, `POST /user/service-accounts?${query}`);
    expect(reply.status).toBe(status);
    expect(reply.body.message).not.toBe('');
    expect(stack.accounts()).toHaveLength(3);
  });

  test.each(['é̈ñ中文🚀', 'a&b=c+d e%f', '"quoted" \\ <b>', "O'Neil; DROP", '__proto__'])(
    'keeps the odd name %s as it is',
    async (identifier) => {
      const { ask } = await organization();
      const created = await ask(
        owner,
        `POST /user/service-accounts?identifier=${encodeURIComponent(identifier)}`,
      );
      expect(created.body.identifier).toBe(identifier);
      const listed = await ask(owner, 'GET /user/service-accounts');
      expect(listed.body.at(-1)).toEqual(created.body);
    },
  );

  test.each([
    ['in the own team', 'identifier=new-one&teamName=Web', 200],
    ['without a team', 'identifier=new-one', 403],
    ['in another team', 'identifier=new-one&teamName=Mobile', 403],
    ['in an unknown team', 'identifier=new-one&teamName=Ghosts', 403],
  ])('a Team Admin creating %s', async (_, query, status) => {
    const { ask, stack } = await organization();
    expect((await ask(teamAdmin, `POST /user/service-accounts?${query}`)).status).toBe(status);
    expect(stack.accounts()).toHaveLength(status === 200 ? 4 : 3);
  });
});

describe('deleting', () => {
  test('by user name, with a message, and the key is dead at once', async () => {
    const { ask, stack } = await organization();
    const reply = await ask(owner, 'DELETE /user/service-accounts?username=webci_1');
    expect(reply).toMatchObject({ status: 200, body: { message: 'web-ci successfully deleted.' } });
    expect(stack.accounts().map(({ identifier }) => identifier)).toEqual(['mobile-ci', 'nightly']);
    expect((await ask('webci_1:web-ci-key', 'GET /automate/plan.json')).status).toBe(401);
  });

  test.each([
    ['an unknown user name', owner, 'DELETE /user/service-accounts?username=ghost', 404],
    ['no user name', owner, 'DELETE /user/service-accounts', 422],
    ['a foreign account by a Team Admin', teamAdmin, 'DELETE /user/service-accounts?username=nightly_1', 404],
    ['any account by a User', user, 'DELETE /user/service-accounts?username=webci_1', 403],
    ['by POST, which is create', owner, 'POST /user/service-accounts?username=webci_1', 422],
  ])('refuses %s', async (_, caller, line, status) => {
    const { ask, stack } = await organization();
    expect((await ask(caller, line)).status).toBe(status);
    expect(stack.accounts()).toHaveLength(3);
  });

  test('a Team Admin deletes an account of the team', async () => {
    const { ask, stack } = await organization();
    expect((await ask(teamAdmin, 'DELETE /user/service-accounts?username=webci_1')).status).toBe(200);
    expect(stack.accounts()).toHaveLength(2);
  });
});
