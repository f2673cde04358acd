// What is known of a call that brought no usable answer: what to tell, whether trying again may help, and above all
// whether the service can have carried it out.

import { Problem, type ProblemDetails } from '../errors.ts';

/** What a failed call has done. Whatever an answer says, it may come after the effect: few may be believed. */
export type Effect =
  /** None, for certain: the call never arrived, or the service itself turned it away at the door (401, 403, 429). */
  | 'none'
  /** The service itself refused. That should mean none; only looking tells. */
  | 'refused'
  /** The answer got lost, cannot be read, or comes from something in between. */
  | 'unknown';

/** What is known after an attempt that brought no usable answer. */
export interface Failure {
  readonly problem: Problem;
  readonly effect: Effect;
  /** Trying again may help. */
  readonly transient: boolean;
  /** Milliseconds the service asked to wait (`Retry-After`). */
  readonly retryAfter?: number;
}

/** A call that failed, all its attempts taken together. */
export class CallFailed extends Problem {
  readonly effect: Effect;

  constructor(details: ProblemDetails, effect: Effect) {
    super(details);
    this.effect = effect;
  }
}

/** What an answer that is no success says, apart from its status. */
export interface Refusal {
  /** The service's own JSON message, if it had one. */
  readonly message: string | undefined;
  /** Whether the answer has a form of the service's own. */
  readonly own: boolean;
  /** Milliseconds to wait (`Retry-After`). */
  readonly retryAfter: number | undefined;
}

/** System and undici codes of failures that happen before anything was sent. */
const NEVER_SENT = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'CERT_HAS_EXPIRED',
]);

/** From an error thrown by the transport. `call` names the endpoint, e.g. `GET /user/service-accounts`. */
export function transportFailure(thrown: unknown, call: string, origin: string): Failure {
  const code = errorCode(thrown);
  if (code !== undefined && NEVER_SENT.has(code))
    return {
      problem: new Problem({
        code: 'unreachable',
        summary: 'BrowserStack cannot be reached',
        detail: `No connection to ${origin} for ${call} (${code}). Check base_url (BROWSERSTACK_API_URL), the network, and HTTPS_PROXY/NO_PROXY if a proxy stands in between.`,
        cause: thrown,
      }),
      effect: 'none',
      transient: true,
    };
  return {
    problem: new Problem({
      code: 'unclear_outcome',
      summary: 'The answer got lost',
      detail: `${call} was sent to ${origin}, but no whole answer came back (${code ?? nameOf(thrown)}).`,
      cause: thrown,
    }),
    effect: 'unknown',
    transient: true,
  };
}

/** From an answer that is no success. `call` names the endpoint. */
export function statusFailure(status: number, call: string, { message, own, retryAfter }: Refusal): Failure {
  const said = `${own ? '' : ' The answer has none of the forms of the API: something in between may have given it.'}${message === undefined ? '' : ` BrowserStack says: ${message}`}`;
  const atTheDoor = own ? 'none' : 'unknown';
  const failure = (
    code: Problem['code'],
    summary: string,
    detail: string,
    more: Partial<Failure> = {},
  ): Failure => ({
    problem: new Problem({ code, summary, detail }),
    effect: 'unknown',
    transient: false,
    ...(retryAfter === undefined ? {} : { retryAfter }),
    ...more,
  });
  if (status === 401)
    return failure(
      'unauthorized',
      'Wrong BrowserStack credentials',
      `${call} answered 401. Check username (BROWSERSTACK_USERNAME; the user name, not the e-mail address) and access_key (BROWSERSTACK_ACCESS_KEY); a rotated key dies at once.${said}`,
      { effect: atTheDoor },
    );
  if (status === 403)
    return failure(
      'forbidden',
      'These credentials may not do this',
      `${call} answered 403. The account API needs an Enterprise plan and an Owner or Admin (a Team Admin: for the own team only); user and team calls must also be enabled by BrowserStack Support.${said}`,
      { effect: atTheDoor },
    );
  if (status === 429)
    return failure(
      'rate_limited',
      'Too many requests for this organization',
      `${call} answered 429 again and again. The limit (5 at once, then 15 a minute) is shared by everybody in the organization: wait a minute and try again, or lower requests_per_minute where several pipelines run.${said}`,
      { effect: atTheDoor, transient: true },
    );
  // 408 is what a gateway says that has waited for the rest.
  if (status >= 500 || status === 408)
    return failure(
      'unclear_outcome',
      'BrowserStack has a problem',
      `${call} answered ${status}${call.startsWith('GET ') ? '. Nothing was changed; try again in a minute' : '; whether it was carried out is not known'}.${said}`,
      { transient: true },
    );
  if (status >= 300 && status < 400)
    return failure(
      'unexpected_answer',
      'Redirected',
      `${call} answered ${status}. Redirects are not followed, because they would carry credentials elsewhere: set base_url to the final address.`,
    );
  const [code, summary] =
    status === 404
      ? (['not_found', 'Not found'] as const)
      : (['invalid_input', 'BrowserStack refused the request'] as const);
  return failure(code, summary, `${call} answered ${status}.${said}`, {
    effect: own ? 'refused' : 'unknown',
  });
}

/** Which of two effects is the less certain to be none. */
export function worse(a: Effect, b: Effect): Effect {
  const order: readonly Effect[] = ['none', 'refused', 'unknown'];
  return order.indexOf(a) > order.indexOf(b) ? a : b;
}

/** Nothing was sent: the turn would have come after the patience (milliseconds) of the call had ended. */
export function queueTooLong(call: string, patience: number): Failure {
  const problem = new Problem({
    code: 'rate_limited',
    summary: 'The queue for the request budget of the organization is too long',
    detail: `${call} was not sent: its turn comes after operation_timeout (${patience / 1000} s) has passed. The account API takes 5 requests at once, then 15 a minute, for the whole organization. Apply again when others are done (what was made is kept), or raise operation_timeout.`,
  });
  return { problem, effect: 'none', transient: false };
}

/** A success that is not what the endpoint promises. For a write this is as unclear as a lost answer. */
export function unreadableAnswer(call: string, reason: string): Failure {
  return {
    problem: new Problem({
      code: 'unexpected_answer',
      summary: 'BrowserStack answered something unexpected',
      detail: `${call}: ${reason}. If base_url is right, the API has changed: please report this.`,
    }),
    effect: 'unknown',
    transient: false,
  };
}

function errorCode(thrown: unknown): string | undefined {
  for (let error = thrown; error instanceof Error; error = error.cause)
    if ('code' in error && typeof error.code === 'string') return error.code;
  return undefined;
}

function nameOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.name : 'unknown error';
}
