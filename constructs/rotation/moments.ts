// Dates, hours and time zones as people write them.

/** Whether a date, or a date and time (RFC 3339, UTC), exists in the calendar. */
export function isMoment(text: string): boolean {
  const [, date = ''] = /^(\d{4}-\d{2}-\d{2})(?:T\d{2}:\d{2}:\d{2}(?:\.\d+)?Z)?$/u.exec(text) ?? [];
  const day = new Date(`${date}T00:00:00Z`);
  // The engine takes 30 February for 2 March.
  return (
    !Number.isNaN(day.getTime()) && day.toISOString().startsWith(date) && !Number.isNaN(Date.parse(text))
  );
}

/** From and to, on quarters of an hour. */
export function hoursProblem(text: string): string[] {
  const match = /^([01]\d|2[0-3]):([0-5]\d)-([01]\d|2[0-4]):([0-5]\d)$/u.exec(text);
  const minutes = (hour: number) => Number(match?.[hour]) * 60 + Number(match?.[hour + 1]);
  const [from, to] = [minutes(1), minutes(3)];
  if (from % 15 === 0 && to % 15 === 0 && to <= 24 * 60 && from !== to) return [];
  return [`"${text}" is no span of hours: write from and to on quarters of an hour, like "02:00-05:00".`];
}

export function timeZoneProblem(name: string): string[] {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return [];
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return [`"${name}" is no IANA time zone such as "Europe/Berlin" or "UTC".`];
  }
}
