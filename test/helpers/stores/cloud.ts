// Stand-ins for the providers of secret stores: what each takes as a write-only argument, what it computes, how it is
// read back, in the names of the originals. All record an update that was refused as made, which is the worst case.

import { Problem } from '../../../src/errors.ts';
import type { EphemeralResource } from '../../../src/lifecycle/provider-definition.ts';
import type { Resource } from '../../../src/lifecycle/resource.ts';
import { createProvider } from '../../../src/provider/create-provider.ts';
import type { ProviderContext } from '../../../src/provider/engine.ts';
import type { Provider } from '../../../src/provider/provider.ts';
import { type Attributes, attribute } from '../../../src/schema/attribute.ts';
import { defineSchema } from '../../../src/schema/schema.ts';
import type { ObjectValue } from '../../../src/schema/value.ts';

/** What all stores hold, by the name of the entry, and whether they take anything. */
export interface Cloud {
  readonly contents: Map<string, string>;
  refusing: boolean;
}

interface Store {
  readonly provider: string;
  readonly type: string;
  /** Configured, and which entry it is. */
  readonly where: Attributes;
  readonly entry: (given: ObjectValue) => string;
  readonly secret: string;
  readonly version: string;
  /** `serial` is another one for each write. */
  readonly computed: (given: ObjectValue, serial: number) => Readonly<Record<string, string>>;
  /** Where it counts versions: the end of an old one does not end the entry. */
  readonly versioned?: (state: ObjectValue) => unknown;
  /** Arguments of the ephemeral resource, the entry they mean, and the attribute with the secret. */
  readonly readBack?: {
    readonly where: readonly string[];
    readonly entry: (given: ObjectValue) => string;
    readonly secret: string;
  };
}

const text = attribute.string({ required: true, requiresReplace: true, description: 'Which.' });
const maybe = attribute.string({ optional: true, description: 'How.' });
const ARN = 'arn:aws:';

const STORES: readonly Store[] = [
  {
    provider: 'aws',
    type: 'aws_secretsmanager_secret_version',
    where: { secret_id: text },
    entry: ({ secret_id }) => `aws/${secret_id}`,
    secret: 'secret_string_wo',
    version: 'secret_string_wo_version',
    computed: ({ secret_id }, serial) => ({ arn: ARN + secret_id, version_id: `v${serial}` }),
    versioned: ({ version_id }) => version_id,
    readBack: {
      where: ['secret_id'],
      entry: ({ secret_id }) => `aws/${String(secret_id).slice(ARN.length)}`,
      secret: 'secret_string',
    },
  },
  {
    provider: 'aws',
    type: 'aws_ssm_parameter',
    where: { name: text, type: text, key_id: maybe },
    entry: ({ name }) => `ssm/${name}`,
    secret: 'value_wo',
    version: 'value_wo_version',
    computed: ({ name }) => ({ arn: ARN + name }),
    readBack: { where: ['arn'], entry: ({ arn }) => `ssm/${String(arn).slice(ARN.length)}`, secret: 'value' },
  },
  {
    provider: 'google',
    type: 'google_secret_manager_secret_version',
    where: { secret: text },
    entry: ({ secret }) => `google/${secret}`,
    secret: 'secret_data_wo',
    version: 'secret_data_wo_version',
    computed: ({ secret }, serial) => ({ name: `${secret}/versions/${serial}` }),
    versioned: ({ name }) => name,
    readBack: { where: ['secret'], entry: ({ secret }) => `google/${secret}`, secret: 'secret_data' },
  },
  {
    provider: 'azurerm',
    type: 'azurerm_key_vault_secret',
    where: { name: text, key_vault_id: text },
    entry: ({ name }) => `azure/${name}`,
    secret: 'value_wo',
    version: 'value_wo_version',
    computed: ({ name }) => ({ versionless_id: `https://vault.example/secrets/${name}` }),
    readBack: { where: ['name', 'key_vault_id'], entry: ({ name }) => `azure/${name}`, secret: 'value' },
  },
];

/** The providers, by their address. */
export function cloudProviders(
  cloud: Cloud,
  context: ProviderContext,
): readonly (readonly [string, Provider])[] {
  const names = [...new Set(STORES.map(({ provider }) => provider))];
  return names.map((name) => {
    const stores = STORES.filter(({ provider }) => provider === name);
    const definition = {
      name,
      version: '0.0.0-test',
      // The original insists on this block.
      schema: defineSchema({
        description: 'A cloud.',
        attributes: {},
        ...(name === 'azurerm' && {
          blocks: { features: { nesting: 'list', description: 'None.', attributes: {}, minItems: 1 } },
        }),
      }),
      configure: async () => null,
      resources: stores.map((store) => entryOf(store, cloud)),
      dataSources: [],
      ephemeralResources: stores.flatMap((store) => readBackOf(store, cloud)),
    };
    return [`registry.terraform.io/hashicorp/${name}`, createProvider(definition, context)] as const;
  });
}

function entryOf(store: Store, cloud: Cloud): Resource<null> {
  const { type, where, secret, version, entry, computed, versioned } = store;
  const plain = (description: string) => attribute.string({ computed: true, description });
  const names = Object.keys(computed({}, 0));
  const schema = defineSchema({
    description: 'An entry.',
    attributes: {
      ...where,
      [secret]: attribute.string({ optional: true, writeOnly: true, description: 'The secret.' }),
      [version]: attribute.integer({
        optional: true,
        description: 'Another one for another secret.',
        // What is versioned is never changed.
        ...(versioned && { requiresReplace: true }),
      }),
      ...Object.fromEntries(names.map((name) => [name, plain('Computed.')])),
    },
  });
  const latest = new Map<string, unknown>();
  let serial = 0;
  const put = (planned: ObjectValue, save: (state: ObjectValue) => void): ObjectValue => {
    serial += 1;
    const state = { ...planned, [secret]: null, ...computed(planned, serial) };
    save(state);
    if (cloud.refusing)
      throw new Problem({ code: 'forbidden', summary: 'AccessDenied', detail: `403 for ${type}` });
    cloud.contents.set(entry(planned), String(planned[secret]));
    latest.set(entry(planned), versioned?.(state));
    return state;
  };
  return {
    type,
    schema,
    read: async (prior) => (cloud.contents.has(entry(prior)) ? prior : undefined),
    create: async (planned) => put(planned as ObjectValue, () => undefined),
    update: async (planned, _prior, { save }) => put(planned as ObjectValue, save),
    delete: async (state) => {
      if (latest.get(entry(state)) === versioned?.(state)) cloud.contents.delete(entry(state));
    },
  };
}

function readBackOf({ type, readBack }: Store, { contents }: Cloud): readonly EphemeralResource<null>[] {
  if (readBack === undefined) return [];
  const given = attribute.string({ required: true, description: 'Which.' });
  const schema = defineSchema({
    description: 'What an entry is now.',
    attributes: {
      ...Object.fromEntries(readBack.where.map((name) => [name, given])),
      [readBack.secret]: attribute.string({ computed: true, sensitive: true, description: 'The secret.' }),
    },
  });
  return [
    {
      type,
      schema,
      async open(config) {
        const held = contents.get(readBack.entry(config as ObjectValue));
        if (held === undefined) throw new Problem({ code: 'not_found', summary: `No such entry of ${type}` });
        return { result: { ...config, [readBack.secret]: held } };
      },
    },
  ];
}
