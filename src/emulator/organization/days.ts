/** Milliseconds of a day. */
export const DAY = 24 * 3600 * 1000;

/** Whether a text names a day that there is, as YYYY-MM-DD; what is absent names none wrongly. */
export function isDay(text: string | undefined): boolean {
  if (text === undefined) return true;
  const time = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(text) : Number.NaN;
  // JavaScript takes February 30 for March 2.
  return Number.isFinite(time) && new Date(time).toISOString().startsWith(text);
}
