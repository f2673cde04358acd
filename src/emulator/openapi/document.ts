// The API in the words of OpenAPI 3.1, made from the operations themselves, so that it cannot tell another story.

import { type Behaviours, resolveBehaviours } from '../behaviours/index.ts';
import type { DocumentedParameter, Operation } from '../http/operation.ts';
import { operations } from '../routes/index.ts';
import {
  allocationSchema,
  messageSchema,
  refusalSchema,
  serviceAccountSchema,
  teamSchema,
  userSchema,
} from '../routes/wire.ts';
import type { JsonSchema } from '../storage/checked-json.ts';

/** Schemas that are referred to by name; all others stand where they are used. */
const named = new Map<unknown, string>([
  [serviceAccountSchema, 'ServiceAccount'],
  [teamSchema, 'Team'],
  [userSchema, 'User'],
  [allocationSchema, 'Parallels'],
  [messageSchema, 'Message'],
  [refusalSchema, 'Refusal'],
]);

/** The document of the calls that these switches serve; the lenient mode's unless told otherwise. */
export function openApiDocument(behaviours: Behaviours = resolveBehaviours('lenient')): JsonSchema {
  const served = operations.filter((operation) => operation.served?.(behaviours) ?? true);
  const paths: Record<string, Record<string, unknown>> = {};
  for (const operation of served) {
    paths[operation.path] ??= {};
    Object.assign(paths[operation.path] ?? {}, { [operation.method.toLowerCase()]: describe(operation) });
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'BrowserStack account management, as the local BrowserStack serves it',
      version: '1',
      description:
        "Written from BrowserStack's public documentation; not a document of BrowserStack. Each operation says how certain its form is (x-certainty) and which page it stands on (x-source).",
    },
    servers: [{ url: 'https://api.browserstack.com' }],
    security: [{ basic: [] }],
    paths: { ...paths, ...hubPaths },
    components: {
      securitySchemes: {
        basic: { type: 'http', scheme: 'basic', description: 'BrowserStack user name and access key.' },
      },
      schemas: Object.fromEntries([...named].map(([schema, name]) => [name, children(schema)])),
    },
  };
}

function describe(operation: Operation): JsonSchema {
  const segments = [...operation.path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }));
  const parameters = [...segments, ...(operation.parameters ?? []).map(queryParameter)];
  return {
    operationId: operation.id,
    summary: operation.summary,
    'x-certainty': operation.certainty,
    'x-source': operation.source,
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(operation.body === undefined
      ? {}
      : { requestBody: { required: true, content: { 'application/json': { schema: operation.body } } } }),
    responses: {
      200: { description: 'Done.', content: { 'application/json': { schema: refer(operation.answers) } } },
      ...errors(operation),
    },
  };
}

function queryParameter({ name, required = false, description, schema }: DocumentedParameter) {
  return { name, in: 'query', required, description, schema: schema ?? { type: 'string' } };
}

function errors(operation: Operation): JsonSchema {
  const refused = (description: string) => ({
    description,
    content: { 'application/json': { schema: refer(refusalSchema) } },
  });
  const text = (description: string) => ({
    description,
    content: { 'text/html': { schema: { type: 'string' } } },
  });
  return {
    400: refused('What was sent cannot be read.'),
    401: operation.jsonErrors
      ? refused('Credentials are missing or wrong.')
      : text('Credentials are missing or wrong: bare text that calls itself HTML.'),
    403: refused('The role or the plan does not suffice.'),
    404: refused('It does not exist, or not for this caller.'),
    413: refused('The body is too large.'),
    414: text('Path and query are too long: a page of nginx.'),
    422: refused('It was understood and makes no sense.'),
    429: text('The request budget is used up; nothing was executed. No Retry-After is documented.'),
    500: text('Something went wrong.'),
  };
}

const webDriverAnswer = {
  description: 'An answer in the words of W3C WebDriver.',
  content: {
    'application/json': { schema: { type: 'object', required: ['value'], properties: { value: {} } } },
  },
};

/** The hub speaks W3C WebDriver, which has its own specification. */
const hubPaths: JsonSchema = {
  '/wd/hub/session': {
    post: {
      operationId: 'newSession',
      summary: 'Opens a session; user name and key stand in bstack:options or in Basic authentication.',
      'x-certainty': 'documented',
      'x-source': 'automate/selenium/getting-started',
      requestBody: { required: true, content: { 'application/json': { schema: { type: 'object' } } } },
      responses: {
        200: webDriverAnswer,
        400: webDriverAnswer,
        401: webDriverAnswer,
        403: webDriverAnswer,
        500: webDriverAnswer,
      },
    },
  },
  '/wd/hub/session/{session}': {
    delete: {
      operationId: 'deleteSession',
      summary: 'Ends a session and gives its parallel back.',
      'x-certainty': 'documented',
      'x-source': 'automate/selenium/getting-started',
      security: [],
      parameters: [{ name: 'session', in: 'path', required: true, schema: { type: 'string' } }],
      responses: { 200: webDriverAnswer, 404: webDriverAnswer },
    },
  },
};

/** The schema, or a reference to it where it has a name. */
function refer(schema: unknown): unknown {
  const name = named.get(schema);
  return name === undefined ? children(schema) : { $ref: `#/components/schemas/${name}` };
}

function children(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(refer);
  if (typeof schema !== 'object' || schema === null) return schema;
  return Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, refer(value)]));
}
