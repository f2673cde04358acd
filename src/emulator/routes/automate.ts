import { type Json, json, refuse } from '../answer.ts';
import type { Operation } from '../operation.ts';
import { seesDataOf } from '../projects.ts';
import type { Build, Session } from '../state.ts';
import type { World } from '../world.ts';

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
  handle: ({ world, caller, parameters }) => {
    const seen = world.state.builds.filter((build) => seesDataOf(world, caller, build.team));
    return json(newest(seen, parameters.get('limit')).map((build) => buildOnTheWire(world, build)));
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
  handle: ({ world, caller, segments, parameters }) => {
    const build = world.state.builds.find(({ id }) => id === segments.build);
    if (build === undefined || !seesDataOf(world, caller, build.team)) return refuse(404, 'Build not found.');
    const seen = world.state.sessions.filter(({ buildId }) => buildId === build.id);
    return json(newest(seen, parameters.get('limit')).map((session) => sessionOnTheWire(world, session)));
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
  handle: ({ world, caller, segments }) => {
    const id = segments.session?.replace(/\.json$/, '');
    const found = world.state.sessions.find((other) => other.id === id);
    if (found === undefined || !seesDataOf(world, caller, found.team))
      return refuse(404, 'Session not found.');
    return json(sessionOnTheWire(world, found));
  },
};

export const automateOperations: readonly Operation[] = [builds, sessions, session];

function newest<T>(items: readonly T[], limitText: string | undefined): T[] {
  const wanted = Number(limitText ?? '10');
  const count = Number.isInteger(wanted) && wanted > 0 ? Math.min(wanted, 100) : 10;
  return items.slice(-count).reverse();
}

function buildOnTheWire(world: World, build: Build): Json {
  const own = world.state.sessions.filter(({ buildId }) => buildId === build.id);
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

function sessionOnTheWire(world: World, one: Session): Json {
  const build = world.state.builds.find(({ id }) => id === one.buildId);
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
