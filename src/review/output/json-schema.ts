// The shape of the review's JSON, version 1. Within a version members are only ever added.

import { CAUSES, KINDS, LEVELS } from '../change.ts';
import { FINDING_LEVELS } from '../finding.ts';
import { REVIEW_SCHEMA_ID } from './json.ts';

const text = { type: 'string' } as const;
const textOrNull = { type: ['string', 'null'] } as const;
const flag = { type: 'boolean' } as const;
const count = { type: 'integer', minimum: 0 } as const;
const texts = { type: 'array', items: text } as const;
const dateOrNull = { type: ['string', 'null'], pattern: '^\\d{4}-\\d{2}-\\d{2}T[\\d:.]+Z$' } as const;
const sha256OrNull = { type: ['string', 'null'], pattern: '^[0-9a-f]{64}$' } as const;

/** An object with exactly these members. */
function exactly(properties: Readonly<Record<string, object>>, optional: readonly string[] = []) {
  const required = Object.keys(properties).filter((name) => !optional.includes(name));
  return { type: 'object', additionalProperties: false, required, properties } as const;
}

const cause = exactly({
  code: { enum: CAUSES, description: 'Why, in a closed word.' },
  attributes: { ...texts, description: 'Attributes that make it so.' },
  triggers: { ...texts, description: 'Names of triggers, never their values.' },
  due_at: dateOrNull,
  overdue_days: { type: ['integer', 'null'], minimum: 0 },
  follows: { ...textOrNull, description: '`id` of the change that this one follows from.' },
});

const change = exactly({
  id: { ...text, description: 'Unique in a review, the same in each review of the same change.' },
  kind: { enum: KINDS },
  level: { enum: LEVELS, description: 'How much a person has to look.' },
  type: text,
  address: text,
  previous_address: textOrNull,
  construct_path: {
    ...textOrNull,
    description: 'Path of the CDKTF construct, without the name of the stack.',
  },
  name: { ...text, description: 'What people call it: identifier, name of the team, e-mail address.' },
  new_name: textOrNull,
  identifier: textOrNull,
  team: { ...textOrNull, description: 'Null for what belongs to the organization, if `team_known`.' },
  team_known: flag,
  username: textOrNull,
  new_username: textOrNull,
  generation: {
    anyOf: [exactly({ before: { type: 'integer' }, after: { type: 'integer' } }), { type: 'null' }],
  },
  rotated_at: dateOrNull,
  rotation_due_at: dateOrNull,
  cause,
  undo: { enum: ['yes', 'no', 'partly'] },
  breaks: {
    ...flag,
    description: 'Somebody who works before the apply does not work after it until they are given something.',
  },
  consumers: texts,
  delivery: {
    type: 'array',
    items: exactly({
      address: text,
      fires: { ...flag, description: 'It changes in this plan, and takes the new key along.' },
      certain: { ...flag, description: 'False where it hangs on the key through a local value.' },
      kind: { enum: ['store', 'command', 'verified', 'other'] },
    }),
  },
  blast: exactly({ accounts: count, keys: count, people: count, parallels: count }),
  differences: {
    type: 'array',
    items: exactly({
      attribute: text,
      before: textOrNull,
      after: textOrNull,
      unknown: flag,
      sensitive: flag,
    }),
  },
  remarks: {
    type: 'array',
    items: {
      type: 'object',
      required: ['code', 'level', 'message'],
      properties: { code: text, level: { enum: LEVELS }, message: text },
    },
  },
});

const waiver = exactly({ owner: text, reason: text, ticket: text, until: text });

const finding = exactly({
  rule: text,
  level: { enum: FINDING_LEVELS },
  address: textOrNull,
  identifier: textOrNull,
  message: text,
  why: text,
  fix: text,
  controls: texts,
  fingerprint: text,
  waived: { anyOf: [waiver, { type: 'null' }] },
});

export const reviewSchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  $id: REVIEW_SCHEMA_ID,
  title: 'Review of a plan, as "browserstack-iac review --format json" prints it',
  ...exactly({
    $schema: { const: REVIEW_SCHEMA_ID },
    version: { const: 1 },
    tool: exactly({ name: text, version: text }),
    stack: text,
    source: exactly({
      engine: { enum: ['terraform', 'opentofu', 'reconciler', 'static'] },
      engine_version: textOrNull,
      format_version: text,
      timestamp: dateOrNull,
      plan_sha256: { ...sha256OrNull, description: 'Of the JSON that was reviewed.' },
      tfplan_sha256: { ...sha256OrNull, description: 'Of the plan file that may be applied.' },
      commit: textOrNull,
      complete: flag,
      applyable: flag,
      errored: flag,
      mode: { enum: ['normal', 'destroy', 'refresh-only'] },
      several_organizations: flag,
    }),
    verdict: { enum: [...LEVELS, 'refused'] },
    headline: text,
    exit_code: { enum: [0, 1, 2] },
    fail_on: { enum: ['look', 'danger', 'never'] },
    counts: exactly(Object.fromEntries([...KINDS, 'other_providers'].map((kind) => [kind, count]))),
    cost: exactly({
      writes: count,
      lists: count,
      automate: { ...count, description: 'Requests under the limit of Automate.' },
      seconds: { ...count, description: 'That an apply waits for the budget of the organization.' },
      exact: flag,
    }),
    changes: { type: 'array', items: change },
    hazards: { type: 'array', items: { type: 'object', required: ['code'], properties: { code: text } } },
    keys_in_state: { ...texts, description: 'Addresses of keys that stand in the state in clear.' },
    refusals: {
      type: 'array',
      items: exactly({
        address: textOrNull,
        name: textOrNull,
        code: textOrNull,
        summary: text,
        detail: text,
      }),
    },
    unknowns: { type: 'array', items: exactly({ address: text, attribute: text }) },
    diagnostics: {
      type: 'array',
      items: exactly({
        severity: { enum: ['error', 'warning'] },
        code: textOrNull,
        summary: text,
        address: textOrNull,
      }),
    },
    findings: { type: 'array', items: finding },
    policy: exactly({
      file: textOrNull,
      sha256: sha256OrNull,
      from: { enum: ['base', 'head', 'defaults'] },
      changed_in_this_change: flag,
      waivers: exactly({ used: count, unused: count, expired: count }),
    }),
  }),
} as const;
