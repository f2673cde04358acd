import type { ProviderFunction } from '../../lifecycle/provider-definition.ts';
import { stringType } from '../../schema/type.ts';
import { accessKey, textAt, username, wrong } from './arguments.ts';

const HUB = 'https://hub-cloud.browserstack.com/wd/hub';

/**
 * Functions run without the provider block, so they know of its `base_url` only what the environment says, as the
 * block does, or what they are given.
 */
export function hubUrl(env: Readonly<Record<string, string | undefined>>): ProviderFunction {
  return {
    name: 'hub_url',
    summary: 'The address of the Selenium hub, with the credential in it',
    description:
      'Makes `https://USERNAME:ACCESS_KEY@hub-cloud.browserstack.com/wd/hub`, as remote WebDriver clients take it. Special characters are escaped. It follows the base URL: where `BROWSERSTACK_API_URL` or a third argument names another service than BrowserStack itself, a local BrowserStack say, the hub is the one of that service, at `/wd/hub`.',
    parameters: [username, accessKey],
    variadic: {
      name: 'base_url',
      type: stringType,
      description:
        'The `base_url` of the provider block, once, where the block has one. Default: `BROWSERSTACK_API_URL`.',
    },
    returns: stringType,
    call: (args) => {
      const [user, key] = [textAt(args, 0), textAt(args, 1)].map(encodeURIComponent);
      if (args.length > 3) throw wrong(3, 'There is one base URL.');
      const given = args.length > 2 ? textAt(args, 2) : env.BROWSERSTACK_API_URL;
      const { protocol, host, pathname } = new URL(hubOf(given));
      return `${protocol}//${user}:${key}@${host}${pathname}`;
    },
  };
}

/** The hub of the service that a base URL names. */
function hubOf(baseUrl: string | undefined): string {
  if (!baseUrl) return HUB;
  const url = URL.canParse(baseUrl) ? new URL(baseUrl) : undefined;
  if (url === undefined || !/^https?:$/u.test(url.protocol))
    throw wrong(2, 'The base URL (BROWSERSTACK_API_URL) must be an http or https URL.');
  if (/(^|\.)browserstack\.com$/u.test(url.hostname)) return HUB;
  return `${url.origin}${url.pathname.replace(/\/+$/u, '')}/wd/hub`;
}
