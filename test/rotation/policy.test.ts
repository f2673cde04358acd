import { describe, expect, it } from 'vitest';
import {
  blackout,
  hours,
  isSamePolicy,
  type PolicyPlan,
  timeZone,
  validatePolicy,
  weekday,
  windowOf,
} from '../../src/resources/access-key/schedule/policy.ts';
import { policyAttributes } from '../../src/resources/access-key/schedule/policy-schema.ts';
import { validate } from '../../src/schema/validate.ts';
import { objectValue, unknown } from '../../src/schema/value.ts';

const policy = (over: Partial<PolicyPlan> = {}): PolicyPlan => ({
  rotate_after_days: 30,
  minimum_age_days: null,
  jitter_days: null,
  window: null,
  adopted_key_age: 'new',
  ...over,
});
const paths = (over: Partial<PolicyPlan>) => validatePolicy(policy(over)).map(({ path }) => path?.[0]);

describe('a policy', () => {
  it('is refused where its parts contradict each other, all at once', () => {
    expect(paths({ minimum_age_days: 30, jitter_days: 16 })).toEqual(['minimum_age_days', 'jitter_days']);
    expect(paths({ rotate_after_days: null, adopted_key_age: 'due' })).toEqual(['adopted_key_age']);
    for (const age of ['2026-13-40', '2026-02-30', '2026-02-30T00:00:00Z'])
      expect(paths({ adopted_key_age: age })).toEqual(['adopted_key_age']);
    expect(paths({ adopted_key_age: '2028-02-29' })).toEqual([]);
  });

  it('says nothing about what is not known yet', () => {
    expect(paths({ rotate_after_days: unknown, minimum_age_days: 99, window: unknown })).toEqual([]);
    expect(paths({ adopted_key_age: unknown, jitter_days: unknown })).toEqual([]);
  });

  it('counts as changed by what sets dates, and by nothing else', () => {
    const values = {
      rotate_after_days: 30,
      minimum_age_days: null,
      jitter_days: null,
      window: { days: ['mon'], hours: null, time_zone: null, blackout_dates: null },
      adopted_key_age: 'new',
    };
    expect(isSamePolicy(values, { ...values, window: { ...values.window } })).toBe(true);
    expect(isSamePolicy(values, { ...values, window: { ...values.window, days: ['tue'] } })).toBe(false);
    expect(isSamePolicy(values, { ...values, rotate_after_days: 31 })).toBe(false);
  });

  it.each(['02:00-05:00', '22:00-04:00', '00:00-24:00', '23:45-00:15'])('takes the hours %s', (text) => {
    expect(hours(text, [])).toBeUndefined();
  });

  it.each(['2-5', '02:00-02:00', '02:10-05:00', '24:00-05:00', '02:00-24:15', '02:00–05:00', ''])(
    'refuses the hours %s',
    (text) => {
      expect(hours(text, ['window', 'hours'])).toMatchObject({
        code: 'invalid_input',
        path: ['window', 'hours'],
      });
    },
  );

  it('names the wrong weekday, time zone or date', () => {
    expect(weekday(['mon', 'monday'], [])?.detail).toContain('"monday"');
    expect(weekday([], [])?.detail).toContain('at least one day');
    expect(weekday(['sat', 'sun'], [])).toBeUndefined();
    expect(timeZone('Berlin', [])?.detail).toContain('"Berlin"');
    expect(timeZone('Europe/Berlin', [])).toBeUndefined();
    expect(blackout(['2026-02-30'], [])?.detail).toContain('"2026-02-30"');
    expect(blackout(['2027-01-06/2026-12-20'], [])).toBeDefined();
    expect(blackout(['2026-12-24', '2026-12-20/2027-01-06'], [])).toBeUndefined();
  });

  it('refuses a null among days, dates and consumers', () => {
    const withNull = [null, 'mon'] as unknown as readonly string[];
    for (const rule of [weekday, blackout])
      expect(rule(withNull, ['days'])).toMatchObject({ code: 'invalid_input' });
    const config = objectValue([['consumers', [null, 'GitHub: acme/payments']]]);
    expect(validate({ attributes: { consumers: policyAttributes.consumers } }, config)).toMatchObject([
      { code: 'invalid_input', path: ['consumers', 0] },
    ]);
  });

  it('refuses blackouts that shut the window for more than ten years on end, together or alone', () => {
    expect(blackout(['2026-01-01/2036-12-31'], [])?.summary).toContain('ten years');
    expect(blackout(['2026-01-01/2031-12-31', '2032-01-01/2036-12-31'], [])).toBeDefined();
    expect(blackout(['2032-01-02/2036-12-31', '2026-01-01/2031-12-31'], [])).toBeUndefined();
    expect(blackout(['2026-01-01/2029-12-31'], [])).toBeUndefined();
  });

  it('makes the window that was written', () => {
    const value = {
      days: ['sat', 'sun'],
      hours: '22:00-04:00',
      time_zone: null,
      blackout_dates: ['2026-12-24'],
    };
    expect(windowOf(value)).toEqual({
      days: new Set([6, 0]),
      hours: { from: 1320, to: 240 },
      timeZone: 'UTC',
      blackouts: [{ first: '2026-12-24', last: '2026-12-24' }],
    });
  });
});
