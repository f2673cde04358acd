import { afterEach, expect, test } from 'vitest';
import { ManualClock } from '../../src/clock.ts';
import {
  createLocalBrowserStack,
  type LocalBrowserStack,
  type LocalBrowserStackOptions,
} from '../../src/emulator/local-browserstack.ts';
import { asking, owner, seed } from './organization.ts';

let stack: LocalBrowserStack | undefined;
afterEach(() => stack?.close());

async function listening(options: LocalBrowserStackOptions = {}) {
  stack = await createLocalBrowserStack({ seed, rateLimit: 'off', ...options });
  const { url } = await stack.listen();
  return { stack, url, ask: asking(fetch, url) };
}

const causeOf = (promise: Promise<unknown>) =>
  promise.then(
    () => undefined,
    (error: Error) => (error.cause as { code?: string } | undefined)?.code, // Node's fetch keeps the socket's error there.
  );

test('answers on a real socket, with the status and headers of the service', async () => {
  const { url, ask } = await listening();
  expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  expect((await ask(owner, 'GET /user/service-accounts')).body).toHaveLength(3);
  expect((await ask('olivia:wrong', 'GET /user/service-accounts')).text).toBe('HTTP Basic: Access denied.\n');
  expect((await ask(undefined, 'GET /nothing')).status).toBe(404);
});

test('a dropped answer is a dropped connection, after the effect', async () => {
  const { stack, ask } = await listening();
  stack.inject({ kind: 'drop', method: 'POST', path: '/user/service-accounts', nth: 2 });
  await ask(owner, 'POST /user/service-accounts?identifier=first');
  expect(await causeOf(ask(owner, 'POST /user/service-accounts?identifier=second'))).toMatch(
    /UND_ERR_SOCKET|ECONNRESET/,
  );
  await ask(owner, 'POST /user/service-accounts?identifier=third');
  expect(stack.accounts().map(({ identifier }) => identifier)).toEqual([
    'web-ci',
    'mobile-ci',
    'nightly',
    'first',
    'second',
    'third',
  ]);
});

test('the control API: a log without keys, cleared on request, and faults by POST', async () => {
  const { url, ask } = await listening();
  await ask(owner, 'GET /user/team_detail?key=olivia-key');
  await ask(undefined, 'GET /automate/plan.json');
  const log = await ask(undefined, 'GET /_local/requests');
  expect(log.body).toEqual({
    count: 2,
    requests: [
      { method: 'GET', path: '/user/team_detail', status: 200, username: 'olivia' },
      { method: 'GET', path: '/automate/plan.json', status: 401, username: null },
    ],
  });
  expect(log.text).not.toContain('olivia-key');

  await ask(undefined, 'DELETE /_local/requests');
  const fault = { kind: 'status', status: 503, when: 'before', path: '/user/*', nth: 2 };
  const headers = { 'Content-Type': 'application/json' };
  const post = { method: 'POST', headers, body: JSON.stringify(fault) };
  expect((await fetch(`${url}/_local/faults`, post)).status).toBe(200);
  expect((await ask(owner, 'POST /user/create_team?team_name=One')).status).toBe(200);
  expect((await ask(owner, 'POST /user/create_team?team_name=Two')).status).toBe(503);
  const after = await ask(undefined, 'GET /_local/requests');
  expect(after.body).toEqual({
    count: 2,
    requests: [
      { method: 'POST', path: '/user/create_team', status: 200, username: 'olivia' },
      { method: 'POST', path: '/user/create_team', status: 503, username: 'olivia', faults: ['status'] },
    ],
  });
  expect(stack?.teams().map(({ name }) => name)).toEqual(['Web', 'Mobile', 'One']);

  const wrong = await ask(undefined, 'POST /_local/faults', {
    headers,
    body: '[{"kind":"slow"},{"kind":"nonsense"}]',
  });
  expect(wrong).toMatchObject({
    status: 400,
    body: { problems: [{ path: [0, 'seconds'] }, { path: [1, 'kind'] }] },
  });
});

test('a port that is taken is a problem that says so', async () => {
  const { url } = await listening();
  const port = Number(new URL(url).port);
  await expect(stack?.listen({ port })).rejects.toMatchObject({ code: 'unreachable' });
});

test('a reset comes in the middle of the body: status and length are known, the rest is not', async () => {
  const { stack, url } = await listening();
  stack.inject({ kind: 'reset' });
  const authorization = `Basic ${Buffer.from(owner).toString('base64')}`;
  const response = await fetch(`${url}/user/service-accounts`, { headers: { authorization } });
  expect(response.status).toBe(200);
  expect(Number(response.headers.get('content-length'))).toBeGreaterThan(100);
  await expect(response.text()).rejects.toThrow('terminated');
});

test('refused connections are refused by the port itself, which then opens again', async () => {
  const clock = new ManualClock();
  const { stack, ask } = await listening({ clock });
  stack.inject({ kind: 'refuse', seconds: 10 });
  const line = 'GET /user/team_detail';
  expect(await causeOf(ask(owner, line))).toMatch(/UND_ERR_SOCKET|ECONNRESET/);
  await expect.poll(() => causeOf(ask(owner, line))).toBe('ECONNREFUSED');
  clock.advance(9_999);
  expect(await causeOf(ask(owner, line))).toBe('ECONNREFUSED');
  clock.advance(1);
  const statusOf = () =>
    ask(owner, line).then(
      ({ status }) => status,
      () => 0,
    );
  await expect.poll(statusOf).toBe(200);
});
