// Answers in the words of W3C WebDriver.

import { type Answer, type Answered, type Json, json } from '../http/responses.ts';

export function done(value: Json): Answer {
  return json({ value });
}

export function failed(status: number, error: string, message: string): Answer {
  return json({ value: { error, message, stacktrace: '' } }, status);
}

/** An answer and who asked, as the request itself says it. */
export function by(username: string | null, answer: Answer): Answered {
  return { answer, username };
}

/** The parts of a body that may hold anything. */
export type Fields = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function fieldsOf(value: unknown): Fields {
  // Any object can be asked for any name; what comes back is checked where it is used.
  return typeof value === 'object' && value !== null ? (value as Fields) : {};
}

export function textOr(value: unknown, otherwise: string): string {
  return typeof value === 'string' ? value : otherwise;
}
