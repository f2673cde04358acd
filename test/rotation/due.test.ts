import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { baseAfterDue, dueAt, jitterOf, type Schedule } from '../../src/resources/access-key/schedule/due.ts';

const DAY = 86_400_000;
const at = (text: string) => new Date(text);
const schedule = (over: Partial<Schedule> = {}): Schedule => ({
  rotateAfterDays: 30,
  jitterDays: 0,
  minimumAgeDays: 0,
  window: undefined,
  ...over,
});
const adopted = (base: string) => ({ base: at(base), rotatedAt: undefined, overdue: false });

describe('the due date', () => {
  it('is one period after the base', () => {
    expect(dueAt('a', adopted('2026-01-01T00:00:00Z'), schedule())).toEqual(at('2026-01-31T00:00:00Z'));
  });

  it('moves into the window, later, never earlier', () => {
    const window = { days: new Set([1]), hours: { from: 120, to: 300 }, timeZone: 'UTC', blackouts: [] };
    expect(dueAt('a', adopted('2026-01-01T00:00:00Z'), schedule({ window }))).toEqual(
      at('2026-02-02T02:00:00Z'),
    );
  });

  it('is the adoption itself for a key adopted as due', () => {
    const since = { base: at('2026-01-01T00:00:00Z'), rotatedAt: undefined, overdue: true };
    expect(dueAt('a', since, schedule())).toEqual(at('2026-01-01T00:00:00Z'));
  });

  it('does not drift when applies come late: each is counted from the same fixed date', () => {
    let since = {
      base: at('2026-01-01T00:00:00Z'),
      rotatedAt: undefined as Date | undefined,
      overdue: false,
    };
    const dues: string[] = [];
    for (const late of [3, 0, 7, 1, 5]) {
      const due = dueAt('a', since, schedule()) as Date;
      dues.push(due.toISOString().slice(0, 10));
      const rotatedAt = new Date(due.getTime() + late * DAY);
      since = { base: baseAfterDue('a', since, schedule(), rotatedAt), rotatedAt, overdue: false };
    }
    expect(dues).toEqual(['2026-01-31', '2026-03-02', '2026-04-01', '2026-05-01', '2026-05-31']);
  });

  it('leaves out the dates that a very late rotation has passed, and those below the minimum age', () => {
    const since = adopted('2026-01-01T00:00:00Z');
    const rotatedAt = at('2026-03-30T00:00:00Z');
    const next = { base: baseAfterDue('a', since, schedule(), rotatedAt), rotatedAt, overdue: false };
    expect(dueAt('a', next, schedule())).toEqual(at('2026-04-01T00:00:00Z'));
    expect(dueAt('a', next, schedule({ minimumAgeDays: 7 }))).toEqual(at('2026-05-01T00:00:00Z'));
  });

  it('starts a new rhythm after a rotation that no date asked for', () => {
    const since = adopted('2026-01-01T00:00:00Z');
    const rotatedAt = at('2026-01-10T00:00:00Z');
    expect(baseAfterDue('a', since, schedule(), rotatedAt)).toEqual(rotatedAt);
  });

  it('spreads a fleet that was adopted on one day: 500 accounts, none late, no day above 40', () => {
    const days = new Map<string, number>();
    for (let n = 0; n < 500; n += 1) {
      const due = dueAt(
        `ci_${n}`,
        adopted('2026-01-01T00:00:00Z'),
        schedule({ rotateAfterDays: 60, jitterDays: 28 }),
      );
      const day = due?.toISOString().slice(0, 10) ?? '';
      days.set(day, (days.get(day) ?? 0) + 1);
    }
    expect(Math.max(...days.values())).toBeLessThanOrEqual(40);
    expect([...days.keys()].sort().at(-1)).toBe('2026-03-01');
    expect(days.size).toBeGreaterThanOrEqual(28);
  });

  it('has the same jitter on every machine', () => {
    expect(jitterOf('nightly_1', { jitterDays: 10, rotateAfterDays: 90 })).toBe(648_480_000);
  });

  it('always lies after the rotation, at least the minimum age and at most a period and that age later', () => {
    fc.assert(
      fc.property(
        fc.string({ minLength: 1 }),
        fc.integer({ min: 2, max: 400 }),
        fc.integer({ min: 0, max: 200 }),
        fc.integer({ min: 0, max: 200 }),
        fc.array(fc.integer({ min: 0, max: 3000 * 24 }), { maxLength: 6 }),
        (username, rotateAfterDays, jitter, minimum, latenesses) => {
          const some = schedule({
            rotateAfterDays,
            jitterDays: Math.min(jitter, Math.floor(rotateAfterDays / 2)),
            minimumAgeDays: Math.min(minimum, rotateAfterDays - 1),
          });
          let since = {
            base: at('2026-01-01T00:00:00Z'),
            rotatedAt: undefined as Date | undefined,
            overdue: false,
          };
          for (const hours of latenesses) {
            const due = dueAt(username, since, some) as Date;
            const rotatedAt = new Date(due.getTime() + hours * 3_600_000);
            since = { base: baseAfterDue(username, since, some, rotatedAt), rotatedAt, overdue: false };
            const next = (dueAt(username, since, some) as Date).getTime() - rotatedAt.getTime();
            expect(next).toBeGreaterThanOrEqual(Math.max(1, some.minimumAgeDays * DAY));
            expect(next).toBeLessThanOrEqual((rotateAfterDays + some.minimumAgeDays) * DAY);
          }
        },
      ),
      { seed: 6 },
    );
  });
});
