import { expect, test } from 'vitest';
import { Problem } from '../../src/errors.ts';
import type { ActionEvent, ListEvent, Provider } from '../../src/provider/provider.ts';
import { attribute } from '../../src/schema/attribute.ts';
import { defineSchema } from '../../src/schema/schema.ts';
import type { InvokeAction_Event, ListResource_Event } from '../../src/tfplugin/generated/tfplugin6.ts';
import { baseProvider } from '../helpers/plugin/base-provider.ts';
import { deferred } from '../helpers/plugin/deferred.ts';
import { sent, useInProcess } from '../helpers/plugin/in-process.ts';

const serve = useInProcess();
const noun = defineSchema({
  description: 'A noun.',
  attributes: { name: attribute.string({ required: true, description: 'N.' }) },
});
const schemas = {
  resources: { noun },
  actions: { noun },
  listResources: { noun },
  identities: {
    noun: { version: 0, attributes: { id: attribute.string({ required: true, description: 'I.' }) } },
  },
};
const provide = (operations: Partial<Provider>) => serve(baseProvider(schemas, operations));
const config = sent({ name: 'x' }, noun);
const found = (id: string): ListEvent => ({
  displayName: id,
  identity: { id },
  object: { name: id },
  diagnostics: [],
});
const query = (limit: number, includeResourceObject = false) => ({
  typeName: 'noun',
  config,
  includeResourceObject,
  limit,
});
async function all<T>(events: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = [];
  for await (const event of events) list.push(event);
  return list;
}
const kinds = (events: readonly InvokeAction_Event[]) => events.map(({ type }) => type?.$case);
const act = { actionType: 'noun', config };

test('trap 50: every event of a long stream arrives, in order, and then its end', async () => {
  const { client } = await provide({
    list: async function* () {
      for (let index = 0; index < 5000; index++) yield found(`${index}-${'x'.repeat(500)}`);
    },
  });
  const events: ListResource_Event[] = await all(client.stream('listResource', query(0)));
  expect(events).toHaveLength(5000);
  expect(events.at(-1)?.displayName).toMatch(/^4999-/);
});

test('a listed object has its identity, and its whole self only when asked for', async () => {
  const { client } = await provide({
    list: async function* (_type, _config, { includeObject }) {
      yield found(String(includeObject));
    },
  });
  const [bare] = await all(client.stream('listResource', query(0)));
  expect(bare?.identity?.identityData).toBeDefined();
  expect(bare?.resourceObject).toBeUndefined();
  const [whole] = await all(client.stream('listResource', query(0, true)));
  expect(whole?.resourceObject?.msgpack).toBeDefined();
});

test('a list stops at the limit, also when the provider would go on for ever', async () => {
  let closed = false;
  const { client } = await provide({
    list: async function* () {
      try {
        for (let index = 0; ; index++) yield found(String(index));
      } finally {
        closed = true;
      }
    },
  });
  expect(await all(client.stream('listResource', query(3)))).toHaveLength(3);
  expect(closed).toBe(true);
});

test('a list that nobody reads any more is ended, and its signal aborted', async () => {
  const aborted = deferred<string>();
  const { client, calls } = await provide({
    list: async function* (_type, _config, { signal }) {
      signal.addEventListener('abort', () => aborted.resolve(String(signal.reason)));
      for (let index = 0; !signal.aborted; index++) {
        yield found(String(index));
        await new Promise((resolve) => setImmediate(resolve));
      }
    },
  });
  const leave = new AbortController();
  const reading = (async () => {
    for await (const { displayName } of client.stream('listResource', query(0), leave.signal))
      if (displayName === '5') leave.abort();
  })();
  await expect(reading).rejects.toThrow('CANCELLED');
  expect(await aborted.promise).toContain('no longer waits');
  await calls.idle();
});

test('an object without a name, which only a bug makes, does not end the list', async () => {
  const { client } = await provide({
    list: async function* () {
      yield { ...found('one'), displayName: undefined as never };
      yield found('two');
    },
  });
  expect(await all(client.stream('listResource', query(0)))).toHaveLength(2);
});

test('a list that breaks says why, after what it found', async () => {
  const { client } = await provide({
    list: async function* () {
      yield found('one');
      throw new Problem({ code: 'forbidden', summary: 'Not allowed' });
    },
  });
  const events: ListResource_Event[] = await all(client.stream('listResource', query(0)));
  expect(events.map(({ displayName }) => displayName)).toEqual(['one', '']);
  expect(events[1]?.diagnostic).toMatchObject([{ summary: 'Not allowed' }]);
});

test('trap 50: an action tells its progress and ends with exactly one result', async () => {
  const { client } = await provide({
    invokeAction: async function* () {
      yield { kind: 'progress', message: 'half way' };
      yield { kind: 'completed', diagnostics: [] };
      // A provider that goes on is not listened to.
      yield { kind: 'progress', message: 'too late' };
    },
  });
  expect(kinds(await all(client.stream('invokeAction', act)))).toEqual(['progress', 'completed']);
});

test.each<[string, () => AsyncGenerator<ActionEvent>, string]>([
  [
    'breaks',
    async function* () {
      yield { kind: 'progress', message: 'so far' };
      throw new Problem({ code: 'unreachable', summary: 'No way' });
    },
    'No way',
  ],
  [
    'stops without a word',
    async function* () {
      yield { kind: 'progress', message: 'so far' };
    },
    'The action did not say how it ended',
  ],
])(
  'an event of neither kind, which crashes Terraform, is impossible: an action that %s is completed',
  async (_what, invokeAction, summary) => {
    const { client } = await provide({ invokeAction });
    const events: InvokeAction_Event[] = await all(client.stream('invokeAction', act));
    expect(kinds(events)).toEqual(['progress', 'completed']);
    expect(events[1]?.type?.value).toMatchObject({ diagnostics: [{ summary }] });
  },
);

test('trap 44: StopProvider is answered while an action and an apply are in flight, and reaches both', async () => {
  const bothStarted = deferred<void>();
  let started = 0;
  const untilStopped = (signal: AbortSignal) => {
    if (++started === 2) bothStarted.resolve();
    return new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));
  };
  let stopped = 0;
  const { client } = await provide({
    stop: () => {
      stopped += 1;
    },
    applyResourceChange: async ({ planned, signal }) => {
      await untilStopped(signal);
      return { state: planned, diagnostics: [{ severity: 'error', summary: 'Stopped', detail: '' }] };
    },
    invokeAction: async function* (_type, _config, { signal }) {
      await untilStopped(signal);
      yield { kind: 'completed', diagnostics: [] };
    },
  });
  const applied = client.call('applyResourceChange', { typeName: 'noun', config, plannedState: config });
  const acted = all(client.stream('invokeAction', act));
  await bothStarted.promise;
  expect(await client.call('stopProvider', {})).toEqual({ error: '' });
  expect(stopped).toBe(1);
  expect(await applied).toMatchObject({ newState: config, diagnostics: [{ summary: 'Stopped' }] });
  expect(kinds(await acted)).toEqual(['completed']);
  // What begins after the stop, such as closing an ephemeral resource, is not cut off.
  const after = client.call('readDataSource', { typeName: 'noun', config });
  expect(await after).toMatchObject({ diagnostics: [{ summary: 'Unknown data source' }] });
});

test('a call that was answered is not aborted afterwards: what it left running may go on', async () => {
  const signals: AbortSignal[] = [];
  const { client, calls } = await provide({
    planResourceChange: async ({ proposed, signal }) => {
      signals.push(signal);
      return { planned: proposed, replaces: [], diagnostics: [] };
    },
  });
  // Go's client takes its leave from each call, answered or not.
  for (let round = 0; round < 3; round++) {
    const leave = new AbortController();
    await client.call('planResourceChange', { typeName: 'noun', config }, leave.signal);
    leave.abort();
  }
  await client.call('stopProvider', {});
  await calls.idle();
  expect(signals.map(({ aborted }) => aborted)).toEqual([false, false, false]);
});

test('a call that the engine gave up aborts its signal', async () => {
  const started = deferred<void>();
  const aborted = deferred<void>();
  const { client, calls } = await provide({
    planResourceChange: async ({ proposed, signal }) => {
      signal.addEventListener('abort', () => aborted.resolve());
      started.resolve();
      await aborted.promise;
      return { planned: proposed, replaces: [], diagnostics: [] };
    },
  });
  const giveUp = new AbortController();
  const planned = client.call('planResourceChange', { typeName: 'noun', config }, giveUp.signal);
  await started.promise;
  giveUp.abort();
  await expect(planned).rejects.toThrow('CANCELLED');
  await aborted.promise;
  await calls.idle();
});
