// The list of accounts is encoded once per change; nobody must be able to tell.

import { afterEach, expect, test } from 'vitest';
import { createLocalBrowserStack, type LocalBrowserStack } from '../../src/emulator/local-browserstack.ts';
import { asking, click, openSession, organization, owner, seed, teamAdmin } from './organization.ts';

let stack: LocalBrowserStack | undefined;
afterEach(() => stack?.close());
const LIST = 'GET /user/service-accounts';

test('every change is in the next list, for every caller, on a socket', async () => {
  stack = await createLocalBrowserStack({ seed, rateLimit: 'off', behaviours: { update: 'put' } });
  const ask = asking(fetch, (await stack.listen()).url);
  const seen = async () => {
    for (const [caller, team] of [
      [owner, undefined],
      [teamAdmin, 'Web'],
      [owner, undefined],
    ] as const) {
      const { body, headers, text } = await ask(caller, LIST);
      const expected = stack?.accounts().filter((account) => team === undefined || account.team === team);
      expect(
        body.map((one: Record<string, unknown>) => [one.identifier, one.username, one.authkey, one.teamName]),
      ).toEqual(
        expected?.map((one) => [one.identifier, one.username, one.accessKey, one.team ?? 'Acme Inc.']),
      );
      expect(Number(headers.get('content-length'))).toBe(Buffer.byteLength(text));
    }
  };
  await seen();
  for (const change of [
    'POST /user/service-accounts?identifier=zwölf-€',
    'PUT /user/service-accounts?username=webci_1&identifier=web-two',
    'PUT /user/service-accounts?username=mobileci_1&teamName=Web',
    'PUT /user/service-accounts?username=webci_1&teamName=Mobile',
    'DELETE /user/service-accounts?username=nightly_1',
    'DELETE /user/delete_team?team_name=Mobile',
  ]) {
    expect((await ask(owner, change)).status).toBe(200);
    await seen();
  }
  await ask('mobileci_1:mobile-ci-key', 'PUT /automate/recycle_key.json');
  await seen();
});

test('changes in the browser too, and what faults do to one answer stays in that one', async () => {
  const client = await organization();
  const first = (await client.ask(owner, LIST)).body;
  await openSession(client, owner);
  client.stack.inject([
    { kind: 'missing-field', field: 'authkey' },
    { kind: 'extra-fields', nth: 2 },
    { kind: 'stale-list', seconds: 5, nth: 3 },
  ]);
  const bent = [(await client.ask(owner, LIST)).body, (await client.ask(owner, LIST)).body];
  expect(bent[0][0]).not.toHaveProperty('authkey');
  expect(bent[1][0]).toHaveProperty('x_not_documented');
  await client.ask(owner, LIST);
  expect((await client.ask(owner, LIST)).body).toEqual(first);
  await click(client, 'olivia', 'update-account', {
    username: 'webci_1',
    identifier: 'renamed',
    team: 'Web',
  });
  expect((await client.ask(owner, LIST)).body[0].identifier).toBe('renamed');
});

test.each(['reverse', 'shuffled'] as const)('list-order=%s is kept', async (order) => {
  const { ask } = await organization({ behaviours: { 'list-order': order } });
  const orders = new Set<string>();
  for (let i = 0; i < 12; i += 1)
    orders.add((await ask(owner, LIST)).body.map((one: { identifier: string }) => one.identifier).join());
  expect(orders.size).toBeGreaterThan(order === 'shuffled' ? 1 : 0);
  if (order === 'reverse') expect([...orders]).toEqual(['nightly,mobile-ci,web-ci']);
});
