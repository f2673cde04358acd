import { beforeEach, describe, expect, it } from 'vitest';
import { Problem } from '../../src/errors.ts';
import { isUnknown, type ObjectValue, unknown } from '../../src/schema/value.ts';
import { StandInCore } from './stand-in-core.ts';

let core: StandInCore;
beforeEach(async () => {
  core = await new StandInCore().configured();
});

const settings = { mode: 'fast', level: null, seen: null };
const full = {
  name: 'a',
  tags: new Map([['k', 'v']]),
  words: ['x', 'y'],
  settings,
  rules: [{ port: 1, handle: null }],
  labels: [
    { key: 'one', value: null, token: null },
    { key: 'two', value: 'v', token: null },
  ],
  limits: new Map([['cpu', { max: 2, unit: null }]]),
  step: [{ command: 'ls', ordinal: null }],
  probe: { path: null },
};

describe('planning', () => {
  it('a new object: defaults are filled in, computed values are unknown, the rest is null', async () => {
    const { planned, diagnostics, replaces } = await core.plan({ name: 'a', password: 'p' }, null);
    expect(diagnostics).toEqual([]);
    expect(replaces).toEqual([]);
    expect(planned).toMatchObject({ name: 'a', size: 1, note: null, tags: null, step: [], probe: null });
    expect(planned).toMatchObject({ id: unknown, region: unknown, revision: unknown, born: unknown });
    expect(planned?.password).toBeNull();
  });

  it('looks into nested attributes and blocks of every kind', async () => {
    const { planned, diagnostics } = await core.plan(full, null);
    expect(diagnostics).toEqual([]);
    expect(planned).toMatchObject({
      settings: { mode: 'fast', level: 3, seen: unknown },
      rules: [{ port: 1, handle: unknown }],
      labels: [
        { key: 'one', token: unknown },
        { key: 'two', token: unknown },
      ],
      step: [{ command: 'ls', ordinal: unknown }],
      probe: { path: '/' },
    });
    const limits = planned?.limits as ReadonlyMap<string, ObjectValue>;
    expect(limits.get('cpu')).toMatchObject({ unit: unknown });
  });

  it('an unchanged object is no change at all, deep inside too', async () => {
    const state = await core.make(full);
    const { planned, replaces, diagnostics } = await core.plan(full, state);
    expect(diagnostics).toEqual([]);
    expect(planned).toEqual(state);
    expect(replaces).toEqual([]);
  });

  it('an update keeps computed values, but not those that every update makes anew', async () => {
    const state = await core.make(full);
    const { planned, replaces } = await core.plan({ ...full, note: 'new' }, state);
    expect(planned).toEqual({ ...state, note: 'new', revision: unknown });
    expect(replaces).toEqual([]);
  });

  it('new elements compute what they need, the others keep what they have', async () => {
    const state = await core.make(full);
    const more = {
      ...full,
      rules: [...full.rules, { port: 2, handle: null }],
      labels: [...full.labels, { key: 'three', value: null, token: null }],
      limits: new Map([...full.limits, ['ram', { max: 9, unit: null }]]),
    };
    const { planned, diagnostics } = await core.plan(more, state);
    expect(diagnostics).toEqual([]);
    expect(planned).toMatchObject({
      rules: [
        { port: 1, handle: 'h1' },
        { port: 2, handle: unknown },
      ],
      labels: [{ token: 't-one' }, { token: 't-two' }, { token: unknown }],
    });
    const limits = planned?.limits as ReadonlyMap<string, ObjectValue>;
    expect([limits.get('cpu')?.unit, limits.get('ram')?.unit]).toEqual(['piece', unknown]);
  });

  it('a value that the provider chose stays when the configuration does not name it, and follows when it does', async () => {
    const state = await core.make({ name: 'a' });
    expect(state.region).toBe('north');
    expect((await core.plan({ name: 'a', region: 'south' }, state)).planned?.region).toBe('south');
    const south = await core.make({ name: 'a', region: 'south' }, state);
    expect((await core.plan({ name: 'a' }, south)).planned).toEqual(south);
  });

  it('a computed value that is missing from an older state is computed by the next update', async () => {
    const state = { ...(await core.make({ name: 'a' })), region: null, born: null };
    expect((await core.plan({ name: 'a' }, state)).planned).toEqual(state);
    const { planned } = await core.plan({ name: 'a', note: 'n' }, state);
    expect([planned?.region, planned?.born]).toEqual([unknown, null]);
  });

  it('the same set in another order, or text in another form, is no change', async () => {
    const state = await core.make({ name: 'a', words: ['é', 'x'] });
    const { planned } = await core.plan({ name: 'a', words: ['x', 'e\u0301', 'x'] }, state);
    expect(planned).toEqual(state);
  });

  it('unknown configuration stays unknown, with what is known about it', async () => {
    const state = await core.make({ name: 'a' });
    const { planned, diagnostics } = await core.plan({ name: 'a', note: unknown, tags: unknown }, state);
    expect(diagnostics).toEqual([]);
    expect([planned?.note, planned?.tags]).toEqual([unknown, unknown]);
  });

  it('a dynamic block that is not known yet stays so', async () => {
    const { planned, diagnostics } = await core.plan({ name: 'a', step: unknown }, null);
    expect(diagnostics).toEqual([]);
    expect(planned?.step).toBe(unknown);
  });
});

describe('requires replace', () => {
  it('names the attribute, and everything computed is unknown again (trap 33)', async () => {
    const state = await core.make(full);
    const { planned, replaces } = await core.plan({ ...full, name: 'b' }, state);
    expect(replaces).toEqual([['name']]);
    expect(planned).toMatchObject({ id: unknown, region: unknown, rules: [{ handle: unknown }] });
    const again = await core.plan({ ...full, name: 'b' }, null);
    expect(again.planned).toEqual(planned);
  });

  it('by a rule: only when the rule says so', async () => {
    const state = await core.make({ name: 'a', size: 5 });
    expect((await core.plan({ name: 'a', size: 6 }, state)).replaces).toEqual([]);
    expect((await core.plan({ name: 'a', size: 4 }, state)).replaces).toEqual([['size']]);
  });

  it('of a resource without update: any change of what a user can set', async () => {
    const immutable = await new StandInCore('toy_immutable').configured();
    const state = await immutable.make({ name: 'a' });
    expect((await immutable.plan({ name: 'a' }, state)).replaces).toEqual([]);
    expect((await immutable.plan({ name: 'a', size: 2 }, state)).replaces).toEqual([['size']]);
  });
});

describe("the noun's say", () => {
  it('is asked about every kind of change, also about a delete, and may refuse it', async () => {
    const actions: string[] = [];
    const state = await core.make({ name: 'a' });
    core.toy.plan = async ({ action, config, planned }) => {
      actions.push(`${action} ${config === undefined} ${planned === undefined}`);
      if (action === 'delete') throw new Problem({ code: 'refused', summary: 'Protected' });
      return undefined;
    };
    await core.plan({ name: 'b' }, null);
    await core.plan({ name: 'a' }, state);
    await core.plan({ name: 'a', note: 'n' }, state);
    await core.plan({ name: 'b' }, state);
    const refused = await core.plan(null, state);
    expect(actions).toEqual([
      'create false false',
      'no-op false false',
      'update false false',
      'replace false false',
      'delete true true',
    ]);
    expect(refused.diagnostics).toMatchObject([{ severity: 'error', summary: 'Protected' }]);
  });

  it('may turn no change into a change, and ask for a replacement', async () => {
    const state = await core.make({ name: 'a' });
    core.toy.plan = async ({ planned }) => ({
      planned: { ...planned!, region: unknown },
      replaces: [['region']],
    });
    const { planned, replaces, diagnostics } = await core.plan({ name: 'a' }, state);
    expect(diagnostics).toEqual([]);
    expect(planned?.region).toBe(unknown);
    expect(replaces).toEqual([['region']]);
  });

  it('may keep the write-only value of the configuration: it does not get out', async () => {
    core.toy.plan = async ({ planned, config }) => ({
      planned: { ...planned!, password: config?.password ?? null },
    });
    const { planned, diagnostics } = await core.plan({ name: 'a', password: 'hush' }, null);
    expect(diagnostics).toEqual([]);
    expect(planned?.password).toBeNull();
  });

  it('works before the provider is configured, without a session', async () => {
    const early = new StandInCore();
    await early.configured({ prefix: unknown });
    let session: unknown = 'none yet';
    early.toy.plan = async (_change, op) => {
      session = op.session;
      return undefined;
    };
    const { planned, diagnostics } = await early.plan({ name: 'a' }, null);
    expect(diagnostics).toEqual([]);
    expect(isUnknown(planned?.id)).toBe(true);
    expect(session).toBeUndefined();
  });
});
