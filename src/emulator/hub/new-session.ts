// Opening a session: whose key is in the capabilities, and what they ask for.

import type { Context } from '../context.ts';
import { authenticate, basicCredentials, type Credentials, isShutOut } from '../http/authentication.ts';
import { challenge } from '../http/error-pages.ts';
import { type Answered, withHeaders } from '../http/responses.ts';
import { nameProblem } from '../organization/names.ts';
import type { ServerRequest } from '../transport/request.ts';
import { by, done, type Fields, failed, fieldsOf, isObject, textOr } from './answers.ts';
import type { SessionQueue } from './session-queue.ts';
import { startSession, type WantedSession } from './sessions.ts';

const UNAUTHORIZED = 'Authorization required: invalid user name or key.';

export async function newSession(
  context: Context,
  queue: SessionQueue,
  request: ServerRequest,
  body: Fields,
): Promise<Answered> {
  const capabilities = capabilitiesOf(body);
  if (capabilities === undefined)
    return by(null, failed(400, 'invalid argument', 'capabilities must be an object.'));
  const options = fieldsOf(capabilities['bstack:options']);
  const credentials: Credentials | undefined =
    typeof options.userName === 'string' && typeof options.accessKey === 'string'
      ? { username: options.userName, accessKey: options.accessKey }
      : basicCredentials(request.header('authorization'));
  const username = credentials?.username ?? null;
  const caller = authenticate(context, credentials);
  if (caller === undefined)
    return by(username, withHeaders(failed(401, 'session not created', UNAUTHORIZED), challenge));
  if (isShutOut(context, caller))
    return by(username, failed(403, 'session not created', 'Your account is disabled.'));
  const wanted = wantedSession(capabilities, options);
  const problems = problemsOf(context, wanted);
  if (problems.length > 0) return by(username, failed(400, 'invalid argument', problems.join(' ')));
  const session = await startSession(context, queue, caller, wanted, request.gone);
  if (session.status === 'refused') return by(username, failed(500, 'session not created', session.reason));
  const given = {
    browserName: wanted.browser,
    browserVersion: 'latest',
    platformName: wanted.os,
    acceptInsecureCerts: false,
  };
  return by(username, done({ sessionId: session.id, capabilities: given }));
}

function problemsOf(context: Context, { name, build, project, browser, os }: WantedSession): string[] {
  const named = { sessionName: name, buildName: build, projectName: project, browserName: browser, os };
  return Object.entries(named)
    .map(([capability, given]) => nameProblem(context.behaviours, capability, given))
    .filter((problem) => problem !== undefined);
}

/** The wanted capabilities: what must match, and the first of the alternatives. */
function capabilitiesOf(body: Fields): Fields | undefined {
  const { capabilities, desiredCapabilities } = body;
  if (isObject(capabilities)) {
    const { alwaysMatch, firstMatch } = fieldsOf(capabilities);
    const first = Array.isArray(firstMatch) ? fieldsOf(firstMatch[0]) : {};
    return { ...fieldsOf(alwaysMatch), ...first };
  }
  return isObject(desiredCapabilities) ? fieldsOf(desiredCapabilities) : undefined;
}

function wantedSession(capabilities: Fields, options: Fields): WantedSession {
  return {
    name: textOr(options.sessionName, ''),
    build: textOr(options.buildName, 'Untitled Build'),
    project: textOr(options.projectName, 'Untitled Project'),
    browser: textOr(capabilities.browserName, 'chrome'),
    os: textOr(options.os, 'Windows'),
  };
}
