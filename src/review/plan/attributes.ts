// What a review may read of an object, attribute by attribute. What is not in this table is never looked at: a plan
// holds keys in clear (exported ones, ones given by the user), and other providers' secrets too.

import { createHash } from 'node:crypto';
import type { Mask } from '../masking.ts';
import { isObject, type JsonObject, listOf, objectOf } from './json.ts';

type Read<V> = (json: unknown, mask: Mask) => V;

const text: Read<string | null> = (json, mask) => (typeof json === 'string' ? mask(json) : null);
const flag: Read<boolean | null> = (json) => (typeof json === 'boolean' ? json : null);
/** The reconciler writes numbers as texts, so that none loses a digit. */
const number: Read<number | null> = (json) => {
  const value = typeof json === 'string' && /^-?\d{1,15}$/u.test(json) ? Number(json) : json;
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
};
const texts: Read<readonly string[]> = (json, mask) =>
  listOf(json).flatMap((member) => (typeof member === 'string' ? [mask(member)] : []));

/** That a secret is there, and whether it is another one than before: the value itself goes no further than here. */
const secret: Read<string | null> = (json) => (typeof json === 'string' && json !== '' ? digest(json) : null);

/** Names with values that may be anything, a note about a leak or a key: they are compared, never shown. */
export const compared: Read<ReadonlyMap<string, string>> = (json, mask) =>
  new Map(Object.entries(objectOf(json)).map(([name, value]) => [mask(name), digest(JSON.stringify(value))]));

export interface Window {
  readonly days: readonly string[];
  readonly hours: string | null;
  readonly timeZone: string | null;
  readonly blackoutDates: readonly string[];
}

const window: Read<Window | null> = (json, mask) => {
  if (!isObject(json)) return null;
  return {
    days: texts(json.days, mask),
    hours: text(json.hours, mask),
    timeZone: text(json.time_zone, mask),
    blackoutDates: texts(json.blackout_dates, mask),
  };
};

/** Parallel sessions that belong to a team alone, by product. */
const ownParallels: Read<number> = (json) =>
  ['automate', 'app_automate'].reduce((sum, product) => {
    const { source, value } = objectOf(objectOf(json)[product]);
    return source === 'Team' && typeof value === 'number' ? sum + value : sum;
  }, 0);

const protection = { deletion_protection: flag, deletion_policy: text };
const ownership = { consumers: texts, owner: text, purpose: text, review_by: text };

const schedule = {
  triggers: compared,
  rotate_after_days: number,
  minimum_age_days: number,
  jitter_days: number,
  window,
  adopted_key_age: text,
  export_access_key: flag,
};

const rotation = {
  identifier: text,
  team: text,
  username: text,
  access_key: secret,
  key_fingerprint: text,
  key_version: number,
  generation: number,
  rotated_at: text,
  schedule_base: text,
  rotation_due_at: text,
  rotation_status: text,
  rotation_reason: text,
  rotation_cause: text,
  rotation_pending: text,
};

const ATTRIBUTES = {
  browserstack_team: { name: text, user_count: number, parallels: ownParallels, ...protection },
  browserstack_service_account: {
    identifier: text,
    team: text,
    username: text,
    organization_level: flag,
    ...protection,
    ...ownership,
  },
  browserstack_access_key: {
    ...schedule,
    ...rotation,
    ...ownership,
    on_external_rotation: text,
    rotate_on_destroy: flag,
    escrow_recipient: text,
    escrow_directory: text,
    current_access_key: secret,
  },
  browserstack_credential_pair: {
    ...schedule,
    ...rotation,
    ...ownership,
    username_a: text,
    username_b: text,
    active_slot: text,
    idle_username: text,
    idle_key_fingerprint: text,
    idle_slot_status: text,
    wait_for_adoption: flag,
  },
  browserstack_user: {
    email: text,
    full_name: text,
    role: text,
    team: text,
    products: texts,
    username: text,
    status: text,
    product_access: texts,
  },
} as const satisfies Record<string, Record<string, Read<unknown>>>;

/** The table in the form in which it is gone through, thousands of times. */
const READS: ReadonlyMap<string, readonly (readonly [string, Read<unknown>])[]> = new Map(
  Object.entries(ATTRIBUTES).map(([type, reads]) => [type, Object.entries(reads)]),
);

export type ReviewedType = keyof typeof ATTRIBUTES;
export type Values<T extends ReviewedType> = {
  readonly [A in keyof (typeof ATTRIBUTES)[T]]: (typeof ATTRIBUTES)[T][A] extends Read<infer V> ? V : never;
};

export function isReviewed(type: string): type is ReviewedType {
  return Object.hasOwn(ATTRIBUTES, type);
}

/** The attributes of an object that a review may know; null or empty where there is none or a strange one. */
export function valuesOf<T extends ReviewedType>(type: T, json: JsonObject, mask: Mask): Values<T> {
  const values: Record<string, unknown> = {};
  for (const [name, read] of READS.get(type) ?? []) values[name] = read(json[name], mask);
  // Each attribute of the table was read by its own reader.
  return values as Values<T>;
}

function digest(value: string): string {
  return createHash('sha256').update(value).digest('hex').slice(0, 16);
}
