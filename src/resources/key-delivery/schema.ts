import { attribute } from '../../schema/attribute.ts';
import { defineSchema, type PlannedOf, type StateOf } from '../../schema/schema.ts';
import { lengthBetween, matching } from '../../schema/validators.ts';

export const keyDeliverySchema = defineSchema({
  description:
    'Proof that a secret store holds the current key of a service account: compares what the store is read back to hold with what it should hold. Nothing at BrowserStack, and no request. A store that holds anything else (a refused write, a change by hand, a backup, a wrong path) is a warning in every plan and an error in every apply, until it is mended. Needs write-only arguments: Terraform 1.11, OpenTofu 1.11.',
  attributes: {
    username: attribute.string({
      required: true,
      validate: [lengthBetween(1, 255)],
      description: 'User name of the account whose key the store should hold.',
    }),
    key_fingerprint: attribute.string({
      required: true,
      validate: [matching(/^[0-9a-f]{16}$/u, 'be 16 hexadecimal digits, as in key_fingerprint')],
      description:
        '`key_fingerprint` of the `browserstack_access_key` or `browserstack_credential_pair`: which key the store should hold. In state: the one that it was last seen to hold.',
    }),
    stored_wo: attribute.string({
      required: true,
      writeOnly: true,
      description:
        "What the store holds now, read back by the store's own ephemeral resource: a JSON object with the user name and the key, or the bare key. Let the ephemeral resource refer to an attribute of the resource that writes the secret, one that is not known while that is new: so it is read after the write.",
    }),
    username_field: attribute.string({
      optional: true,
      default: 'username',
      description: 'Field of the JSON object that holds the user name.',
    }),
    access_key_field: attribute.string({
      optional: true,
      default: 'access_key',
      description: 'Field of the JSON object that holds the key.',
    }),
    idle_username: attribute.string({
      optional: true,
      description:
        '`idle_username` of a `browserstack_credential_pair`. A plan that would give a new key to the very account whose credential the store still holds is then refused.',
    }),
    store: attribute.string({
      required: true,
      validate: [lengthBetween(1, 1024)],
      description: 'What messages call the store, e.g. `vault: secret/browserstack/payments`.',
    }),
    mend: attribute.string({
      optional: true,
      description:
        "The command that writes the secret again, for messages: `terraform apply -replace='vault_kv_secret_v2.payments'` (or tofu).",
    }),
    confirmed_at: attribute.string({
      computed: true,
      description:
        'When an apply last saw the key in the store (RFC 3339). Every plan looks as well; it changes only when there was something to deliver.',
    }),
  },
});

export type KeyDeliveryState = StateOf<typeof keyDeliverySchema>;
export type PlannedKeyDelivery = PlannedOf<typeof keyDeliverySchema>;
