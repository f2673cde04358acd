// The shape of browserstack.policy.json, made from the rules: an editor that is given it completes and checks the file.

import { LEVELS } from './rule.ts';
import { type NamedRule, rules } from './rules/index.ts';

const POLICY_SCHEMA_ID = 'urn:browserstack-iac:policy:1';

const level = {
  enum: ['off', ...LEVELS],
  description: 'error stops the change, warning is shown, note is told.',
} as const;

/** What a rule may be set to, where it is more than a level. */
export function settingSchema({ parameters = {} }: NamedRule) {
  const given = Object.entries(parameters).map(([name, { description, schema }]) => [
    name,
    { description, ...schema },
  ]);
  return {
    type: 'object',
    additionalProperties: false,
    properties: { level, ...Object.fromEntries(given) },
  };
}

const line = { type: 'string', minLength: 1, pattern: '^[^\\u0000-\\u001f\\u007f]+$' } as const;
const day = { type: 'string', pattern: '^\\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])$' } as const;
/** More than a lone star: a waiver for everything is no waiver. */
const glob = { ...line, not: { pattern: '^[*?]+$' } } as const;

export const waiverSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['rule', 'owner', 'reason', 'ticket', 'until'],
  properties: {
    rule: { enum: rules.map(({ name }) => name) },
    identifier: {
      ...glob,
      description: 'What people call the object: identifier, team, e-mail address. A glob.',
    },
    address: { ...glob, description: 'Address in the configuration. A glob.' },
    owner: { ...line, description: 'Who answers for it.' },
    reason: line,
    ticket: line,
    until: { ...day, description: 'The last day on which it holds, at most 180 days from now.' },
  },
} as const;

export const policySchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  $id: POLICY_SCHEMA_ID,
  title: 'Policy of browserstack-iac: rules of the review, waivers',
  type: 'object',
  additionalProperties: false,
  required: ['version'],
  properties: {
    $schema: { type: 'string' },
    version: { const: 1 },
    rules: {
      type: 'object',
      additionalProperties: false,
      properties: Object.fromEntries(
        rules.map((rule) => [rule.name, { description: rule.summary, anyOf: [level, settingSchema(rule)] }]),
      ),
    },
    waivers: {
      type: 'array',
      items: { ...waiverSchema, oneOf: [{ required: ['identifier'] }, { required: ['address'] }] },
    },
  },
} as const;
