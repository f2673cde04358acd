// JSON over HTTP to a forge: what may be repeated is repeated, what may not is looked up afterwards. No answer and no
// error holds the token.

import { type Dispatcher, request } from 'undici';
import { Problem } from '../../errors.ts';

export interface ForgeAccess {
  readonly baseUrl: string;
  /** Authorization and the like; never shown. */
  readonly headers: Readonly<Record<string, string>>;
  readonly dispatcher: Dispatcher;
  readonly sleep: (milliseconds: number) => Promise<void>;
  readonly signal: AbortSignal;
}

export interface Answer {
  readonly status: number;
  readonly json: unknown;
  readonly header: (name: string) => string | undefined;
}

const TIMEOUT = 30_000;
const ATTEMPTS = 4;
/** Longer than this a job is not kept waiting. */
const LONGEST_WAIT = 60_000;
const BUSY: ReadonlySet<number> = new Set([429, 502, 503, 504]);

type Method = 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';

/**
 * An answer that is expected: 2xx, or one of `also`.
 * @throws Problem `unclear_outcome` for a POST whose answer is not known; others say what the forge said.
 */
export async function callForge(
  access: ForgeAccess,
  method: Method,
  path: string,
  { body, also = [] }: { readonly body?: object; readonly also?: readonly number[] } = {},
): Promise<Answer> {
  const repeatable = method !== 'POST';
  for (let attempt = 1; ; attempt++) {
    const answer = await exchange(access, method, path, body);
    const last = attempt >= ATTEMPTS || !repeatable;
    if (answer === undefined) {
      if (!last) {
        await access.sleep(1000 * 2 ** attempt);
        continue;
      }
      throw unanswered(access, method, path, repeatable);
    }
    if (isExpected(answer.status) || also.includes(answer.status)) return answer;
    const wait = waitAskedFor(answer);
    if (wait !== undefined && attempt < ATTEMPTS && (repeatable || wasRefused(answer))) {
      await access.sleep(wait);
      continue;
    }
    if (!repeatable && answer.status >= 500) throw unanswered(access, method, path, repeatable);
    throw refused(access, method, path, answer);
  }
}

async function exchange(
  { baseUrl, headers, dispatcher, signal }: ForgeAccess,
  method: Method,
  path: string,
  body: object | undefined,
): Promise<Answer | undefined> {
  signal.throwIfAborted();
  try {
    const {
      statusCode,
      headers: answered,
      body: content,
    } = await request(`${baseUrl.replace(/\/+$/u, '')}${path}`, {
      method,
      dispatcher,
      signal,
      headersTimeout: TIMEOUT,
      bodyTimeout: TIMEOUT,
      headers: {
        accept: 'application/json',
        ...headers,
        ...(body && { 'content-type': 'application/json' }),
      },
      ...(body && { body: JSON.stringify(body) }),
    });
    const text = await content.text();
    const header = (name: string) => [answered[name]].flat()[0];
    return { status: statusCode, json: tryParse(text), header };
  } catch (thrown) {
    signal.throwIfAborted();
    // No connection, or one that broke: what became of the request is not known.
    if (thrown instanceof Error) return undefined;
    throw thrown;
  }
}

function isExpected(status: number): boolean {
  return status >= 200 && status < 300;
}

/** Nothing was done: the forge takes no request of anybody for a while. */
function wasRefused({ status }: Answer): boolean {
  return status === 429 || status === 403;
}

/** Milliseconds, where waiting is what is asked for. GitHub answers 403 to too many requests. */
function waitAskedFor(answer: Answer): number | undefined {
  const after = Number(answer.header('retry-after'));
  const limited = answer.header('x-ratelimit-remaining') === '0' || Number.isFinite(after);
  if (!BUSY.has(answer.status) && !(answer.status === 403 && limited)) return undefined;
  return Math.min(LONGEST_WAIT, Number.isFinite(after) ? after * 1000 : 2000);
}

function unanswered({ baseUrl }: ForgeAccess, method: Method, path: string, repeatable: boolean): Problem {
  return new Problem({
    code: repeatable ? 'unreachable' : 'unclear_outcome',
    summary: `${hostOf(baseUrl)} did not answer`,
    detail: `${method} ${path} got no answer that can be understood.`,
  });
}

function refused({ baseUrl }: ForgeAccess, method: Method, path: string, { status, json }: Answer): Problem {
  const said = messageIn(json);
  const mend: Readonly<Record<number, string>> = {
    401: 'Is the token right, and not expired?',
    403: 'May the token write comments? GitHub: permissions: pull-requests: write. A fork has no such token: post from a workflow_run.',
    404: 'Is the number of the request right, and may the token see the repository?',
    422: 'The forge does not take the comment as it is.',
  };
  return new Problem({
    code:
      status === 401
        ? 'unauthorized'
        : status === 403
          ? 'forbidden'
          : status === 404
            ? 'not_found'
            : 'unexpected_answer',
    summary: `${hostOf(baseUrl)} answered ${status}`,
    detail: [`${method} ${path}${said === undefined ? '' : `: ${said}`}.`, mend[status] ?? '']
      .join(' ')
      .trim(),
  });
}

function messageIn(json: unknown): string | undefined {
  if (typeof json !== 'object' || json === null || !('message' in json)) return undefined;
  const text = typeof json.message === 'string' ? json.message : JSON.stringify(json.message);
  return text.slice(0, 300);
}

function hostOf(baseUrl: string): string {
  return URL.canParse(baseUrl) ? new URL(baseUrl).host : 'the forge';
}

function tryParse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
