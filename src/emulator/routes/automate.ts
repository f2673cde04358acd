import type { Context } from '../context.ts';
import type { DocumentedParameter, Operation } from '../http/operation.ts';
import type { Parameters } from '../http/parameters.ts';
import { type Json, json } from '../http/responses.ts';
import { seesDataOf } from '../organization/projects.ts';
import { Refusal, refuse } from '../organization/refusal.ts';
import type { Build, Session } from '../organization/state.ts';
import { choiceOf, limit, listParameters, numberOf, offset, unlessRefused } from './list-parameters.ts';

const text = { type: 'string' };
const TAG = 'Builds and sessions';
const SOURCE = 'automate/api-reference/selenium/build and …/session';
const buildStatuses = ['running', 'done', 'timeout', 'failed'] as const;
const sessionStatuses = ['queued', 'running', 'done', 'timeout', 'failed', 'passed', 'refused'] as const;
const statusParameter = (statuses: readonly string[]): DocumentedParameter => ({
  name: 'status',
  description: 'Only those in this status.',
  schema: { enum: statuses },
});

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
  links: [{ to: 'listSessions', parameter: 'build', from: '/0/automation_build/hashed_id' }],
  tag: TAG,
  refuses: (behaviours) => [behaviours['bad-list-parameter']],
  id: 'listBuilds',
  method: 'GET',
  path: '/automate/builds.json',
  budget: 'automate',
  source: SOURCE,
  summary: 'Builds the caller may see, the newest first.',
  certainty: 'documented',
  parameters: listParameters(limit, offset, statusParameter(buildStatuses)),
  answers: { type: 'array', items: buildSchema },
  handle: ({ context, caller, parameters }) => {
    const part = partOf(context, parameters, buildStatuses);
    if (part instanceof Refusal) return part;
    const seen = context.state.builds
      .filter((build) => seesDataOf(context, caller, build.team))
      .filter((build) => part.status === undefined || statusOf(context, build) === part.status);
    return json(newest(seen, part).map((build) => buildOnTheWire(context, build)));
  },
};

const sessions: Operation = {
  links: [{ to: 'getSession', parameter: 'session', from: '/0/automation_session/hashed_id' }],
  tag: TAG,
  refuses: (behaviours) => [404, behaviours['bad-list-parameter']],
  id: 'listSessions',
  method: 'GET',
  path: '/automate/builds/{build}/sessions.json',
  budget: 'automate',
  source: SOURCE,
  summary: 'Sessions of a build, the newest first.',
  certainty: 'documented',
  parameters: listParameters(limit, offset, statusParameter(sessionStatuses)),
  answers: { type: 'array', items: sessionSchema },
  handle: ({ context, caller, segments, parameters }) => {
    const build = context.state.builds.find(({ id }) => id === segments.build);
    if (build === undefined || !seesDataOf(context, caller, build.team))
      return refuse(404, 'Build not found.');
    const part = partOf(context, parameters, sessionStatuses);
    if (part instanceof Refusal) return part;
    const seen = context.state.sessions
      .filter(({ buildId }) => buildId === build.id)
      .filter(({ status }) => part.status === undefined || status === part.status);
    return json(newest(seen, part).map((session) => sessionOnTheWire(context, session)));
  },
};

const session: Operation = {
  tag: TAG,
  refuses: [404],
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

interface Part<S> {
  readonly limit: number;
  readonly offset: number;
  readonly status: S | undefined;
}

function partOf<S extends string>(
  context: Context,
  parameters: Parameters,
  statuses: readonly S[],
): Part<S> | Refusal {
  const given = unlessRefused(
    numberOf(context, parameters, limit),
    numberOf(context, parameters, offset),
    choiceOf(context, parameters, 'status', statuses),
  );
  if (given instanceof Refusal) return given;
  const [most, leftOut, status] = given;
  return { limit: most, offset: leftOut, status };
}

function newest<T>(items: readonly T[], part: Part<unknown>): T[] {
  return items.toReversed().slice(part.offset, part.offset + part.limit);
}

function statusOf({ state }: Context, build: Build): 'running' | 'done' {
  const own = state.sessions.filter(({ buildId }) => buildId === build.id);
  return own.some(({ status }) => status === 'running' || status === 'queued') ? 'running' : 'done';
}

function buildOnTheWire(context: Context, build: Build): Json {
  const own = context.state.sessions.filter(({ buildId }) => buildId === build.id);
  const status = statusOf(context, build);
  const seconds = own.reduce((sum, one) => sum + (secondsOf(one) ?? 0), 0);
  return {
    automation_build: {
      name: build.name,
      hashed_id: build.id,
      status,
      duration: status === 'running' ? null : seconds,
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
