// WebDriver at the hub: enough of W3C WebDriver for a real client to prove a key and to fill the dashboards.

import { type Context, now } from '../context.ts';
import { readJsonBody } from '../http/body.ts';
import type { Answer, Answered } from '../http/responses.ts';
import { type Exchange, methods, type Route } from '../http/router.ts';
import { Refusal } from '../organization/refusal.ts';
import type { Session } from '../organization/state.ts';
import { by, done, type Fields, failed, fieldsOf, isObject, textOr } from './answers.ts';
import { newSession } from './new-session.ts';
import type { SessionQueue } from './session-queue.ts';
import { endSession } from './sessions.ts';

export interface HubParts {
  readonly context: Context;
  readonly queue: SessionQueue;
  /** Resolves once everything that happened so far is kept. */
  readonly save: () => Promise<void>;
}

type Method = Route['method'];
/** A command to a session that runs. */
type Command = (parts: HubParts, session: Session, body: Fields) => Answer;

const commands: readonly (readonly [Method, string, Command])[] = [
  ['DELETE', '', end],
  ['POST', '/url', visit],
  ['GET', '/url', (_, session) => done(session.url)],
  ['GET', '/title', (_, session) => done(`A page at ${session.url}`)],
  ['POST', '/timeouts', () => done(null)],
  ['GET', '/timeouts', () => done({ script: 30_000, pageLoad: 300_000, implicit: 0 })],
  ['POST', '/execute/sync', execute],
];

/** The routes of `/wd/hub/…`; what WebDriver has beside them is an unknown command. */
export function hubRoutes(parts: HubParts): readonly Route[] {
  const ready = done({ ready: true, message: 'The hub of the local BrowserStack' });
  const sent = (method: Method, path: string, command: Command) =>
    hubRoute(method, `/session/{id}${path}`, (exchange, body) => toSession(parts, exchange, command, body));
  const unknown = commands.filter(([, path]) => path === '').map(([method]) => method);
  return [
    hubRoute('GET', '/status', () => by(null, ready)),
    hubRoute('POST', '/session', async ({ request }, body) => {
      const answered = await newSession(parts.context, parts.queue, request, body);
      await parts.save();
      return answered;
    }),
    ...commands.map(([method, path, command]) => sent(method, path, command)),
    ...methods.filter((method) => !unknown.includes(method)).map((method) => sent(method, '', noBrowser)),
    ...methods.map((method) => sent(method, '/*', noBrowser)),
    ...methods.map((method) =>
      hubRoute(method, '/*', ({ request }) =>
        by(null, failed(404, 'unknown command', `${request.method} ${request.path}`)),
      ),
    ),
  ];
}

type Handler = (exchange: Exchange, body: Fields) => Answered | Promise<Answered>;

function hubRoute(method: Method, path: string, handle: Handler): Route {
  return {
    method,
    path: `/wd/hub${path}`,
    answer: async (exchange) => {
      const body = method === 'POST' ? await readJsonBody(exchange.request) : {};
      if (body instanceof Refusal) return by(null, failed(body.status, 'invalid argument', body.message));
      if (!isObject(body)) return by(null, failed(400, 'invalid argument', 'The body must be an object.'));
      return handle(exchange, fieldsOf(body));
    },
    failed: () => by(null, failed(500, 'unknown error', 'Something went wrong.')),
  };
}

async function toSession(
  parts: HubParts,
  { segments }: Exchange,
  command: Command,
  body: Fields,
): Promise<Answered> {
  const { context, save } = parts;
  const session = context.state.sessions.find(({ id }) => id === segments.id);
  if (session === undefined || session.status !== 'running')
    return by(null, failed(404, 'invalid session id', 'The session does not exist or is over.'));
  session.lastUsedAt = now(context);
  const answer = command(parts, session, body);
  await save();
  return by(session.username, answer);
}

function end({ context, queue }: HubParts, session: Session): Answer {
  endSession(context, queue, session);
  return done(null);
}

function visit(_: HubParts, session: Session, body: Fields): Answer {
  if (typeof body.url !== 'string') return failed(400, 'invalid argument', 'url must be a string.');
  session.url = body.url;
  return done(null);
}

function noBrowser(): Answer {
  return failed(404, 'unknown command', 'The local hub has no browser: only sessions, url and title.');
}

/** `browserstack_executor: {"action":"setSessionStatus","arguments":{"status":"passed"}}`; other scripts need a browser. */
function execute(_: HubParts, session: Session, body: Fields): Answer {
  if (typeof body.script !== 'string') return failed(400, 'invalid argument', 'script must be a string.');
  const [, order] = /^browserstack_executor:(.*)$/s.exec(body.script.trim()) ?? [];
  if (order === undefined) return noBrowser();
  obey(session, order);
  return done(null);
}

function obey(session: Session, order: string): void {
  let parsed: unknown;
  try {
    parsed = JSON.parse(order);
  } catch {
    return; // The service ignores orders it cannot read, too.
  }
  const { action, arguments: given } = fieldsOf(parsed);
  const values = fieldsOf(given);
  if (action === 'setSessionName') session.name = textOr(values.name, session.name);
  if (action !== 'setSessionStatus') return;
  const { status, reason } = values;
  if (status === 'passed' || status === 'failed') session.verdict = status;
  session.reason = textOr(reason, session.reason);
}
