// One call in the words of OpenAPI: what may be sent, and how it is answered.

import type { Behaviours } from '../behaviours/index.ts';
import { type DocumentedParameter, type Operation, switched } from '../http/operation.ts';
import { parameterBodies } from '../http/parameters.ts';
import type { JsonSchema } from '../storage/checked-json.ts';
import { responsesOf } from './responses.ts';

export function described(
  operation: Operation,
  behaviours: Behaviours,
  served: readonly Operation[],
): JsonSchema {
  const asked = switched(operation.parameters ?? [], behaviours);
  const parameters = [...pathParameters(operation.path), ...asked.map(queryParameter)];
  const body = bodyOf(operation, asked, behaviours);
  return {
    operationId: operation.id,
    tags: [operation.tag],
    summary: operation.summary,
    'x-certainty': operation.certainty,
    'x-source': operation.source,
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(body === undefined ? {} : { requestBody: body }),
    responses: responsesOf(operation, behaviours, served),
  };
}

/** What stands between braces in a path. */
export function pathParameters(path: string): JsonSchema[] {
  return [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string', minLength: 1 },
  }));
}

function queryParameter({ name, required = false, description, schema }: DocumentedParameter): JsonSchema {
  const written = schema?.type === 'array' ? { style: 'form', explode: false } : {};
  return { name, in: 'query', required, description, ...written, schema: schema ?? { type: 'string' } };
}

/** A body of its own, or the parameters once more: what the query says wins over it. */
function bodyOf(
  { method, body }: Operation,
  parameters: readonly DocumentedParameter[],
  behaviours: Behaviours,
): JsonSchema | undefined {
  if (body !== undefined) return { required: true, content: { 'application/json': { schema: body } } };
  if (method === 'GET' || behaviours['parameters-in'] === 'query') return undefined;
  // What they must be like stands beside the query, which wins; JSON that is no object asks for nothing.
  const properties = parameters.map(({ name, description }) => [name, { description }]);
  const schema = { properties: Object.fromEntries(properties) };
  return {
    required: false,
    description: 'The parameters again; what the query says wins.',
    content: Object.fromEntries(parameterBodies.map((type) => [type, { schema }])),
  };
}
