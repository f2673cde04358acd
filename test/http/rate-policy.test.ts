import { afterEach, describe, expect, it } from 'vitest';
import type { Endpoint } from '../../src/http/endpoint.ts';
import { requestsPerMinute } from '../../src/http/rate-policy.ts';
import { type LocalSession, localSession } from '../helpers/local-session.ts';

describe('the header', () => {
  it.each([
    ['"a";q=15;w=60', 15],
    ['"a";q=100;w=10', 600],
    ['"a";w=60;q=15', 15],
    ['"burst";q=5;w=1, "sustained";q=15;w=60', 15],
    ['"a, b;q=1;w=60";q=30;w=60', 30],
    ['"a";q=30;w=60;pk=:abc=:', 30],
    ['"a" ; q=30 ; w=60', 30],
    ['"a";qu="requests";q=30;w=60', 30],
  ])('%s allows %i a minute', (header, expected) => {
    expect(requestsPerMinute(header)).toBe(expected);
  });
  it.each([
    undefined,
    '',
    '"a"',
    '"a";q=15',
    '"a";w=60',
    '"a";q=0;w=60',
    '"a";q=-1;w=60',
    '"a";q=1.5;w=60',
    'q=15;w=60',
    '"a;q=15;w=60',
  ])('%s says nothing', (header) => {
    expect(requestsPerMinute(header)).toBeUndefined();
  });
});

describe('the client', () => {
  const LIST: Endpoint<unknown> = {
    method: 'GET',
    path: '/user/service-accounts',
    repeatable: true,
    budget: 'account-management',
    answer: { type: 'array' },
  };
  let world: LocalSession;
  afterEach(() => world.close());

  /** Seconds that so many lists take. */
  async function taken(count: number) {
    const start = world.clock.now().getTime();
    for (let i = 0; i < count; i += 1) await world.session.client.send(LIST);
    return (world.clock.now().getTime() - start) / 1000;
  }

  it('waits for nothing where the server says that it does not count', async () => {
    world = await localSession({ rateLimit: 'off' });
    expect(await taken(50)).toBeLessThan(1);
  });
  it('goes as fast as the server says', async () => {
    world = await localSession({ rateLimit: 4 });
    expect(await taken(25)).toBeCloseTo(20, -1);
    expect(world.local.requests().every(({ status }) => status === 200)).toBe(true);
  });
  it('goes as slowly as the server says', async () => {
    world = await localSession({ rateLimit: 0.5 });
    expect(await taken(8)).toBeGreaterThan(20);
    // The first request was on its way before anything was said.
    expect(world.local.requests().filter(({ status }) => status === 429).length).toBeLessThan(2);
  });
  it('keeps to what is documented where the server says nothing', async () => {
    world = await localSession({ rateLimit: 'real' });
    expect(await taken(10)).toBeCloseTo(20, -1);
  });
  it('keeps to what its user says, whatever the server says', async () => {
    world = await localSession({ rateLimit: 'off' }, { requests_per_minute: 60, request_burst: 1 });
    expect(await taken(11)).toBeCloseTo(10, -1);
  });
});
