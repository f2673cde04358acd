// What stands before each call of the API: who is it → budget → may they → what do they ask for → effect → kept.

import type { Caller, Context } from '../context.ts';
import { Refusal, refuse } from '../organization/refusal.ts';
import { authenticate, basicCredentials, isShutOut } from './authentication.ts';
import { readJsonBody } from './body.ts';
import { authorizationFailed, unauthorized } from './error-pages.ts';
import { type Operation, switched } from './operation.ts';
import { readParameters, readQuery } from './parameters.ts';
import type { RateLimiter } from './rate-limit.ts';
import { type Answer, json, withHeaders } from './responses.ts';
import type { Exchange, Route } from './router.ts';

export interface OperationParts {
  readonly context: Context;
  readonly rateLimiter: RateLimiter;
  /** Resolves once everything that happened so far is kept. */
  readonly save: () => Promise<void>;
}

/** The route of an operation. */
export function operationRoute(operation: Operation, parts: OperationParts): Route {
  const { method, path, losable = false } = operation;
  return {
    method,
    path,
    losable,
    answer: async (exchange) => {
      const done = await perform(operation, parts, exchange);
      const answer = done instanceof Refusal ? json({ message: done.message }, done.status) : done;
      const policy = parts.rateLimiter.policy(switched(operation.budget, parts.context.behaviours));
      return { answer: policy === undefined ? answer : withHeaders(answer, { 'RateLimit-Policy': policy }) };
    },
  };
}

async function perform(
  operation: Operation,
  { context, rateLimiter, save }: OperationParts,
  { request, segments, lagSeconds }: Exchange,
): Promise<Answer | Refusal> {
  const { behaviours } = context;
  const credentials = basicCredentials(request.header('authorization'));
  const caller = authenticate(context, credentials);
  if (caller === undefined || credentials === undefined)
    return operation.jsonErrors ? authorizationFailed() : unauthorized(behaviours);
  const refused = rateLimiter.take(
    switched(operation.budget, behaviours),
    credentials.username,
    request.address,
  );
  if (refused !== undefined) return refused;
  const denied = deniedTo(caller, operation, context);
  if (denied !== undefined) return denied;
  const body = operation.readsBody ? await readJsonBody(request) : undefined;
  if (body instanceof Refusal) return body;
  const parameters = operation.readsBody
    ? readQuery(request)
    : await readParameters(request, behaviours['parameters-in']);
  if (parameters instanceof Refusal) return parameters;
  const answer = await operation.handle({ context, caller, parameters, segments, body, lagSeconds });
  if (operation.method !== 'GET' && !(answer instanceof Refusal)) await save();
  return answer;
}

function deniedTo(
  caller: Caller,
  { enterpriseOnly = false }: Operation,
  context: Context,
): Refusal | undefined {
  const { organization } = context.state;
  if (isShutOut(context, caller)) return refuse(403, 'Your account is disabled.');
  if (!enterpriseOnly || (organization.enterprise && organization.apiEnabled)) return undefined;
  const why = organization.enterprise
    ? 'This API is not enabled for your organization. Please contact support.'
    : 'This API is available on the Enterprise plan only.';
  return refuse(context.behaviours['api-not-enabled'], why);
}
