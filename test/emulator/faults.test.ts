import { describe, expect, test } from 'vitest';
import { type FaultRule, faultKinds, parseFaults } from '../../src/emulator/faults/faults.ts';
import { type Client, organization, owner } from './organization.ts';

const LIST = 'GET /user/service-accounts';
const CREATE = 'POST /user/service-accounts?identifier=payments';
const identifiers = ({ stack }: Client) => stack.accounts().map(({ identifier }) => identifier);

test('drop after the effect: no answer, but it happened', async () => {
  const client = await organization({ faults: [{ kind: 'drop' }] });
  await expect(client.ask(owner, CREATE)).rejects.toThrow(new TypeError('fetch failed'));
  expect(identifiers(client)).toContain('payments');
  expect(client.stack.requests()).toEqual([
    { method: 'POST', path: '/user/service-accounts', status: 200, username: 'olivia', faults: ['drop'] },
  ]);
});

test('drop before the effect: no answer, and nothing happened', async () => {
  const client = await organization({ faults: [{ kind: 'drop', when: 'before' }] });
  await expect(client.ask(owner, CREATE)).rejects.toThrow('fetch failed');
  expect(identifiers(client)).not.toContain('payments');
  expect(client.stack.requests()[0]?.status).toBe(0);
  expect((await client.ask(owner, CREATE)).status).toBe(200);
});

test('reset: status and headers arrive, the body breaks off', async () => {
  const { ask, stack } = await organization();
  stack.inject({ kind: 'reset' });
  await expect(ask(owner, LIST)).rejects.toThrow('fetch failed');
});

test.each([502, 503, 504])('status %i after and before the effect', async (status) => {
  const client = await organization();
  client.stack.inject({ kind: 'status', status });
  const after = await client.ask(owner, CREATE);
  expect(after.status).toBe(status);
  expect(after.headers.get('content-type')).toContain('text/html');
  expect(identifiers(client)).toContain('payments');
  client.stack.inject({ kind: 'status', status, when: 'before' });
  const before = await client.ask(owner, 'DELETE /user/service-accounts?username=webci_1');
  expect(before.status).toBe(status);
  expect(identifiers(client)).toContain('web-ci');
});

test('html: a page with status 200 where JSON should be', async () => {
  const client = await organization({ faults: [{ kind: 'html' }] });
  const reply = await client.ask(owner, LIST);
  expect(reply.status).toBe(200);
  expect(reply.headers.get('content-type')).toContain('text/html');
  expect(reply.text).toContain('<html>');
});

test.each(['before', 'after'] as const)('slow %s the effect, on the injected clock', async (when) => {
  const client = await organization({ faults: [{ kind: 'slow', seconds: 30, when }] });
  const reply = client.ask(owner, CREATE);
  await expect.poll(() => client.clock.nextWake()).toEqual(new Date('2026-03-01T12:00:30Z'));
  expect(identifiers(client).includes('payments')).toBe(when === 'after');
  client.clock.advance(30_000);
  expect((await reply).status).toBe(200);
  expect(identifiers(client)).toContain('payments');
});

test('a stale list shows accounts, keys and teams as they were', async () => {
  const { ask, clock, stack } = await organization();
  clock.advance(60_000);
  await ask(owner, CREATE);
  await ask(owner, 'DELETE /user/service-accounts?username=webci_1');
  await ask('nightly_1:nightly-key', 'PUT /automate/recycle_key.json');
  await ask(owner, 'POST /user/create_team?team_name=New');
  await ask(owner, 'DELETE /user/delete_team?team_name=Mobile');
  clock.advance(5_000);
  stack.inject({ kind: 'stale-list', seconds: 10, times: 2 });
  const accounts = (await ask(owner, LIST)).body;
  expect(
    accounts.map((account: Record<string, string>) => [
      account.identifier,
      account.authkey,
      account.teamName,
    ]),
  ).toEqual([
    ['web-ci', 'web-ci-key', 'Web'],
    ['mobile-ci', 'mobile-ci-key', 'Mobile'],
    ['nightly', 'nightly-key', 'Acme Inc.'],
  ]);
  const teams = (await ask(owner, 'GET /user/team_detail')).body.team_details;
  expect(teams.map(({ name }: { name: string }) => name).sort()).toEqual(['Mobile', 'Web']);
  const fresh = (await ask(owner, LIST)).body;
  expect(fresh.map((account: Record<string, string>) => account.identifier)).toEqual([
    'mobile-ci',
    'nightly',
    'payments',
  ]);
});

test('throttle: 429 without effect, with Retry-After when given seconds', async () => {
  const client = await organization({
    faults: [{ kind: 'throttle' }, { kind: 'throttle', seconds: 9, nth: 2 }],
  });
  const bare = await client.ask(owner, CREATE);
  const told = await client.ask(owner, CREATE);
  expect([bare.status, bare.headers.get('retry-after')]).toEqual([429, null]);
  expect([told.status, told.headers.get('retry-after')]).toEqual([429, '9']);
  expect(identifiers(client)).not.toContain('payments');
});

test('clock skew: the Date header is off', async () => {
  const client = await organization({ faults: [{ kind: 'clock-skew', seconds: -3600 }] });
  expect((await client.ask(owner, LIST)).headers.get('date')).toBe('Sun, 01 Mar 2026 11:00:00 GMT');
  expect((await client.ask(owner, LIST)).headers.get('date')).toBe('Sun, 01 Mar 2026 12:00:00 GMT');
});

test('shuffle: the same accounts in another order', async () => {
  const client = await organization({ faults: [{ kind: 'shuffle', times: 9 }] });
  const orders = new Set<string>();
  for (let i = 0; i < 9; i += 1) {
    const { body } = await client.ask(owner, LIST);
    expect(body).toHaveLength(3);
    orders.add(body.map((account: { identifier: string }) => account.identifier).join());
  }
  expect(orders.size).toBeGreaterThan(1);
});

test('extra and missing fields, in every object of the answer', async () => {
  const client = await organization({ faults: [{ kind: 'extra-fields' }] });
  for (const account of (await client.ask(owner, LIST)).body)
    expect(account).toMatchObject({ username: expect.any(String), x_not_documented: expect.anything() });
  client.stack.inject({ kind: 'missing-field', field: 'authkey' });
  for (const account of (await client.ask(owner, LIST)).body)
    expect(Object.keys(account)).toEqual(['identifier', 'username', 'teamName', 'mainGroup']);
  client.stack.inject({ kind: 'missing-field' });
  for (const account of (await client.ask(owner, LIST)).body) expect(Object.keys(account)).toHaveLength(4);
});

test('refuse: this connection is cut, the next are refused until the time is over', async () => {
  const client = await organization({ faults: [{ kind: 'refuse', seconds: 10 }] });
  const code = () =>
    client.ask(owner, CREATE).then(
      ({ status }) => status,
      (error: { cause?: { code?: string } }) => error.cause?.code,
    );
  expect(await code()).toBe('ECONNRESET');
  expect(await code()).toBe('ECONNREFUSED');
  client.clock.advance(9_999);
  expect(await code()).toBe('ECONNREFUSED');
  client.clock.advance(1);
  expect(await code()).toBe(200);
  expect(client.stack.requests()).toHaveLength(2);
});

test('a status that has no body is sent without one', async () => {
  const client = await organization({ faults: [{ kind: 'status', status: 204 }] });
  expect(await client.ask(owner, LIST)).toMatchObject({ status: 204, text: '' });
});

test('a caller who gives up is told so at once; the effect still happens', async () => {
  const client = await organization({ faults: [{ kind: 'slow', seconds: 30 }] });
  const patience = new AbortController();
  const reply = client.ask(owner, CREATE, { signal: patience.signal });
  await expect.poll(() => client.clock.nextWake()).toBeDefined();
  patience.abort(new Error('no more patience'));
  await expect(reply).rejects.toThrow('no more patience');
  client.clock.advance(30_000);
  await expect.poll(() => identifiers(client)).toContain('payments');
});

describe('which requests are hit', () => {
  const pattern = async (rule: FaultRule, count = 6, lines = [LIST]) => {
    const { ask } = await organization({ faults: [rule] });
    const seen: number[] = [];
    for (let i = 0; i < count; i += 1) seen.push((await ask(owner, lines[i % lines.length] ?? LIST)).status);
    return seen;
  };
  test('the first one, once, unless told otherwise', async () => {
    expect(await pattern({ kind: 'status', status: 503 }, 3)).toEqual([503, 200, 200]);
  });
  test('the n-th, and as many as told from there', async () => {
    expect(await pattern({ kind: 'status', status: 503, nth: 2, times: 3 })).toEqual([
      200, 503, 503, 503, 200, 200,
    ]);
    expect(await pattern({ kind: 'status', status: 503, nth: 5, times: 'always' })).toEqual([
      200, 200, 200, 200, 503, 503,
    ]);
  });
  test('only what matches method and path counts', async () => {
    const lines = [LIST, 'GET /user/team_detail'];
    expect(await pattern({ kind: 'status', status: 503, path: '/user/team*', nth: 2 }, 4, lines)).toEqual([
      200, 200, 200, 503,
    ]);
    expect(await pattern({ kind: 'status', status: 503, method: 'post' }, 2)).toEqual([200, 200]);
  });
  test('by chance, the same for the same random seed', async () => {
    const rule: FaultRule = { kind: 'status', status: 503, chance: 0.5 };
    const first = await pattern(rule, 20);
    expect(new Set(first)).toEqual(new Set([200, 503]));
    expect(await pattern(rule, 20)).toEqual(first);
  });
  test('none after they are cleared', async () => {
    const { ask, stack } = await organization({ faults: [{ kind: 'status', status: 503, times: 'always' }] });
    stack.clearFaults();
    expect((await ask(owner, LIST)).status).toBe(200);
  });
});

describe('reading rules', () => {
  test('one or a list, as text or value', () => {
    expect(parseFaults('{"kind":"drop"}')).toEqual([{ kind: 'drop' }]);
    expect(parseFaults([{ kind: 'drop' }, { kind: 'reset' }])).toHaveLength(2);
    expect(faultKinds).toHaveLength(12);
  });
  test('every mistake at once, with its place', () => {
    const wrong = [
      { kind: 'slow' },
      { kind: 'drop', when: 'during' },
      { kind: 'status', status: 502, colour: 1 },
      7,
    ];
    const problems = thrownBy(() => parseFaults(wrong));
    expect(problems.map(({ path }: { path: unknown }) => path)).toEqual([
      [0, 'seconds'],
      [1, 'when'],
      [2, 'colour'],
      [3],
    ]);
  });
});

function thrownBy(action: () => unknown) {
  try {
    action();
  } catch (error) {
    return (error as { problems: { path: unknown }[] }).problems; // Several problems come as `Problems`.
  }
  throw new Error('nothing was thrown');
}
