// What the provider would refuse at plan is said at synthesis, with the path of the construct, all of it at once. A test
// holds both against each other.

import { Token } from 'cdktf';
import type { IConstruct } from 'constructs';
import { hoursProblem, isMoment, timeZoneProblem } from '../rotation/moments';
import type { RotationPolicy, RotationWindow } from '../rotation/rotation-policy';
import { literal } from './literal';

/** Makes synthesis fail with these sentences; nothing when there are none. */
export function report(construct: IConstruct, problems: readonly string[]): void {
  if (problems.length > 0) construct.node.addValidation({ validate: () => [...problems] });
}

/** @param what Completes "The …", e.g. `identifier`. */
export function textProblems(what: string, text: string, min: number, max: number): string[] {
  if (Token.isUnresolved(literal(text))) return [];
  const { length } = [...text];
  const shown = JSON.stringify(text);
  const problems: string[] = [];
  if (length < min || length > max)
    problems.push(`The ${what} ${shown} must have ${min} to ${max} characters, and has ${length}.`);
  if (text !== '' && text.trim() !== text)
    problems.push(
      `The ${what} ${shown} must not start or end with a space, which BrowserStack would take off.`,
    );
  if (/\p{Cc}/u.test(text)) problems.push(`The ${what} ${shown} must not contain control characters.`);
  return problems;
}

export function emailProblems(email: string): string[] {
  if (Token.isUnresolved(literal(email)) || /^[^\s@,]+@[^\s@,]+$/u.test(email)) return [];
  return [`${JSON.stringify(email)} must be one e-mail address, like name@example.com.`];
}

/** @param what Completes "The …", e.g. `limit of rotations`. */
export function numberProblems(what: string, value: number | undefined, min: number, max: number): string[] {
  if (value === undefined || Token.isUnresolved(value)) return [];
  if (Number.isInteger(value) && value >= min && value <= max) return [];
  return [`The ${what} must be a whole number from ${min} to ${max}, not ${value}.`];
}

export function policyProblems({
  maxAge,
  spread,
  minimumAge,
  window,
  adoptedKeyAge,
}: RotationPolicy): string[] {
  const days = (one: typeof maxAge) => (one === undefined || one.isUnresolved() ? undefined : one.toDays());
  const [age, jitter, least] = [days(maxAge), days(spread), days(minimumAge)];
  const problems = numberProblems('age of a key, in days,', age, 1, 3650);
  if (age !== undefined && jitter !== undefined && jitter > age / 2)
    problems.push(`A jitter of ${spread} is more than half of the age of ${maxAge}.`);
  if (age !== undefined && least !== undefined && least >= age)
    problems.push(
      `A key is kept for at least ${minimumAge} and rotated after ${maxAge}: it must be kept for less.`,
    );
  const { value = 'new' } = adoptedKeyAge ?? {};
  if (value === 'due' && maxAge === undefined)
    problems.push(
      'A key counts as due when it is adopted, but no age makes it due: say RotationPolicy.every(…).',
    );
  if (!['new', 'due'].includes(value) && !Token.isUnresolved(value) && !isMoment(value))
    problems.push(`"${value}" is no date such as 2026-01-31.`);
  return [...problems, ...(window === undefined ? [] : windowProblems(window))];
}

function windowProblems({ days, hours, timeZone, blackoutDates = [] }: RotationWindow): string[] {
  const known = (text: string | undefined) => text !== undefined && !Token.isUnresolved(literal(text));
  const problems: string[] = [];
  if (days?.length === 0) problems.push('A window without a day never opens: leave days out for every day.');
  if (known(hours)) problems.push(...hoursProblem(hours ?? ''));
  if (known(timeZone)) problems.push(...timeZoneProblem(timeZone ?? ''));
  if (Token.isUnresolved(blackoutDates)) return problems;
  for (const span of blackoutDates.filter(known)) {
    const [first = '', last = first, ...more] = span.split('/');
    const right = more.length === 0 && [first, last].every((date) => date.length === 10 && isMoment(date));
    if (!right || first > last)
      problems.push(`"${span}" is neither a date like 2026-12-24 nor a span like 2026-12-20/2027-01-06.`);
  }
  return problems;
}
