// One HTTP request and its honest outcome: an answer that was checked, or a Problem that says whether the call can
// have been executed. Knows endpoints, budgets and repeatability; knows no noun.

import type { Dispatcher } from 'undici';
import type { Clock } from '../clock.ts';
import type { Secret } from '../secret.ts';
import { AnswerChecker, isOwn, messageOf, tryParseJson } from './answer.ts';
import type { BudgetName, Endpoint } from './endpoint.ts';
import {
  CallFailed,
  type Effect,
  type Failure,
  queueTooLong,
  statusFailure,
  transportFailure,
  unreadableAnswer,
  worse,
} from './failure.ts';
import { retryDelay } from './retry.ts';
import type { TokenBucket } from './token-bucket.ts';

export interface Credentials {
  readonly username: string;
  readonly accessKey: Secret;
}

export interface HttpClientOptions {
  readonly baseUrl: string;
  readonly credentials: Credentials;
  /** undici's dispatcher: proxies, connection pools and tests come in here. */
  readonly dispatcher: () => Promise<Dispatcher>;
  readonly budgets: Readonly<Record<BudgetName, TokenBucket>>;
  readonly clock: Clock;
  /** A number in [0, 1), for jitter. */
  readonly random: () => number;
  /** Milliseconds to wait for one answer. */
  readonly timeout: number;
  /** How often a call that may be repeated is repeated. */
  readonly maxRetries: number;
  /**
   * Milliseconds after which a call is not sent (again): the wait for its turn and between repetitions counts. A
   * request on its way is never cut off for it, because then nobody would know its outcome. Absent: no limit.
   */
  readonly patience?: number | undefined;
  readonly userAgent: string;
}

export interface Call {
  readonly query?: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  readonly body?: object;
  /** Instead of the client's own: the rotation call authenticates as the account it rotates. */
  readonly credentials?: Credentials;
  readonly signal?: AbortSignal;
  /** Told when the call has to wait, with milliseconds and the reason. */
  onWait?(milliseconds: number, reason: string): void;
}

export interface Received<Answer> {
  readonly body: Answer;
  /** The server's `Date` header; the client's clock where there is none. */
  readonly date: Date;
}

export class HttpClient {
  readonly #options: HttpClientOptions;
  readonly #checker = new AnswerChecker();

  constructor(options: HttpClientOptions) {
    this.#options = options;
  }

  get credentials(): Credentials {
    return this.#options.credentials;
  }

  /**
   * Sends the call, within the budget, and repeats it as far as that is safe.
   * @throws CallFailed, which says whether the call can have been carried out.
   */
  async send<Answer>(endpoint: Endpoint<Answer>, call: Call = {}): Promise<Received<Answer>> {
    const { budgets, clock, random, maxRetries, patience = Number.POSITIVE_INFINITY } = this.#options;
    const budget = budgets[endpoint.budget];
    const deadline = clock.now().getTime() + patience;
    /** Of all attempts together: a clear refusal says nothing about the attempts before it. */
    let effect: Effect = 'none';
    const failed = ({ problem: { code, summary, detail, cause } }: Failure) =>
      new CallFailed({ code, summary, detail, cause }, effect);
    for (let attempt = 0; ; attempt += 1) {
      const turn = await budget.take({
        ...(call.signal === undefined ? {} : { signal: call.signal }),
        deadline,
        onWait: (wait) => call.onWait?.(wait, 'the request budget of the organization'),
      });
      if (turn === undefined) throw failed(queueTooLong(describe(endpoint), patience));
      const outcome = await this.#attempt(endpoint, call);
      await budget.answered(turn);
      if ('body' in outcome) return outcome;
      effect = worse(effect, outcome.effect);
      const delay = retryDelay(attempt, outcome, random());
      if (outcome.problem.code === 'rate_limited') await budget.penalize(delay, turn);
      const repeatable = endpoint.repeatable || outcome.effect === 'none';
      const over = attempt >= maxRetries || clock.now().getTime() + delay > deadline;
      if (!outcome.transient || !repeatable || over) throw failed(outcome);
      call.onWait?.(delay, `${describe(endpoint)}: ${outcome.problem.summary}`);
      await clock.sleep(delay, call.signal);
    }
  }

  async #attempt<Answer>(endpoint: Endpoint<Answer>, call: Call): Promise<Received<Answer> | Failure> {
    const name = describe(endpoint);
    const { origin } = new URL(this.#options.baseUrl);
    let response: Dispatcher.ResponseData;
    let text: string;
    try {
      response = await this.#request(endpoint, call);
      text = await response.body.text();
    } catch (thrown) {
      if (call.signal?.aborted && endpoint.repeatable) throw call.signal.reason;
      return transportFailure(thrown, name, origin);
    }
    const body = tryParseJson(text);
    if (response.statusCode < 200 || response.statusCode >= 300)
      return statusFailure(response.statusCode, name, {
        message: messageOf(body),
        own: isOwn(text),
        retryAfter: retryAfter(response, this.#now()),
      });
    // Some calls answer nothing; but a page is nobody's success.
    if (body === undefined && (endpoint.answer !== undefined || text.trim() !== ''))
      return unreadableAnswer(name, 'the body is not JSON');
    if (endpoint.answer !== undefined) {
      const mismatch = await this.#checker.mismatch(endpoint.answer, body);
      if (mismatch !== undefined) return unreadableAnswer(name, mismatch);
    }
    // The checker has just proven the shape (or the endpoint declares none).
    return { body: body as Answer, date: dateOf(response) ?? this.#now() };
  }

  async #request<Answer>(endpoint: Endpoint<Answer>, call: Call): Promise<Dispatcher.ResponseData> {
    const { baseUrl, dispatcher, timeout, userAgent } = this.#options;
    const url = new URL(baseUrl.replace(/\/+$/u, '') + endpoint.path);
    for (const [name, value] of Object.entries(call.query ?? {})) url.searchParams.set(name, value);
    const { request } = await import('undici');
    return request(url, {
      dispatcher: await dispatcher(),
      method: endpoint.method,
      headers: {
        accept: 'application/json',
        authorization: basic(call.credentials ?? this.#options.credentials),
        'user-agent': userAgent,
        ...(call.body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      body: call.body === undefined ? null : JSON.stringify(call.body),
      headersTimeout: timeout,
      bodyTimeout: timeout,
      signal: call.signal ?? null,
    });
  }

  #now(): Date {
    return this.#options.clock.now();
  }
}

function describe(endpoint: Endpoint<unknown>): string {
  return `${endpoint.method} ${endpoint.path}`;
}

function basic({ username, accessKey }: Credentials): string {
  return `Basic ${Buffer.from(`${username}:${accessKey.reveal()}`, 'utf8').toString('base64')}`;
}

function header(response: Dispatcher.ResponseData, name: string): string | undefined {
  const value = response.headers[name];
  return Array.isArray(value) ? value[0] : value;
}

function dateOf(response: Dispatcher.ResponseData): Date | undefined {
  const value = header(response, 'date');
  const time = value === undefined ? Number.NaN : Date.parse(value);
  return Number.isNaN(time) ? undefined : new Date(time);
}

/** `Retry-After` in milliseconds, both its forms; never negative. */
function retryAfter(response: Dispatcher.ResponseData, now: Date): number | undefined {
  const value = header(response, 'retry-after');
  if (value === undefined) return undefined;
  const milliseconds = /^\d+$/u.test(value.trim()) ? Number(value) * 1000 : Date.parse(value) - now.getTime();
  return Number.isNaN(milliseconds) ? undefined : Math.max(0, milliseconds);
}
