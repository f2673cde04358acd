// Clients that keep to the documented limit are told when there is none, or a faster one.

import { expect, test } from 'vitest';
import { organization, owner } from './organization.ts';

const LIST = 'GET /user/service-accounts';
const PLAN = 'GET /automate/plan.json';
const PROJECT = 'GET /v1/projects/1/accesses';

test.each([
  ['off', LIST, '"user-management";q=1000000;w=1'],
  ['off', PLAN, '"automate";q=1000000;w=1'],
  [100, LIST, '"user-management";q=1500;w=60'],
  [100, PLAN, '"automate";q=160000;w=300'],
  [0.5, LIST, '"user-management";q=7;w=60'],
  [0.01, LIST, '"user-management";q=1;w=60'],
  ['real', LIST, null],
  ['real', PLAN, null],
  [1, LIST, null],
  ['off', PROJECT, null],
] as const)('rate limit %s: %s says %s', async (rateLimit, line, policy) => {
  const { ask } = await organization({ rateLimit });
  expect((await ask(owner, line)).headers.get('ratelimit-policy')).toBe(policy);
});

test('whatever the answer: 401, 403, 429', async () => {
  const { ask } = await organization({ rateLimit: 2 });
  const policy = async (credentials: string) => {
    const { status, headers } = await ask(credentials, LIST);
    return [status, headers.get('ratelimit-policy')];
  };
  const told = '"user-management";q=30;w=60';
  expect(await policy('olivia:wrong')).toEqual([401, told]);
  expect(await policy('uma:uma-key')).toEqual([403, told]);
  for (let i = 0; i < 4; i += 1) await policy(owner);
  expect(await policy(owner)).toEqual([429, told]);
});
