import type { ProviderFunction } from '../../lifecycle/provider-definition.ts';
import { stringType } from '../../schema/type.ts';
import { Secret } from '../../secret.ts';
import { keyFingerprint } from '../access-key/index.ts';
import { accessKey, textAt, username } from './arguments.ts';

export const keyFingerprintFunction: ProviderFunction = {
  name: 'key_fingerprint',
  summary: 'The fingerprint of an access key',
  description:
    'The same 16 hexadecimal digits as `key_fingerprint` of `browserstack_access_key`: equal for the same account and key, and saying nothing else about the key. Tells whether a copy of a key is the current one.',
  parameters: [username, accessKey],
  returns: stringType,
  call: (args) => keyFingerprint(textAt(args, 0), new Secret(textAt(args, 1))),
};
