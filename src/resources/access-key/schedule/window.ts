// When a rotation may happen: days, hours and blackout dates in a time zone, daylight saving included. Pure; the
// engine's own Intl knows the time zones.

/** Minutes since local midnight, both multiples of `STEP`; an end before the start is on the next day. */
export interface Hours {
  readonly from: number;
  readonly to: number;
}

export interface Window {
  /** Days on which it opens, 0 = Sunday; `undefined` = every day. */
  readonly days: ReadonlySet<number> | undefined;
  /** `undefined` = all day. */
  readonly hours: Hours | undefined;
  /** An IANA name, e.g. `Europe/Berlin`. */
  readonly timeZone: string;
  /** Local dates on which nothing happens, both ends included, as `YYYY-MM-DD`. */
  readonly blackouts: readonly { readonly first: string; readonly last: string }[];
}

export const DAY_NAMES = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;

/** Hours start and end on quarters, as every time zone's offset does: so a window can only open on one. */
export const STEP = 15;

const names: readonly string[] = DAY_NAMES;
const MINUTE = 60_000;
const DAY = 24 * 60;
/** Weekdays come round in a week, and a clock change shuts one week's hours: so long after the last blackout at most. */
const HORIZON_DAYS = 22;
/** A date begins somewhere on earth so many minutes before it does in UTC. */
const EARLIEST_DATE = 14 * 60;
/** What RFC 3339 can write. */
const END_OF_TIME = Date.parse('9999-12-31T23:59:59.999Z');

export function isInWindow(window: Window, at: Date): boolean {
  const { date, weekday, minute } = localTime(window.timeZone, at);
  if (isBlackout(window, date)) return false;
  const opensOn = (day: number) => window.days === undefined || window.days.has((day + 7) % 7);
  if (window.hours === undefined) return opensOn(weekday);
  const { from, to } = window.hours;
  if (from < to) return opensOn(weekday) && minute >= from && minute < to;
  return (opensOn(weekday) && minute >= from) || (opensOn(weekday - 1) && minute < to);
}

/** The first moment at or after `at` in the window; `undefined` when it never opens again. */
export function nextInWindow(window: Window, at: Date): Date | undefined {
  if (isInWindow(window, at)) return at;
  const ends = window.blackouts.map((blackout) => endOf(blackout.last));
  const last = Math.min(END_OF_TIME, Math.max(at.getTime(), ...ends) + HORIZON_DAYS * DAY * MINUTE);
  let time = Math.ceil(at.getTime() / (STEP * MINUTE)) * STEP * MINUTE;
  while (time <= last) {
    const moment = new Date(time);
    if (isInWindow(window, moment)) return moment;
    time = Math.max(time + quietMinutes(window, moment) * MINUTE, afterBlackout(window, moment));
  }
  return undefined;
}

/** The end of a local date in UTC, give or take the time zone. */
function endOf(date: string): number {
  return Date.parse(`${date}T00:00:00Z`) + DAY * MINUTE;
}

/** A moment up to which the blackout that `at` falls into certainly lasts. */
function afterBlackout(window: Window, at: Date): number {
  const { date } = localTime(window.timeZone, at);
  const found = window.blackouts.filter(({ first, last }) => first <= date && date <= last);
  return Math.max(0, ...found.map(({ last }) => endOf(last) - EARLIEST_DATE * MINUTE));
}

/** How long it certainly stays shut: a day on which nothing opens is left in one leap, short of any clock change. */
function quietMinutes(window: Window, at: Date): number {
  const { date, weekday, minute } = localTime(window.timeZone, at);
  const spillsOver = window.hours !== undefined && window.hours.from >= window.hours.to;
  const shutToday = window.days !== undefined && !window.days.has(weekday) && !spillsOver;
  if (!shutToday && !isBlackout(window, date)) return STEP;
  return Math.max(STEP, DAY - minute - 3 * 60);
}

function isBlackout({ blackouts }: Window, date: string): boolean {
  return blackouts.some(({ first, last }) => first <= date && date <= last);
}

interface LocalTime {
  readonly date: string;
  readonly weekday: number;
  readonly minute: number;
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** @throws RangeError for a time zone that does not exist. */
function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known !== undefined) return known;
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    calendar: 'iso8601',
    numberingSystem: 'latn',
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    weekday: 'short',
  });
  formats.set(timeZone, format);
  return format;
}

export function isTimeZone(name: string): boolean {
  try {
    formatOf(name);
    return true;
  } catch {
    return false;
  }
}

function localTime(timeZone: string, at: Date): LocalTime {
  const parts: Record<string, string> = {};
  for (const { type, value } of formatOf(timeZone).formatToParts(at)) parts[type] = value;
  const { year = '', month, day, hour, minute, weekday = '' } = parts;
  return {
    date: `${year.padStart(4, '0')}-${month}-${day}`,
    weekday: names.indexOf(weekday.toLowerCase()),
    minute: Number(hour) * 60 + Number(minute),
  };
}
