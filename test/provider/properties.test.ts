// For any schema and any configuration: what is planned passes the checks, what is applied keeps the plan, and the
// next plan is no change.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ManualClock } from '../../src/clock.ts';
import { createProvider } from '../../src/provider/create-provider.ts';
import type { AnyAttribute } from '../../src/schema/attribute.ts';
import { equal } from '../../src/schema/equal.ts';
import { impliedType, type Schema } from '../../src/schema/schema.ts';
import {
  Dynamic,
  isObjectValue,
  isUnknown,
  type ObjectValue,
  objectValue,
  type Value,
} from '../../src/schema/value.ts';
import { anyAttributes, configOf } from '../schema/arbitrary.ts';
import { never, proposed } from './stand-in-core.ts';
import { quiet } from './toy-provider.ts';

const type = 'toy_any';

describe('any schema', () => {
  const cases = anyAttributes().chain((attributes) =>
    fc.tuple(fc.constant(attributes), configOf(attributes), configOf(attributes), configOf(attributes, true)),
  );

  it('plans, applies, and then has nothing to do; another configuration is an update that also settles', async () => {
    await fc.assert(
      fc.asyncProperty(cases, async ([attributes, first, second]) => {
        const world = await engine(attributes);
        const made = await world.make(first as ObjectValue, null);
        await world.expectNoChange(first as ObjectValue, made);
        const changed = await world.make(second as ObjectValue, made);
        await world.expectNoChange(second as ObjectValue, changed);
      }),
      { numRuns: 300 },
    );
  });

  it('plans what is not known yet without breaking a rule', async () => {
    await fc.assert(
      fc.asyncProperty(cases, async ([attributes, first, , unknowns]) => {
        const world = await engine(attributes);
        expect((await world.plan(unknowns as ObjectValue, null)).diagnostics).toEqual([]);
        const made = await world.make(first as ObjectValue, null);
        expect((await world.plan(unknowns as ObjectValue, made)).diagnostics).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });
});

async function engine(attributes: Readonly<Record<string, AnyAttribute>>) {
  const schema: Schema = { description: 'Any.', attributes };
  const empty: Schema = { description: 'Nothing.', attributes: {} };
  const fill = async (planned: unknown) => filled(planned as Value) as never;
  const noun = {
    type,
    schema,
    read: async () => undefined,
    create: fill,
    update: fill,
    delete: async () => undefined,
  };
  const provider = createProvider(
    {
      name: 'toy',
      version: '0.1.0',
      schema: empty,
      configure: async () => ({}),
      resources: [noun],
      dataSources: [],
    },
    quiet(new ManualClock()),
  );
  await provider.configure(objectValue([]), '1.0.0');
  const plan = (config: ObjectValue, prior: ObjectValue | null) =>
    provider.planResourceChange({
      type,
      config,
      prior,
      proposed: proposed(schema, config, prior),
      signal: never,
    });
  return {
    plan,
    async make(config: ObjectValue, prior: ObjectValue | null): Promise<ObjectValue> {
      const { planned, diagnostics } = await plan(config, prior);
      expect(diagnostics).toEqual([]);
      const done = await provider.applyResourceChange({ type, config, prior, planned, signal: never });
      expect(done.diagnostics).toEqual([]);
      return done.state as ObjectValue;
    },
    async expectNoChange(config: ObjectValue, state: ObjectValue): Promise<void> {
      const { planned, replaces, diagnostics } = await plan(config, state);
      expect(diagnostics).toEqual([]);
      expect(replaces).toEqual([]);
      expect(equal(impliedType(schema), planned, state)).toBe(true);
    },
  };
}

/** What a remote would answer: every unknown has become something. */
function filled(value: Value): Value {
  if (isUnknown(value)) return 'made';
  if (value instanceof Dynamic) return value;
  if (Array.isArray(value)) return value.map(filled);
  if (value instanceof Map) return new Map([...value].map(([key, one]) => [key, filled(one)]));
  if (isObjectValue(value))
    return objectValue(Object.entries(value).map(([name, one]) => [name, filled(one)]));
  return value;
}
