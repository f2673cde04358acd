// Schemas of answers: some have names, and all follow the switch that adds fields.

import type { Behaviours } from '../behaviours/index.ts';
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

/** The schemas with names. */
export function schemas(behaviours: Behaviours): JsonSchema {
  return Object.fromEntries([...named].map(([schema, name]) => [name, inside(schema, behaviours)]));
}

/** The schema, or a reference to it where it has a name. */
export function refer(schema: unknown, behaviours: Behaviours): unknown {
  const name = named.get(schema);
  return name === undefined ? inside(schema, behaviours) : { $ref: `#/components/schemas/${name}` };
}

function inside(schema: unknown, behaviours: Behaviours): unknown {
  if (Array.isArray(schema)) return schema.map((item) => refer(item, behaviours));
  if (typeof schema !== 'object' || schema === null) return schema;
  const parts = Object.entries(schema)
    // Where every object may carry a field that no page names, nothing can be said of all the others.
    .filter(([key]) => key !== 'additionalProperties' || behaviours['extra-fields'] === 'none');
  return Object.fromEntries(parts.map(([key, value]) => [key, refer(value, behaviours)]));
}
