import { Agent } from 'undici';
import { describe, expect, it } from 'vitest';
import { problemsOf } from '../../src/errors.ts';
import { configure } from '../../src/resources/configuration/configure.ts';
import { type Configuration, configurationSchema } from '../../src/resources/configuration/schema.ts';
import { objectValue } from '../../src/schema/value.ts';
import { SkippingClock } from '../helpers/skipping-clock.ts';

const NOTHING = objectValue(
  Object.keys(configurationSchema.attributes).map((name) => [name, null] as const),
) as Configuration;
const CREDENTIALS = { BROWSERSTACK_USERNAME: 'owner_1', BROWSERSTACK_ACCESS_KEY: 'OwnerCanaryKey000001' };

const open = (env: Readonly<Record<string, string>>, block: Partial<Configuration> = {}) =>
  configure({ env, dispatcher: async () => new Agent(), random: () => 0, version: 'test' })(
    { ...NOTHING, ...block },
    { clock: new SkippingClock(), log: () => {} },
  );

async function complaints(env: Readonly<Record<string, string>>, block?: Partial<Configuration>) {
  try {
    await open(env, block);
  } catch (error) {
    return problemsOf(error).map(({ code, summary, detail, path }) => ({ code, summary, detail, path }));
  }
  return [];
}

describe('the configuration of the provider', () => {
  it('takes from the environment what the block leaves open', async () => {
    const env = { ...CREDENTIALS, BROWSERSTACK_REQUEST_BURST: '2', BROWSERSTACK_REQUESTS_PER_MINUTE: '' };
    const session = await open(env, { requests_per_minute: 30 });
    expect(session.username).toBe('owner_1');
    expect(session.settings).toMatchObject({
      budget: { burst: 2, perMinute: 30 },
      accountChanges: 'replace',
    });
    expect((await open(CREDENTIALS)).settings.budget).toEqual({ burst: 5, perMinute: 15 });
    expect((await open(CREDENTIALS, { username: 'other_1' })).username).toBe('other_1');
  });

  it('takes blanks and line ends off both ends of credentials, wherever they come from', async () => {
    const env = { BROWSERSTACK_USERNAME: ' owner_1\r\n', BROWSERSTACK_ACCESS_KEY: 'OwnerCanaryKey000001\n' };
    for (const session of [
      await open(env),
      await open({}, { username: 'owner_1 ', access_key: '\tOwnerCanaryKey000001' }),
    ]) {
      const { username, accessKey } = session.client.credentials;
      expect([username, accessKey.reveal()]).toEqual(['owner_1', 'OwnerCanaryKey000001']);
    }
    expect(await complaints({ ...CREDENTIALS, BROWSERSTACK_ACCESS_KEY: ' \n' })).toMatchObject([
      { summary: 'BrowserStack access_key is missing' },
    ]);
  });

  it.each([
    ['BROWSERSTACK_USERNAME', 'owner_1:CanaryKey', 'A user name has no colon'],
    ['BROWSERSTACK_USERNAME', 'owner\n1', 'This is no user name'],
    ['BROWSERSTACK_ACCESS_KEY', 'Canary Key', 'This is no access key'],
    ['BROWSERSTACK_ACCESS_KEY', 'CanaryKey\u0000', 'This is no access key'],
    ['BROWSERSTACK_ACCESS_KEY', 'CanaryKey\r\nCanaryOther', 'This is no access key'],
    ['BROWSERSTACK_ACCESS_KEY', '\u200bCanaryKey', 'This is no access key'],
    ['BROWSERSTACK_ACCESS_KEY', '"CanaryKey"', 'This is no access key'],
    ['BROWSERSTACK_USERNAME', "'owner_1'", 'This is no user name'],
  ])('refuses %s=%j without repeating it', async (variable, value, summary) => {
    const [problem, ...others] = await complaints({ ...CREDENTIALS, [variable]: value });
    expect(problem).toMatchObject({ code: 'invalid_input', summary: `${variable}: ${summary}` });
    expect(JSON.stringify(problem)).not.toContain('Canary');
    expect(others).toEqual([]);
  });

  it('names everything that is missing at once', async () => {
    expect(await complaints({})).toMatchObject([
      { code: 'invalid_input', path: ['username'], detail: expect.stringContaining('emulate') },
      { code: 'invalid_input', path: ['access_key'] },
    ]);
  });

  it.each([
    ['BROWSERSTACK_API_URL', 'localhost:8765', 'base_url', 'Not a URL'],
    ['BROWSERSTACK_REQUESTS_PER_MINUTE', '0', 'requests_per_minute', 'Out of range'],
    ['BROWSERSTACK_REQUEST_BURST', '5.5', 'request_burst', 'Not a whole number'],
    ['BROWSERSTACK_REQUEST_TIMEOUT', 'soon', 'request_timeout', 'Not a whole number'],
    ['BROWSERSTACK_MAX_RETRIES', '1000', 'max_retries', 'Out of range'],
    ['BROWSERSTACK_OPERATION_TIMEOUT', '0', 'operation_timeout', 'Out of range'],
    ['BROWSERSTACK_ACCOUNT_CHANGES', 'inplace', 'account_changes', 'Invalid value'],
  ])('holds %s=%s to the rules of the block', async (variable, value, name, summary) => {
    const [problem, ...others] = await complaints({ ...CREDENTIALS, [variable]: value });
    expect(problem).toMatchObject({
      code: 'invalid_input',
      summary: `${variable}: ${summary}`,
      path: [name],
      detail: expect.stringContaining(`stands in for ${name}`),
    });
    expect(others).toEqual([]);
  });

  it('holds what came past the block, from a command line, to the same rules', async () => {
    expect(await complaints(CREDENTIALS, { base_url: 'localhost:8765' })).toMatchObject([
      { summary: 'Not a URL', path: ['base_url'] },
    ]);
  });
});
