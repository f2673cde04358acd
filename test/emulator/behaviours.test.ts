import { describe, expect, test } from 'vitest';
import {
  type Behaviour,
  type Behaviours,
  behaviourCatalogue,
  parseBehaviour,
  resolveBehaviours,
} from '../../src/emulator/behaviours/index.ts';
import { type Client, organization, owner, teamAdmin } from './organization.ts';

const LIST = 'GET /user/service-accounts';
const create = (query: string) => `POST /user/service-accounts?${query}`;
const names = ({ stack }: Client) => stack.accounts().map(({ identifier }) => identifier);
const withThe = (behaviours: Partial<Behaviours>) => organization({ behaviours });

/** Status of one request under one switch. */
async function status(behaviours: Partial<Behaviours>, line: string, who: string | undefined = owner) {
  return (await (await withThe(behaviours)).ask(who, line)).status;
}

describe('the catalogue', () => {
  test.each(behaviourCatalogue.map((behaviour): [string, Behaviour] => [behaviour.name, behaviour]))(
    '%s has a default among its choices, a question, a reason and a source',
    (_, behaviour) => {
      const { default: usual, question, reason, source } = behaviour;
      if ('choices' in behaviour) {
        expect(behaviour.choices).toContain(usual);
        expect(behaviour.choices).toContain(behaviour.strict ?? usual);
        expect(behaviour.choices.length).toBeGreaterThan(1);
      }
      expect(question.endsWith('?') || question.includes('? ')).toBe(true);
      expect(reason.length).toBeGreaterThan(10);
      expect(source.length).toBeGreaterThan(5);
    },
  );
  test('every name is there once', () => {
    expect(new Set(behaviourCatalogue.map(({ name }) => name)).size).toBe(behaviourCatalogue.length);
  });
  test('is read from name=value, and every mistake says what is possible', () => {
    expect(parseBehaviour('update=put')).toEqual({ update: 'put' });
    expect(parseBehaviour('old-key-grace = 30')).toEqual({ 'old-key-grace': 30 });
    for (const wrong of [
      'update=maybe',
      'update',
      'nonsense=1',
      'read-delay=-1',
      'read-delay=1e9',
      'read-delay=x',
    ])
      expect(() => parseBehaviour(wrong)).toThrow(/takes|--list-behaviours/);
    expect(() => resolveBehaviours('lenient', { update: 'maybe', nonsense: 1 })).toThrow(
      /update[\s\S]*nonsense/,
    );
  });
});

describe('strict mode serves the newest official text only', () => {
  test.each([
    ['POST /user/create_service_account?identifier=payments', 404],
    ['POST /user/delete_team?team_name=Web', 404],
    ['POST /user/get_team_details', 404],
    ['DELETE /user/service-accounts/webci_1', 404],
    ['GET /user/service-accounts/', 404],
    ['GET /user/service-accounts.json', 404],
    ['PATCH /automate-turboscale/v1/recycle_key', 404],
    ['PATCH /automate-turboscale/v1/recycle_key.json', 200],
  ])('%s: %i, and 200 in lenient mode', async (line, expected) => {
    const strict = await organization({ mode: 'strict' });
    expect((await strict.ask(owner, line)).status).toBe(expected);
    const lenient = await organization({ mode: 'lenient' });
    expect((await lenient.ask(owner, line)).status).toBe(200);
  });
  test('team_name and bodies are not read', async () => {
    const client = await organization({ mode: 'strict' });
    expect((await client.ask(owner, create('identifier=payments&team_name=Web'))).body.teamName).toBe(
      'Acme Inc.',
    );
    const body = {
      body: 'identifier=other',
      headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
    };
    expect((await client.ask(owner, 'POST /user/service-accounts', body)).status).toBe(422);
  });
  test('a switch turned by hand wins over the mode', async () => {
    const client = await organization({ mode: 'strict', behaviours: { 'path-suffix': 'accept' } });
    expect((await client.ask(owner, 'GET /user/service-accounts/')).status).toBe(200);
  });
});

describe('switches of service accounts', () => {
  test('list-call, create-path, update, app-automate-recycle', async () => {
    expect(await status({ 'list-call': 'absent' }, LIST)).toBe(404);
    expect(await status({ 'create-path': 'create_service_account' }, create('identifier=payments'))).toBe(
      404,
    );
    expect(await status({}, 'PUT /user/service-accounts?username=webci_1&identifier=renamed')).toBe(404);
    expect(await status({ 'app-automate-recycle': 'recycle' }, 'PUT /app-automate/recycle_key.json')).toBe(
      200,
    );
    expect(await status({}, 'PUT /app-automate/recycle_key.json')).toBe(404);
  });
  test('update=put renames and moves, storage user name and key; a Team Admin may only rename', async () => {
    const client = await withThe({ update: 'put' });
    const put = (who: string, query: string) =>
      client.ask(who, `PUT /user/service-accounts?username=webci_1&${query}`);
    expect((await put(teamAdmin, 'teamName=Mobile')).status).toBe(403);
    expect((await put(teamAdmin, 'identifier=renamed')).status).toBe(200);
    expect((await put(owner, 'teamName=Mobile')).body).toEqual({
      identifier: 'renamed',
      username: 'webci_1',
      authkey: 'web-ci-key',
      teamName: 'Mobile',
      mainGroup: false,
    });
  });
  test('delete-answer and delete-unknown', async () => {
    const gone = 'DELETE /user/service-accounts?username=ghost';
    const there = 'DELETE /user/service-accounts?username=webci_1';
    expect(await status({ 'delete-answer': 'no-content' }, there)).toBe(204);
    expect((await (await withThe({ 'delete-answer': 'empty' })).ask(owner, there)).text).toBe('');
    expect(await status({ 'delete-unknown': '422' }, gone)).toBe(422);
    expect(await status({ 'delete-unknown': '200' }, gone)).toBe(200);
  });
  test('duplicate-identifier and identifier-uniqueness', async () => {
    expect(await status({ 'duplicate-identifier': 'allow' }, create('identifier=web-ci'))).toBe(200);
    const exact = { 'identifier-uniqueness': 'organization-exact' } as const;
    expect(await status(exact, create('identifier=WEB-CI'))).toBe(200);
    const inTeam = { 'identifier-uniqueness': 'team-ignoring-case' } as const;
    expect(await status(inTeam, create('identifier=web-ci&teamName=Mobile'))).toBe(200);
    expect(await status(inTeam, create('identifier=WEB-CI&teamName=Web'))).toBe(422);
  });
  test('identifier-length', async () => {
    const long = create(`identifier=${'a'.repeat(300)}`);
    expect(await status({ 'identifier-length': '3-unlimited' }, long)).toBe(200);
    expect(await status({ 'identifier-length': '3-unlimited' }, create('identifier=ab'))).toBe(422);
    expect(await status({ 'identifier-length': 'unlimited' }, create('identifier=a'))).toBe(200);
  });
  test('unknown-team, empty-team, team-named-like-organization', async () => {
    const ghosts = create('identifier=payments&teamName=Ghosts');
    expect(await status({ 'unknown-team': '404' }, ghosts)).toBe(404);
    const silent = await withThe({ 'unknown-team': 'organization-level' });
    expect((await silent.ask(owner, ghosts)).body.mainGroup).toBe(true);
    expect(await status({}, create('identifier=payments&teamName='))).toBe(200);
    expect(await status({ 'empty-team': '422' }, create('identifier=payments&teamName='))).toBe(422);
    const same = create('identifier=payments&teamName=Acme%20Inc.');
    expect((await (await withThe({})).ask(owner, same)).body.mainGroup).toBe(true);
    expect(await status({ 'team-named-like-organization': '422' }, same)).toBe(422);
  });
  test('main-group-of-team-accounts reproduces the sample', async () => {
    const client = await withThe({ 'main-group-of-team-accounts': 'true' });
    expect((await client.ask(owner, LIST)).body[0]).toMatchObject({ teamName: 'Web', mainGroup: true });
  });
  test('username-form and key-form', async () => {
    const body = async (behaviours: Partial<Behaviours>) =>
      (await (await withThe(behaviours)).ask(owner, create('identifier=Payments'))).body;
    expect((await body({ 'username-form': 'plain-6' })).username).toMatch(/^payments\w{6}$/);
    expect((await body({ 'username-form': 'underscore-11' })).username).toMatch(/^payments_\w{11}$/);
    expect((await body({ 'key-form': '15' })).authkey).toHaveLength(15);
  });
  test('account-maximum, service-account-role, team-parameter, parameters-in', async () => {
    expect(await status({ 'account-maximum': 3 }, create('identifier=payments'))).toBe(422);
    expect(await status({ 'account-maximum': 4 }, create('identifier=payments'))).toBe(200);
    expect(await status({ 'service-account-role': '422' }, create('identifier=payments&role=SVC_User'))).toBe(
      422,
    );
    const old = await withThe({ 'team-parameter': 'team_name' });
    expect((await old.ask(owner, create('identifier=aaa&teamName=Web'))).body.mainGroup).toBe(true);
    expect((await old.ask(owner, create('identifier=bbb&team_name=Web'))).body.mainGroup).toBe(false);
  });
  test('listed-key', async () => {
    for (const [choice, expected] of [
      ['current', 'new'],
      ['first', 'web-ci-key'],
      ['hidden', undefined],
    ] as const) {
      const client = await withThe({ 'listed-key': choice });
      const { new_key } = (await client.ask('webci_1:web-ci-key', 'PUT /automate/recycle_key.json')).body;
      const [account] = (await client.ask(owner, LIST)).body;
      expect(account.authkey).toBe(expected === 'new' ? new_key : expected);
    }
  });
});

describe('switches of keys and access', () => {
  test('old-key-grace and deleted-key-grace', async () => {
    const client = await withThe({ 'old-key-grace': 10, 'deleted-key-grace': 20 });
    const plan = async (key: string) =>
      (await client.ask(`webci_1:${key}`, 'GET /automate/plan.json')).status;
    const { new_key } = (await client.ask('webci_1:web-ci-key', 'PUT /automate/recycle_key.json')).body;
    client.clock.advance(9_999);
    expect([await plan('web-ci-key'), await plan(new_key)]).toEqual([200, 200]);
    client.clock.advance(1);
    expect([await plan('web-ci-key'), await plan(new_key)]).toEqual([401, 200]);
    await client.ask(owner, 'DELETE /user/service-accounts?username=webci_1');
    client.clock.advance(19_999);
    expect(await plan(new_key)).toBe(200);
    client.clock.advance(1);
    expect(await plan(new_key)).toBe(401);
  });
  test.each(['drop', '502', '504'] as const)('lost-answer=%s: created, but nobody is told', async (how) => {
    const client = await withThe({ 'lost-answer': how });
    const told = await client.ask(owner, create('identifier=payments')).then(
      (reply) => String(reply.status),
      () => 'drop',
    );
    expect(told).toBe(how);
    expect(names(client)).toContain('payments');
    expect((await client.ask(owner, LIST)).status).toBe(200);
    expect((await client.ask(owner, create('identifier=ab')).catch(() => undefined))?.status).toBe(422);
  });
  test('unauthorized-answer, unknown-path, wrong-method, role-refused, api-not-enabled', async () => {
    const plain = await (await withThe({ 'unauthorized-answer': 'plain' })).ask(undefined, LIST);
    expect([plain.status, plain.headers.get('content-type')]).toEqual([401, 'text/plain; charset=utf-8']);
    const json = await (await withThe({ 'unauthorized-answer': 'json' })).ask(undefined, LIST);
    expect(json.body).toEqual({ error: { code: 401, message: 'Access denied.' } });
    expect((await (await withThe({ 'unknown-path': 'json' })).ask(owner, 'GET /x')).body.message).toBe(
      'Not found.',
    );
    const method = await (await withThe({ 'wrong-method': '405' })).ask(
      owner,
      'PATCH /user/service-accounts',
    );
    expect([method.status, method.headers.get('allow')]).toEqual([405, 'GET, POST, DELETE']);
    expect(await status({ 'role-refused': '404' }, LIST, 'uma:uma-key')).toBe(404);
  });
  test('team-admin-outside-team, team-admin-deletes-foreign, service-account-as-caller', async () => {
    const line = create('identifier=payments');
    expect(await status({ 'team-admin-outside-team': '422' }, line, teamAdmin)).toBe(422);
    const silent = await withThe({ 'team-admin-outside-team': 'own-team' });
    expect((await silent.ask(teamAdmin, line)).body.teamName).toBe('Web');
    const foreign = 'DELETE /user/service-accounts?username=nightly_1';
    expect(await status({ 'team-admin-deletes-foreign': '403' }, foreign, teamAdmin)).toBe(403);
    const asAdmin = await withThe({ 'service-account-as-caller': 'as-admin' });
    expect((await asAdmin.ask('webci_1:web-ci-key', LIST)).body).toHaveLength(1);
    expect((await asAdmin.ask('nightly_1:nightly-key', LIST)).body).toHaveLength(3);
  });
  test('email-as-username', async () => {
    expect(await status({ 'email-as-username': 'accept' }, LIST, 'olivia@example.com:olivia-key')).toBe(200);
  });
});

describe('switches of teams and answers', () => {
  test('name-length', async () => {
    const line = `POST /user/create_user?email=ida@example.com&full_name=${'a'.repeat(256)}`;
    expect(await status({}, line)).toBe(422);
    expect(await status({ 'name-length': 'unlimited' }, line)).toBe(200);
  });
  test('team-deletion', async () => {
    const line = 'DELETE /user/delete_team?team_name=Web';
    const cascade = await withThe({ 'team-deletion': 'cascade' });
    await cascade.ask(owner, line);
    expect(names(cascade)).toEqual(['mobile-ci', 'nightly']);
    const refuse = await withThe({ 'team-deletion': 'refuse' });
    expect((await refuse.ask(owner, line)).status).toBe(422);
    expect(refuse.stack.teams()).toHaveLength(2);
  });
  test('team-admins-of-deleted-team', async () => {
    const client = await withThe({ 'team-admins-of-deleted-team': 'admin' });
    await client.ask(owner, 'DELETE /user/delete_team?team_name=Web');
    expect(client.stack.users().find(({ username }) => username === 'tara')?.role).toBe('admin');
  });
  test('duplicate-team, delete-unknown-team, team-answer-field', async () => {
    expect(await status({ 'duplicate-team': '409' }, 'POST /user/create_team?team_name=Web')).toBe(409);
    expect(await status({ 'duplicate-team': '200' }, 'POST /user/create_team?team_name=Web')).toBe(200);
    expect(await status({ 'delete-unknown-team': '422' }, 'DELETE /user/delete_team?team_name=No')).toBe(422);
    const told = await withThe({ 'team-answer-field': 'both' });
    expect((await told.ask(owner, 'POST /user/create_team?team_name=New')).body).toEqual({
      message: 'New successfully created.',
      status_code: 'New successfully created.',
    });
  });
  test('list-order, read-delay, extra-fields', async () => {
    const order = async (behaviours: Partial<Behaviours>) =>
      (await (await withThe(behaviours)).ask(owner, LIST)).body.map(
        (account: { username: string }) => account.username,
      );
    expect(await order({ 'list-order': 'reverse' })).toEqual(['nightly_1', 'mobileci_1', 'webci_1']);
    expect((await order({ 'list-order': 'shuffled' })).sort()).toEqual([
      'mobileci_1',
      'nightly_1',
      'webci_1',
    ]);
    const late = await withThe({ 'read-delay': 10 });
    late.clock.advance(60_000);
    await late.ask(owner, create('identifier=payments'));
    expect((await late.ask(owner, LIST)).body).toHaveLength(3);
    late.clock.advance(10_000);
    expect((await late.ask(owner, LIST)).body).toHaveLength(4);
    const extra = await withThe({ 'extra-fields': 'some' });
    expect((await extra.ask(owner, LIST)).body[0]).toHaveProperty('x_not_documented');
  });
  test('throttled-answer=json', async () => {
    const client = await organization({ rateLimit: 'real', behaviours: { 'throttled-answer': 'json' } });
    for (let i = 0; i < 5; i += 1) await client.ask(owner, LIST);
    expect((await client.ask(owner, LIST)).body.message).toContain('Rate limit');
  });
});
