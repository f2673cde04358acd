// What the server says, before it becomes bytes: faults bend it, the wire only prints it.

/** Anything JSON can say. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json };

export interface JsonBody {
  readonly json: Json;
  /** The same as bytes, where they are at hand already. */
  readonly encoded?: Buffer;
}

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** A string is sent as it stands, `undefined` is an empty body, anything else is JSON. */
  readonly body: JsonBody | { readonly text: string } | undefined;
}

/** An answer and, where the credentials of the request do not say it, who asked. */
export interface Answered {
  readonly answer: Answer;
  readonly username?: string | null;
}

export function json(body: Json, status = 200): Answer {
  return { status, headers: { 'Content-Type': 'application/json; charset=utf-8' }, body: { json: body } };
}

export function html(status: number, text: string, headers: Readonly<Record<string, string>> = {}): Answer {
  return { status, headers: { 'Content-Type': 'text/html; charset=utf-8', ...headers }, body: { text } };
}

export function plain(status: number, text: string, headers: Readonly<Record<string, string>> = {}): Answer {
  return { status, headers: { 'Content-Type': 'text/plain; charset=utf-8', ...headers }, body: { text } };
}

export function empty(status: number): Answer {
  return { status, headers: {}, body: undefined };
}

/** The same answer with these headers beside its own. */
export function withHeaders(answer: Answer, headers: Readonly<Record<string, string>>): Answer {
  return { ...answer, headers: { ...answer.headers, ...headers } };
}

const BODILESS = [204, 205, 304];

/** An answer's body; `null` when it has none, or its status forbids one. */
export function bodyText(answer: Answer): string | null {
  if (answer.body === undefined || BODILESS.includes(answer.status)) return null;
  return 'json' in answer.body ? JSON.stringify(answer.body.json) : answer.body.text;
}

/** The bytes of an answer's body. */
export function bodyBytes(answer: Answer): Buffer | null {
  const encoded = answer.body !== undefined && 'json' in answer.body ? answer.body.encoded : undefined;
  if (encoded !== undefined && !BODILESS.includes(answer.status)) return encoded;
  const text = bodyText(answer);
  return text === null ? null : Buffer.from(text);
}
