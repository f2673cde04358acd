// What is known of a call that brought no usable answer: what to tell, whether trying again may help, and above all
// whether the service can have carried it out.

import { durationInWords } from '../duration.ts';
import { Problem, type ProblemDetails } from '../errors.ts';
import { LARGEST_ANSWER } from './exchange.ts';
import { ACCOUNT_MANAGEMENT, limitInWords } from './limits.ts';

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
  /** Who asked. */
  readonly username: string;
}

/** From an answer that is no success. `call` names the endpoint. */
export function statusFailure(status: number, call: string, refusal: Refusal): Failure {
  const { message, own, retryAfter, username } = refusal;
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
      `${call} answered 401. Check username (BROWSERSTACK_USERNAME; the user name, not the e-mail address) and access_key (BROWSERSTACK_ACCESS_KEY); a rotated key dies at once.${pluginHint(username)}${said}`,
      { effect: atTheDoor },
    );
  const limited = status === 429 || (status === 403 && /rate limit exceeded/iu.test(said));
  if (status === 403 && !limited)
    return failure(
      'forbidden',
      'These credentials may not do this',
      `${call} answered 403. The account API needs an Enterprise plan and an Owner or Admin (a Team Admin: for the own team only); user and team calls must also be enabled by BrowserStack Support.${said}`,
      { effect: atTheDoor },
    );
  if (limited)
    return failure(
      'rate_limited',
      'Too many requests for this organization',
      `${call} answered ${status} again and again. The limit (${limitInWords(ACCOUNT_MANAGEMENT)}) is shared by everybody in the organization: wait a minute and try again, or lower requests_per_minute where several pipelines run.${said}`,
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

/** CI plugins of BrowserStack append this to the user name in the variables they set; the account API knows it not. */
const PLUGIN_SUFFIX = /-(?:jenkins|GitHubAction)$/iu;

function pluginHint(username: string): string {
  const [suffix] = PLUGIN_SUFFIX.exec(username) ?? [];
  if (suffix === undefined) return '';
  return ` The user name ends in "${suffix}", which a CI plugin of BrowserStack appends: give it without, in another variable than the plugin sets.`;
}

/** The service asks to wait longer than any run should hang: `wait` is in milliseconds. */
export function asksTooMuch(failure: Failure, wait: number, now: Date): Failure {
  const { code, summary, detail, cause } = failure.problem;
  const until = new Date(now.getTime() + wait);
  // A date beyond what the calendar knows is no promise to anybody.
  const when = Number.isNaN(until.getTime()) ? '' : ` Run again after ${until.toISOString().slice(0, 19)}Z.`;
  const problem = new Problem({
    code,
    summary: `${summary}, and for a long time`,
    detail: `${detail.replace(' again and again', '')} The service asks to wait ${durationInWords(wait / 1000)}, which no run does.${when}`,
    cause,
  });
  return { ...failure, problem };
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
    detail: `${call} was not sent: its turn comes after operation_timeout (${patience / 1000} s) has passed. The account API takes ${limitInWords(ACCOUNT_MANAGEMENT, 'requests')}, for the whole organization. Apply again when others are done (what was made is kept), or raise operation_timeout.`,
  });
  return { problem, effect: 'none', transient: false };
}

/** Whatever says so much is not this API. */
export function answerTooLarge(call: string): Failure {
  return unreadableAnswer(call, `the body is larger than ${LARGEST_ANSWER / 1024 / 1024} MiB`);
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
