import type { Context } from '../context.ts';
import type { Operation } from '../http/operation.ts';
import { type Json, json } from '../http/responses.ts';
import { seesDataOf } from '../organization/projects.ts';
import { refuse } from '../organization/refusal.ts';
import type { Build, Session } from '../organization/state.ts';

const text = { type: 'string' };
const SOURCE = 'automate/api-reference/selenium/build and …/session';
const limit = { name: 'limit', description: 'At most so many. Default 10, at most 100.' };

const buildSchema = {
  type: 'object',
  required: ['automation_build'],
  properties: {
    automation_build: {
      type: 'object',
      required: ['name', 'hashed_id', 'status'],
      properties: { name: text, hashed_id: text, status: text, duration: { type: ['integer', 'null'] } },
    },
  },
};
const sessionSchema = {
  type: 'object',
  required: ['automation_session'],
  properties: {
    automation_session: {
      type: 'object',
      required: ['name', 'hashed_id', 'status', 'build_name', 'project_name', 'browser', 'os'],
      properties: {
        name: text,
        hashed_id: text,
        status: text,
        reason: text,
        build_name: text,
        project_name: text,
        browser: text,
        os: text,
        duration: { type: ['integer', 'null'] },
      },
    },
  },
};

const builds: Operation = {
  id: 'listBuilds',
  method: 'GET',
  path: '/automate/builds.json',
  budget: 'automate',
  source: SOURCE,
  summary: 'Builds the caller may see, the newest first.',
  certainty: 'documented',
  parameters: [limit],
  answers: { type: 'array', items: buildSchema },
  handle: ({ context, caller, parameters }) => {
    const seen = context.state.builds.filter((build) => seesDataOf(context, caller, build.team));
    return json(newest(seen, parameters.get('limit')).map((build) => buildOnTheWire(context, build)));
  },
};

const sessions: Operation = {
  id: 'listSessions',
  method: 'GET',
  path: '/automate/builds/{build}/sessions.json',
  budget: 'automate',
  source: SOURCE,
  summary: 'Sessions of a build, the newest first.',
  certainty: 'documented',
  parameters: [limit],
  answers: { type: 'array', items: sessionSchema },
  handle: ({ context, caller, segments, parameters }) => {
    const build = context.state.builds.find(({ id }) => id === segments.build);
    if (build === undefined || !seesDataOf(context, caller, build.team))
      return refuse(404, 'Build not found.');
    const seen = context.state.sessions.filter(({ buildId }) => buildId === build.id);
    return json(newest(seen, parameters.get('limit')).map((session) => sessionOnTheWire(context, session)));
  },
};

const session: Operation = {
  id: 'getSession',
  method: 'GET',
  path: '/automate/sessions/{session}',
  budget: 'automate',
  source: SOURCE,
  summary: 'One session, by its id with .json behind.',
  certainty: 'documented',
  answers: sessionSchema,
  handle: ({ context, caller, segments }) => {
    const id = segments.session?.replace(/\.json$/, '');
    const found = context.state.sessions.find((other) => other.id === id);
    if (found === undefined || !seesDataOf(context, caller, found.team))
      return refuse(404, 'Session not found.');
    return json(sessionOnTheWire(context, found));
  },
};

export const automateOperations: readonly Operation[] = [builds, sessions, session];

function newest<T>(items: readonly T[], limitText: string | undefined): T[] {
  const wanted = Number(limitText ?? '10');
  const count = Number.isInteger(wanted) && wanted > 0 ? Math.min(wanted, 100) : 10;
  return items.slice(-count).reverse();
}

function buildOnTheWire(context: Context, build: Build): Json {
  const own = context.state.sessions.filter(({ buildId }) => buildId === build.id);
  const running = own.some(({ status }) => status === 'running' || status === 'queued');
  return {
    automation_build: {
      name: build.name,
      hashed_id: build.id,
      status: running ? 'running' : 'done',
      duration: running ? null : own.reduce((sum, one) => sum + (secondsOf(one) ?? 0), 0),
    },
  };
}

function sessionOnTheWire(context: Context, one: Session): Json {
  const build = context.state.builds.find(({ id }) => id === one.buildId);
  return {
    automation_session: {
      name: one.name,
      hashed_id: one.id,
      status: one.status,
      reason: one.reason,
      build_name: build?.name ?? '',
      project_name: build?.project ?? '',
      browser: one.browser,
      os: one.os,
      duration: secondsOf(one),
    },
  };
}

function secondsOf({ startedAt, endedAt }: Session): number | null {
  return endedAt === null ? null : Math.round((endedAt - startedAt) / 1000);
}
