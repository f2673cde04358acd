import { afterEach, describe, expect, it } from 'vitest';
import type { FaultRule } from '../../src/emulator/faults/faults.ts';
import type { Endpoint } from '../../src/http/endpoint.ts';
import { caught } from '../helpers/caught.ts';
import { type LocalSession, localSession } from '../helpers/local-session.ts';

const LIST: Endpoint<readonly unknown[]> = {
  method: 'GET',
  path: '/user/service-accounts',
  repeatable: true,
  budget: 'account-management',
  answer: {
    type: 'array',
    items: { type: 'object', required: ['username'], properties: { username: { type: 'string' } } },
  },
};
const CREATE: Endpoint<unknown> = { ...LIST, method: 'POST', repeatable: false, answer: { type: 'object' } };

let world: LocalSession;
afterEach(() => world.close());

describe('the HTTP client', () => {
  it('gives the body and the server time', async () => {
    world = await localSession();
    const { body, date } = await world.session.client.send(LIST);
    expect(body).toEqual([]);
    expect(date.toISOString()).toBe('2026-01-01T00:00:00.000Z');
  });

  it('reads the HTML 401 as wrong credentials and does not repeat it', async () => {
    world = await localSession({}, { access_key: 'canary-wrong-key' });
    const problem = await caught(world.session.client.send(LIST));
    expect(problem).toMatchObject({ code: 'unauthorized', summary: 'Wrong BrowserStack credentials' });
    expect(problem.detail).toContain('BROWSERSTACK_ACCESS_KEY');
    expect(JSON.stringify(problem) + problem.message).not.toContain('canary');
    expect(world.local.requests()).toHaveLength(1);
  });

  it('explains a 403', async () => {
    world = await localSession({
      seed: {
        organization: { name: 'Small', enterprise: false },
        users: [{ username: 'owner_local', access_key: 'owner-local-key-0001', role: 'owner' }],
      },
    });
    const problem = await caught(world.session.client.send(LIST));
    expect(problem.code).toBe('forbidden');
    expect(problem.detail).toContain('Enterprise');
  });

  it('says that nothing was sent when there is nobody', async () => {
    world = await localSession({}, { base_url: 'http://127.0.0.1:1', max_retries: 1 });
    expect(await caught(world.session.client.send(CREATE))).toMatchObject({ code: 'unreachable' });
  });

  it('names endpoint and field of an answer it does not understand, never a value', async () => {
    world = await localSession({ faults: [{ kind: 'missing-field', field: 'username', times: 'always' }] });
    await world.session.client.send(CREATE, { query: { identifier: 'payments-ci' } });
    const problem = await caught(world.session.client.send(LIST));
    expect(problem.code).toBe('unexpected_answer');
    expect(problem.detail).toContain(
      "GET /user/service-accounts: field 0 must have required property 'username'",
    );
    for (const { accessKey } of world.local.accounts()) expect(problem.message).not.toContain(accessKey);
  });

  it.each<[string, FaultRule]>([
    ['cut connection', { kind: 'drop' }],
    ['502 after the effect', { kind: 'status', status: 502 }],
    ['half a body', { kind: 'reset' }],
  ])('repeats a read after a %s', async (_name, fault) => {
    world = await localSession({ faults: [fault] });
    expect((await world.session.client.send(LIST)).body).toEqual([]);
    expect(world.local.requests()).toHaveLength(2);
  });

  it.each<[string, FaultRule, string]>([
    ['cut connection', { kind: 'drop' }, 'unclear_outcome'],
    ['502', { kind: 'status', status: 502 }, 'unclear_outcome'],
    ['half a body', { kind: 'reset' }, 'unclear_outcome'],
    ['page instead of JSON', { kind: 'html' }, 'unexpected_answer'],
  ])('never repeats a creation after a %s', async (_name, fault, code) => {
    world = await localSession({ faults: [fault] });
    const problem = await caught(world.session.client.send(CREATE, { query: { identifier: 'payments-ci' } }));
    expect(problem.code).toBe(code);
    expect(world.local.requests()).toHaveLength(1);
    expect(world.local.accounts()).toHaveLength(1);
  });

  it.each([
    [undefined, [4000, 8000]],
    [7, [7000, 7000]],
  ])(
    'repeats even a creation after 429 (Retry-After %s), waiting as long as asked',
    async (seconds, waits) => {
      const throttle: FaultRule = { kind: 'throttle', times: 2, ...(seconds ? { seconds } : {}) };
      world = await localSession(
        { faults: [throttle] },
        { request_burst: 100, requests_per_minute: 100_000 },
      );
      await world.session.client.send(CREATE, { query: { identifier: 'payments-ci' } });
      expect(world.clock.slept).toEqual(waits);
      expect(world.local.accounts()).toHaveLength(1);
    },
  );

  it('says of a read that went wrong that nothing was changed', async () => {
    world = await localSession({ faults: [{ kind: 'status', status: 502, times: 'always' }] });
    const read = await caught(world.session.client.send(LIST));
    expect(read.detail).toContain('answered 502. Nothing was changed');
    const write = await caught(world.session.client.send(CREATE, { query: { identifier: 'payments-ci' } }));
    expect(write.detail).toContain('whether it was carried out is not known');
  });

  it('gives up on a 429 that does not end, and says what to do', async () => {
    world = await localSession({ faults: [{ kind: 'throttle', times: 'always' }] }, { max_retries: 2 });
    const problem = await caught(world.session.client.send(LIST));
    expect(problem).toMatchObject({ code: 'rate_limited' });
    expect(world.local.requests()).toHaveLength(3);
  });

  it('keeps the documented limit: the real server never says 429', async () => {
    world = await localSession({ rateLimit: 'real' });
    const start = world.clock.now().getTime();
    await Promise.all(Array.from({ length: 30 }, () => world.session.client.send(LIST)));
    expect((world.clock.now().getTime() - start) / 1000).toBe(100);
    expect(world.local.requests().map(({ status }) => status)).toEqual(Array(30).fill(200));
  });
});
