// Sessions on the hub: each takes one parallel of the caller's pool, waits for one in line, or is refused.

import type { Clock } from '../../clock.ts';
import { sendMail } from '../mail.ts';
import { poolOf, sharePool } from '../parallels.ts';
import type { Build, Session } from '../state.ts';
import { type Caller, now, teamOf, usernameOf, type World } from '../world.ts';

const KEPT_SESSIONS = 5000;

export interface WantedSession {
  readonly name: string;
  readonly build: string;
  readonly project: string;
  readonly browser: string;
  readonly os: string;
}

/** Who waits in line, oldest first, and how to tell them that something changed. */
export class Line {
  #waiting: Session[] = [];
  #watchers: (() => void)[] = [];

  join(session: Session): void {
    this.#waiting.push(session);
  }

  leave(session: Session): void {
    this.#waiting = this.#waiting.filter((other) => other !== session);
    this.tell();
  }

  /** The sessions that asked before this one; for a newcomer, everybody in line. */
  before(session: Session): readonly Session[] {
    const place = this.#waiting.indexOf(session);
    return place < 0 ? this.#waiting : this.#waiting.slice(0, place);
  }

  /** Something changed: everybody in line looks again. */
  tell(): void {
    const watchers = this.#watchers;
    this.#watchers = [];
    for (const watcher of watchers) watcher();
  }

  changed(): Promise<void> {
    return new Promise((resolve) => this.#watchers.push(resolve));
  }
}

/** Starts a session, perhaps after a while in line; a refused one is kept too, with its reason. */
export async function startSession(
  world: World,
  line: Line,
  caller: Caller,
  wanted: WantedSession,
  gone: AbortSignal,
): Promise<Session> {
  endIdleSessions(world, line);
  const session = newSession(world, caller, wanted);
  const { maximumQueued, queued } = poolOf(world, caller);
  if (isFree(world, line, caller, session)) return begin(world, session);
  alert(world, caller);
  if (world.behaviours['hub-at-the-limit'] === 'refuse') return refuseSession(world, session);
  if (queued >= maximumQueued) return refuseSession(world, session);
  session.status = 'queued';
  line.join(session);
  try {
    const patience = now(world) + world.behaviours['hub-queue-patience'] * 1000;
    for (;;) {
      if (gone.aborted || now(world) >= patience) return refuseSession(world, session);
      if (isFree(world, line, caller, session)) return begin(world, session);
      await somethingToSee(world, line, patience, gone);
      endIdleSessions(world, line);
    }
  } finally {
    line.leave(session);
  }
}

export function endSession(world: World, line: Line, session: Session): void {
  if (session.status !== 'running') return;
  session.status = session.verdict ?? 'done';
  session.endedAt = now(world);
  line.tell();
}

/** A client that crashed does not hold its parallel for ever. */
export function endIdleSessions(world: World, line: Line): void {
  const horizon = now(world) - idleMilliseconds(world);
  const idle = world.state.sessions.filter(
    (session) => session.status === 'running' && session.lastUsedAt <= horizon,
  );
  for (const session of idle) {
    session.status = 'timeout';
    session.endedAt = now(world);
  }
  if (idle.length > 0) line.tell();
}

function newSession(world: World, caller: Caller, wanted: WantedSession): Session {
  const { state, random } = world;
  const at = now(world);
  const session: Session = {
    id: random.hexadecimals(40),
    name: wanted.name,
    buildId: buildOf(world, caller, wanted).id,
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
  if (state.sessions.length > KEPT_SESSIONS) forgetOldSessions(world);
  return session;
}

function buildOf(world: World, caller: Caller, { build, project }: WantedSession): Build {
  const team = teamOf(caller);
  const known = world.state.builds.find(
    (other) => other.name === build && other.project === project && other.team === team,
  );
  if (known !== undefined) return known;
  const made: Build = {
    id: world.random.hexadecimals(40),
    name: build,
    project,
    team,
    startedAt: now(world),
  };
  world.state.builds.push(made);
  return made;
}

function isFree(world: World, line: Line, caller: Caller, session: Session): boolean {
  const before = line.before(session).filter(({ team }) => sharePool(world, team, teamOf(caller))).length;
  const { running, maximumOfTeam } = poolOf(world, caller);
  return running + before < maximumOfTeam;
}

function begin(world: World, session: Session): Session {
  session.status = 'running';
  session.startedAt = now(world);
  session.lastUsedAt = now(world);
  return session;
}

function refuseSession(world: World, session: Session): Session {
  session.status = 'refused';
  session.endedAt = now(world);
  session.reason = 'All parallel tests are currently in use, including the queued tests.';
  return session;
}

/** People are told by e-mail that their parallels are used up; service accounts get no e-mail. */
function alert(world: World, caller: Caller): void {
  if (caller.kind === 'user') sendMail(world, caller.user.email, 'All your parallel tests are in use');
}

/** Resolves at a change in line, at the next session that goes idle, or when patience ends. */
async function somethingToSee(world: World, line: Line, patience: number, gone: AbortSignal): Promise<void> {
  const running = world.state.sessions.filter(({ status }) => status === 'running');
  const idleAt = running.map(({ lastUsedAt }) => lastUsedAt + idleMilliseconds(world));
  const next = Math.min(patience, ...idleAt);
  const enough = new AbortController();
  const stop = () => enough.abort();
  gone.addEventListener('abort', stop, { once: true });
  await Promise.race([line.changed(), sleepUntil(world.clock, next - now(world), enough.signal)]);
  gone.removeEventListener('abort', stop);
  enough.abort();
}

/** Sleeps, or stops sleeping without complaint. */
function sleepUntil(clock: Clock, milliseconds: number, signal: AbortSignal): Promise<void> {
  return clock.sleep(Math.max(0, milliseconds), signal).catch(() => {});
}

function idleMilliseconds(world: World): number {
  return world.behaviours['hub-idle-timeout'] * 1000;
}

function forgetOldSessions(world: World): void {
  const { state } = world;
  const alive = ({ status }: Session) => status === 'running' || status === 'queued';
  const ended = state.sessions.filter((session) => !alive(session));
  const dropped = new Set(ended.slice(0, Math.floor(KEPT_SESSIONS / 10)));
  state.sessions = state.sessions.filter((session) => !dropped.has(session));
  const used = new Set(state.sessions.map(({ buildId }) => buildId));
  state.builds = state.builds.filter(({ id }) => used.has(id));
}
