import { Problem } from '../errors.ts';

/** What is known after an attempt that brought no usable answer. */
export interface Failure {
  readonly problem: Problem;
  /** The service cannot have executed the call: it never arrived, or was turned away at the door. */
  readonly notExecuted: boolean;
  /** Trying again may help. */
  readonly transient: boolean;
  /** Milliseconds the service asked to wait (`Retry-After`). */
  readonly retryAfter?: number;
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
      notExecuted: true,
      transient: true,
    };
  return {
    problem: new Problem({
      code: 'unclear_outcome',
      summary: 'The answer got lost',
      detail: `${call} was sent to ${origin}, but no whole answer came back (${code ?? nameOf(thrown)}).`,
      cause: thrown,
    }),
    notExecuted: false,
    transient: true,
  };
}

/** From an answer that is no success. `message` is the service's own JSON message, if it had one. */
export function statusFailure(
  status: number,
  call: string,
  message: string | undefined,
  retryAfter: number | undefined,
): Failure {
  const said = message === undefined ? '' : ` BrowserStack says: ${message}`;
  if (status === 401)
    return refused(
      'unauthorized',
      'Wrong BrowserStack credentials',
      `${call} answered 401. Check username (BROWSERSTACK_USERNAME; the user name, not the e-mail address) and access_key (BROWSERSTACK_ACCESS_KEY); a rotated key dies at once.${said}`,
    );
  if (status === 403)
    return refused(
      'forbidden',
      'These credentials may not do this',
      `${call} answered 403. The account API needs an Enterprise plan and an Owner or Admin (a Team Admin: for the own team only); user and team calls must also be enabled by BrowserStack Support.${said}`,
    );
  if (status === 429)
    return {
      problem: new Problem({
        code: 'rate_limited',
        summary: 'Too many requests for this organization',
        detail: `${call} answered 429 again and again. The limit (5 at once, then 15 a minute) is shared by everybody in the organization: wait a minute and try again, or lower requests_per_minute where several pipelines run.${said}`,
      }),
      notExecuted: true,
      transient: true,
      ...(retryAfter === undefined ? {} : { retryAfter }),
    };
  if (status === 404) return refused('not_found', 'Not found', `${call} answered 404.${said}`);
  if (status >= 500)
    return {
      problem: new Problem({
        code: 'unclear_outcome',
        summary: 'BrowserStack has a problem',
        detail: `${call} answered ${status}${call.startsWith('GET ') ? '. Nothing was changed; try again in a minute' : '; whether it was carried out is not known'}.${said}`,
      }),
      notExecuted: false,
      transient: true,
      ...(retryAfter === undefined ? {} : { retryAfter }),
    };
  if (status >= 300 && status < 400)
    return refused(
      'unexpected_answer',
      'Redirected',
      `${call} answered ${status}. Redirects are not followed, because they would carry credentials elsewhere: set base_url to the final address.`,
    );
  return refused('invalid_input', 'BrowserStack refused the request', `${call} answered ${status}.${said}`);
}

/** Nothing was sent: the turn would have come after the patience (milliseconds) of the call had ended. */
export function queueTooLong(call: string, patience: number): Problem {
  return new Problem({
    code: 'rate_limited',
    summary: 'The queue for the request budget of the organization is too long',
    detail: `${call} was not sent: its turn comes after operation_timeout (${patience / 1000} s) has passed. The account API takes 5 requests at once, then 15 a minute, for the whole organization. Apply again when others are done (what was made is kept), or raise operation_timeout.`,
  });
}

/** A success that is not what the endpoint promises. For a write this is as unclear as a lost answer. */
export function unreadableAnswer(call: string, reason: string): Failure {
  return {
    problem: new Problem({
      code: 'unexpected_answer',
      summary: 'BrowserStack answered something unexpected',
      detail: `${call}: ${reason}. If base_url is right, the API has changed: please report this.`,
    }),
    notExecuted: false,
    transient: false,
  };
}

function refused(code: Problem['code'], summary: string, detail: string): Failure {
  return { problem: new Problem({ code, summary, detail }), notExecuted: true, transient: false };
}

function errorCode(thrown: unknown): string | undefined {
  for (let error = thrown; error instanceof Error; error = error.cause)
    if ('code' in error && typeof error.code === 'string') return error.code;
  return undefined;
}

function nameOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.name : 'unknown error';
}
