import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/clock.ts';
import { createProvider } from '../../src/provider/create-provider.ts';
import type { Provider } from '../../src/provider/provider.ts';
import { browserstackProvider } from '../../src/resources/index.ts';
import type { Value } from '../../src/schema/value.ts';
import { Story } from '../rotation/bench/story.ts';

const providerIn = (env: Record<string, string>): Provider =>
  createProvider(
    browserstackProvider({
      env,
      dispatcher: () => Promise.reject(new Error('functions ask nobody')),
      random: () => 0,
      version: '0.0.0',
    }),
    { clock: systemClock, log: () => {} },
  );
const provider = providerIn({});
const call = (name: string, ...args: Value[]) => provider.callFunction(name, args);

describe('functions', () => {
  it('make the address of the hub and the document for a secret store, with everything escaped', async () => {
    expect(await call('hub_url', 'ci_a', 'p@ss/word:1')).toEqual({
      result: 'https://ci_a:p%40ss%2Fword%3A1@hub-cloud.browserstack.com/wd/hub',
    });
    const { result } = await call('credential_json', 'ci_a', 'say "hi"');
    expect(JSON.parse(String(result))).toEqual({ username: 'ci_a', access_key: 'say "hi"' });
  });

  const REAL = 'https://ci_a:k%2F1@hub-cloud.browserstack.com/wd/hub';
  it.each([
    [undefined, REAL],
    ['', REAL],
    ['https://api.browserstack.com', REAL],
    ['https://api-enterprise.browserstack.com/', REAL],
    ['http://127.0.0.1:4000', 'http://ci_a:k%2F1@127.0.0.1:4000/wd/hub'],
    ['http://[::1]:4000/', 'http://ci_a:k%2F1@[::1]:4000/wd/hub'],
    ['https://proxy.example/browserstack/', 'https://ci_a:k%2F1@proxy.example/browserstack/wd/hub'],
    ['https://notbrowserstack.com', 'https://ci_a:k%2F1@notbrowserstack.com/wd/hub'],
  ])('the address of the hub follows the base URL %s, of the environment or given', async (base, result) => {
    const env = base === undefined ? {} : { BROWSERSTACK_API_URL: base };
    expect(await providerIn(env).callFunction('hub_url', ['ci_a', 'k/1'])).toEqual({ result });
    if (!base) return;
    expect(await call('hub_url', 'ci_a', 'k/1', base)).toEqual({ result });
    const elsewhere = providerIn({ BROWSERSTACK_API_URL: 'http://elsewhere.example' });
    expect(await elsewhere.callFunction('hub_url', ['ci_a', 'k/1', base])).toEqual({ result });
  });

  it.each<[string, Value[], number]>([
    ['hub_url', ['', 'key'], 0],
    ['hub_url', ['ci_a', 'key', 'nonsense'], 2],
    ['hub_url', ['ci_a', 'key', 'ftp://x'], 2],
    ['hub_url', ['ci_a', 'key', ''], 2],
    ['hub_url', ['ci_a', 'key', 'http://a', 'http://b'], 3],
    ['credential_json', ['ci_a', ''], 1],
    ['key_fingerprint', ['ci_a', ''], 1],
    ['rotation_due_at', ['ci_a', 'yesterday', 30, 0], 1],
    ['rotation_due_at', ['ci_a', '2026-02-30', 30, 0], 1],
    ['rotation_due_at', ['ci_a', '2026-02-28', 0, 0], 2],
    ['rotation_due_at', ['ci_a', '2026-01-01', 30, 16], 3],
  ])('%s names the argument that is wrong', async (name, args, argument) => {
    expect(await call(name, ...args)).toMatchObject({ error: { argument } });
  });
});

describe('functions say the same as the resource', () => {
  let story: Story;
  beforeAll(async () => {
    story = await Story.open('browserstack_access_key');
  });
  afterAll(() => story.world.close());

  it('about the fingerprint and the due date', async () => {
    const policy = { rotate_after_days: 30, jitter_days: 7 };
    const state = await story.apply({ username: 'ci_a', export_access_key: true, ...policy });
    expect(await call('key_fingerprint', 'ci_a', String(state.access_key))).toEqual({
      result: state.key_fingerprint,
    });
    expect(await call('rotation_due_at', 'ci_a', String(state.schedule_base), 30, 7)).toEqual({
      result: state.rotation_due_at,
    });
  });
});
