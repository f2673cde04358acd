// A stand-in for the provider hashicorp/vault: a secret that takes a key as a write-only value, and is read back, as the
// original does it. Like every provider built on the older SDK it records an update that was refused as if it had been
// made: the version counts as written, and the next apply says that there is nothing to do.

import { Problem } from '../../../src/errors.ts';
import type { EphemeralResource } from '../../../src/lifecycle/provider-definition.ts';
import type { Resource } from '../../../src/lifecycle/resource.ts';
import { createProvider } from '../../../src/provider/create-provider.ts';
import type { ProviderContext } from '../../../src/provider/engine.ts';
import { attribute } from '../../../src/schema/attribute.ts';
import { defineSchema, type PlannedOf } from '../../../src/schema/schema.ts';
import { isUnknown } from '../../../src/schema/value.ts';

export const VAULT_ADDRESS = 'registry.terraform.io/hashicorp/vault';

/** What a vault holds, and whether it takes anything. */
export interface Vault {
  /** JSON, by mount and name: `secret/payments`. */
  readonly contents: Map<string, string>;
  refusing: boolean;
}

const where = {
  mount: attribute.string({ required: true, requiresReplace: true, description: 'Where.' }),
  name: attribute.string({ required: true, requiresReplace: true, description: 'Its name.' }),
};

const schema = defineSchema({
  description: 'A secret.',
  attributes: {
    ...where,
    data_json_wo: attribute.string({ optional: true, writeOnly: true, description: 'Its value.' }),
    data_json_wo_version: attribute.integer({ optional: true, description: 'Changes when the value does.' }),
    path: attribute.string({ computed: true, description: 'Full path.' }),
  },
});

const readBack = defineSchema({
  description: 'What a secret is now.',
  attributes: {
    mount: attribute.string({ required: true, description: 'Where.' }),
    name: attribute.string({ required: true, description: 'Its name.' }),
    data_json: attribute.string({ computed: true, sensitive: true, description: 'Its value.' }),
    data: attribute.stringMap({ computed: true, sensitive: true, description: 'Its value, taken apart.' }),
  },
});

export function vaultProvider(vault: Vault, seams: ProviderContext) {
  const definition = {
    name: 'vault',
    version: '0.0.0-test',
    schema: defineSchema({ description: 'A vault.', attributes: {} }),
    configure: async () => null,
    resources: [secretOf(vault)],
    dataSources: [],
    ephemeralResources: [readBackOf(vault)],
  };
  return createProvider(definition, seams);
}

function secretOf(vault: Vault): Resource<null, typeof schema> {
  const key = ({ mount, name }: { readonly mount: unknown; readonly name: unknown }) => `${mount}/${name}`;
  const put = (planned: PlannedOf<typeof schema>) => {
    const { mount, name, data_json_wo: value, data_json_wo_version: version } = planned;
    if (isUnknown(mount) || isUnknown(name) || isUnknown(value) || isUnknown(version))
      throw new Error('unknown at apply');
    const state = {
      mount,
      name,
      data_json_wo: null,
      data_json_wo_version: version,
      path: `${mount}/data/${name}`,
    };
    return { state, write: () => value === null || vault.contents.set(key(state), value) };
  };
  return {
    type: 'vault_kv_secret_v2',
    schema,
    read: async (prior) => (vault.contents.has(key(prior)) ? prior : undefined),
    create: async (planned) => {
      const { state, write } = put(planned);
      if (vault.refusing) throw refused();
      write();
      return state;
    },
    update: async (planned, _prior, { save }) => {
      const { state, write } = put(planned);
      save(state);
      if (vault.refusing) throw refused();
      write();
      return state;
    },
    delete: async (state) => {
      vault.contents.delete(key(state));
    },
  };
}

function readBackOf({ contents }: Vault): EphemeralResource<null, typeof readBack> {
  return {
    type: 'vault_kv_secret_v2',
    schema: readBack,
    async open({ mount, name }) {
      if (isUnknown(mount) || isUnknown(name)) throw new Error('opened with unknown configuration');
      const data_json = contents.get(`${mount}/${name}`);
      if (data_json === undefined) throw missing();
      return { result: { mount, name, data_json, data: new Map(Object.entries(JSON.parse(data_json))) } };
    },
  };
}

function refused(): Problem {
  return new Problem({
    code: 'forbidden',
    summary: 'Error writing to Vault',
    detail: 'Code: 403. permission denied',
  });
}

function missing(): Problem {
  return new Problem({
    code: 'not_found',
    summary: 'Unable to read resource from Vault',
    detail: 'no secret found',
  });
}
