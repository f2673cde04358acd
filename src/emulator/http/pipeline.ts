// The way of one request: fault before → route → who is it → budget → may they → effect → kept → fault after → log.

import type { Caller, Context } from '../context.ts';
import { afterEffect, beforeEffect, type Outcome } from '../faults/effects.ts';
import type { FaultRule, Faults } from '../faults/faults.ts';
import type { SessionQueue } from '../hub/session-queue.ts';
import { HUB_PREFIX, handleHub, hubFailure } from '../hub/webdriver.ts';
import type { RequestLog } from '../inspect/request-log.ts';
import { Refusal, refuse } from '../organization/refusal.ts';
import { authenticate, basicCredentials, isAccessKey, isShutOut } from './authentication.ts';
import { authorizationFailed, nginxPage, unauthorized } from './error-pages.ts';
import type { Operation } from './operation.ts';
import { readJsonBody, readParameters, readQuery } from './parameters.ts';
import type { Budget, Throttle } from './rate-limit.ts';
import { type Answer, html, json } from './responses.ts';
import { Router } from './router.ts';

export interface PipelineParts {
  readonly context: Context;
  readonly operations: readonly Operation[];
  readonly throttle: Throttle;
  readonly faults: Faults;
  readonly requestLog: RequestLog;
  readonly queue: SessionQueue;
  /** Stops listening for a while, so that connections are refused. */
  readonly refuseConnections: (seconds: number) => void;
  /** Resolves once everything that happened so far is kept. */
  readonly save: () => Promise<void>;
  /** Told about failures of our own, for the log. */
  readonly onError: (error: unknown) => void;
}

export class RequestPipeline {
  readonly #parts: PipelineParts;
  readonly #router: Router;

  constructor(parts: PipelineParts) {
    this.#parts = parts;
    this.#router = new Router(parts.operations, parts.context.behaviours);
  }

  async handle(request: Request, address: string): Promise<Outcome> {
    const { faults, requestLog, context } = this.#parts;
    const { pathname } = new URL(request.url);
    const hits = faults.hit(request.method, pathname);
    const { outcome, username } = await this.#outcome(request, pathname, address, hits);
    const given = username ?? basicCredentials(request.headers.get('authorization'))?.username ?? null;
    requestLog.add({
      method: request.method,
      path: pathname,
      status: 'answer' in outcome ? outcome.answer.status : 0,
      username: given !== null && isAccessKey(context, given) ? '***' : given,
      ...(hits.length > 0 ? { faults: hits.map(({ kind }) => kind) } : {}),
    });
    return 'answer' in outcome ? { ...outcome, answer: dated(context, outcome.answer, hits) } : outcome;
  }

  async #outcome(
    request: Request,
    pathname: string,
    address: string,
    hits: readonly FaultRule[],
  ): Promise<{ outcome: Outcome; username?: string | null }> {
    const { context, refuseConnections } = this.#parts;
    const early = await beforeEffect(context, hits, refuseConnections);
    if (early !== undefined) return { outcome: early };
    const { answer, operation, username } = await this.#answer(request, pathname, address, hits);
    const outcome = await afterEffect(context, [...hits, ...lostAnswer(context, operation, answer)], answer);
    return { outcome, ...(username === undefined ? {} : { username }) };
  }

  async #answer(
    request: Request,
    pathname: string,
    address: string,
    hits: readonly FaultRule[],
  ): Promise<{ answer: Answer; operation?: Operation; username?: string | null }> {
    const { context, queue, save } = this.#parts;
    const { behaviours } = context;
    if (pathname.startsWith(`${HUB_PREFIX}/`))
      try {
        return await handleHub(context, queue, request, save);
      } catch (error) {
        this.#parts.onError(error);
        return { answer: hubFailure() };
      }
    const method = request.method === 'HEAD' ? 'GET' : request.method;
    const found = this.#router.find(method, pathname);
    switch (found.kind) {
      case 'unknown-path':
        return {
          answer:
            behaviours['unknown-path'] === 'html' ? nginxPage(404) : json({ message: 'Not found.' }, 404),
        };
      case 'wrong-method': {
        if (behaviours['wrong-method'] === '404') return { answer: nginxPage(404) };
        const page = nginxPage(405);
        return { answer: { ...page, headers: { ...page.headers, Allow: found.allowed.join(', ') } } };
      }
      case 'bad-path':
        return { answer: nginxPage(400) };
      case 'operation': {
        const { operation, segments } = found;
        try {
          const answer = await this.#perform(request, operation, segments, address, hits);
          const shown = answer instanceof Refusal ? json({ message: answer.message }, answer.status) : answer;
          return { answer: shown, operation };
        } catch (error) {
          this.#parts.onError(error);
          return { answer: html(500, 'We are sorry, but something went wrong.\n'), operation };
        }
      }
    }
  }

  async #perform(
    request: Request,
    operation: Operation,
    segments: Readonly<Record<string, string>>,
    address: string,
    hits: readonly FaultRule[],
  ): Promise<Answer | Refusal> {
    const { context, throttle, save } = this.#parts;
    const credentials = basicCredentials(request.headers.get('authorization'));
    const caller = authenticate(context, credentials);
    if (caller === undefined || credentials === undefined)
      return operation.jsonErrors ? authorizationFailed() : unauthorized(context.behaviours);
    const refused = throttle.take(budgetOf(operation, context), credentials.username, address);
    if (refused !== undefined) return refused;
    const denied = this.#denied(operation, caller);
    if (denied !== undefined) return denied;
    const body = operation.readsBody ? await readJsonBody(request) : undefined;
    if (body instanceof Refusal) return body;
    const parameters = operation.readsBody
      ? readQuery(request)
      : await readParameters(request, context.behaviours['parameters-in']);
    if (parameters instanceof Refusal) return parameters;
    const lagSeconds = Math.max(0, ...hits.map((hit) => (hit.kind === 'stale-list' ? hit.seconds : 0)));
    const answer = await operation.handle({ context, caller, parameters, segments, body, lagSeconds });
    if (operation.method !== 'GET' && !(answer instanceof Refusal)) await save();
    return answer;
  }

  #denied(operation: Operation, caller: Caller): Refusal | undefined {
    const { organization } = this.#parts.context.state;
    const { behaviours } = this.#parts.context;
    if (isShutOut(this.#parts.context, caller)) return refuse(403, 'Your account is disabled.');
    if (!operation.enterpriseOnly || (organization.enterprise && organization.apiEnabled)) return undefined;
    const why = organization.enterprise
      ? 'This API is not enabled for your organization. Please contact support.'
      : 'This API is available on the Enterprise plan only.';
    return refuse(behaviours['api-not-enabled'], why);
  }
}

/** The behaviour that loses the answers of calls which must not be repeated blindly. */
function lostAnswer(context: Context, operation: Operation | undefined, answer: Answer): FaultRule[] {
  const how = context.behaviours['lost-answer'];
  if (how === 'never' || !operation?.losable || answer.status >= 300) return [];
  return [how === 'drop' ? { kind: 'drop' } : { kind: 'status', status: Number(how) }];
}

/** The Date header is the injected clock's, not the machine's. */
function dated(context: Context, answer: Answer, hits: readonly FaultRule[]): Answer {
  const skew = hits.reduce((sum, hit) => sum + (hit.kind === 'clock-skew' ? hit.seconds : 0), 0);
  const date = new Date(context.clock.now().getTime() + skew * 1000).toUTCString();
  return { ...answer, headers: { Date: date, ...answer.headers } };
}

function budgetOf({ budget }: Operation, context: Context): Budget {
  return typeof budget === 'function' ? budget(context.behaviours) : budget;
}
