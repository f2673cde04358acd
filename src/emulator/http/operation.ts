// One call of the API: how it is reached, what it costs, what it does, and what the documentation knows about it.

import type { Behaviours, Certainty } from '../behaviours/index.ts';
import type { Caller, Context } from '../context.ts';
import type { Refusal } from '../organization/refusal.ts';
import type { JsonSchema } from '../storage/checked-json.ts';
import type { Parameters } from './parameters.ts';
import type { Budget } from './rate-limit.ts';
import type { Answer } from './responses.ts';

export interface Call {
  readonly context: Context;
  readonly caller: Caller;
  readonly parameters: Parameters;
  /** Decoded segments of the path. */
  readonly segments: Readonly<Record<string, string>>;
  /** The JSON body of an operation that is defined with one; undefined for all others. */
  readonly body: unknown;
  /** Lists show the world as it was so long ago: the work of a fault, 0 otherwise. */
  readonly lagSeconds: number;
}

export interface DocumentedParameter {
  readonly name: string;
  readonly required?: boolean;
  readonly description: string;
  readonly schema?: JsonSchema;
}

export interface Operation {
  readonly id: string;
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** As OpenAPI writes it: `/user/service-accounts/{username}`. */
  readonly path: string;
  readonly budget: Budget | ((behaviours: Behaviours) => Budget);
  /** Account management: an Enterprise plan with the API switched on. */
  readonly enterpriseOnly?: boolean;
  /** Whether the switches have it served at all. Default yes. */
  readonly served?: (behaviours: Behaviours) => boolean;
  /** Not to be repeated blindly: the behaviour `lost-answer` hits it. */
  readonly losable?: boolean;
  /** Defined with a JSON body; parameters then come from the query only. */
  readonly readsBody?: boolean;
  /** Errors carry codes in JSON, also the 401: the projects API. */
  readonly jsonErrors?: boolean;
  readonly summary: string;
  /** How sure the form of the call is. */
  readonly certainty: 'documented' | Certainty;
  /** The page it stands on. */
  readonly source: string;
  readonly parameters?: readonly DocumentedParameter[];
  readonly body?: JsonSchema;
  /** The body of the answer when all went well. */
  readonly answers: JsonSchema | undefined;
  readonly handle: (call: Call) => Answer | Refusal | Promise<Answer | Refusal>;
}
