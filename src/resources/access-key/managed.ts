// What a state knows of the keys that it manages. States come from files, so nothing in them is believed unchecked: a
// date or a time zone that does not exist would make a key look never due.

import { type AttributePath, Problem } from '../../errors.ts';
import { conformObject, misfitProblem } from '../../schema/conform.ts';
import type { Schema } from '../../schema/schema.ts';
import { validate } from '../../schema/validate.ts';
import { isObjectValue, type ObjectValue } from '../../schema/value.ts';
import { Secret } from '../../secret.ts';
import type { ManagedKey } from './report.ts';
import { isMoment } from './schedule/policy.ts';
import { statuses } from './schedule/status.ts';

/**
 * The rotation state in the stored values of an object of this schema.
 * @param more Further attributes that may not be empty.
 * @returns Also everything that is not as this version writes it, with paths.
 */
export function managedKeyOf<Key extends ManagedKey>(
  schema: Schema,
  values: unknown,
  more: readonly string[] = [],
): { readonly key: Key; readonly problems: readonly Problem[] } {
  const { value, misfits } = conformObject(schema, values, 'stored');
  const state: ObjectValue = isObjectValue(value) ? value : {};
  // A state may hold exported keys: from here on no text shows them.
  for (const [name, { options }] of Object.entries(schema.attributes))
    if (options.sensitive === true && typeof state[name] === 'string') new Secret(state[name]);
  const problems = [
    ...misfits.map(misfitProblem),
    ...validate(schema, state),
    ...[...TEXTS, ...more].flatMap((name) => notText(state, name)),
    ...MOMENTS.flatMap(([name, nullable]) => notAMoment(state, name, nullable)),
    ...notAStatus(state),
  ];
  // Just checked against the schema that its type is inferred from, and null only where the type says so.
  return { key: state as unknown as Key, problems };
}

const TEXTS = ['username', 'key_fingerprint', 'adopted_key_age'] as const;
const MOMENTS = [
  ['schedule_base', false],
  ['rotated_at', true],
  ['rotation_due_at', true],
] as const;

function notText(state: ObjectValue, name: string): readonly Problem[] {
  const value = state[name];
  return typeof value === 'string' && value !== '' ? [] : [invalid('Missing', `${name} is empty.`, [name])];
}

function notAMoment(state: ObjectValue, name: string, nullable: boolean): readonly Problem[] {
  const value = state[name] ?? null;
  if (value === null && nullable) return [];
  if (typeof value === 'string' && /T/u.test(value) && isMoment(value)) return [];
  return [invalid('Not a date', `${name} is no date and time such as 2026-01-31T12:00:00Z.`, [name])];
}

function notAStatus({ rotation_status: status }: ObjectValue): readonly Problem[] {
  const known: readonly unknown[] = [...statuses, 'unadopted'];
  if (known.includes(status)) return [];
  return [invalid('Unknown status', `rotation_status is none of ${known.join(', ')}.`, ['rotation_status'])];
}

function invalid(summary: string, detail: string, path: AttributePath): Problem {
  return new Problem({ code: 'invalid_input', summary, detail, path });
}
