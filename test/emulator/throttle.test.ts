import { expect, test } from 'vitest';
import { type Client, organization, owner, teamAdmin, user } from './organization.ts';

const statuses = async ({ ask }: Client, count: number, line = 'GET /user/service-accounts', who = owner) => {
  const seen: number[] = [];
  for (let i = 0; i < count; i += 1) seen.push((await ask(who, line)).status);
  return seen;
};

test('five requests at once, then one every four seconds', async () => {
  const client = await organization({ rateLimit: 'real' });
  expect(await statuses(client, 6)).toEqual([200, 200, 200, 200, 200, 429]);
  client.clock.advance(3999);
  expect(await statuses(client, 1)).toEqual([429]);
  client.clock.advance(1);
  expect(await statuses(client, 2)).toEqual([200, 429]);
  client.clock.advance(3_600_000);
  expect(await statuses(client, 6)).toEqual([200, 200, 200, 200, 200, 429]);
});

test('the budget is one for the whole organization, and for every call of account management', async () => {
  const client = await organization({ rateLimit: 'real' });
  expect(await statuses(client, 3, 'GET /user/team_detail', teamAdmin)).toEqual([200, 200, 200]);
  expect(await statuses(client, 3)).toEqual([200, 200, 429]);
});

test('401 and 404 cost nothing, 403 does, a refused creation makes nothing', async () => {
  const client = await organization({ rateLimit: 'real' });
  expect(await statuses(client, 9, 'GET /user/service-accounts', 'olivia:wrong')).toEqual(Array(9).fill(401));
  expect(await statuses(client, 9, 'GET /user/nothing')).toEqual(Array(9).fill(404));
  expect(await statuses(client, 4, 'GET /user/service-accounts', user)).toEqual([403, 403, 403, 403]);
  expect(await statuses(client, 1)).toEqual([200]);
  expect(await statuses(client, 1, 'POST /user/service-accounts?identifier=new-one')).toEqual([429]);
  expect(client.stack.accounts()).toHaveLength(3);
});

test('Automate has its own, larger budget', async () => {
  const client = await organization({ rateLimit: 'real' });
  await statuses(client, 6);
  expect(await statuses(client, 20, 'GET /automate/plan.json')).toEqual(Array(20).fill(200));
});

test('a speed-up refills the budget that many times faster', async () => {
  const client = await organization({ rateLimit: 100 });
  expect(await statuses(client, 6)).toEqual([200, 200, 200, 200, 200, 429]);
  client.clock.advance(40);
  expect(await statuses(client, 2)).toEqual([200, 429]);
});

test('a bare 429 by default; Retry-After when switched on', async () => {
  const bare = await organization({ rateLimit: 'real' });
  await statuses(bare, 5);
  const plain = await bare.ask(owner, 'GET /user/team_detail');
  expect(plain.status).toBe(429);
  expect(plain.headers.get('retry-after')).toBeNull();
  expect(plain.body).toBeUndefined();

  const kind = await organization({ rateLimit: 'real', behaviours: { 'throttled-answer': 'retry-after' } });
  await statuses(kind, 5);
  expect((await kind.ask(owner, 'GET /user/team_detail')).headers.get('retry-after')).toBe('4');
});

test('nginx lets one more pass; counting refusals makes hammering worse', async () => {
  const nginx = await organization({ rateLimit: 'real', behaviours: { 'rate-limit-algorithm': 'nginx' } });
  expect(await statuses(nginx, 7)).toEqual([200, 200, 200, 200, 200, 200, 429]);

  const harsh = await organization({
    rateLimit: 'real',
    behaviours: { 'rate-limit-algorithm': 'counting-refusals' },
  });
  await statuses(harsh, 7);
  harsh.clock.advance(4000);
  expect(await statuses(harsh, 1)).toEqual([429]);
});

test('the gauge tells what is left', async () => {
  const client = await organization({ rateLimit: 'real' });
  expect(client.stack.budget()).toEqual({ pace: 'real', available: 5, capacity: 5, nextInSeconds: 0 });
  await statuses(client, 5);
  client.clock.advance(1000);
  expect(client.stack.budget()).toEqual({ pace: 'real', available: 0, capacity: 5, nextInSeconds: 3 });
});

test('a clock that is set back gives nothing and takes nothing', async () => {
  const client = await organization({ rateLimit: 'real' });
  await statuses(client, 3);
  client.clock.advance(-3_600_000);
  expect(await statuses(client, 3)).toEqual([200, 200, 429]);
  client.clock.advance(4000);
  expect(await statuses(client, 2)).toEqual([200, 429]);
});
