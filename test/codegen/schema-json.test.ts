import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { systemClock } from '../../src/clock.ts';
import { type JsonObject, schemaJson } from '../../src/codegen/schema-json.ts';
import type { ProviderDefinition } from '../../src/lifecycle/provider-definition.ts';
import { createProvider } from '../../src/provider/create-provider.ts';
import { PROVIDER_ADDRESS } from '../../src/resources/index.ts';
import { attribute } from '../../src/schema/attribute.ts';
import { defineSchema } from '../../src/schema/schema.ts';
import {
  boolType,
  dynamicType,
  listType,
  mapType,
  numberType,
  objectType,
  setType,
  stringType,
  tupleType,
} from '../../src/schema/type.ts';
import { typeJson } from '../../src/schema/type-json.ts';
import { addressOf, itNeeds } from '../helpers/engine.ts';
import { serveForReattach } from '../helpers/plugin/reattach.ts';
import { describeWithTerraform } from '../helpers/terraform.ts';
import { quiet, TOY_ADDRESS, Toy, type ToySession, toyDefinition } from '../provider/toy-provider.ts';
import { definitionOfProduct, runTerraform } from './product.ts';

/** What the toy lacks: names that sort differently than written, every type, ephemeral values, functions. */
const rest: Pick<ProviderDefinition<ToySession>, 'ephemeralResources' | 'functions'> = {
  ephemeralResources: [
    {
      type: 'toy_token',
      schema: defineSchema({
        description: 'A token.',
        attributes: {
          z: attribute.string({ required: true, description: 'Last.' }),
          a: attribute.string({ computed: true, sensitive: true, description: 'Secret.' }),
          b_c: attribute.dynamic({ optional: true, description: 'Anything.' }),
        },
      }),
      open: () => Promise.reject(new Error('never opened')),
    },
  ],
  functions: [
    {
      name: 'join',
      summary: 'Joins.',
      description: 'Joins texts.',
      parameters: [
        { name: 'with', type: stringType, description: 'Between them.', allowNull: true },
        {
          name: 'in',
          type: objectType({ z: boolType, a: tupleType(numberType, boolType) }),
          description: '',
        },
      ],
      variadic: {
        name: 'texts',
        type: listType(setType(mapType(stringType))),
        description: 'Texts.',
        allowUnknown: true,
      },
      returns: dynamicType,
      call: () => null,
    },
    { name: 'bare', summary: '', description: '', parameters: [], returns: stringType, call: () => '' },
  ],
};

/** What a real Terraform prints for a provider that is served by this process. */
async function printed<S>(definition: ProviderDefinition<S>, address: string): Promise<JsonObject> {
  const { env, close } = await serveForReattach(createProvider(definition, quiet(systemClock)), address);
  const directory = await mkdtemp(join(tmpdir(), 'browserstack-iac-schema-'));
  try {
    const source = address.split('/').slice(1).join('/');
    const hcl = `terraform {\n  required_providers {\n    ${definition.name} = { source = "${source}" }\n  }\n}\n`;
    await writeFile(join(directory, 'main.tf'), hcl);
    const stdout = await runTerraform(directory, env, 'providers', 'schema', '-json');
    return ofTerraform1_11(JSON.parse(stdout), address);
  } finally {
    close();
    await rm(directory, { recursive: true, force: true });
  }
}

/** Newer engines say more, older ones less; the document is that of Terraform 1.11. */
function ofTerraform1_11(
  document: { provider_schemas: Record<string, JsonObject> },
  address: string,
): JsonObject {
  const known = [
    'provider',
    'resource_schemas',
    'data_source_schemas',
    'ephemeral_resource_schemas',
    'functions',
  ];
  const sections = Object.entries(document.provider_schemas[address] ?? {});
  const kept = Object.fromEntries(sections.filter(([name]) => known.includes(name)));
  return { format_version: '1.0', provider_schemas: { [address]: kept } };
}

/** OpenTofu leaves out a description that says nothing. */
function withoutEmptyTexts(document: unknown): unknown {
  return JSON.parse(
    JSON.stringify(document, (name, value) => (value === '' && TEXTS.has(name) ? undefined : value)),
  );
}

const TEXTS = new Set(['description', 'summary']);

describeWithTerraform('the schema document', () => {
  itNeeds('ephemeral resources', 'write-only arguments')(
    'is what Terraform prints, for a provider with everything',
    async () => {
      const toy: ProviderDefinition<ToySession> = { ...toyDefinition(new Toy()), ...rest };
      const address = addressOf(TOY_ADDRESS);
      expect(withoutEmptyTexts(schemaJson(address, toy))).toEqual(
        withoutEmptyTexts(await printed(toy, address)),
      );
    },
  );

  itNeeds('ephemeral resources', 'write-only arguments')(
    'is what Terraform prints, for the product',
    async () => {
      const product = definitionOfProduct();
      const address = addressOf(PROVIDER_ADDRESS);
      expect(schemaJson(address, product)).toEqual(await printed(product, address));
    },
  );
});

it('is sorted, so that it only changes when a schema changes', () => {
  const names = Object.keys(
    JSON.parse(JSON.stringify(typeJson(objectType({ b: stringType, a: stringType, C: stringType }))))[1],
  );
  expect(names).toEqual(['C', 'a', 'b']);
});
