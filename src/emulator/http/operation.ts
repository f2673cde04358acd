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
  /** Lists show the organization as it was so long ago: the work of a fault, 0 otherwise. */
  readonly lagSeconds: number;
}

/** What depends on how the switches stand, or does not. */
export type Switched<T> = T | ((behaviours: Behaviours) => T);

export function switched<T>(value: Switched<T>, behaviours: Behaviours): T {
  // Nothing that is switched is a function itself.
  return typeof value === 'function' ? (value as (behaviours: Behaviours) => T)(behaviours) : value;
}

export interface DocumentedParameter {
  readonly name: string;
  readonly required?: boolean;
  readonly description: string;
  /** What is accepted; default any text. An array is written with commas between its items. */
  readonly schema?: JsonSchema;
}

/** A call that takes something out of another one's answer. */
export interface Link {
  /** Its operation. */
  readonly to: string;
  readonly parameter: string;
  /** Where in the body, as a JSON pointer. */
  readonly from: string;
}

/** What a success looks like: a body, none, or the status that forbids one. */
export type Success = JsonSchema | 'empty' | 'no-content';

export interface Operation {
  readonly id: string;
  /** The heading it stands under. */
  readonly tag: string;
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** As OpenAPI writes it: `/user/service-accounts/{username}`. */
  readonly path: string;
  readonly budget: Switched<Budget>;
  /** Account management: an Enterprise plan with the API switched on, and a caller who administers something. */
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
  readonly parameters?: Switched<readonly DocumentedParameter[]>;
  readonly body?: JsonSchema;
  readonly answers: Switched<Success>;
  /** The calls that go on with what this one answers. */
  readonly links?: readonly Link[];
  /** The statuses it refuses with beside those that every call can answer. Texts as switches have them are fine. */
  readonly refuses?: Switched<readonly (number | string)[]>;
  readonly handle: (call: Call) => Answer | Refusal | Promise<Answer | Refusal>;
}
