import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  isInWindow,
  isTimeZone,
  nextInWindow,
  type Window,
} from '../../src/resources/access-key/schedule/window.ts';

const at = (text: string) => new Date(text);
const window = (over: Partial<Window>): Window => ({
  days: undefined,
  hours: undefined,
  timeZone: 'UTC',
  blackouts: [],
  ...over,
});
const hours = (from: number, to: number) => ({ from: from * 60, to: to * 60 });

describe('a window', () => {
  it.each([
    ['opens at its first minute', '2026-03-02T02:00:00Z', true],
    ['is open before its last minute', '2026-03-02T04:59:59Z', true],
    ['is shut at its end', '2026-03-02T05:00:00Z', false],
    ['is shut on other days', '2026-03-03T03:00:00Z', false],
  ])('%s', (_name, time, open) => {
    expect(isInWindow(window({ days: new Set([1]), hours: hours(2, 5) }), at(time))).toBe(open);
  });

  it('that ends on the next day belongs to the day on which it opens', () => {
    const night = window({ days: new Set([5]), hours: hours(22, 4) });
    expect(isInWindow(night, at('2026-03-06T22:00:00Z'))).toBe(true);
    expect(isInWindow(night, at('2026-03-07T03:45:00Z'))).toBe(true);
    expect(isInWindow(night, at('2026-03-07T22:00:00Z'))).toBe(false);
    expect(isInWindow(night, at('2026-03-06T03:00:00Z'))).toBe(false);
  });

  it('knows local time, also on the two days on which clocks change', () => {
    const berlin = window({ timeZone: 'Europe/Berlin', hours: hours(2, 3) });
    expect(isInWindow(berlin, at('2026-01-10T01:30:00Z'))).toBe(true);
    expect(isInWindow(berlin, at('2026-07-10T00:30:00Z'))).toBe(true);
    // On 29 March 02:00 to 03:00 does not exist; on 25 October it comes twice.
    expect(nextInWindow(berlin, at('2026-03-29T00:00:00Z'))).toEqual(at('2026-03-30T00:00:00Z'));
    expect(isInWindow(berlin, at('2026-10-25T00:30:00Z'))).toBe(true);
    expect(isInWindow(berlin, at('2026-10-25T01:30:00Z'))).toBe(true);
  });

  it('stays shut on blackout dates, both ends included, by the local date', () => {
    const holidays = window({
      timeZone: 'Pacific/Auckland',
      blackouts: [{ first: '2026-12-20', last: '2027-01-06' }],
    });
    expect(isInWindow(holidays, at('2026-12-19T10:59:00Z'))).toBe(true);
    expect(nextInWindow(holidays, at('2026-12-19T11:00:00Z'))).toEqual(at('2027-01-06T11:00:00Z'));
  });

  it('opens after blackouts, however long they are and however many', () => {
    const years = window({ blackouts: [{ first: '2026-01-01', last: '2031-12-31' }] });
    expect(nextInWindow(years, at('2026-06-01T00:00:00Z'))).toEqual(at('2032-01-01T00:00:00Z'));
    const parts = [2026, 2027, 2028, 2029].map((year) => ({ first: `${year}-01-01`, last: `${year}-12-31` }));
    const tuesdays = window({ days: new Set([2]), hours: hours(2, 5), blackouts: parts.reverse() });
    expect(nextInWindow(tuesdays, at('2026-06-01T00:00:00Z'))).toEqual(at('2030-01-01T02:00:00Z'));
    const start = Date.parse('2026-06-01T00:00:00Z');
    const mondays = Array.from({ length: 200 }, (_, week) =>
      new Date(start + week * 7 * 86_400_000).toISOString().slice(0, 10),
    ).map((date) => ({ first: date, last: date }));
    const monday = window({ days: new Set([1]), timeZone: 'Pacific/Kiritimati', blackouts: mondays });
    expect(nextInWindow(monday, at('2026-05-26T00:00:00Z'))).toEqual(at('2030-03-31T10:00:00Z'));
  });

  it('says when it never opens again', () => {
    const never = window({ blackouts: [{ first: '2026-01-01', last: '9999-12-31' }] });
    expect(nextInWindow(never, at('2026-06-01T00:00:00Z'))).toBeUndefined();
  });

  it('knows which time zones exist', () => {
    expect([isTimeZone('America/St_Johns'), isTimeZone('UTC'), isTimeZone('Mars/Olympus')]).toEqual([
      true,
      true,
      false,
    ]);
  });

  const quarters = fc.integer({ min: 0, max: 95 }).map((quarter) => quarter * 15);
  const anyWindow = fc
    .record({
      days: fc.option(fc.uniqueArray(fc.integer({ min: 0, max: 6 }), { minLength: 1 }), { nil: undefined }),
      span: fc.option(fc.tuple(quarters, quarters), { nil: undefined }),
      timeZone: fc.constantFrom(
        'UTC',
        'Europe/Berlin',
        'America/New_York',
        'Australia/Lord_Howe',
        'Asia/Kathmandu',
      ),
      blackouts: fc.array(fc.constantFrom('2026-03-08', '2026-03-29', '2026-10-04', '2026-11-01'), {
        maxLength: 2,
      }),
    })
    .filter(({ span }) => span === undefined || span[0] !== span[1])
    .map(({ days, span, timeZone, blackouts }) =>
      window({
        days: days && new Set(days),
        hours: span && { from: span[0], to: span[1] },
        timeZone,
        blackouts: blackouts.map((date) => ({ first: date, last: date })),
      }),
    );
  // Around the days on which clocks change somewhere.
  const anyTime = fc
    .tuple(
      fc.constantFrom('2026-03-07', '2026-03-28', '2026-04-03', '2026-10-02', '2026-10-24', '2026-10-31'),
      fc.integer({ min: 0, max: 3 * 24 * 60 }),
    )
    .map(([date, minutes]) => new Date(Date.parse(`${date}T00:00:00Z`) + minutes * 60_000));

  it('opens next at the first open moment: what a minute by minute search finds', () => {
    fc.assert(
      fc.property(anyWindow, anyTime, (some, from) => {
        const next = nextInWindow(some, from);
        const minute = 60_000;
        let slow: Date | undefined;
        for (let step = 0; step < 10 * 24 * 60 && slow === undefined; step += 1) {
          const time = new Date(
            step === 0 ? from.getTime() : Math.floor(from.getTime() / minute + step) * minute,
          );
          if (isInWindow(some, time)) slow = time;
        }
        if (slow !== undefined) expect(next).toEqual(slow);
        else expect(next === undefined || next.getTime() > from.getTime() + 9 * 86_400_000).toBe(true);
      }),
      { numRuns: 60, seed: 6 },
    );
  });
});
