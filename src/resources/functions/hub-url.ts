import type { ProviderFunction } from '../../lifecycle/provider-definition.ts';
import { stringType } from '../../schema/type.ts';
import { accessKey, textAt, username } from './arguments.ts';

export const hubUrl: ProviderFunction = {
  name: 'hub_url',
  summary: 'The address of the Selenium hub, with the credential in it',
  description:
    'Makes `https://USERNAME:ACCESS_KEY@hub-cloud.browserstack.com/wd/hub`, as remote WebDriver clients take it. Special characters are escaped.',
  parameters: [username, accessKey],
  returns: stringType,
  call: (args) => {
    const [user, key] = [textAt(args, 0), textAt(args, 1)].map(encodeURIComponent);
    return `https://${user}:${key}@hub-cloud.browserstack.com/wd/hub`;
  },
};
