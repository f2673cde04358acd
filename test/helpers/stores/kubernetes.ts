// A stand-in for the provider hashicorp/kubernetes: a secret as a write-only map, which nothing reads back.

import { Problem } from '../../../src/errors.ts';
import type { Resource } from '../../../src/lifecycle/resource.ts';
import { createProvider } from '../../../src/provider/create-provider.ts';
import type { ProviderContext } from '../../../src/provider/engine.ts';
import { attribute } from '../../../src/schema/attribute.ts';
import { defineSchema, type PlannedOf } from '../../../src/schema/schema.ts';
import type { Cloud } from './cloud.ts';

export const KUBERNETES_ADDRESS = 'registry.terraform.io/hashicorp/kubernetes';

const schema = defineSchema({
  description: 'A secret.',
  attributes: {
    data_wo: attribute.stringMap({ optional: true, writeOnly: true, description: 'The secret.' }),
    data_wo_revision: attribute.integer({ optional: true, description: 'Another one for another secret.' }),
  },
  blocks: {
    metadata: {
      nesting: 'list',
      description: 'Which.',
      attributes: {
        name: attribute.string({ required: true, description: 'Name.' }),
        namespace: attribute.string({ optional: true, description: 'Namespace.' }),
      },
      minItems: 1,
      maxItems: 1,
    },
  },
});

type Planned = PlannedOf<typeof schema>;

export function kubernetesProvider(cloud: Cloud, context: ProviderContext) {
  const put = (planned: Planned) => {
    if (cloud.refusing) throw new Problem({ code: 'forbidden', summary: 'Forbidden' });
    const [{ name, namespace } = { name: '', namespace: '' }] = planned.metadata as readonly {
      name: string;
      namespace: string;
    }[];
    const data = planned.data_wo as ReadonlyMap<string, string>;
    cloud.contents.set(`kubernetes/${namespace}/${name}`, JSON.stringify(Object.fromEntries(data)));
    return { ...planned, data_wo: null } as never; // known at apply
  };
  const secret: Resource<null, typeof schema> = {
    type: 'kubernetes_secret_v1',
    schema,
    read: async (prior) => prior,
    create: async (planned) => put(planned),
    update: async (planned) => put(planned),
    delete: async () => {},
  };
  const definition = {
    name: 'kubernetes',
    version: '0.0.0-test',
    schema: defineSchema({ description: 'A cluster.', attributes: {} }),
    configure: async () => null,
    resources: [secret],
    dataSources: [],
  };
  return createProvider(definition, context);
}
