// One of several processes that share a budget: sends as many requests as it is told, at once.

import { Agent } from 'undici';
import { systemClock } from '../../src/clock.ts';
import { HttpClient } from '../../src/http/client.ts';
import { budgetFile, SharedBucketStore } from '../../src/http/shared-bucket.ts';
import { TokenBucket } from '../../src/http/token-bucket.ts';
import { Secret } from '../../src/secret.ts';

const [baseUrl = '', directory = '', count = '0', perMinute = '15'] = process.argv.slice(2);
const store = new SharedBucketStore(budgetFile(directory, baseUrl, 'owner'), (message) => {
  throw new Error(message);
});
const size = { burst: 5, perMinute: Number(perMinute) };
const agent = new Agent();
const client = new HttpClient({
  baseUrl,
  credentials: { username: 'owner_local', accessKey: new Secret('owner-local-key-0001') },
  dispatcher: async () => agent,
  budgets: {
    'account-management': new TokenBucket(size, systemClock, store),
    automate: new TokenBucket(size, systemClock),
  },
  clock: systemClock,
  random: () => 0,
  timeout: 10_000,
  maxRetries: 0,
  userAgent: 'test',
});
const list = {
  method: 'GET',
  path: '/user/service-accounts',
  repeatable: true,
  budget: 'account-management',
} as const;
await Promise.all(Array.from({ length: Number(count) }, () => client.send(list)));
await agent.close();
