// A command of the hub in the words of OpenAPI. It speaks W3C WebDriver, which has its own specification.

import { type HubCommand, hubCommands } from '../hub/documented.ts';
import type { JsonSchema } from '../storage/checked-json.ts';
import { pathParameters } from './operation.ts';
import { linksOf, response } from './responses.ts';

const value = { type: 'object', required: ['value'], properties: { value: {} } };
const failure = {
  type: 'object',
  required: ['value'],
  properties: {
    value: {
      type: 'object',
      required: ['error', 'message', 'stacktrace'],
      properties: { error: { type: 'string' }, message: { type: 'string' }, stacktrace: { type: 'string' } },
    },
  },
};

const sessionLinks = hubCommands
  .filter(({ path }) => path.includes('{id}'))
  .map(({ id }) => ({ to: id, parameter: 'id', from: '/value/sessionId' }));

export function describedCommand({ id, tag, path, summary, body, opens }: HubCommand): JsonSchema {
  const parameters = pathParameters(path);
  const failed = (description: string) => response(description, { 'application/json': failure });
  const page = (description: string) => response(description, { 'text/html': { type: 'string' } });
  return {
    operationId: id,
    tags: [tag],
    summary,
    'x-certainty': 'documented',
    'x-source': 'automate/selenium/getting-started',
    security: opens === true ? [{}, { basic: [] }] : [],
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(body === undefined
      ? {}
      : { requestBody: { required: true, content: { 'application/json': { schema: body } } } }),
    responses: {
      200: {
        ...response('Done.', { 'application/json': value }),
        ...linksOf(opens === true ? sessionLinks : [], hubCommands),
      },
      ...(opens === true
        ? {
            401: response('The key is wrong.', { 'application/json': failure }, ['WWW-Authenticate']),
            403: failed('The account is disabled.'),
          }
        : {}),
      ...(body === undefined
        ? {}
        : { 400: failed('The arguments make no sense.'), 413: failed('The body is too large.') }),
      ...(parameters.length > 0
        ? { 404: failed('The session is over, or the command needs a browser.') }
        : {}),
      414: page('Path and query are too long.'),
      431: page('The headers are too long.'),
      500: failed('No session can be opened, or something went wrong.'),
    },
  };
}
