import { expect, test } from 'vitest';
import { type Client, openSession, orgAdmin, organization, owner, teamAdmin, user } from './organization.ts';

const ASK = 'POST /reports/usage/v1/user';
const report = async ({ ask, clock }: Client, who: string, query = '') => {
  const { job_id } = (await ask(who, `${ASK}${query}`)).body.data;
  clock.advance(5_000);
  return (await ask(who, `GET /reports/usage/v1/user/${job_id}`)).body.data.users;
};

test('a report is asked for, waited for and read, by the one who asked', async () => {
  const { ask, clock } = await organization();
  const asked = await ask(owner, ASK);
  expect(asked.body).toMatchObject({ success: true, data: { job_id: expect.any(String) } });
  const path = `/reports/usage/v1/user/${asked.body.data.job_id}`;
  expect((await ask(owner, `GET ${path}/status`)).body.status).toBe('enqueued');
  expect((await ask(owner, `GET ${path}`)).status).toBe(422);
  clock.advance(5_000);
  expect((await ask(owner, `GET ${path}/status`)).body.status).toBe('completed');
  const { users } = (await ask(owner, `GET ${path}`)).body.data;
  expect(users).toHaveLength(7);
  expect(users[0]).toMatchObject({
    name: 'olivia',
    role: 'Owner',
    team: 'Acme Inc. (Org)',
    usage: { last_activity: null },
  });
  expect((await ask(orgAdmin, `GET ${path}`)).status).toBe(404);
  expect((await ask(user, ASK)).status).toBe(403);
  expect((await ask(owner, `${ASK}?startDate=soon`)).status).toBe(422);
});

test('a Team Admin reads about the own team; activity counts within the days asked for', async () => {
  const client = await organization();
  await openSession(client, 'webci_1:web-ci-key');
  client.clock.advance(3 * 24 * 3_600_000);
  const rows = await report(client, teamAdmin);
  expect(rows.map(({ name }: { name: string }) => name)).toEqual(['tara', 'uma', 'web-ci']);
  expect(rows[2].usage.last_activity).toBe('2026-03-01T12:00:00.000Z');
  const later = await report(client, teamAdmin, '?startDate=2026-03-02&endDate=2026-03-03');
  expect(later[2].usage.last_activity).toBeNull();
});

test('report-lists-service-accounts=no', async () => {
  const client = await organization({
    behaviours: { 'report-lists-service-accounts': 'no', 'report-delay': 0 },
  });
  expect(await report(client, owner)).toHaveLength(4);
});

test('the same random seed and the same requests give the same answers, faults included', async () => {
  const run = async () => {
    const { ask } = await organization({
      randomSeed: 7,
      faults: [
        { kind: 'status', status: 503, chance: 0.3 },
        { kind: 'shuffle', times: 'always' },
        { kind: 'missing-field', chance: 0.2 },
      ],
    });
    const seen: string[] = [];
    for (let i = 0; i < 12; i += 1) {
      seen.push((await ask(owner, `POST /user/service-accounts?identifier=account-${i}`)).text);
      seen.push((await ask(owner, 'GET /user/service-accounts')).text);
    }
    return seen;
  };
  expect(await run()).toEqual(await run());
});
