// The way of one request of the API: faults before → its route → faults after → the log.

import type { Context } from '../context.ts';
import { afterEffect, beforeEffect, type Connections, type Outcome } from '../faults/effects.ts';
import type { FaultRule, Faults } from '../faults/faults.ts';
import type { RequestLog } from '../inspect/request-log.ts';
import type { ServerRequest } from '../transport/request.ts';
import { basicCredentials, isAccessKey } from './authentication.ts';
import { nginxPage } from './error-pages.ts';
import { type Answer, type Answered, html, json, withHeaders } from './responses.ts';
import { type Found, type Route, Router } from './router.ts';

/** Characters of path and query. */
const MAXIMUM_TARGET = 16 * 1024;

export interface PipelineParts {
  readonly context: Context;
  readonly routes: readonly Route[];
  readonly faults: Faults;
  readonly requestLog: RequestLog;
  readonly connections: Connections;
  /** Told about failures of our own, for the log. */
  readonly onError: (error: unknown) => void;
}

export class RequestPipeline {
  readonly #parts: PipelineParts;
  readonly #router: Router;

  constructor(parts: PipelineParts) {
    this.#parts = parts;
    const decorated = parts.context.behaviours['path-suffix'] === 'accept';
    this.#router = new Router(parts.routes, { decorated });
  }

  /** Answers a request; `local` is true for what is no part of the API. */
  async handle(request: ServerRequest): Promise<Outcome & { readonly local: boolean }> {
    if (request.path.length + request.search.length > MAXIMUM_TARGET) {
      const answer = dated(this.#parts.context, nginxPage(414), []);
      return { kind: 'answered', answer, local: false };
    }
    const found = this.#router.find(request.method, request.path);
    if (found.kind !== 'route' || found.route.local !== true)
      return { ...(await this.#api(request, found)), local: false };
    const { answer } = await this.#answer(found, request, []);
    return { kind: 'answered', answer: dated(this.#parts.context, answer, []), local: true };
  }

  async #api(request: ServerRequest, found: Found): Promise<Outcome> {
    const { faults, requestLog, context } = this.#parts;
    const hits = faults.hit(request.method, request.path);
    const { outcome, username } = await this.#outcome(request, found, hits);
    const given = username ?? basicCredentials(request.header('authorization'))?.username ?? null;
    requestLog.add({
      method: request.method,
      path: request.path,
      status: 'answer' in outcome ? outcome.answer.status : 0,
      username: given !== null && isAccessKey(context, given) ? '***' : given,
      ...(hits.length > 0 ? { faults: hits.map(({ kind }) => kind) } : {}),
    });
    return 'answer' in outcome ? { ...outcome, answer: dated(context, outcome.answer, hits) } : outcome;
  }

  async #outcome(
    request: ServerRequest,
    found: Found,
    hits: readonly FaultRule[],
  ): Promise<{ readonly outcome: Outcome; readonly username?: string | null }> {
    const { context, connections } = this.#parts;
    const early = await beforeEffect(context, hits, connections);
    if (early !== undefined) return { outcome: early };
    const { answer, ...who } = await this.#answer(found, request, hits);
    const lost = found.kind === 'route' ? lostAnswer(context, found.route, answer) : [];
    return { outcome: await afterEffect(context, [...hits, ...lost], answer, connections.closing), ...who };
  }

  async #answer(found: Found, request: ServerRequest, hits: readonly FaultRule[]): Promise<Answered> {
    if (found.kind !== 'route') return { answer: notRouted(this.#parts.context, found) };
    const { route, segments } = found;
    const lagSeconds = Math.max(0, ...hits.map((hit) => (hit.kind === 'stale-list' ? hit.seconds : 0)));
    try {
      return await route.answer({ request, segments, lagSeconds });
    } catch (error) {
      this.#parts.onError(error);
      return route.failed?.() ?? { answer: html(500, 'We are sorry, but something went wrong.\n') };
    }
  }
}

function notRouted({ behaviours }: Context, found: Exclude<Found, { kind: 'route' }>): Answer {
  switch (found.kind) {
    case 'unknown-path':
      return behaviours['unknown-path'] === 'html' ? nginxPage(404) : json({ message: 'Not found.' }, 404);
    case 'wrong-method':
      if (behaviours['wrong-method'] === '404') return nginxPage(404);
      return withHeaders(nginxPage(405), { Allow: found.allowed.join(', ') });
    case 'bad-path':
      return nginxPage(400);
  }
}

/** The behaviour that loses the answers of calls which must not be repeated blindly. */
function lostAnswer(context: Context, { losable = false }: Route, answer: Answer): FaultRule[] {
  const how = context.behaviours['lost-answer'];
  if (how === 'never' || !losable || answer.status >= 300) return [];
  return [how === 'drop' ? { kind: 'drop' } : { kind: 'status', status: Number(how) }];
}

/** The Date header is the injected clock's, not the machine's. */
function dated(context: Context, answer: Answer, hits: readonly FaultRule[]): Answer {
  const skew = hits.reduce((sum, hit) => sum + (hit.kind === 'clock-skew' ? hit.seconds : 0), 0);
  const date = new Date(context.clock.now().getTime() + skew * 1000).toUTCString();
  return { ...answer, headers: { Date: date, ...answer.headers } };
}
