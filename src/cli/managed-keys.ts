// The keys that Terraform manages, out of what `terraform show -json` prints: dates, policies and fingerprints.

import { Ajv, type SchemaObject } from 'ajv';
import { Problem } from '../errors.ts';
import type { JsonObject } from '../reconcile/canonical.ts';
import { managedResources } from '../reconcile/input/state-file.ts';
import type { IdleKey, ManagedKey } from '../resources/access-key/index.ts';
import { readText } from './files.ts';
import type { Machine } from './machine.ts';

interface Pair extends ManagedKey {
  readonly idle_username: string;
  readonly idle_key_fingerprint: string;
}

const text = { type: 'string' } as const;
const number = { type: 'number' } as const;
const textOrNull = { type: 'string', nullable: true } as const;
const numberOrNull = { type: 'number', nullable: true } as const;
const texts = { type: 'array', items: text, nullable: true } as const;

const key = {
  username: text,
  key_fingerprint: text,
  generation: number,
  rotated_at: textOrNull,
  schedule_base: text,
  rotation_due_at: textOrNull,
  rotation_status: text,
  rotate_after_days: numberOrNull,
  minimum_age_days: numberOrNull,
  jitter_days: numberOrNull,
  adopted_key_age: text,
  consumers: texts,
  window: {
    type: 'object',
    nullable: true,
    properties: { days: texts, hours: textOrNull, time_zone: textOrNull, blackout_dates: texts },
    required: ['days', 'hours', 'time_zone', 'blackout_dates'],
  },
} as const;
const pair = { ...key, idle_username: text, idle_key_fingerprint: text } as const;

const ajv = new Ajv();
const isKey = ajv.compile<ManagedKey>(objectOf(key));
const isPair = ajv.compile<Pair>(objectOf(pair));

/**
 * All keys that the state manages: those of `browserstack_access_key`, and both of each `browserstack_credential_pair`.
 * @throws Problem `invalid_input` when the text is no state, or one of an unknown version of the provider.
 */
function managedKeys(state: string, file: string): readonly (ManagedKey | IdleKey)[] {
  return managedResources(state, file).flatMap((resource): (ManagedKey | IdleKey)[] => {
    const { type, values } = resource;
    if (type === 'browserstack_access_key') {
      if (!isKey(values)) throw strange(resource, file);
      return [values];
    }
    if (type !== 'browserstack_credential_pair') return [];
    if (!isPair(values)) throw strange(resource, file);
    const { idle_username: username, idle_key_fingerprint: key_fingerprint, ...active }: Pair = values;
    return [
      { ...active, pair: true },
      { username, key_fingerprint, idle: true },
    ];
  });
}

/** The same of all these files together. */
export async function readManagedKeys(
  machine: Machine,
  files: readonly string[],
): Promise<readonly (ManagedKey | IdleKey)[]> {
  const states = await Promise.all(
    files.map(async (file) => managedKeys(await readText(machine, file), file)),
  );
  return states.flat();
}

/** For a command that asks what is due and is told nothing to know it from. */
export function dueUnknown(option: string): Problem {
  return new Problem({
    code: 'invalid_input',
    summary: 'Nothing says what is due',
    detail:
      'BrowserStack tells no dates. Give the state that manages the keys: terraform show -json > state.json, then --state state.json.',
    path: [option],
  });
}

function objectOf(properties: Readonly<Record<string, SchemaObject>>): SchemaObject {
  return { type: 'object', properties, required: Object.keys(properties) };
}

function strange({ address }: JsonObject, file: string): Problem {
  return new Problem({
    code: 'invalid_input',
    summary: `${String(address)} is not as this version writes it`,
    detail: `${file} comes from another version of the provider: apply once with this one, then ask again.`,
  });
}
