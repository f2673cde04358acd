import { beforeEach, describe, expect, it } from 'vitest';
import { Problem } from '../../src/errors.ts';
import { type ObjectValue, objectValue, unknown } from '../../src/schema/value.ts';
import { never, StandInCore, written } from './stand-in-core.ts';
import { madeThing } from './toy-thing.ts';

let core: StandInCore;
beforeEach(async () => {
  core = await new StandInCore().configured();
});
const call = { signal: never };
const summaries = ({ diagnostics }: { diagnostics: readonly { summary: string }[] }) =>
  diagnostics.map(({ summary }) => summary);
const exists = (id: string, rest: object = {}) =>
  core.toy.things.set(id, madeThing({ name: 'old', ...rest }, undefined, id, ''));

describe('configure', () => {
  it('reports what the provider refuses, with the path', async () => {
    const answer = await core.provider.configure(
      written(core.provider.schemas.provider, { fail: true }),
      '1.0.0',
    );
    expect(answer.diagnostics).toMatchObject([
      { severity: 'error', summary: 'No such user', path: ['fail'] },
    ]);
  });

  it('is needed: without it an operation says so, and nothing is thrown', async () => {
    const bare = new StandInCore();
    const answer = await bare.read(objectValue([]));
    expect(summaries(answer)).toEqual(['The provider is not configured']);
  });
});

describe('read', () => {
  it('answers what is there now, with its identity', async () => {
    const state = await core.make({ name: 'a' });
    core.toy.things.set('thing-1', { ...core.toy.things.get('thing-1')!, note: 'changed elsewhere' });
    const answer = await core.read(state);
    expect(answer).toMatchObject({
      state: { note: 'changed elsewhere' },
      identity: { id: 'thing-1' },
      diagnostics: [],
    });
  });

  it('of what is gone: null', async () => {
    const state = await core.make({ name: 'a' });
    core.toy.things.clear();
    expect(await core.read(state)).toEqual({ state: null, diagnostics: [] });
  });

  it('keeps the stored state and says so while the provider block is not known', async () => {
    const state = await core.make({ name: 'a' });
    await core.configured({ prefix: unknown });
    const answer = await core.read(state);
    expect(answer.state).toBe(state);
    expect(answer.diagnostics).toMatchObject([
      { severity: 'warning', summary: 'toy_thing was not refreshed' },
    ]);
  });

  it('checks the answer, and drops write-only values', async () => {
    const state = await core.make({ name: 'a' });
    core.toy.distort = (thing) => ({ ...thing, password: 'hush', region: unknown });
    const answer = await core.read(state);
    expect(summaries(answer)).toEqual(["toy_thing: the provider's own answer to read is wrong"]);
    expect(answer.state).toMatchObject({ password: null, region: 'north' });
  });

  it('of a type that does not exist is an error', async () => {
    const answer = await core.provider.readResource({
      type: 'toy_nothing',
      state: objectValue([]),
      signal: never,
    });
    expect(summaries(answer)).toEqual(['No resource "toy_nothing"']);
  });
});

describe('import', () => {
  const importing = (request: object) =>
    core.provider.importResourceState({ type: 'toy_thing', id: '', signal: never, ...request });

  it('by id: a whole object, with defaults and else null', async () => {
    exists('x');
    const { imported, diagnostics } = await importing({ id: 'x' });
    expect(diagnostics).toEqual([]);
    expect(imported).toMatchObject([
      { type: 'toy_thing', identity: { id: 'x' }, state: { id: 'x', size: 1, name: null, step: [] } },
    ]);
    expect(Object.keys(imported[0]?.state ?? {})).toEqual(Object.keys(written(core.schema, {})));
  });

  it('by identity', async () => {
    const { imported } = await importing({ identity: objectValue([['id', 'x']]) });
    expect(imported).toMatchObject([{ identity: { id: 'x' }, state: { id: 'x' } }]);
  });

  it('of what does not exist, and of what cannot be imported', async () => {
    expect(summaries(await importing({ id: 'nobody' }))).toEqual(['No thing "nobody"']);
    const answer = await importing({ type: 'toy_immutable', id: 'x' });
    expect(summaries(answer)).toEqual(['toy_immutable cannot be imported by id']);
  });
});

describe('upgrade', () => {
  const upgraded = (version: number, state: object) =>
    core.provider.upgradeResourceState('toy_thing', version, state as ObjectValue);

  it('runs every step from the stored version, then gives the state its shape', async () => {
    const { state, diagnostics } = await upgraded(0, { id: 'x', title: 'a', tags: { k: 'v' }, gone: 1 });
    expect(diagnostics).toEqual([]);
    expect(state).toMatchObject({
      id: 'x',
      name: 'a',
      size: 1,
      tags: new Map([['k', 'v']]),
      step: [],
      probe: null,
    });
    expect(state).not.toHaveProperty('gone');
  });

  it('of the same version only gives the shape, reads scalars as Terraform does, and fills in new defaults', async () => {
    const { state } = await upgraded(2, { id: 7, name: 'a', size: null, step: null, words: ['x'] });
    expect(state).toMatchObject({ id: '7', size: 1, step: [], words: ['x'] });
    expect(Object.getPrototypeOf(state)).toBeNull();
  });

  it('of any version is completed by the noun', async () => {
    const { state: old } = await upgraded(0, { id: 'x', title: 'incomplete' });
    const { state: same } = await upgraded(2, { id: 'x', name: 'incomplete' });
    expect([old, same]).toMatchObject([{ note: 'completed' }, { note: 'completed' }]);
  });

  it('refuses newer state, and what cannot be understood, with the path', async () => {
    expect(summaries(await upgraded(3, {}))).toEqual(['State of a newer provider']);
    const { diagnostics, state } = await upgraded(2, { name: ['a'], size: 'many' });
    expect(state).toBeNull();
    expect(diagnostics.map(({ path }) => path)).toEqual([['name'], ['size']]);
  });

  it('of an identity', async () => {
    const old = { id: 'x', gone: 1 } as unknown as ObjectValue;
    const answer = await core.provider.upgradeResourceIdentity('toy_thing', 0, old);
    expect(answer).toEqual({ identity: objectValue([['id', 'x']]), diagnostics: [] });
    expect(summaries(await core.provider.upgradeResourceIdentity('toy_thing', 1, old))).toHaveLength(1);
    expect(summaries(await core.provider.upgradeResourceIdentity('toy_immutable', 0, old))).toEqual([
      'No identity',
    ]);
  });
});

describe('move', () => {
  const moving = (type: string) =>
    core.provider.moveResourceState({
      targetType: 'toy_thing',
      type,
      provider: 'terraform.io/builtin/terraform',
      schemaVersion: 0,
      state: { id: 'x' },
    });

  it('reshapes the state of a type it knows, and refuses others', async () => {
    expect(await moving('terraform_data')).toMatchObject({
      state: { id: 'x', name: 'moved' },
      identity: { id: 'x' },
    });
    expect(summaries(await moving('null_resource'))).toEqual(['A null_resource cannot become a toy_thing']);
  });
});

describe('generated configuration', () => {
  it('is what a user would write: nothing computed, secret, deprecated or default', async () => {
    const state = await core.make({
      name: 'a',
      color: 'red',
      secret: 's',
      size: 4,
      settings: { mode: 'fast' },
    });
    const { config } = await core.provider.generateResourceConfig('toy_thing', state);
    expect(config).toMatchObject({
      name: 'a',
      size: 4,
      region: 'north',
      settings: { mode: 'fast', level: null, seen: null },
      id: null,
      secret: null,
      color: null,
    });
  });
});

describe('validation', () => {
  const validate = (config: object, writeOnlyAllowed = true) =>
    core.provider.validateResourceConfig(
      'toy_thing',
      written(core.schema, config as Record<string, unknown>),
      {
        writeOnlyAllowed,
      },
    );

  it('reports everything at once, each with its path', async () => {
    const { diagnostics } = await validate({
      name: 'Big',
      size: 101,
      rules: [{ port: 1 }, { port: 0 }],
      step: [{ command: '' }],
    });
    expect(diagnostics.map(({ path, detail }) => [path, detail])).toEqual([
      [['name'], 'Must start with a small letter.\n\n[invalid_input]'],
      [['size'], 'Must be between 0 and 100, is 101.\n\n[invalid_input]'],
      [['rules', 1], 'rules[1].port: Must be between 1 and 65535, is 0.\n\n[invalid_input]'],
      [['step', 0, 'command'], 'Must have 1 to 50 characters, has 0.\n\n[invalid_input]'],
    ]);
  });

  it('leaves unknown and absent values alone', async () => {
    expect((await validate({ name: unknown, size: null, rules: unknown })).diagnostics).toEqual([]);
  });

  it("asks the noun's own rules too", async () => {
    expect(summaries(await validate({ name: 'big', size: 1 }))).toEqual(['Too small to be big']);
  });

  it('warns of what is deprecated', async () => {
    const { diagnostics } = await validate({ name: 'a', color: 'red' });
    expect(diagnostics).toEqual([
      {
        severity: 'warning',
        summary: '"color" is deprecated',
        detail: 'Use note.\n\n[deprecated]',
        path: ['color'],
      },
    ]);
  });

  it('refuses write-only values from engines that would keep them', async () => {
    expect(summaries(await validate({ name: 'a', password: 'p' }, false))).toEqual([
      'Write-only attribute not supported',
    ]);
    expect((await validate({ name: 'a', password: 'p' })).diagnostics).toEqual([]);
    expect((await validate({ name: 'a' }, false)).diagnostics).toEqual([]);
  });
});

describe('data sources, ephemeral resources, functions', () => {
  it('a data source answers or says why not', async () => {
    exists('x');
    const config = (id: string) => written(core.provider.schemas.dataSources.toy_thing!, { id });
    expect(await core.provider.readDataSource('toy_thing', config('x'), call)).toMatchObject({
      state: { id: 'x', name: 'old', size: 1 },
      diagnostics: [],
    });
    const { diagnostics, state } = await core.provider.readDataSource('toy_thing', config('y'), call);
    expect([state, diagnostics[0]?.path]).toEqual([null, ['id']]);
  });

  it('an ephemeral resource is given back also after Ctrl-C, when nothing new is begun', async () => {
    const { provider, toy } = core;
    const config = written(provider.schemas.ephemeralResources.toy_token!, { id: 'x' });
    const { private: secret } = await provider.openEphemeral('toy_token', config, { signal: never });
    provider.stop();
    expect(await provider.closeEphemeral('toy_token', secret, { signal: never })).toEqual({
      diagnostics: [],
    });
    expect(toy.log).toEqual(['open x', 'close 7']);
  });

  it('an ephemeral resource is opened, renewed and closed with what it gave out', async () => {
    const config = written(core.provider.schemas.ephemeralResources.toy_token!, { id: 'x' });
    const opened = await core.provider.openEphemeral('toy_token', config, call);
    expect(opened).toMatchObject({ result: { name: 'token of x' }, diagnostics: [] });
    expect(opened.renewAt).toEqual(new Date('2026-01-01T00:01:00Z'));
    const renewed = await core.provider.renewEphemeral('toy_token', opened.private, call);
    expect(renewed.renewAt).toEqual(new Date('2026-01-01T00:01:00Z'));
    await core.provider.closeEphemeral('toy_token', opened.private, call);
    expect(core.toy.log).toEqual(['open x', 'renew 7', 'close 7']);
  });

  it('a function answers, or names the argument that is wrong', async () => {
    expect(await core.provider.callFunction('shout', ['a'])).toEqual({ result: 'A' });
    expect(await core.provider.callFunction('shout', [''])).toEqual({
      error: { text: 'Nothing to shout.', argument: 0 },
    });
    expect(await core.provider.callFunction('whisper', [])).toMatchObject({
      error: { text: expect.any(String) },
    });
  });
});

describe('actions and lists', () => {
  it('an action tells its progress and always ends', async () => {
    exists('x');
    const config = written(core.provider.schemas.actions.toy_poke!, { id: 'x' });
    const events = await all(core.provider.invokeAction('toy_poke', config, call));
    expect(events).toEqual([
      { kind: 'progress', message: 'poking' },
      { kind: 'progress', message: 'poked' },
      { kind: 'completed', diagnostics: [] },
    ]);
    core.toy.things.clear();
    const failed = await all(core.provider.invokeAction('toy_poke', config, call));
    expect(failed.at(-1)).toMatchObject({ kind: 'completed', diagnostics: [{ summary: 'No thing "x"' }] });
    const unheard = await all(core.provider.invokeAction('toy_push', config, call));
    expect(unheard).toMatchObject([
      { kind: 'completed', diagnostics: [{ summary: 'No action "toy_push"' }] },
    ]);
  });

  it('a list gives objects with identity, no more than wanted, and whole ones when asked', async () => {
    for (const id of ['x', 'y', 'z']) exists(id);
    const list = (options: object) =>
      all(
        core.provider.list('toy_thing', objectValue([]), {
          includeObject: false,
          limit: 0,
          ...call,
          ...options,
        }),
      );
    expect(await list({})).toHaveLength(3);
    expect(await list({ limit: 2 })).toMatchObject([
      { displayName: 'old', identity: { id: 'x' } },
      { identity: { id: 'y' } },
    ]);
    expect((await list({}))[0]).not.toHaveProperty('object');
    expect((await list({ includeObject: true }))[0]).toMatchObject({
      object: { id: 'x', step: [] },
      diagnostics: [],
    });
  });

  it('an aborted list ends with the reason', async () => {
    exists('x');
    const signal = AbortSignal.abort(new Problem({ code: 'canceled', summary: 'Enough' }));
    const events = await all(
      core.provider.list('toy_thing', objectValue([]), { includeObject: false, limit: 0, signal }),
    );
    expect(events).toMatchObject([{ diagnostics: [{ summary: 'Enough' }] }]);
  });
});

async function all<T>(items: AsyncIterable<T>): Promise<readonly T[]> {
  const found: T[] = [];
  for await (const item of items) found.push(item);
  return found;
}
