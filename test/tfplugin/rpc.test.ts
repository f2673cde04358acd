import { describe, expect, test } from 'vitest';
import { Problem } from '../../src/errors.ts';
import type { Provider } from '../../src/provider/provider.ts';
import { attribute } from '../../src/schema/attribute.ts';
import { defineSchema } from '../../src/schema/schema.ts';
import { numberType, objectType, stringType } from '../../src/schema/type.ts';
import { Decimal, type ObjectValue, objectValue, unknown } from '../../src/schema/value.ts';
import { Diagnostic_Severity } from '../../src/tfplugin/generated/tfplugin6.ts';
import { baseProvider } from '../helpers/plugin/base-provider.ts';
import { received, sent, useInProcess } from '../helpers/plugin/in-process.ts';

const serve = useInProcess();

const noun = defineSchema({
  description: 'A noun.',
  attributes: {
    name: attribute.string({ required: true, description: 'N.' }),
    key: attribute.string({ computed: true, sensitive: true, description: 'K.' }),
    words: attribute.stringSet({ optional: true, description: 'W.' }),
  },
});
const idOf = objectType({ id: stringType });
const schemas = {
  resources: { noun },
  dataSources: { noun },
  ephemeralResources: { noun },
  actions: { noun },
  listResources: { noun },
  identities: {
    noun: { version: 2, attributes: { id: attribute.string({ required: true, description: 'I.' }) } },
  },
  functions: {
    add: {
      summary: 'Adds.',
      description: 'Adds numbers.',
      parameters: [{ name: 'first', type: numberType, description: 'F.' }],
      variadic: { name: 'more', type: numberType, description: 'M.', allowNull: true },
      returns: numberType,
    },
  },
};
const provide = (operations: Partial<Provider>) => serve(baseProvider(schemas, operations));
const object = (name: string): ObjectValue => ({ name, key: null, words: null });
const typeName = 'noun';

describe('managed resources', () => {
  test('trap 26: absence means create before and destroy after, and destroys are asked about', async () => {
    const asked: unknown[] = [];
    const { client } = await provide({
      planResourceChange: async ({ prior, proposed }) => {
        asked.push([prior, proposed]);
        return { planned: proposed, replaces: [], diagnostics: [] };
      },
    });
    const { serverCapabilities } = await client.call('getProviderSchema', {});
    expect(serverCapabilities?.planDestroy).toBe(true);
    const [nothing, something] = [sent(null, noun), sent(object('a'), noun)];
    const create = { typeName, priorState: nothing, proposedNewState: something, config: something };
    const created = await client.call('planResourceChange', create);
    expect(received(created.plannedState, noun)).toEqual(objectValue(Object.entries(object('a'))));
    const destroy = { typeName, priorState: something, proposedNewState: nothing, config: nothing };
    const destroyed = await client.call('planResourceChange', destroy);
    // Null, and said so: a missing value would be something else (trap 28).
    expect(destroyed.plannedState?.msgpack).toEqual(Buffer.from([0xc0]));
    expect(asked).toMatchObject([
      [null, object('a')],
      [object('a'), null],
    ]);
  });

  test('private bytes and identities go through as they are, absent ones stay absent', async () => {
    const asked: unknown[] = [];
    const { client } = await provide({
      readResource: async ({ signal, ...request }) => {
        asked.push(request);
        return { state: request.state, private: Uint8Array.of(9), identity: { id: 'x' }, diagnostics: [] };
      },
    });
    const currentState = sent(object('a'), noun);
    const currentIdentity = { identityData: sent({ id: 'y' }, idOf) };
    const bytes = Buffer.from([0, 255]);
    const answer = await client.call('readResource', {
      typeName,
      currentState,
      private: bytes,
      currentIdentity,
    });
    expect(answer.private).toEqual(Buffer.from([9]));
    expect(received(answer.newIdentity?.identityData, idOf)).toEqual(objectValue([['id', 'x']]));
    await client.call('readResource', { typeName, currentState });
    expect(asked).toMatchObject([{ private: bytes, identity: { id: 'y' } }, { state: object('a') }]);
    expect(Object.keys(asked[1] as object)).toEqual(['type', 'state']);
  });

  test('trap 30: an error and the state of what was made go out together', async () => {
    const { client } = await provide({
      applyResourceChange: async () => ({
        state: object('made'),
        diagnostics: [
          { severity: 'error', summary: 'Half done', detail: 'The rest failed.', path: ['name'] },
        ],
      }),
    });
    const plannedState = sent(object('made'), noun);
    const answer = await client.call('applyResourceChange', {
      typeName,
      priorState: sent(null, noun),
      plannedState,
      config: plannedState,
    });
    expect(received(answer.newState, noun)).toMatchObject({ name: 'made' });
    expect(answer.diagnostics).toMatchObject([
      {
        severity: Diagnostic_Severity.ERROR,
        summary: 'Half done',
        attribute: { steps: [{ selector: { value: 'name' } }] },
      },
    ]);
  });

  test('trap 30: what was made is saved even if one of its attributes cannot be sent', async () => {
    const { client } = await provide({
      applyResourceChange: async () => ({ state: { name: 'made', key: 5, words: [] }, diagnostics: [] }),
    });
    const plannedState = sent(object('made'), noun);
    const request = { typeName, priorState: sent(null, noun), plannedState, config: plannedState };
    const answer = await client.call('applyResourceChange', request);
    expect(received(answer.newState, noun)).toMatchObject({ name: 'made', key: null });
    expect(answer.diagnostics).toMatchObject([{ attribute: { steps: [{ selector: { value: 'key' } }] } }]);
  });

  test('trap 30: nor does an attribute that breaks when it is looked at lose the others', async () => {
    const state = { ...object('made') };
    Object.defineProperty(state, 'key', {
      enumerable: true,
      get() {
        throw new TypeError('not to be had');
      },
    });
    const { client } = await provide({ applyResourceChange: async () => ({ state, diagnostics: [] }) });
    const plannedState = sent(object('made'), noun);
    const request = { typeName, priorState: sent(null, noun), plannedState, config: plannedState };
    const answer = await client.call('applyResourceChange', request);
    expect(received(answer.newState, noun)).toMatchObject({ name: 'made', key: null });
    expect(answer.diagnostics).toMatchObject([{ summary: 'Internal error' }]);
  });

  test('trap 30: nor does a broken identity or a diagnostic without text lose it', async () => {
    const { client } = await provide({
      applyResourceChange: async () => ({
        state: object('made'),
        identity: { id: 5, more: 1 },
        // Only a bug makes such a diagnostic.
        diagnostics: [{ severity: 'warning', summary: undefined as never, detail: undefined as never }],
      }),
    });
    const plannedState = sent(object('made'), noun);
    const plannedIdentity = { identityData: sent({ id: 'planned' }, idOf) };
    const request = {
      typeName,
      priorState: sent(null, noun),
      plannedState,
      config: plannedState,
      plannedIdentity,
    };
    const answer = await client.call('applyResourceChange', request);
    expect(received(answer.newState, noun)).toMatchObject({ name: 'made' });
    expect(answer.newIdentity).toEqual(plannedIdentity);
    expect(answer.diagnostics).toHaveLength(2);
  });

  test('trap 30: an apply that could not begin keeps what was there', async () => {
    const { client } = await provide({});
    const priorState = sent(object('there'), noun);
    const request = {
      typeName,
      priorState,
      plannedState: { msgpack: Buffer.from([0xa1]) },
      config: priorState,
    };
    const answer = await client.call('applyResourceChange', { ...request, plannedPrivate: Buffer.from('p') });
    expect(answer.newState).toEqual(priorState);
    expect(answer.private).toEqual(Buffer.from('p'));
    expect(answer.diagnostics[0]?.summary).toBe('Unreadable value from Terraform');
  });

  test('trap 34 and 35: deferrals and the legacy type system cannot be said', async () => {
    const { client } = await provide({});
    const state = sent(object('a'), noun);
    const { msgpack } = state;
    const dynamic = Buffer.concat([Buffer.from([0x0a, msgpack!.length]), msgpack!]);
    const field = (tag: number, bytes: Buffer) => Buffer.concat([Buffer.from([tag, bytes.length]), bytes]);
    const request = Buffer.concat([
      field(0x0a, Buffer.from(typeName)),
      field(0x1a, dynamic),
      field(0x22, dynamic),
    ]);
    const answer = await client.raw('/tfplugin6.Provider/PlanResourceChange', request);
    // The planned state is field 1 and the whole answer: no field 5 (legacy) and no field 6 (deferred) behind it.
    expect(answer).toEqual(field(0x0a, dynamic));
  });

  test('trap 36: paths that require a replacement exist, and end at a set', async () => {
    const { client } = await provide({
      planResourceChange: async ({ proposed }) => ({
        planned: proposed,
        replaces: [['name'], ['words', 0], ['nowhere'], []],
        diagnostics: [],
      }),
    });
    const state = sent(object('a'), noun);
    const request = { typeName, priorState: state, proposedNewState: state, config: state };
    const { requiresReplace } = await client.call('planResourceChange', request);
    expect(requiresReplace.map(({ steps }) => steps.map(({ selector }) => selector?.value))).toEqual([
      ['name'],
      ['words'],
    ]);
  });

  test('trap 24: answers are msgpack, never JSON', async () => {
    const { client } = await provide({});
    const json = Buffer.from('{"name":"from JSON","key":null,"words":null}');
    const answer = await client.call('readResource', { typeName, currentState: { json } });
    expect(answer.newState?.json).toBeUndefined();
    expect(received(answer.newState, noun)).toMatchObject({ name: 'from JSON' });
  });

  test('upgrade, import, move, generate: their own words arrive', async () => {
    const asked: unknown[] = [];
    const { client } = await provide({
      upgradeResourceState: async (...request) => {
        asked.push(request);
        return { state: object('upgraded'), diagnostics: [] };
      },
      upgradeResourceIdentity: async (...request) => {
        asked.push(request);
        return { identity: { id: 'upgraded' }, diagnostics: [] };
      },
      importResourceState: async ({ signal, ...request }) => {
        asked.push(request);
        const imported = { type: 'noun', state: object('imported'), identity: { id: 'i' } };
        return { imported: [imported], diagnostics: [] };
      },
      moveResourceState: async (request) => {
        asked.push(request);
        return { state: object('moved'), private: Uint8Array.of(1), diagnostics: [] };
      },
      generateResourceConfig: async (_type, state) => ({ config: state, diagnostics: [] }),
    });
    const rawState = { json: Buffer.from('{"n":12345678901234567890}'), flatmap: new Map() };
    const upgraded = await client.call('upgradeResourceState', { typeName, version: 1, rawState });
    expect(received(upgraded.upgradedState, noun)).toMatchObject({ name: 'upgraded' });
    const identity = await client.call('upgradeResourceIdentity', {
      typeName,
      version: 1,
      rawIdentity: rawState,
    });
    expect(received(identity.upgradedIdentity?.identityData, idOf)).toMatchObject({ id: 'upgraded' });
    const imported = await client.call('importResourceState', { typeName, id: 'the id' });
    expect(received(imported.importedResources[0]?.state, noun)).toMatchObject({ name: 'imported' });
    const moved = await client.call('moveResourceState', {
      sourceProviderAddress: 'registry.terraform.io/hashicorp/random',
      sourceTypeName: 'random_password',
      sourceSchemaVersion: 3,
      sourceState: rawState,
      targetTypeName: typeName,
      sourceIdentitySchemaVersion: 0,
    });
    expect(received(moved.targetState, noun)).toMatchObject({ name: 'moved' });
    const generated = await client.call('generateResourceConfig', {
      typeName,
      state: sent(object('g'), noun),
    });
    expect(received(generated.config, noun)).toMatchObject({ name: 'g' });
    const state = { n: new Decimal('12345678901234567890') };
    expect(asked).toMatchObject([
      ['noun', 1, state],
      ['noun', 1, state],
      { type: 'noun', id: 'the id' },
      {
        provider: 'registry.terraform.io/hashicorp/random',
        type: 'random_password',
        schemaVersion: 3,
        state,
      },
    ]);
  });
});

describe('the rest', () => {
  test('metadata, identities and functions are named', async () => {
    const { client } = await provide({});
    const metadata = await client.call('getMetadata', {});
    expect(metadata).toMatchObject({
      resources: [{ typeName }],
      actions: [{ typeName }],
      functions: [{ name: 'add' }],
    });
    const { identitySchemas } = await client.call('getResourceIdentitySchemas', {});
    expect(identitySchemas.get('noun')).toMatchObject({
      version: 2,
      identityAttributes: [{ name: 'id', requiredForImport: true, optionalForImport: false }],
    });
    const { functions } = await client.call('getFunctions', {});
    expect(functions.get('add')).toMatchObject({ variadicParameter: { name: 'more', allowNullValue: true } });
  });

  test('functions: variadic arguments, results, and errors that name an argument', async () => {
    const { client } = await provide({
      callFunction: async (_name, args) =>
        args.length > 2 ? { error: { text: 'too many', argument: 2 } } : { result: args.length },
    });
    const args = (count: number) => Array.from({ length: count }, () => sent(1, numberType));
    const call = (count: number) => client.call('callFunction', { name: 'add', arguments: args(count) });
    expect(received((await call(2)).result, numberType)).toBe(2);
    expect((await call(3)).error).toEqual({ text: 'too many', functionArgument: 2 });
    const { error } = await client.call('callFunction', { name: 'subtract', arguments: [] });
    expect(error?.text).toContain('no function named "subtract"');
  });

  test('ephemeral resources: results, the time to renew, private bytes', async () => {
    const renewAt = new Date('2026-01-02T03:04:05.678Z');
    const seen: unknown[] = [];
    const { client } = await provide({
      openEphemeral: async () => ({
        result: object('e'),
        renewAt,
        private: Uint8Array.of(7),
        diagnostics: [],
      }),
      renewEphemeral: async (_type, secret) => {
        seen.push(secret);
        return { renewAt, diagnostics: [] };
      },
      closeEphemeral: async (_type, secret) => {
        seen.push(secret);
        return { diagnostics: [] };
      },
    });
    const opened = await client.call('openEphemeralResource', { typeName, config: sent(object('e'), noun) });
    expect(opened.renewAt).toEqual(renewAt);
    expect(opened.private).toEqual(Buffer.from([7]));
    const renewed = await client.call('renewEphemeralResource', { typeName, private: Buffer.from([7]) });
    expect(renewed).toMatchObject({ renewAt, diagnostics: [] });
    expect(renewed.private).toBeUndefined();
    await client.call('closeEphemeralResource', { typeName });
    expect(seen).toEqual([Buffer.from([7]), undefined]);
  });

  test('write-only values are asked for only where the engine knows them', async () => {
    const asked: unknown[] = [];
    const { client } = await provide({
      validateResourceConfig: async (_type, _config, capabilities) => {
        asked.push(capabilities);
        return { diagnostics: [] };
      },
    });
    const config = sent({ ...object('a'), name: unknown }, noun);
    await client.call('validateResourceConfig', { typeName, config });
    const clientCapabilities = { deferralAllowed: false, writeOnlyAttributesAllowed: true };
    await client.call('validateResourceConfig', { typeName, config, clientCapabilities });
    expect(asked).toEqual([{ writeOnlyAllowed: false }, { writeOnlyAllowed: true }]);
  });

  test('a secret that a schema calls sensitive is masked in every text that goes out', async () => {
    const { client } = await provide({
      readResource: async ({ state }) => ({
        // Gone: only what came in says what is secret.
        state: null,
        diagnostics: [{ severity: 'warning', summary: `Saw ${state.key}`, detail: `${state.key}!` }],
      }),
    });
    const currentState = sent({ ...object('a'), key: 'k3y-with-$igns' }, noun);
    const { diagnostics } = await client.call('readResource', { typeName, currentState });
    expect(diagnostics).toMatchObject([{ summary: 'Saw ***', detail: '***!' }]);
  });

  test('trap 31: whatever throws becomes diagnostics with a path, in every RPC', async () => {
    const thrower: Provider = new Proxy(baseProvider(schemas), {
      get: (target, name) => {
        if (name === 'schemas') return target.schemas;
        return () => {
          throw new Problem({
            code: 'invalid_input',
            summary: 'Thrown',
            detail: 'On purpose.',
            path: ['name'],
          });
        };
      },
    });
    const { client } = await serve(thrower);
    const config = sent(object('a'), noun);
    const empty = sent({}, objectType({}));
    const raw = { json: Buffer.from('{}'), flatmap: new Map<string, string>() };
    const change = { typeName, priorState: config, config };
    const answers = await Promise.all([
      client.call('validateProviderConfig', { config: empty }),
      client.call('configureProvider', { terraformVersion: '1.14.0', config: empty }),
      client.call('validateResourceConfig', { typeName, config }),
      client.call('upgradeResourceState', { typeName, version: 0, rawState: raw }),
      client.call('upgradeResourceIdentity', { typeName, version: 0, rawIdentity: raw }),
      client.call('readResource', { typeName, currentState: config }),
      client.call('planResourceChange', { ...change, proposedNewState: config }),
      client.call('applyResourceChange', { ...change, plannedState: config }),
      client.call('importResourceState', { typeName, id: 'x' }),
      client.call('generateResourceConfig', { typeName, state: config }),
      client.call('validateDataResourceConfig', { typeName, config }),
      client.call('readDataSource', { typeName, config }),
      client.call('validateEphemeralResourceConfig', { typeName, config }),
      client.call('openEphemeralResource', { typeName, config }),
      client.call('renewEphemeralResource', { typeName }),
      client.call('closeEphemeralResource', { typeName }),
      client.call('validateListResourceConfig', { typeName, config }),
      client.call('validateActionConfig', { typeName, config }),
      client.call('planAction', { actionType: typeName, config }),
    ]);
    for (const { diagnostics } of answers)
      expect(diagnostics).toMatchObject([{ summary: 'Thrown', attribute: {} }]);
    const called = await client.call('callFunction', { name: 'add', arguments: [] });
    expect(called.error?.text).toBe('Thrown: On purpose.');
    expect(await client.call('stopProvider', {})).toEqual({ error: 'Thrown' });
  });

  test('a type that is not there is an answer, not a crash', async () => {
    const { client } = await provide({});
    for (const unknownType of ['other', '__proto__', 'constructor']) {
      const { diagnostics } = await client.call('readResource', { typeName: unknownType });
      expect(diagnostics).toMatchObject([{ summary: 'Unknown resource type' }]);
    }
  });
});
