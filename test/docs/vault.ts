// A stand-in for the provider hashicorp/vault: one resource that takes a key as a write-only value, as its original.

import type { Resource } from '../../src/lifecycle/resource.ts';
import { createProvider } from '../../src/provider/create-provider.ts';
import type { Seams } from '../../src/provider/engine.ts';
import { attribute } from '../../src/schema/attribute.ts';
import { defineSchema, type PlannedOf } from '../../src/schema/schema.ts';
import { isUnknown } from '../../src/schema/value.ts';

export const VAULT_ADDRESS = 'registry.terraform.io/hashicorp/vault';

const schema = defineSchema({
  description: 'A secret.',
  attributes: {
    mount: attribute.string({ required: true, requiresReplace: true, description: 'Where.' }),
    name: attribute.string({ required: true, requiresReplace: true, description: 'Its name.' }),
    data_json_wo: attribute.string({ optional: true, writeOnly: true, description: 'Its value.' }),
    data_json_wo_version: attribute.integer({ optional: true, description: 'Changes when the value does.' }),
  },
});

/** `contents` is what the vault was given, by name. */
export function vaultProvider(contents: Map<string, string>, seams: Seams) {
  const secret: Resource<null, typeof schema> = {
    type: 'vault_kv_secret_v2',
    schema,
    read: async (prior) => prior,
    create: async (planned) => put(planned),
    update: async (planned) => put(planned),
    delete: async () => {},
  };
  const put = ({
    mount,
    name,
    data_json_wo: value,
    data_json_wo_version: version,
  }: PlannedOf<typeof schema>) => {
    if (isUnknown(mount) || isUnknown(name) || isUnknown(value) || isUnknown(version))
      throw new Error('unknown at apply');
    if (value !== null) contents.set(`${mount}/${name}`, value);
    return { mount, name, data_json_wo: null, data_json_wo_version: version };
  };
  const nothing = defineSchema({ description: 'A vault.', attributes: {} });
  const definition = {
    name: 'vault',
    version: '0.0.0-test',
    schema: nothing,
    configure: async () => null,
    resources: [secret],
    dataSources: [],
  };
  return createProvider(definition, seams);
}
