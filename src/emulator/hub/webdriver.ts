// WebDriver at the hub: enough of W3C WebDriver for a real client to prove a key and to fill the dashboards.

import { type Context, now } from '../context.ts';
import { authenticate, basicCredentials, type Credentials, isShutOut } from '../http/authentication.ts';
import { readJsonBody } from '../http/parameters.ts';
import { type Answer, type Json, json } from '../http/responses.ts';
import { nameProblem } from '../organization/names.ts';
import { Refusal } from '../organization/refusal.ts';
import type { Session } from '../organization/state.ts';
import type { SessionQueue } from './session-queue.ts';
import { endSession, startSession, type WantedSession } from './sessions.ts';

export const HUB_PREFIX = '/wd/hub';

export interface HubAnswer {
  readonly answer: Answer;
  /** Who asked, when the request itself says so. */
  readonly username: string | null;
}

/** Answers one request to `/wd/hub/…`. */
export async function handleHub(
  context: Context,
  queue: SessionQueue,
  request: Request,
  save: () => Promise<void>,
): Promise<HubAnswer> {
  const path = new URL(request.url).pathname.slice(HUB_PREFIX.length);
  const body = request.method === 'POST' ? await readJsonBody(request) : undefined;
  if (body instanceof Refusal) return by(null, failed(400, 'invalid argument', body.message));
  if (request.method === 'GET' && path === '/status')
    return by(null, done({ ready: true, message: 'The hub of the local BrowserStack' }));
  if (request.method === 'POST' && path === '/session') {
    const answer = await newSession(context, queue, request, body);
    await save();
    return answer;
  }
  const [, id = '', command = ''] = /^\/session\/([^/]+)(?:\/(.*))?$/.exec(path) ?? [];
  if (id === '') return by(null, failed(404, 'unknown command', `${request.method} ${path}`));
  const session = context.state.sessions.find((other) => other.id === id);
  if (session === undefined || session.status !== 'running')
    return by(null, failed(404, 'invalid session id', 'The session does not exist or is over.'));
  session.lastUsedAt = now(context);
  const answer = perform(context, queue, session, request.method, command, fieldsOf(body));
  await save();
  return by(session.username, answer);
}

async function newSession(
  context: Context,
  queue: SessionQueue,
  request: Request,
  body: unknown,
): Promise<HubAnswer> {
  const capabilities = capabilitiesOf(body);
  if (capabilities === undefined)
    return by(null, failed(400, 'invalid argument', 'capabilities must be an object.'));
  const options = fieldsOf(capabilities['bstack:options']);
  const credentials: Credentials | undefined =
    typeof options.userName === 'string' && typeof options.accessKey === 'string'
      ? { username: options.userName, accessKey: options.accessKey }
      : basicCredentials(request.headers.get('authorization'));
  const username = credentials?.username ?? null;
  const caller = authenticate(context, credentials);
  if (caller === undefined)
    return by(
      username,
      failed(401, 'session not created', 'Authorization required: invalid user name or key.'),
    );
  if (isShutOut(context, caller))
    return by(username, failed(403, 'session not created', 'Your account is disabled.'));
  const wanted = wantedSession(capabilities, options);
  const { name, build, project, browser, os } = wanted;
  const problems = Object.entries({
    sessionName: name,
    buildName: build,
    projectName: project,
    browserName: browser,
    os,
  })
    .map(([capability, given]) => nameProblem(context.behaviours, capability, given))
    .filter((problem) => problem !== undefined);
  if (problems.length > 0) return by(username, failed(400, 'invalid argument', problems.join(' ')));
  const session = await startSession(context, queue, caller, wanted, request.signal);
  if (session.status === 'refused') return by(username, failed(500, 'session not created', session.reason));
  const given = {
    browserName: browser,
    browserVersion: 'latest',
    platformName: os,
    acceptInsecureCerts: false,
  };
  return by(username, done({ sessionId: session.id, capabilities: given }));
}

function perform(
  context: Context,
  queue: SessionQueue,
  session: Session,
  method: string,
  command: string,
  body: Fields,
): Answer {
  switch (`${method} ${command}`) {
    case 'DELETE ':
      endSession(context, queue, session);
      return done(null);
    case 'POST url':
      session.url = text(body.url, 'about:blank');
      return done(null);
    case 'GET url':
      return done(session.url);
    case 'GET title':
      return done(`A page at ${session.url}`);
    case 'POST timeouts':
      return done(null);
    case 'GET timeouts':
      return done({ script: 30_000, pageLoad: 300_000, implicit: 0 });
    case 'POST execute/sync':
      execute(session, text(body.script, ''));
      return done(null);
    default:
      return failed(404, 'unknown command', 'The local hub has no browser: only sessions, url and title.');
  }
}

/** `browserstack_executor: {"action":"setSessionStatus","arguments":{"status":"passed"}}`; other scripts do nothing. */
function execute(session: Session, script: string): void {
  const [, order = ''] = /^browserstack_executor:(.*)$/s.exec(script.trim()) ?? [];
  if (order === '') return;
  let parsed: unknown;
  try {
    parsed = JSON.parse(order);
  } catch {
    return; // The service ignores orders it cannot read, too.
  }
  const { action, arguments: given } = fieldsOf(parsed);
  const values = fieldsOf(given);
  if (action === 'setSessionName') session.name = text(values.name, session.name);
  if (action !== 'setSessionStatus') return;
  const { status, reason } = values;
  if (status === 'passed' || status === 'failed') session.verdict = status;
  session.reason = text(reason, session.reason);
}

type Fields = Readonly<Record<string, unknown>>;

function fieldsOf(value: unknown): Fields {
  // Any object can be asked for any name; what comes back is checked where it is used.
  return typeof value === 'object' && value !== null ? (value as Fields) : {};
}

function text(value: unknown, otherwise: string): string {
  return typeof value === 'string' ? value : otherwise;
}

/** The wanted capabilities: what must match, and the first of the alternatives. */
function capabilitiesOf(body: unknown): Fields | undefined {
  const { capabilities, desiredCapabilities } = fieldsOf(body);
  if (typeof capabilities === 'object' && capabilities !== null) {
    const { alwaysMatch, firstMatch } = fieldsOf(capabilities);
    const first = Array.isArray(firstMatch) ? fieldsOf(firstMatch[0]) : {};
    return { ...fieldsOf(alwaysMatch), ...first };
  }
  return typeof desiredCapabilities === 'object' && desiredCapabilities !== null
    ? fieldsOf(desiredCapabilities)
    : undefined;
}

function wantedSession(capabilities: Fields, options: Fields): WantedSession {
  return {
    name: text(options.sessionName, ''),
    build: text(options.buildName, 'Untitled Build'),
    project: text(options.projectName, 'Untitled Project'),
    browser: text(capabilities.browserName, 'chrome'),
    os: text(options.os, 'Windows'),
  };
}

/** What the hub says when it is the hub that failed. */
export function hubFailure(): Answer {
  return failed(500, 'unknown error', 'Something went wrong.');
}

function done(value: Json): Answer {
  return json({ value });
}

function failed(status: number, error: string, message: string): Answer {
  return json({ value: { error, message, stacktrace: '' } }, status);
}

function by(username: string | null, answer: Answer): HubAnswer {
  return { answer, username };
}
