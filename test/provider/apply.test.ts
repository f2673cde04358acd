import { beforeEach, describe, expect, it } from 'vitest';
import { Problem } from '../../src/errors.ts';
import { type ObjectValue, unknown } from '../../src/schema/value.ts';
import { never, StandInCore } from './stand-in-core.ts';
import type { ThingState } from './toy-schema.ts';

let core: StandInCore;
beforeEach(async () => {
  core = await new StandInCore().configured();
});

const boom = new Problem({
  code: 'unreachable',
  summary: 'The line is dead',
  detail: 'Try again.',
  path: ['note'],
});
const texts = ({ diagnostics }: { diagnostics: readonly { detail: string }[] }) =>
  diagnostics.map(({ detail }) => detail).join('\n');

async function applied(config: Record<string, unknown>, prior: ObjectValue | null = null) {
  const { planned } = await core.plan(config, prior);
  return core.apply(config, prior, planned);
}

describe('apply', () => {
  it('creates, updates and deletes', async () => {
    const created = await core.make({ name: 'a' });
    expect(created).toMatchObject({ id: 'thing-1', size: 1, region: 'north', revision: 1, born: null });
    const updated = await core.make({ name: 'a', note: 'n' }, created);
    expect(updated).toMatchObject({ id: 'thing-1', note: 'n', revision: 2 });
    const { state, diagnostics } = await core.apply(null, updated, null);
    expect([state, diagnostics, core.toy.things.size]).toEqual([null, [], 0]);
  });

  it('gives the noun the write-only values of the configuration, and nobody else', async () => {
    const state = await core.make({ name: 'a', password: 'hush' });
    expect(core.toy.log).toEqual(['create a hush']);
    expect(JSON.stringify(state)).not.toContain('hush');
    core.toy.distort = (made) => ({ ...made, password: 'hush' });
    const again = await applied({ name: 'b', password: 'hush' });
    expect(again.diagnostics).toEqual([]);
    expect(again.state?.password).toBeNull();
  });

  it('says which object it is', async () => {
    const { identity } = await applied({ name: 'a' });
    expect(identity).toMatchObject({ id: 'thing-1' });
  });

  it('returns private state as it was', async () => {
    const bytes = new Uint8Array([1, 2]);
    const { planned } = await core.plan({ name: 'a' }, null);
    const request = {
      type: 'toy_thing',
      config: null,
      prior: null,
      planned,
      plannedPrivate: bytes,
      signal: never,
    };
    expect((await core.provider.applyResourceChange(request)).private).toBe(bytes);
  });
});

describe('an apply that fails (trap 30)', () => {
  it('on create after saving: state and error go back together', async () => {
    core.toy.midway = async (_step, op) => {
      op.save([...core.toy.things.values()][0] as ThingState);
      throw boom;
    };
    const { state, diagnostics } = await applied({ name: 'a' });
    expect(state).toMatchObject({ id: 'thing-1', name: 'a' });
    expect(diagnostics).toEqual([
      {
        severity: 'error',
        summary: 'The line is dead',
        detail: 'Try again.\n\n[unreachable]',
        path: ['note'],
      },
    ]);
  });

  it('on create before anything was saved: an error and no state', async () => {
    core.toy.midway = async () => Promise.reject(boom);
    const { state, diagnostics } = await applied({ name: 'a' });
    expect([state, diagnostics.length]).toEqual([null, 1]);
  });

  it('on create with a half-built saved state: what is unknown becomes null, nothing else is lost', async () => {
    core.toy.midway = async (_step, op) => {
      const [made] = [...core.toy.things.values()];
      op.save({ ...made, region: unknown } as unknown as ThingState);
      throw boom;
    };
    const { state } = await applied({ name: 'a' });
    expect(state).toMatchObject({ id: 'thing-1', name: 'a', region: null });
  });

  it('on update with nothing saved: what stood there stands', async () => {
    const prior = await core.make({ name: 'a' });
    core.toy.midway = async () => Promise.reject(boom);
    const { state } = await applied({ name: 'a', note: 'n' }, prior);
    expect(state).toEqual(prior);
  });

  it('on update after saving: the saved state', async () => {
    const prior = await core.make({ name: 'a' });
    core.toy.midway = async (_step, op) => {
      op.save({ ...(prior as unknown as ThingState), note: 'half' });
      throw boom;
    };
    expect((await applied({ name: 'a', note: 'n' }, prior)).state).toMatchObject({ note: 'half' });
  });

  it('on delete: the object is still there', async () => {
    const prior = await core.make({ name: 'a' });
    core.toy.midway = async () => Promise.reject(boom);
    const { state, diagnostics } = await core.apply(null, prior, null);
    expect(state).toEqual(prior);
    expect(diagnostics).toHaveLength(1);
  });

  it('with something that is no Problem: a bug of ours, said so, and never thrown (trap 31)', async () => {
    core.toy.midway = async () => Promise.reject(new TypeError('x is not a function'));
    const { diagnostics } = await applied({ name: 'a' });
    expect(diagnostics).toMatchObject([{ severity: 'error', summary: 'Internal error' }]);
  });

  it('without a configured provider: says what is missing', async () => {
    const early = await new StandInCore().configured({ prefix: unknown });
    const { planned } = await early.plan({ name: 'a' }, null);
    const { state, diagnostics } = await early.apply({ name: 'a' }, null, planned);
    expect(state).toBeNull();
    expect(diagnostics).toMatchObject([
      { severity: 'error', summary: 'The provider block is not known yet' },
    ]);
  });

  it('because the engine stops: the noun sees the signal and the user the reason', async () => {
    core.toy.midway = async (_step, op) => {
      core.provider.stop();
      op.signal.throwIfAborted();
    };
    const { diagnostics } = await applied({ name: 'a' });
    expect(diagnostics).toMatchObject([{ summary: 'Interrupted' }]);
    const late = await applied({ name: 'b' });
    expect(late).toMatchObject({ state: null, diagnostics: [{ summary: 'Interrupted' }] });
    expect(core.toy.log).toEqual(['create a']);
  });

  it('because the client went away: that one call only', async () => {
    const gone = new AbortController();
    core.toy.midway = async (_step, op) => {
      gone.abort(new Problem({ code: 'canceled', summary: 'Client is gone' }));
      op.signal.throwIfAborted();
    };
    const { planned } = await core.plan({ name: 'a' }, null);
    const { diagnostics } = await core.apply({ name: 'a' }, null, planned, gone.signal);
    expect(diagnostics).toMatchObject([{ summary: 'Client is gone' }]);
    core.toy.midway = async () => undefined;
    expect((await applied({ name: 'b' })).diagnostics).toEqual([]);
  });
});

describe('a wrong answer becomes our own precise error, and the state is kept', () => {
  it.each([
    ['a changed value', { note: 'other' }, 'note must be as planned. Promised: "n". Came: "other".'],
    ['a lost value', { note: null }, 'note must be there, as planned. Promised: "n". Came: null.'],
    [
      'null for an empty list',
      { words: [] },
      'words must be absent or null, as planned. Promised: null. Came: [].',
    ],
    [
      'a value still unknown (trap 32)',
      { region: unknown },
      'region must be known now, and is still unknown',
    ],
    ['the wrong type', { size: 'many' }, 'size must be a number (not NaN), is a string'],
    ['not a number (trap 19)', { revision: Number.NaN }, 'revision must be a number (not NaN), is NaN'],
    ['half a character', { region: '\ud800' }, 'region must be a string of whole characters'],
    ['an unheard-of name', { extra: 1 }, 'extra must be absent: the schema has no such name'],
    ['a missing name', { note: undefined }, 'note must be a string of whole characters, is missing'],
    [
      'null for no blocks (trap 20)',
      { step: null },
      'step must be a list of blocks (empty when there are none), is null',
    ],
    ['a record for a map', { tags: { a: 'b' } }, 'tags must be a map, is an object'],
    [
      'another secret',
      { secret: 'leak-2' },
      'secret must be as planned. Promised: (sensitive value). Came: (sensitive value).',
    ],
  ])('%s', async (_what, wrong, message) => {
    const config = { name: 'a', note: 'n', secret: 'leak-1' };
    core.toy.distort = (state) => ({ ...state, ...wrong });
    const done = await applied(config);
    expect(texts(done)).toContain(message);
    expect(texts(done)).toContain('This is a bug in the provider, not in your configuration');
    expect(done.diagnostics[0]?.summary).toBe("toy_thing: the provider's own answer to create is wrong");
    expect(JSON.stringify(done.diagnostics)).not.toContain('leak');
    expect(done.state).toMatchObject({ id: 'thing-1', name: 'a' });
  });

  it('nothing at all after a create', async () => {
    core.toy.distort = () => undefined;
    const done = await applied({ name: 'a' });
    expect(texts(done)).toContain('must be there, as planned');
  });

  it('an update that loses the id keeps the old one', async () => {
    const prior = await core.make({ name: 'a' });
    core.toy.distort = (state) => ({ ...state, id: unknown });
    const { state, diagnostics } = await applied({ name: 'a', note: 'n' }, prior);
    expect(diagnostics).toHaveLength(1);
    expect(state).toMatchObject({ id: 'thing-1', note: 'n' });
  });

  it.each([
    [
      'null where something is configured',
      { name: null },
      'name must be as configured (or as it is already)',
    ],
    [
      'another value than configured',
      { size: 7 },
      'size must be as configured (or as it is already). Promised: 2. Came: 7.',
    ],
    ['a value for what is not configured', { note: 'n' }, 'note must stay null, it is not configured'],
    ['another number of blocks', { step: [] }, 'step must have 1 elements as configured, not 0'],
    ['an element too many', { rules: [] }, 'rules must have 1 elements as configured, not 0'],
    [
      'another element of a set',
      { labels: [{ key: 'x', value: null, token: unknown }] },
      'labels must hold the configured elements',
    ],
    [
      'another value inside',
      { settings: { mode: 'slow', level: 3, seen: unknown } },
      'settings.mode must be as configured',
    ],
    ['an unknown block', { step: unknown }, 'step must be known itself'],
    ['the wrong type', { name: 5 }, 'name must be a string of whole characters, is a number'],
  ])('in a plan: %s', async (_what, wrong, message) => {
    core.toy.plan = async ({ planned }) => ({ planned: { ...planned!, ...wrong } as never });
    const plan = await core.plan(
      {
        name: 'a',
        size: 2,
        step: [{ command: 'ls', ordinal: null }],
        rules: [{ port: 1, handle: null }],
        labels: [{ key: 'k', value: null, token: null }],
        settings: { mode: 'fast', level: null, seen: null },
      },
      null,
    );
    expect(texts(plan)).toContain(message);
  });

  it('in a plan: a path to replace that does not exist, or leads into a set', async () => {
    const state = await core.make({ name: 'a' });
    core.toy.plan = async () => ({
      replaces: [['nowhere'], ['labels', 0, 'key'], ['rules', 0, 'port'], ['note']],
    });
    const plan = await core.plan({ name: 'a' }, state);
    expect(plan.diagnostics).toHaveLength(3);
    expect(texts(plan)).toContain('nowhere must exist to require a replacement');
  });
});
