import { afterEach, describe, expect, it } from 'vitest';
import type { FaultRule } from '../../src/emulator/faults/faults.ts';
import { accessKey } from '../../src/resources/access-key/index.ts';
import type { AccessKeyState } from '../../src/resources/access-key/schema.ts';
import { unconfigured } from '../../src/resources/access-key/state.ts';
import { unknown } from '../../src/schema/value.ts';
import { caught } from '../helpers/caught.ts';
import { type LocalSession, localSession, operation } from '../helpers/local-session.ts';
import { undecidedKey } from '../helpers/planned.ts';

const CANARY = 'CanaryKeyCanaryKey01';
const seed = {
  organization: { name: 'Acme Inc.' },
  users: [{ username: 'owner_local', access_key: 'owner-local-key-0001', role: 'owner' as const }],
  service_accounts: [{ identifier: 'nightly', username: 'nightly_1', access_key: CANARY }],
};

const configured = (triggers: Record<string, string> | null = null) => ({
  ...unconfigured,
  username: 'nightly_1',
  triggers: triggers && new Map(Object.entries(triggers)),
});
const planned = (triggers: Record<string, string> | null = null) => ({
  ...configured(triggers),
  access_key: null,
  escrowed_access_key: null,
  ...undecidedKey,
});

let world: LocalSession;
afterEach(() => world.close());

async function adopted(triggers: Record<string, string> | null = null, faults: readonly FaultRule[] = []) {
  world = await localSession({ seed });
  const state = await accessKey.create(planned(triggers), operation<AccessKeyState>(world.session));
  world.local.clearRequests();
  world.local.inject(faults);
  return state;
}
const recycles = () => world.local.requests().filter(({ path }) => path.includes('recycle')).length;
const currentKey = () => world.local.accounts()[0]?.accessKey;

describe('the access key of an account', () => {
  it('is adopted, not rotated', async () => {
    const state = await adopted({ reason: 'first' });
    expect(state).toMatchObject({
      generation: 1,
      access_key: null,
      rotated_at: null,
      rotation_status: 'current',
    });
    expect(state.key_fingerprint).toMatch(/^[0-9a-f]{16}$/u);
    expect(currentKey()).toBe(CANARY);
    expect(JSON.stringify(state)).not.toContain(CANARY);
  });

  it('is rotated in place by a changed trigger: one recycle, a new fingerprint, the next generation', async () => {
    const prior = await adopted({ reason: 'first' });
    const op = operation<AccessKeyState>(world.session);
    const state = await accessKey.update?.(planned({ reason: 'leak' }), prior, op);
    expect(recycles()).toBe(1);
    expect(currentKey()).not.toBe(CANARY);
    expect(state).toMatchObject({
      generation: 2,
      rotated_at: '2026-01-01T00:00:00.000Z',
      rotation_reason: 'trigger "reason" changed',
    });
    expect(state?.key_fingerprint).not.toBe(prior.key_fingerprint);
    expect(op.warnings).toEqual([]);
    expect(await accessKey.read(state as AccessKeyState, operation(await world.another()))).toEqual(state);
  });

  it.each<[string, FaultRule]>([
    ['the connection is cut', { kind: 'drop' }],
    ['half an answer comes', { kind: 'reset' }],
    ['a 502 comes', { kind: 'status', status: 502 }],
    ['a page comes', { kind: 'html' }],
  ])('is rotated exactly once when, after the effect, %s', async (_name, fault) => {
    const prior = await adopted({ reason: 'first' }, [{ ...fault, path: '/automate/recycle_key.json' }]);
    const state = await accessKey.update?.(planned({ reason: 'leak' }), prior, operation(world.session));
    expect(recycles()).toBe(1);
    expect(state?.generation).toBe(2);
    expect(await accessKey.read(state as AccessKeyState, operation(await world.another()))).toEqual(state);
  });

  it('is found even if the list lags behind for a while', async () => {
    const prior = await adopted({ reason: 'first' }, [
      { kind: 'drop', path: '/automate/recycle_key.json' },
      { kind: 'stale-list', seconds: 5, path: '/user/service-accounts', times: 'always' },
    ]);
    world.clock.advance(60_000);
    const state = await accessKey.update?.(planned({ reason: 'leak' }), prior, operation(world.session));
    expect(recycles()).toBe(1);
    expect(state?.key_fingerprint).not.toBe(prior.key_fingerprint);
  });

  it('stays as it was when the call was not carried out, and says how to go on', async () => {
    const prior = await adopted({ reason: 'first' }, [
      { kind: 'drop', when: 'before', path: '/automate/recycle_key.json' },
    ]);
    const op = operation<AccessKeyState>(world.session);
    const problem = await caught(accessKey.update?.(planned({ reason: 'leak' }), prior, op));
    expect(problem.detail).toContain('if it was rotated after all, that one is adopted');
    expect(problem.message).not.toContain(CANARY);
    expect(op.saved).toEqual([]);
    expect(currentKey()).toBe(CANARY);
  });

  it('is not rotated a second time when somebody was faster', async () => {
    const prior = await adopted({ reason: 'first' });
    await accessKey.update?.(planned({ reason: 'leak' }), prior, operation(await world.another()));
    const state = await accessKey.update?.(
      planned({ reason: 'leak' }),
      prior,
      operation(await world.another()),
    );
    expect(recycles()).toBe(1);
    expect(state?.generation).toBe(2);
  });

  it('that was rotated elsewhere says so, and satisfies a trigger that changed too', async () => {
    const prior = await adopted({ reason: 'first' });
    await accessKey.update?.(planned({ reason: 'x' }), prior, operation(await world.another()));
    const op = operation(await world.another());
    const seen = (await accessKey.read(prior, op)) as AccessKeyState;
    expect(seen).toMatchObject({ rotation_status: 'changed_elsewhere', generation: 2 });
    expect(op.warnings[0]?.summary).toContain('rotated elsewhere');
    const change = {
      action: 'update',
      config: undefined,
      prior: seen,
      planned: { ...seen, ...configured({ reason: 'leak' }) },
      replaces: [],
    } as const;
    const answer = await accessKey.plan?.(change, operation(world.session));
    expect(answer?.planned).toMatchObject({
      key_fingerprint: seen.key_fingerprint,
      rotation_reason: 'trigger "reason" changed; satisfied by the rotation that happened elsewhere',
    });
  });
});

describe('the plan of an access key', () => {
  const plan = async (prior: AccessKeyState, over: object) => {
    const op = operation(world.session);
    const change = {
      action: 'update',
      config: undefined,
      prior,
      planned: { ...prior, ...over },
      replaces: [],
    } as const;
    return { planned: (await accessKey.plan?.(change, op))?.planned, warnings: op.warnings };
  };

  it.each([
    ['added triggers', null, { reason: 'first' }],
    ['removed triggers', { reason: 'first' }, null],
    ['one more trigger', { reason: 'first' }, { reason: 'first', other: 'x' }],
  ])('does not rotate for %s', async (_name, before, after) => {
    const prior = await adopted(before);
    const { planned: answer } = await plan(prior, configured(after));
    expect(answer).toMatchObject({ key_fingerprint: prior.key_fingerprint, generation: 1 });
  });

  it('announces a rotation with its reason and generation, without the value of the trigger', async () => {
    const prior = await adopted({ reason: 'first' });
    const { planned: answer } = await plan(prior, configured({ reason: 'very private' }));
    expect(answer).toMatchObject({
      key_fingerprint: unknown,
      generation: 2,
      rotation_reason: 'trigger "reason" changed',
    });
  });

  it('says that it may rotate when a trigger is not known yet', async () => {
    const prior = await adopted({ reason: 'first' });
    const { planned: answer, warnings } = await plan(prior, { triggers: new Map([['reason', unknown]]) });
    expect(answer).toMatchObject({ key_fingerprint: unknown, generation: unknown });
    expect(warnings[0]?.summary).toContain('may be rotated');
  });

  it('leaves an unrelated change quiet', async () => {
    const prior = await adopted({ reason: 'first' });
    const { planned: answer } = await plan(prior, { consumers: ['repo payments'] });
    expect(answer).toEqual({ ...prior, consumers: ['repo payments'] });
  });

  it('refuses to rotate the key the provider runs on', async () => {
    const prior = { ...(await adopted({ reason: 'first' })), username: 'owner_local' };
    const change = {
      action: 'update',
      config: undefined,
      prior,
      planned: { ...prior, triggers: new Map([['reason', 'x']]) },
      replaces: [],
    } as const;
    expect(await caught(accessKey.plan?.(change, operation(world.session)))).toMatchObject({
      code: 'refused',
    });
  });
});
