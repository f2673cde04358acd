// A replacement is planned twice, the second time as if nothing had been there; a noun hears what it takes the place of,
// and what this run has met beside the object it is asked about.

import { describe, expect, it } from 'vitest';
import type { Beside, Change } from '../../src/lifecycle/resource.ts';
import type { ObjectValue } from '../../src/schema/value.ts';
import { never, proposed, StandInCore, written } from './stand-in-core.ts';
import type { thingSchema } from './toy-schema.ts';

interface Asked {
  readonly change: Change<typeof thingSchema>;
  readonly beside: Beside;
}

class Engine extends StandInCore {
  readonly asked: Asked[] = [];

  constructor() {
    super();
    this.toy.plan = async (change, { beside }) => {
      if (beside === undefined) throw new Error('nothing is beside it');
      this.asked.push({ change, beside });
      return undefined;
    };
  }

  /** As a walk of the engine does it: the state is decoded, then read. */
  async sees(state: ObjectValue): Promise<void> {
    await this.provider.upgradeResourceState('toy_thing', 2, state);
    await this.read(state);
  }

  /** The second plan of a replacement. */
  again(config: Readonly<Record<string, unknown>>, priorPrivate: Uint8Array | undefined) {
    const object = written(this.schema, config);
    return this.provider.planResourceChange({
      type: 'toy_thing',
      config: object,
      prior: null,
      proposed: proposed(this.schema, object, null),
      signal: never,
      ...(priorPrivate && { priorPrivate }),
    });
  }

  get last(): Asked {
    const asked = this.asked.at(-1);
    if (asked === undefined) throw new Error('the noun was not asked');
    return asked;
  }

  fateOf({ id }: ObjectValue) {
    const held = this.last.beside.held('toy_thing', { id: id ?? null });
    return held && { stays: held.stays, goes: held.ending !== undefined };
  }
}

const config = { name: 'a', size: 1 };

async function engine(): Promise<{ readonly core: Engine; readonly state: ObjectValue }> {
  const core = await new Engine().configured();
  const state = await core.make(config);
  await core.configured();
  await core.sees(state);
  core.asked.length = 0;
  return { core, state };
}

describe('a new object', () => {
  it('takes the place of the one whose plan came before, where the engine hands its mark back', async () => {
    const { core, state } = await engine();
    const first = await core.plan(config, state);
    expect(core.last.change).toMatchObject({ action: 'no-op' });
    await core.again(config, first.private);
    expect(core.last.change).toMatchObject({ action: 'create', replaced: { state, announced: false } });
  });

  it('is told apart from a replacement that the configuration demands', async () => {
    const { core, state } = await engine();
    const changed = { ...config, name: 'b' };
    const first = await core.plan(changed, state);
    expect(first.replaces).toEqual([['name']]);
    await core.again(changed, first.private);
    expect(core.last.change).toMatchObject({ replaced: { state, announced: true } });
  });

  it('takes no place without a mark, as a tainted object comes', async () => {
    const { core } = await engine();
    await core.again(config, undefined);
    expect(core.last.change.replaced).toBeUndefined();
  });

  it('finds no mark in what is kept beside an object', async () => {
    const { core, state } = await engine();
    const updated = { ...config, note: 'n' };
    const plan = await core.plan(updated, state);
    const applied = await core.provider.applyResourceChange({
      type: 'toy_thing',
      config: written(core.schema, updated),
      prior: state,
      planned: plan.planned,
      signal: never,
      ...(plan.private && { plannedPrivate: plan.private }),
    });
    expect(plan.private).toBeDefined();
    expect(applied.private).toBeUndefined();
  });
});

describe('an object of the state', () => {
  it('is undecided until the engine has asked', async () => {
    const { core, state } = await engine();
    await core.again({ ...config, name: 'other' }, undefined);
    expect(core.fateOf(state)).toEqual({ stays: false, goes: false });
  });

  it.each([
    ['kept', config, { stays: true, goes: false }],
    ['updated', { ...config, note: 'n' }, { stays: true, goes: false }],
    ['replaced', { ...config, name: 'b' }, { stays: false, goes: true }],
    ['deleted', null, { stays: false, goes: true }],
  ])('%s: the run knows', async (_fate, planned, fate) => {
    const { core, state } = await engine();
    await core.plan(planned, state);
    await core.again({ ...config, name: 'other' }, undefined);
    expect(core.fateOf(state)).toEqual(fate);
  });

  it('goes when a replacement is asked for that its own plan did not have', async () => {
    const { core, state } = await engine();
    const first = await core.plan(config, state);
    await core.again(config, first.private);
    expect(core.fateOf(state)).toEqual({ stays: false, goes: true });
  });

  it('may go at one address and stay at another', async () => {
    const { core, state } = await engine();
    await core.plan(null, state);
    await core.plan(config, state);
    expect(core.fateOf(state)).toEqual({ stays: true, goes: true });
  });

  it('is forgotten with the next walk', async () => {
    const { core, state } = await engine();
    await core.plan(null, state);
    await core.configured();
    await core.again(config, undefined);
    expect(core.fateOf(state)).toBeUndefined();
  });

  it('is not there any more once a read found it gone', async () => {
    const { core, state } = await engine();
    core.toy.things.clear();
    await core.read(state);
    await core.again(config, undefined);
    expect(core.fateOf(state)).toBeUndefined();
  });
});

describe('objects that are to be made', () => {
  it('see each other by their natural key, and not themselves', async () => {
    const { core } = await engine();
    await core.again({ ...config, name: 'twin' }, undefined);
    expect(core.last.beside.creations('toy_thing', 'twin')).toEqual([]);
    await core.again({ ...config, name: 'twin' }, undefined);
    expect(core.last.beside.creations('toy_thing', 'twin')).toHaveLength(1);
    expect(core.last.beside.creations('toy_thing', 'other')).toEqual([]);
  });
});
