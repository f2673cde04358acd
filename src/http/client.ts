// One HTTP request and its honest outcome: an answer that was checked, or a Problem that says whether the call can
// have been executed. Knows endpoints, budgets and repeatability; knows no noun.

import type { Clock } from '../clock.ts';
import { Problem } from '../errors.ts';
import type { Secret } from '../secret.ts';
import { AnswerChecker, isOwn, messageOf, tryParseJson } from './answer.ts';
import type { BudgetName, Endpoint } from './endpoint.ts';
import { AnswerTooLarge, exchange, NoAnswer, type RawAnswer } from './exchange.ts';
import {
  answerTooLarge,
  asksTooMuch,
  CallFailed,
  type Effect,
  type Failure,
  queueTooLong,
  statusFailure,
  unreadableAnswer,
  worse,
} from './failure.ts';
import { requestsPerMinute } from './rate-policy.ts';
import { LONGEST_ASKED_WAIT, retryDelay } from './retry.ts';
import type { TokenBucket } from './token-bucket.ts';
import { type Network, transportFailure } from './transport-failure.ts';

export interface Credentials {
  readonly username: string;
  readonly accessKey: Secret;
}

export interface HttpClientOptions {
  readonly baseUrl: string;
  readonly credentials: Credentials;
  readonly network: Network;
  readonly budgets: Readonly<Record<BudgetName, TokenBucket>>;
  /** Whether a server may say how many requests it takes; false where the user said it. */
  readonly followsPolicy: boolean;
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
  /**
   * Ends the run: reads and waits that name no signal of their own are given up, as long as the run has written
   * nothing. After a write they may be what finds out what became of it.
   */
  readonly signal?: AbortSignal | undefined;
}

export interface Call {
  readonly query?: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  readonly body?: object;
  /** Instead of the client's own: the rotation call authenticates as the account it rotates. */
  readonly credentials?: Credentials;
  /** Ends waiting, and a read wherever it is. A write that was sent is never cut off: its answer is awaited. */
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
  #wrote = false;

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
    const signal = call.signal ?? (this.#wrote ? undefined : this.#options.signal);
    const reads = endpoint.method === 'GET';
    /** Of all attempts together: a clear refusal says nothing about the attempts before it. */
    let effect: Effect = 'none';
    const failed = ({ problem: { code, summary, detail, cause } }: Failure) =>
      new CallFailed({ code, summary, detail, cause }, effect);
    for (let attempt = 0; ; attempt += 1) {
      const turn = await budget.take({
        ...(signal === undefined ? {} : { signal }),
        deadline,
        onWait: (wait) => call.onWait?.(wait, 'the request budget of the organization'),
      });
      if (turn === undefined) throw failed(queueTooLong(describe(endpoint), patience));
      if (!reads) this.#wrote = true;
      const outcome = await this.#attempt(endpoint, call, reads ? signal : undefined);
      await budget.answered(turn);
      if ('body' in outcome) return outcome;
      effect = worse(effect, outcome.effect);
      const delay = retryDelay(attempt, outcome, random());
      if (outcome.problem.code === 'rate_limited')
        await budget.penalize(Math.min(delay, LONGEST_ASKED_WAIT), turn);
      const repeatable = outcome.transient && (endpoint.repeatable || outcome.effect === 'none');
      if (repeatable && delay > LONGEST_ASKED_WAIT) throw failed(asksTooMuch(outcome, delay, clock.now()));
      const over = attempt >= maxRetries || clock.now().getTime() + delay > deadline;
      if (!repeatable || over) throw failed(outcome);
      call.onWait?.(delay, `${describe(endpoint)}: ${outcome.problem.summary}`);
      await clock.sleep(delay, signal);
    }
  }

  async #attempt<Answer>(
    endpoint: Endpoint<Answer>,
    call: Call,
    signal: AbortSignal | undefined,
  ): Promise<Received<Answer> | Failure> {
    const name = describe(endpoint);
    let answer: RawAnswer;
    try {
      answer = await this.#exchange(endpoint, call, signal);
    } catch (thrown) {
      // The way to the network could not be laid out: nothing was sent.
      if (thrown instanceof Problem) return { problem: thrown, effect: 'none', transient: false };
      if (!(thrown instanceof NoAnswer)) throw thrown;
      if (thrown.cause instanceof AnswerTooLarge) return answerTooLarge(name);
      return transportFailure(thrown, name, this.#options);
    }
    const { status, headers, text } = answer;
    this.#follow(endpoint, headers);
    const body = tryParseJson(text);
    if (status < 200 || status >= 300)
      return statusFailure(status, name, {
        message: messageOf(body ?? text),
        own: isOwn(text),
        retryAfter: retryAfter(headers, this.#now()),
        username: (call.credentials ?? this.#options.credentials).username,
      });
    if (text === undefined) return unreadableAnswer(name, 'the body is not valid UTF-8');
    // Some calls answer nothing; but a page is nobody's success.
    if (body === undefined && (endpoint.answer !== undefined || text.trim() !== ''))
      return unreadableAnswer(name, 'the body is not JSON');
    if (endpoint.answer !== undefined) {
      const mismatch = await this.#checker.mismatch(endpoint.answer, body);
      if (mismatch !== undefined) return unreadableAnswer(name, mismatch);
    }
    // The checker has just proven the shape (or the endpoint declares none).
    return { body: body as Answer, date: dateOf(headers) ?? this.#now() };
  }

  async #exchange(
    endpoint: Endpoint<unknown>,
    call: Call,
    signal: AbortSignal | undefined,
  ): Promise<RawAnswer> {
    const { baseUrl, network, timeout, userAgent } = this.#options;
    const url = new URL(baseUrl.replace(/\/+$/u, '') + endpoint.path);
    for (const [name, value] of Object.entries(call.query ?? {})) url.searchParams.set(name, value);
    return exchange(await network.dispatcher(), url, {
      method: endpoint.method,
      headers: {
        accept: 'application/json',
        authorization: basic(call.credentials ?? this.#options.credentials),
        'user-agent': userAgent,
        ...(call.body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      body: call.body === undefined ? null : JSON.stringify(call.body),
      timeout,
      signal,
    });
  }

  /** A server may say how many requests it takes, where the user did not. */
  #follow({ budget }: Endpoint<unknown>, headers: Headers): void {
    const { followsPolicy, budgets } = this.#options;
    const perMinute = followsPolicy ? requestsPerMinute(header(headers, 'ratelimit-policy')) : undefined;
    if (perMinute !== undefined) budgets[budget].follow(perMinute);
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

type Headers = RawAnswer['headers'];

function header(headers: Headers, name: string): string | undefined {
  const value = headers[name];
  return typeof value === 'object' ? value[0] : value;
}

function dateOf(headers: Headers): Date | undefined {
  const value = header(headers, 'date');
  const time = value === undefined ? Number.NaN : Date.parse(value);
  return Number.isNaN(time) ? undefined : new Date(time);
}

/** `Retry-After` in milliseconds, both its forms; never negative. */
function retryAfter(headers: Headers, now: Date): number | undefined {
  const value = header(headers, 'retry-after');
  if (value === undefined) return undefined;
  const milliseconds = /^\d+$/u.test(value.trim()) ? Number(value) * 1000 : Date.parse(value) - now.getTime();
  return Number.isNaN(milliseconds) ? undefined : Math.max(0, milliseconds);
}
