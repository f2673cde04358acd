// Somebody else's provider, as the consumers of keys have them: a secret store that takes a write-only value.

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { systemClock as clock } from '../../../src/clock.ts';
import { processHost } from '../../../src/entry/host.ts';
import type { Resource } from '../../../src/lifecycle/resource.ts';
import { createProvider } from '../../../src/provider/create-provider.ts';
import { attribute } from '../../../src/schema/attribute.ts';
import { defineSchema, type PlannedOf } from '../../../src/schema/schema.ts';
import { isUnknown } from '../../../src/schema/value.ts';
import { serve } from '../../../src/tfplugin/serve.ts';

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

function put({ name, secret_wo: secret, secret_wo_version: version }: PlannedOf<typeof schema>) {
  if (isUnknown(name) || isUnknown(secret) || isUnknown(version)) throw new Error('unknown at apply');
  writeFileSync(join(process.env.TEST_VAULT ?? '', name), secret ?? '');
  return { name, secret_wo: null, secret_wo_version: version };
}

const secret: Resource<null, typeof schema> = {
  type: 'vault_secret',
  schema,
  read: async (prior) => prior,
  create: async (planned) => put(planned),
  update: async (planned) => put(planned),
  delete: async () => {},
};

const empty = defineSchema({ description: 'A vault.', attributes: {} });
const provider = createProvider(
  {
    name: 'vault',
    version: '0.1.0',
    schema: empty,
    configure: async () => null,
    resources: [secret],
    dataSources: [],
  },
  { clock, log: () => {} },
);
void serve({ provider, address: 'registry.terraform.io/test/vault', host: processHost(), clock });
