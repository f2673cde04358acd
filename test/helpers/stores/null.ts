// A stand-in for the provider hashicorp/null: a resource that does nothing, and is replaced when its triggers change.

import { randomUUID } from 'node:crypto';
import type { Resource } from '../../../src/lifecycle/resource.ts';
import { createProvider } from '../../../src/provider/create-provider.ts';
import type { ProviderContext } from '../../../src/provider/engine.ts';
import { attribute } from '../../../src/schema/attribute.ts';
import { defineSchema } from '../../../src/schema/schema.ts';

export const NULL_ADDRESS = 'registry.terraform.io/hashicorp/null';

const schema = defineSchema({
  description: 'Nothing.',
  attributes: {
    triggers: attribute.stringMap({ optional: true, requiresReplace: true, description: 'Why again.' }),
    id: attribute.string({ computed: true, description: 'Any.' }),
  },
});

const nothing: Resource<null, typeof schema> = {
  type: 'null_resource',
  schema,
  read: async (prior) => prior,
  create: async (planned) => ({
    triggers: planned.triggers as ReadonlyMap<string, string>,
    id: randomUUID(),
  }),
  delete: async () => {},
};

export function nullProvider(seams: ProviderContext) {
  const definition = {
    name: 'null',
    version: '0.0.0-test',
    schema: defineSchema({ description: 'Nothing.', attributes: {} }),
    configure: async () => null,
    resources: [nothing],
    dataSources: [],
  };
  return createProvider(definition, seams);
}
