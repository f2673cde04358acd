import type { Provider } from '../../../src/provider/provider.ts';
import { attribute } from '../../../src/schema/attribute.ts';
import { defineSchema, impliedType } from '../../../src/schema/schema.ts';
import { dynamicType } from '../../../src/schema/type.ts';
import { isObjectValue, objectValue, unknown, type Value } from '../../../src/schema/value.ts';
import type { Json } from '../../../src/tfplugin/codec/json-reader.ts';
import { valueOfJson } from '../../../src/tfplugin/codec/json-value.ts';
import { baseProvider } from './base-provider.ts';

export const ECHO_ADDRESS = 'registry.terraform.io/browserstack-iac/echo';

const providerSchema = defineSchema({
  description: 'A provider that gives back what it gets.',
  attributes: {
    token: attribute.string({ optional: true, sensitive: true, description: 'A secret.' }),
    note: attribute.string({ optional: true, description: 'Anything.' }),
  },
});

const thing = defineSchema({
  description: 'An object that is what it was planned to be.',
  version: 1,
  attributes: {
    id: attribute.string({ computed: true, description: 'Made up.' }),
    name: attribute.string({ required: true, requiresReplace: true, description: 'A name.' }),
    value: attribute.dynamic({ optional: true, description: 'Anything at all.' }),
    tags: attribute.stringSet({ optional: true, description: 'Some words.' }),
    secret: attribute.string({ optional: true, sensitive: true, description: 'A secret.' }),
    written: attribute.string({ optional: true, writeOnly: true, description: 'Never stored.' }),
    fault: attribute.string({ optional: true, description: 'What shall go wrong.' }),
    delay: attribute.number({ optional: true, description: 'How long apply takes, milliseconds.' }),
    parts: attribute.listOf(
      { size: attribute.number({ optional: true, description: 'A size.' }) },
      { optional: true, description: 'Some parts.' },
    ),
  },
  blocks: {
    rule: {
      nesting: 'list',
      description: 'Some rules.',
      attributes: { allow: attribute.bool({ optional: true, description: 'Yes or no.' }) },
    },
  },
});

const identity = {
  version: 0,
  attributes: { id: attribute.string({ required: true, description: 'The id.' }) },
};

const one = defineSchema({
  description: 'One value.',
  attributes: { value: attribute.dynamic({ optional: true, description: 'Anything at all.' }) },
});

/** What a fault does, by the name in the attribute `fault`; only in tests. */
export type Faults = Readonly<Record<string, (planned: Record<string, Value>) => Promise<void> | void>>;

export function echoProvider(faults: Faults = {}, operations: Partial<Provider> = {}): Provider {
  return baseProvider(
    {
      provider: providerSchema,
      resources: { echo_thing: thing },
      identities: { echo_thing: identity },
      dataSources: { echo_value: one },
      ephemeralResources: { echo_value: one },
      actions: { echo_act: one },
      listResources: { echo_thing: one },
      functions: {
        echo: {
          summary: 'Gives back its argument.',
          description: 'Gives back its argument.',
          parameters: [
            {
              name: 'value',
              type: dynamicType,
              description: 'Anything.',
              allowNull: true,
              allowUnknown: true,
            },
          ],
          returns: dynamicType,
        },
      },
    },
    {
      upgradeResourceState: async (_type, _version, json) => {
        // Parsed JSON holds nothing but JSON.
        const state = valueOfJson(json as Json, impliedType(thing));
        return { state: isObjectValue(state) ? state : null, diagnostics: [] };
      },
      callFunction: async (_name, [value]) => ({ result: value ?? null }),
      planResourceChange: async ({ proposed, prior }) => {
        if (proposed === null) return { planned: null, replaces: [], diagnostics: [] };
        const id = prior === null || prior.name !== proposed.name ? unknown : (prior.id ?? unknown);
        const planned = { ...proposed, id, written: null };
        return { planned: objectValue(Object.entries(planned)), replaces: [['name']], diagnostics: [] };
      },
      applyResourceChange: async ({ planned, prior }) => {
        if (planned === null) return { state: null, diagnostics: [] };
        const state: Record<string, Value> = { ...planned, written: null };
        if (prior === null) state.id = `id-${String(planned.name)}`;
        if (typeof planned.delay === 'number')
          await new Promise((resolve) => setTimeout(resolve, Number(planned.delay)));
        if (typeof planned.fault === 'string') await faults[planned.fault]?.(state);
        return { state, diagnostics: [] };
      },
      importResourceState: async ({ type, id }) => ({
        imported: [{ type, state: objectValue(thingOf(id)), identity: objectValue([['id', id]]) }],
        diagnostics: [],
      }),
      ...operations,
    },
  );
}

function thingOf(id: string): [string, Value][] {
  const names = Object.keys(thing.attributes).map((name): [string, Value] => [name, null]);
  return [...names, ['rule', []], ['id', id], ['name', id]];
}
