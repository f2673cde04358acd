import { once } from 'node:events';
import { Dispatcher } from 'undici';
import { afterEach, describe, expect, it } from 'vitest';
import { problemsOf } from '../../src/errors.ts';
import type { Endpoint } from '../../src/http/endpoint.ts';
import { serviceAccounts } from '../../src/resources/service-account/index.ts';
import { caught } from '../helpers/caught.ts';
import { localSession } from '../helpers/local-session.ts';
import { type RawServer, rawServer, sessionIn } from '../helpers/raw-server.ts';

const READ: Endpoint<unknown> = {
  method: 'GET',
  path: '/user/service-accounts',
  repeatable: true,
  budget: 'account-management',
  answer: { type: 'array' },
};
const WRITE: Endpoint<unknown> = { ...READ, method: 'POST', repeatable: false };

let server: RawServer;
afterEach(() => server?.close());

/** Resolves when the first request has arrived. */
async function serverThat(answer: Parameters<typeof rawServer>[0]) {
  let arrived!: () => void;
  const asked = new Promise<void>((resolve) => {
    arrived = resolve;
  });
  server = await rawServer((request, response) => {
    arrived();
    answer(request, response);
  });
  return { asked };
}

const stopped = () => new DOMException('Ended by SIGINT', 'AbortError');

describe('a run that is stopped', () => {
  it.each<[string, Parameters<typeof rawServer>[0]]>([
    ['waits after a 429', (_, response) => response.writeHead(429, { 'retry-after': '280' }).end()],
    ['waits for an answer', () => {}],
    ['waits for the rest of an answer', (_, response) => response.writeHead(200).write('[')],
  ])('ends the list that all share while it %s', async (_name, answer) => {
    const { asked } = await serverThat(answer);
    const run = new AbortController();
    const session = await sessionIn({ base_url: server.url, max_retries: 5 }, { signal: run.signal });
    const listed = session.snapshot(serviceAccounts).get();
    const again = session.snapshot(serviceAccounts).get();
    await asked;
    run.abort(stopped());
    for (const one of [listed, again])
      expect(problemsOf(await one.catch((error) => error))).toMatchObject([{ code: 'canceled' }]);
  });

  it('ends a wait for a connection', async () => {
    // As with a firewall that drops what it does not like: the dispatcher takes the request, and nothing follows.
    const silent = new (class extends Dispatcher {
      override dispatch(): boolean {
        setImmediate(() => run.abort(stopped()));
        return true;
      }
    })();
    const run = new AbortController();
    const session = await sessionIn(
      { base_url: 'http://127.0.0.1:1' },
      { signal: run.signal, dispatcher: silent },
    );
    await expect(session.client.send(READ)).rejects.toThrow('Ended by SIGINT');
  });

  it('never cuts off a write that was sent: its answer is awaited, and looking after it goes on', async () => {
    let answerWrite = () => {};
    const { asked } = await serverThat((request, response) => {
      const answer = () => response.writeHead(200, { 'content-type': 'application/json' }).end('[]');
      if (request.method === 'GET') answer();
      else answerWrite = answer;
    });
    const run = new AbortController();
    const session = await sessionIn({ base_url: server.url }, { signal: run.signal });
    const written = session.client.send(WRITE, { signal: run.signal });
    await asked;
    run.abort(stopped());
    answerWrite();
    expect((await written).body).toEqual([]);
    expect((await session.client.send(READ)).body).toEqual([]);
    await expect(session.client.send(READ, { signal: run.signal })).rejects.toThrow('Ended by SIGINT');
    await expect(session.client.send(WRITE, { signal: run.signal })).rejects.toThrow('Ended by SIGINT');
    expect(server.requests).toHaveLength(2);
  });
});

describe('an answer', () => {
  it('that drips has a time limit', async () => {
    await serverThat((_, response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      const drip = setInterval(() => response.write(' '), 50);
      void once(response, 'close').then(() => clearInterval(drip));
    });
    const session = await sessionIn({ base_url: server.url, request_timeout: 1 });
    expect(await caught(session.client.send(READ))).toMatchObject({
      code: 'unclear_outcome',
      detail: expect.stringContaining('still coming after 1 s, which is request_timeout'),
    });
  });

  it('has a largest size', async () => {
    await serverThat((_, response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      const more = () => {
        while (response.write(Buffer.alloc(1024 * 1024, ' ')));
      };
      response.on('drain', more);
      more();
    });
    const session = await sessionIn({ base_url: server.url });
    expect(await caught(session.client.send(READ))).toMatchObject({
      code: 'unexpected_answer',
      detail: expect.stringContaining('the body is larger than 64 MiB'),
    });
  });

  it('that is no UTF-8 is not understood, and nothing is concluded from replacement characters', async () => {
    await serverThat((_, response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(
        Buffer.concat([Buffer.from('["key-'), Buffer.from([0xff, 0xfe, 0xc3]), Buffer.from('"]')]),
      );
    });
    const session = await sessionIn({ base_url: server.url });
    expect(await caught(session.client.send(READ))).toMatchObject({
      code: 'unexpected_answer',
      detail: expect.stringContaining('the body is not valid UTF-8'),
    });
  });
});

describe('a Retry-After', () => {
  it.each([
    ['600', 'wait 10 min,', 'Run again after 2026-01-01T00:10:00Z'],
    ['Thu, 01 Jan 2026 02:00:00 GMT', 'wait 2 h,', 'Run again after 2026-01-01T02:00:00Z'],
    ['99999999999999999', ', which no run does.', ''],
  ])('of %s is an error at once, with the time', async (asked, wait, until) => {
    server = await rawServer((_, response) => response.writeHead(429, { 'retry-after': asked }).end());
    const world = await localSession({}, { base_url: server.url });
    const problem = await caught(world.session.client.send(READ));
    expect(problem.code).toBe('rate_limited');
    expect(problem.detail).toContain(wait);
    expect(problem.detail).toContain(until);
    expect(server.requests).toHaveLength(1);
    expect(world.clock.slept).toEqual([]);
    await world.close();
  });
});

describe('a refusal', () => {
  it.each(['owner_local-jenkins', 'owner_local-GitHubAction'])(
    'of %s names what a CI plugin appended',
    async (username) => {
      server = await rawServer((_, response) => response.writeHead(401).end('HTTP Basic: Access denied.'));
      const session = await sessionIn({ base_url: server.url, username });
      const { detail } = await caught(session.client.send(READ));
      expect(detail).toContain(`ends in "${username.slice('owner_local'.length)}", which a CI plugin`);
      const plain = await sessionIn({ base_url: server.url, username: 'owner_jenkins' });
      expect((await caught(plain.client.send(READ))).detail).not.toContain('plugin');
    },
  );

  it.each([
    ['text', 'Rate Limit Exceeded'],
    ['JSON', '{"message":"403 Forbidden (Rate Limit Exceeded)"}'],
  ])('with 403 and "Rate Limit Exceeded" as %s is a 429: waited for, and repeated', async (_name, body) => {
    let refusals = 2;
    server = await rawServer((_, response) => {
      if (refusals-- > 0) response.writeHead(403).end(body);
      else response.writeHead(200, { 'content-type': 'application/json' }).end('[]');
    });
    const world = await localSession({}, { base_url: server.url });
    expect((await world.session.client.send(READ)).body).toEqual([]);
    expect(server.requests).toHaveLength(3);
    expect(world.clock.slept.length).toBeGreaterThan(0);
    await world.close();
  });
});
