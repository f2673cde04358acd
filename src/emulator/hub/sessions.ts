// Sessions on the hub: each takes one parallel of the caller's pool, waits for one in the queue, or is refused.

import type { Clock } from '../../clock.ts';
import { type Caller, type Context, now, teamOf, usernameOf } from '../context.ts';
import { sendMail } from '../organization/mail.ts';
import { poolOf, sharePool } from '../organization/parallels.ts';
import type { Build, Session } from '../organization/state.ts';
import type { SessionQueue } from './session-queue.ts';

const KEPT_SESSIONS = 5000;

export interface WantedSession {
  readonly name: string;
  readonly build: string;
  readonly project: string;
  readonly browser: string;
  readonly os: string;
}

/** Starts a session, perhaps after a while in the queue; a refused one is kept too, with its reason. */
export async function startSession(
  context: Context,
  queue: SessionQueue,
  caller: Caller,
  wanted: WantedSession,
  gone: AbortSignal,
): Promise<Session> {
  endIdleSessions(context, queue);
  const session = newSession(context, caller, wanted);
  const { maximumQueued, queued } = poolOf(context, caller);
  if (isFree(context, queue, caller, session)) return begin(context, session);
  alert(context, caller);
  if (context.behaviours['hub-at-the-limit'] === 'refuse') return refuseSession(context, session);
  if (queued >= maximumQueued) return refuseSession(context, session);
  session.status = 'queued';
  queue.join(session);
  try {
    const patience = now(context) + context.behaviours['hub-queue-patience'] * 1000;
    for (;;) {
      if (gone.aborted || now(context) >= patience) return refuseSession(context, session);
      if (isFree(context, queue, caller, session)) return begin(context, session);
      await somethingToSee(context, queue, patience, gone);
      endIdleSessions(context, queue);
    }
  } finally {
    queue.leave(session);
  }
}

export function endSession(context: Context, queue: SessionQueue, session: Session): void {
  if (session.status !== 'running') return;
  session.status = session.verdict ?? 'done';
  session.endedAt = now(context);
  queue.tell();
}

/** A client that crashed does not hold its parallel for ever. */
export function endIdleSessions(context: Context, queue: SessionQueue): void {
  const horizon = now(context) - idleMilliseconds(context);
  const idle = context.state.sessions.filter(
    (session) => session.status === 'running' && session.lastUsedAt <= horizon,
  );
  for (const session of idle) {
    session.status = 'timeout';
    session.endedAt = now(context);
  }
  if (idle.length > 0) queue.tell();
}

function newSession(context: Context, caller: Caller, wanted: WantedSession): Session {
  const { state, random } = context;
  const at = now(context);
  const session: Session = {
    id: random.hexadecimals(40),
    name: wanted.name,
    buildId: buildOf(context, caller, wanted).id,
    status: 'refused',
    verdict: null,
    reason: '',
    username: usernameOf(caller),
    owner: caller.kind === 'user' ? caller.user.fullName : caller.account.identifier,
    team: teamOf(caller),
    browser: wanted.browser,
    os: wanted.os,
    url: 'about:blank',
    startedAt: at,
    lastUsedAt: at,
    endedAt: null,
  };
  state.sessions.push(session);
  if (state.sessions.length > KEPT_SESSIONS) forgetOldSessions(context);
  return session;
}

function buildOf(context: Context, caller: Caller, { build, project }: WantedSession): Build {
  const team = teamOf(caller);
  const known = context.state.builds.find(
    (other) => other.name === build && other.project === project && other.team === team,
  );
  if (known !== undefined) return known;
  const made: Build = {
    id: context.random.hexadecimals(40),
    name: build,
    project,
    team,
    startedAt: now(context),
  };
  context.state.builds.push(made);
  return made;
}

function isFree(context: Context, queue: SessionQueue, caller: Caller, session: Session): boolean {
  const before = queue.before(session).filter(({ team }) => sharePool(context, team, teamOf(caller))).length;
  const { running, maximumOfTeam } = poolOf(context, caller);
  return running + before < maximumOfTeam;
}

function begin(context: Context, session: Session): Session {
  session.status = 'running';
  session.startedAt = now(context);
  session.lastUsedAt = now(context);
  return session;
}

function refuseSession(context: Context, session: Session): Session {
  session.status = 'refused';
  session.endedAt = now(context);
  session.reason = 'All parallel tests are currently in use, including the queued tests.';
  return session;
}

/** People are told by e-mail that their parallels are used up; service accounts get no e-mail. */
function alert(context: Context, caller: Caller): void {
  if (caller.kind === 'user') sendMail(context, caller.user.email, 'All your parallel tests are in use');
}

/** Resolves at a change in the queue, at the next session that goes idle, or when patience ends. */
async function somethingToSee(
  context: Context,
  queue: SessionQueue,
  patience: number,
  gone: AbortSignal,
): Promise<void> {
  const running = context.state.sessions.filter(({ status }) => status === 'running');
  const idleAt = running.map(({ lastUsedAt }) => lastUsedAt + idleMilliseconds(context));
  const next = Math.min(patience, ...idleAt);
  const enough = new AbortController();
  const stop = () => enough.abort();
  gone.addEventListener('abort', stop, { once: true });
  await Promise.race([queue.changed(), sleepUntil(context.clock, next - now(context), enough.signal)]);
  gone.removeEventListener('abort', stop);
  enough.abort();
}

/** Sleeps, or stops sleeping without complaint. */
function sleepUntil(clock: Clock, milliseconds: number, signal: AbortSignal): Promise<void> {
  return clock.sleep(Math.max(0, milliseconds), signal).catch(() => {});
}

function idleMilliseconds(context: Context): number {
  return context.behaviours['hub-idle-timeout'] * 1000;
}

function forgetOldSessions(context: Context): void {
  const { state } = context;
  const alive = ({ status }: Session) => status === 'running' || status === 'queued';
  const ended = state.sessions.filter((session) => !alive(session));
  const dropped = new Set(ended.slice(0, Math.floor(KEPT_SESSIONS / 10)));
  state.sessions = state.sessions.filter((session) => !dropped.has(session));
  const used = new Set(state.sessions.map(({ buildId }) => buildId));
  state.builds = state.builds.filter(({ id }) => used.has(id));
}
