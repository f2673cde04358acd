import { beforeEach, describe, expect, it } from 'vitest';
import { ManualClock } from '../../src/clock.ts';
import type { ProviderDefinition } from '../../src/lifecycle/provider-definition.ts';
import type { Resource } from '../../src/lifecycle/resource.ts';
import { createProvider } from '../../src/provider/create-provider.ts';
import type { Provider } from '../../src/provider/provider.ts';
import { attribute } from '../../src/schema/attribute.ts';
import { defineSchema } from '../../src/schema/schema.ts';
import { type ObjectValue, unknown } from '../../src/schema/value.ts';
import { proposed, written } from './stand-in-core.ts';
import { quiet } from './toy-provider.ts';

const schema = defineSchema({
  description: 'A badge that can be printed again with another name, but not in another color.',
  attributes: {
    name: attribute.string({ required: true, requiresReplace: true, description: 'Name.' }),
    color: attribute.string({ required: true, requiresReplace: true, description: 'Color.' }),
    number: attribute.string({ computed: true, description: 'Given by the printer.' }),
  },
});

const badge: Resource<object, typeof schema> = {
  type: 'toy_badge',
  schema,
  async plan({ prior, planned, replaces }) {
    if (prior === undefined || planned === undefined) return undefined;
    const inPlace = replaces.filter(([name]) => name === 'name');
    return inPlace.length < replaces.length
      ? { inPlace }
      : { planned: { ...planned, number: prior.number }, inPlace };
  },
  read: async (prior) => prior,
  create: async (planned) => ({ ...planned, number: 'new' }) as never,
  update: async (planned) => planned as never,
  delete: async () => {},
};

const definition: ProviderDefinition<object> = {
  name: 'toy',
  version: '0',
  schema: defineSchema({ description: 'Toy.', attributes: {} }),
  configure: async () => ({}),
  resources: [badge],
  dataSources: [],
};

let provider: Provider;
beforeEach(async () => {
  provider = createProvider(definition, quiet(new ManualClock()));
  await provider.configure(written(definition.schema, {}), '1.11.4');
});

const prior: ObjectValue = { name: 'ada', color: 'red', number: '7' };
const plan = (config: Readonly<Record<string, unknown>>) => {
  const object = written(schema, config);
  return provider.planResourceChange({
    type: 'toy_badge',
    config: object,
    prior,
    proposed: proposed(schema, object, prior),
    signal: new AbortController().signal,
  });
};

describe('a change that the noun makes in place this time', () => {
  it('is an update, although the schema says replace', async () => {
    const { planned, replaces, diagnostics } = await plan({ name: 'grace', color: 'red' });
    expect(diagnostics).toEqual([]);
    expect(replaces).toEqual([]);
    expect(planned).toEqual({ name: 'grace', color: 'red', number: '7' });
  });

  it('stays a replacement for the reasons that are left', async () => {
    const { planned, replaces } = await plan({ name: 'grace', color: 'blue' });
    expect(replaces).toEqual([['color']]);
    expect(planned?.number).toBe(unknown);
  });
});
