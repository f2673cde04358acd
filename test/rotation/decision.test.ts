import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decideRotation, type Wish } from '../../src/resources/access-key/schedule/decision.ts';
import {
  dueDate,
  type RotationState,
  statusAt,
  statuses,
} from '../../src/resources/access-key/schedule/status.ts';
import { type Unknown, unknown } from '../../src/schema/value.ts';

const policy = {
  rotate_after_days: 30,
  minimum_age_days: null as number | null,
  jitter_days: null,
  window: null,
  adopted_key_age: 'new',
};
const state = (over: Partial<RotationState> = {}): RotationState => ({
  ...policy,
  triggers: new Map([['reason', 'first']]),
  generation: 3,
  rotated_at: '2026-01-01T00:00:00.000Z',
  schedule_base: '2026-01-01T00:00:00.000Z',
  rotation_due_at: '2026-01-31T00:00:00.000Z',
  rotation_status: 'current',
  rotation_reason: null,
  rotation_cause: null,
  rotation_pending: null,
  ...over,
});
const wish = (over: Partial<Wish> = {}): Wish => ({
  ...policy,
  triggers: new Map([['reason', 'first']]),
  on_external_rotation: 'adopt',
  ...over,
});
/** Terraform's null for one key of the map: not set. */
const nothing = { triggers: new Map([['reason', null as unknown as string]]) };
const leak = { triggers: new Map([['reason', 'leak']]) };

describe('the decision', () => {
  it.each<[string, Partial<RotationState>, Partial<Wish>, string]>([
    ['nothing changed', {}, {}, 'keep'],
    ['a trigger changed', {}, leak, 'rotate'],
    ['all triggers were removed', {}, { triggers: null }, 'keep'],
    ['the first triggers were set', { triggers: null }, leak, 'keep'],
    [
      'one more trigger was added',
      {},
      {
        triggers: new Map([
          ['reason', 'first'],
          ['more', 'x'],
        ]),
      },
      'keep',
    ],
    ['a trigger is unknown', {}, { triggers: new Map([['reason', unknown]]) }, 'undecided'],
    [
      'a new trigger is unknown',
      {},
      {
        triggers: new Map<string, string | Unknown>([
          ['reason', 'first'],
          ['more', unknown],
        ]),
      },
      'keep',
    ],
    ['all triggers are unknown', {}, { triggers: unknown }, 'undecided'],
    ['all triggers are unknown, there were none', { triggers: null }, { triggers: unknown }, 'keep'],
    ['a trigger that was null gets a value', nothing, {}, 'keep'],
    ['a trigger becomes null', {}, nothing, 'keep'],
    ['a trigger stays null', nothing, nothing, 'keep'],
    ['a trigger that was null is unknown', nothing, { triggers: new Map([['reason', unknown]]) }, 'keep'],
    ['it is due', { rotation_status: 'due' }, {}, 'rotate'],
    ['it is due, but the window is shut', { rotation_status: 'waiting' }, {}, 'keep'],
    [
      'it was due, and the policy is removed',
      { rotation_status: 'due' },
      { rotate_after_days: null },
      'keep',
    ],
    ['it was due, and the policy changes', { rotation_status: 'due' }, { rotate_after_days: 20 }, 'keep'],
    [
      'it was due, and the policy is unknown',
      { rotation_status: 'due' },
      { rotate_after_days: unknown },
      'keep',
    ],
    ['it is due and a trigger unknown', { rotation_status: 'due' }, { triggers: unknown }, 'rotate'],
    [
      'it is young, and a trigger changed',
      { rotation_status: 'young' },
      { ...leak, minimum_age_days: 1 },
      'held',
    ],
    ['it is young, and the minimum age is lifted', { rotation_status: 'young' }, leak, 'rotate'],
    ['it changed elsewhere', { rotation_status: 'changed_elsewhere' }, {}, 'keep'],
    ['it changed elsewhere, and a trigger too', { rotation_status: 'changed_elsewhere' }, leak, 'satisfied'],
    [
      'it changed elsewhere, an unknown trigger',
      { rotation_status: 'changed_elsewhere' },
      { triggers: unknown },
      'keep',
    ],
    [
      'it changed elsewhere: warn',
      { rotation_status: 'changed_elsewhere' },
      { ...leak, on_external_rotation: 'warn' },
      'satisfied',
    ],
    [
      'it changed elsewhere: rotate',
      { rotation_status: 'changed_elsewhere' },
      { on_external_rotation: 'rotate' },
      'rotate',
    ],
    [
      'it changed elsewhere: error',
      { rotation_status: 'changed_elsewhere' },
      { ...leak, on_external_rotation: 'error' },
      'stop',
    ],
    ['it is lost', { rotation_status: 'lost' }, leak, 'keep'],
  ])('when %s', (_name, prior, wanted, kind) => {
    expect(decideRotation(state(prior), wish(wanted)).kind).toBe(kind);
  });

  it('gives every reason, sorted, and never the value of a trigger', () => {
    const prior = state({
      triggers: new Map([
        ['b', '1'],
        ['a', '1'],
      ]),
      rotation_status: 'due',
    });
    const decision = decideRotation(
      prior,
      wish({
        triggers: new Map([
          ['b', 'secret'],
          ['a', 'secret'],
        ]),
      }),
    );
    expect(decision).toEqual({
      kind: 'rotate',
      cause: 'trigger',
      wasDue: true,
      reason: 'trigger "a", "b" changed; due since 2026-01-31T00:00:00.000Z (rotate_after_days = 30)',
    });
  });

  const triggerMap = fc
    .dictionary(fc.constantFrom('a', 'b', 'c', '__proto__', 'constructor'), fc.constantFrom('1', '2'))
    .map((record) => new Map(Object.entries(record)));

  it('never rotates because triggers came or went, and always when a value changed', () => {
    fc.assert(
      fc.property(triggerMap, triggerMap, (before, after) => {
        const changed = [...after].some(([name, value]) => before.has(name) && before.get(name) !== value);
        const { kind } = decideRotation(state({ triggers: before }), wish({ triggers: after }));
        expect(kind).toBe(changed ? 'rotate' : 'keep');
      }),
      { seed: 6 },
    );
  });

  it('rotates for its age exactly in the state that Read calls due, whatever the date in it', () => {
    fc.assert(
      fc.property(fc.constantFrom(...statuses), fc.date({ noInvalidDate: true }), (status, date) => {
        const prior = state({ rotation_status: status, rotation_due_at: date.toISOString() });
        expect(decideRotation(prior, wish()).kind === 'rotate').toBe(status === 'due');
      }),
      { seed: 6 },
    );
  });
});

describe('the rotation status', () => {
  const window = { days: null, hours: '02:00-05:00', time_zone: null, blackout_dates: null };
  it.each<[string, Partial<RotationState>, string]>([
    ['2026-01-30T23:59:59Z', {}, 'current'],
    ['2026-01-31T00:00:00Z', {}, 'due'],
    ['2026-01-31T00:00:00Z', { rotation_due_at: null }, 'current'],
    ['2026-02-01T01:59:00Z', { window }, 'waiting'],
    ['2026-02-01T02:00:00Z', { window }, 'due'],
    ['2026-01-02T23:59:00Z', { minimum_age_days: 2 }, 'young'],
    ['2026-01-03T00:00:00Z', { minimum_age_days: 2 }, 'current'],
    ['2026-01-01T00:00:00Z', { minimum_age_days: 2, rotated_at: null }, 'current'],
    ['2026-02-01T00:00:00Z', { rotation_status: 'changed_elsewhere' }, 'changed_elsewhere'],
    ['2026-02-01T00:00:00Z', { rotation_status: 'lost' }, 'lost'],
    ['2026-01-02T00:00:00Z', { rotation_status: 'due' }, 'current'],
  ])('at %s', (now, over, status) => {
    expect(statusAt(state(over), new Date(now))).toBe(status);
  });

  it.each<[string, Partial<RotationState>]>([
    ['a due date', { rotation_due_at: 'tomorrow' }],
    ['a date of the rotation', { rotated_at: '' }],
    ['a time zone', { window: { ...window, time_zone: 'Mars/Olympus' } }],
    ['hours', { window: { ...window, hours: '25:00-26:00' } }],
    ['a day', { window: { ...window, days: ['someday'] } }],
    ['a blackout', { window: { ...window, blackout_dates: ['2026-02-30'] } }],
  ])('of a state with %s that makes no sense is an error, never "not due"', (_what, over) => {
    const now = new Date('2026-03-31T02:30:00Z');
    expect(() => statusAt(state(over), now)).toThrow(
      expect.objectContaining({
        code: 'invalid_input',
        path: [expect.any(String), ...('window' in over ? [expect.any(String)] : [])],
      }),
    );
  });

  it('with a base that makes no sense is an error where a date is computed from it', () => {
    const { rotated_at, generation } = state();
    expect(() => dueDate('ci', { rotated_at, generation, schedule_base: 'soon' }, state())).toThrow(
      'The state holds a date that is none',
    );
  });
});
