// How a call can be answered, by the switches as they stand.

import type { Behaviours } from '../behaviours/index.ts';
import { type Link, type Operation, type Success, switched } from '../http/operation.ts';
import { refusalSchema } from '../routes/wire.ts';
import type { JsonSchema } from '../storage/checked-json.ts';
import { refer } from './schemas.ts';

/** Headers that answers carry, by the names they are referred to. */
export const headers = {
  'RateLimit-Policy': {
    description: 'Sent where the limit is another than that of the service: q requests in w seconds.',
    required: false,
    schema: { type: 'string' },
  },
  Date: { description: "The server's time.", required: true, schema: { type: 'string' } },
  'WWW-Authenticate': {
    description: 'The challenge.',
    required: true,
    schema: { type: 'string', const: 'Basic realm="Application"' },
  },
  'Retry-After': {
    description: 'Seconds until one more request passes.',
    required: true,
    schema: { type: 'integer', minimum: 0 },
  },
} as const;

type Media = 'application/json' | 'text/html' | 'text/plain';

/** One answer: what is in it, and the headers beside Date. */
export function response(
  description: string,
  content: Readonly<Partial<Record<Media, unknown>>> = {},
  more: readonly (keyof typeof headers)[] = [],
): JsonSchema {
  const media = Object.entries(content).map(([type, schema]) => [type, { schema }] as const);
  return {
    description,
    headers: Object.fromEntries(
      ['Date', ...more].map((name) => [name, { $ref: `#/components/headers/${name}` }]),
    ),
    ...(media.length > 0 ? { content: Object.fromEntries(media) } : {}),
  };
}

const text = { type: 'string' };

/** Every status that the call can have. */
export function responsesOf(
  operation: Operation,
  behaviours: Behaviours,
  served: readonly Operation[],
): JsonSchema {
  const success = switched(operation.answers, behaviours);
  const limited = switched(operation.budget, behaviours) === 'none' ? [] : (['RateLimit-Policy'] as const);
  return {
    [success === 'no-content' ? 204 : 200]: {
      ...succeeded(success, behaviours, limited),
      ...linksOf(operation.links ?? [], served),
    },
    ...refusals(operation, behaviours),
    ...pages(operation, behaviours),
    401: unauthorized(operation, behaviours),
    ...(limited.length === 0 ? {} : { 429: throttled(behaviours) }),
  };
}

/** Links to calls that are served. */
export function linksOf(links: readonly Link[], served: readonly { readonly id: string }[]): JsonSchema {
  const followed = links.filter(({ to }) => served.some(({ id }) => id === to));
  if (followed.length === 0) return {};
  const described = followed.map(({ to, parameter, from }) => [
    to,
    { operationId: to, parameters: { [parameter]: `$response.body#${from}` } },
  ]);
  return { links: Object.fromEntries(described) };
}

function succeeded(
  success: Success,
  behaviours: Behaviours,
  more: readonly (keyof typeof headers)[],
): JsonSchema {
  if (success === 'empty' || success === 'no-content') return response('Done; the body is empty.', {}, more);
  return response('Done.', { 'application/json': refer(success, behaviours) }, more);
}

const reasons: Readonly<Record<number, string>> = {
  400: 'What was sent cannot be read.',
  403: 'The role or the plan does not suffice.',
  404: 'It does not exist, or not for this caller.',
  409: 'It is there already.',
  413: 'The body is too large.',
  422: 'It was understood and makes no sense.',
};

/** Refusals in JSON. */
function refusals(operation: Operation, behaviours: Behaviours): JsonSchema {
  const { enterpriseOnly = false, method, path } = operation;
  const statuses = [
    400,
    422,
    ...(method === 'GET' ? [] : [413]),
    ...(behaviours['disabled-user'] === '403' ? [403] : []),
    ...(enterpriseOnly ? [behaviours['role-refused'], behaviours['api-not-enabled']] : []),
    ...switched(operation.refuses ?? [], behaviours),
  ]
    .map(Number)
    // A switch may also say that a call is not refused at all.
    .filter((status) => status >= 400);
  const json = { 'application/json': refer(refusalSchema, behaviours) };
  const content = (status: number) =>
    // A path with a broken escape is refused by nginx.
    status === 400 && path.includes('{') ? { ...json, 'text/html': text } : json;
  return Object.fromEntries(
    [...new Set(statuses)].map((status) => [
      status,
      response(reasons[status] ?? 'Refused.', content(status)),
    ]),
  );
}

/** What is answered by a page, whatever the call. */
function pages({ losable = false }: Operation, behaviours: Behaviours): JsonSchema {
  const page = (description: string) => response(description, { 'text/html': text });
  const lost = behaviours['lost-answer'];
  return {
    414: page('Path and query are too long.'),
    431: page('The headers are too long.'),
    500: page('Something went wrong.'),
    ...(losable && (lost === '502' || lost === '504')
      ? { [lost]: page('Done, but the answer was lost.') }
      : {}),
  };
}

function unauthorized({ jsonErrors = false }: Operation, behaviours: Behaviours): JsonSchema {
  const why = 'Credentials are missing or wrong.';
  const challenge = ['WWW-Authenticate'] as const;
  if (jsonErrors) return response(why, { 'application/json': refer(refusalSchema, behaviours) }, challenge);
  switch (behaviours['unauthorized-answer']) {
    case 'html':
      return response(`${why} Bare text that calls itself HTML.`, { 'text/html': text }, challenge);
    case 'plain':
      return response(why, { 'text/plain': text }, challenge);
    case 'json':
      return response(why, { 'application/json': deniedSchema }, challenge);
  }
}

const deniedSchema = {
  type: 'object',
  required: ['error'],
  properties: {
    error: {
      type: 'object',
      required: ['code', 'message'],
      properties: { code: { type: 'integer', const: 401 }, message: text },
    },
  },
};

function throttled(behaviours: Behaviours): JsonSchema {
  const why = 'The request budget is used up; nothing was executed.';
  switch (behaviours['throttled-answer']) {
    case 'bare':
      return response(`${why} How long to wait is not said.`, { 'text/html': text }, ['RateLimit-Policy']);
    case 'retry-after':
      return response(why, { 'text/plain': text }, ['Retry-After', 'RateLimit-Policy']);
    case 'json':
      return response(why, { 'application/json': refer(refusalSchema, behaviours) }, ['RateLimit-Policy']);
  }
}
