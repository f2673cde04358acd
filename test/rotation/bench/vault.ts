// Somebody else's provider, as the consumers of keys have them: a secret store that takes a write-only value.

import { systemClock as clock } from '../../../src/clock.ts';
import type { Resource } from '../../../src/lifecycle/resource.ts';
import { createProvider } from '../../../src/provider/create-provider.ts';
import { attribute } from '../../../src/schema/attribute.ts';
import { defineSchema, type PlannedOf } from '../../../src/schema/schema.ts';
import { isUnknown } from '../../../src/schema/value.ts';
import { type Reattached, serveForReattach } from '../../helpers/plugin/reattach.ts';

const schema = defineSchema({
  description: 'A secret.',
  attributes: {
    name: attribute.string({ required: true, requiresReplace: true, description: 'Its name.' }),
    secret_wo: attribute.string({
      optional: true,
      writeOnly: true,
      sensitive: true,
      description: 'Its value.',
    }),
    secret_wo_version: attribute.integer({ optional: true, description: 'Changes when the value does.' }),
  },
});

export class Vault {
  readonly secrets = new Map<string, string>();
  /** Whether it turns away whatever it is given. */
  isSealed = false;

  /** For a real Terraform, from within this process. */
  serve(): Promise<Reattached> {
    const secret: Resource<null, typeof schema> = {
      type: 'vault_secret',
      schema,
      read: async (prior) => prior,
      create: async (planned) => this.#put(planned),
      update: async (planned) => this.#put(planned),
      delete: async () => {},
    };
    const definition = {
      name: 'vault',
      version: '0.1.0',
      schema: defineSchema({ description: 'A vault.', attributes: {} }),
      configure: async () => null,
      resources: [secret],
      dataSources: [],
    };
    const provider = createProvider(definition, { clock, log: () => {} });
    return serveForReattach(provider, 'registry.terraform.io/test/vault');
  }

  #put({ name, secret_wo: secret, secret_wo_version: version }: PlannedOf<typeof schema>) {
    if (isUnknown(name) || isUnknown(secret) || isUnknown(version)) throw new Error('unknown at apply');
    if (this.isSealed) throw new Error('the vault is sealed');
    this.secrets.set(name, secret ?? '');
    return { name, secret_wo: null, secret_wo_version: version };
  }
}
