import type { ProviderFunction } from '../../lifecycle/provider-definition.ts';
import { stringType } from '../../schema/type.ts';
import { accessKey, textAt, username } from './arguments.ts';

export const credentialJson: ProviderFunction = {
  name: 'credential_json',
  summary: 'User name and key as one JSON document',
  description:
    'Makes `{"username":"…","access_key":"…"}`, for secret stores that hold one text: user name and key then change together, as they must with a credential pair.',
  parameters: [username, accessKey],
  returns: stringType,
  call: (args) => JSON.stringify({ username: textAt(args, 0), access_key: textAt(args, 1) }),
};
