// A policy as people write it, checked and turned into the numbers that due dates are computed from.

import { type AttributePath, Problem } from '../../../errors.ts';
import type { MaybeUnknown, Validator } from '../../../schema/attribute.ts';
import { isWhollyKnown, type Unknown } from '../../../schema/value.ts';
import type { Schedule } from './due.ts';
import { DAY_NAMES, type Hours, isTimeZone, STEP, type Window } from './window.ts';

/** A window as it stands in state. */
export interface WindowValue {
  readonly days: readonly string[] | null;
  readonly hours: string | null;
  readonly time_zone: string | null;
  readonly blackout_dates: readonly string[] | null;
}

/** The configured attributes of a policy, known. */
export interface PolicyValues {
  readonly rotate_after_days: number | null;
  readonly minimum_age_days: number | null;
  readonly jitter_days: number | null;
  readonly window: WindowValue | null;
  readonly adopted_key_age: string;
}

/** The same in a plan or a configuration: anything may be unknown, also the default may still be missing. */
export type PolicyPlan = {
  readonly [K in keyof PolicyValues]: MaybeUnknown<PolicyValues[K]> | Unknown | null;
};

/** `undefined` without `rotate_after_days`: then no age makes a key due. */
export function scheduleOf(policy: PolicyValues): Schedule | undefined {
  if (policy.rotate_after_days === null) return undefined;
  return {
    rotateAfterDays: policy.rotate_after_days,
    jitterDays: policy.jitter_days ?? 0,
    minimumAgeDays: policy.minimum_age_days ?? 0,
    window: policy.window === null ? undefined : windowOf(policy.window),
  };
}

/** The policy if all of it is known, else `undefined`. */
export function knownPolicy(plan: PolicyPlan): PolicyValues | undefined {
  const { rotate_after_days, minimum_age_days, jitter_days, window, adopted_key_age } = plan;
  const policy = { rotate_after_days, minimum_age_days, jitter_days, window, adopted_key_age };
  // Just checked: nothing in it is unknown; a plan has the default where the configuration has nothing.
  return isWhollyKnown(policy) ? (policy as PolicyValues) : undefined;
}

/** True when an attribute that sets dates differs; such a change rotates nothing in the same apply. */
export function isSamePolicy(before: PolicyValues, after: PolicyValues): boolean {
  const text = ({
    rotate_after_days,
    jitter_days,
    minimum_age_days,
    window,
    adopted_key_age,
  }: PolicyValues) =>
    JSON.stringify([
      rotate_after_days,
      jitter_days,
      minimum_age_days,
      window && [window.days, window.hours, window.time_zone, window.blackout_dates],
      adopted_key_age,
    ]);
  return text(before) === text(after);
}

/** The date that an adopted key counts from, and whether it is due at once. */
export function adoptedSince(age: string, seen: Date): { readonly base: Date; readonly overdue: boolean } {
  if (age === 'due') return { base: seen, overdue: true };
  return { base: age === 'new' ? seen : new Date(age), overdue: false };
}

/** Rules between the attributes of a policy. */
export function validatePolicy(policy: PolicyPlan): readonly Problem[] {
  const problems: Problem[] = [];
  const {
    rotate_after_days: after,
    minimum_age_days: minimum,
    jitter_days: jitter,
    adopted_key_age: age,
  } = policy;
  if (typeof after === 'number' && typeof minimum === 'number' && minimum >= after)
    problems.push(
      invalid(
        'The minimum age reaches the longest age',
        `minimum_age_days (${minimum}) must be less than rotate_after_days (${after}).`,
        ['minimum_age_days'],
      ),
    );
  if (typeof after === 'number' && typeof jitter === 'number' && jitter > after / 2)
    problems.push(
      invalid(
        'Too much jitter',
        `jitter_days (${jitter}) may be at most half of rotate_after_days (${after}).`,
        ['jitter_days'],
      ),
    );
  if (after === null && age === 'due')
    problems.push(
      invalid('An age without a schedule', 'adopted_key_age = "due" needs rotate_after_days.', [
        'adopted_key_age',
      ]),
    );
  if (typeof age === 'string' && age !== 'new' && age !== 'due' && !isMoment(age))
    problems.push(invalid('Not a date', `${age} does not exist in the calendar.`, ['adopted_key_age']));
  return problems;
}

export const weekday: Validator<readonly string[]> = (days, path) => {
  const wrong = days.find((day) => !isDay(day));
  if (days.length === 0)
    return invalid('No day', 'Name at least one day, or leave `days` out for every day.', path);
  return wrong === undefined
    ? undefined
    : invalid('Not a weekday', `"${wrong}" is none of ${DAY_NAMES.join(', ')}.`, path);
};

export const hours: Validator<string> = (text, path) =>
  parseHours(text) === undefined
    ? invalid(
        'Not a span of hours',
        `Write from and to on quarters of an hour, e.g. "02:00-05:00"; they must differ.`,
        path,
      )
    : undefined;

export const timeZone: Validator<string> = (name, path) =>
  isTimeZone(name)
    ? undefined
    : invalid('Unknown time zone', `"${name}" is no IANA time zone such as "Europe/Berlin" or "UTC".`, path);

export const blackout: Validator<readonly string[]> = (dates, path) => {
  const wrong = dates.find((date) => typeof date !== 'string' || parseBlackout(date) === undefined);
  if (wrong !== undefined)
    return invalid(
      'Not a date or span of dates',
      `"${wrong}" is neither like 2026-12-24 nor like 2026-12-20/2027-01-06.`,
      path,
    );
  const shut = longestSpan(dates.flatMap((date) => parseBlackout(date) ?? []));
  if (shut.days <= LONGEST_BLACKOUT) return undefined;
  return invalid(
    'Blackouts of more than ten years',
    `From ${shut.first} to ${shut.last} the window would never open. Leave out rotate_after_days where a key is not to be rotated for its age.`,
    path,
  );
};

/** Days; as long as the longest age. */
const LONGEST_BLACKOUT = 3650;

interface Span {
  readonly first: string;
  readonly last: string;
}

/** The longest time without a day outside of all spans. */
function longestSpan(spans: readonly Span[]): Span & { readonly days: number } {
  const day = (date: string) => Date.parse(`${date}T00:00:00Z`) / 86_400_000;
  let longest = { first: '', last: '', days: 0 };
  let current: Span | undefined;
  for (const span of [...spans].sort((a, b) => a.first.localeCompare(b.first))) {
    const joins = current !== undefined && day(span.first) <= day(current.last) + 1;
    const last = joins && current !== undefined && current.last > span.last ? current.last : span.last;
    current = { first: joins && current !== undefined ? current.first : span.first, last };
    const days = day(current.last) - day(current.first) + 1;
    if (days > longest.days) longest = { ...current, days };
  }
  return longest;
}

/**
 * A window as it is computed with. One of a configuration has passed its validators; one of a state may have been
 * written by hand, or on a machine that knows other time zones.
 * @throws Problem `invalid_input` for one that makes no sense: it would look shut, or open, for ever
 */
export function windowOf(value: WindowValue): Window {
  const problem =
    (value.days && weekday(value.days, ['window', 'days'])) ??
    (value.hours && hours(value.hours, ['window', 'hours'])) ??
    (value.time_zone && timeZone(value.time_zone, ['window', 'time_zone'])) ??
    (value.blackout_dates && blackout(value.blackout_dates, ['window', 'blackout_dates']));
  if (problem instanceof Problem) throw problem;
  return {
    days: value.days === null ? undefined : new Set(value.days.map(dayNumber)),
    hours: value.hours === null ? undefined : parseHours(value.hours),
    timeZone: value.time_zone ?? 'UTC',
    blackouts: (value.blackout_dates ?? []).flatMap((date) => parseBlackout(date) ?? []),
  };
}

const dayNames: readonly string[] = DAY_NAMES;
const dayNumber = (day: string) => dayNames.indexOf(day);
const isDay = (day: string) => dayNumber(day) >= 0;

function parseHours(text: string): Hours | undefined {
  const match = /^([01]\d|2[0-3]):([0-5]\d)-([01]\d|2[0-4]):([0-5]\d)$/u.exec(text);
  if (match === null) return undefined;
  const [from, to] = [Number(match[1]) * 60 + Number(match[2]), Number(match[3]) * 60 + Number(match[4])];
  if (to > 24 * 60 || from === to || from % STEP !== 0 || to % STEP !== 0) return undefined;
  return { from, to };
}

function parseBlackout(text: string): Span | undefined {
  const [first = '', last = first, ...more] = text.split('/');
  return more.length === 0 && isDate(first) && isDate(last) && first <= last ? { first, last } : undefined;
}

/** Whether a date, or a date and time, exists in the calendar: the engine takes 30 February for 2 March. */
export function isMoment(text: string): boolean {
  return isDate(text.slice(0, 10)) && !Number.isNaN(Date.parse(text));
}

function isDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/u.test(text)) return false;
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}

function invalid(summary: string, detail: string, path: AttributePath): Problem {
  return new Problem({ code: 'invalid_input', summary, detail, path });
}
