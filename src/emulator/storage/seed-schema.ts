import { products } from '../organization/state.ts';

/** No colon: Basic authentication ends the user name at the first one. */
const username = { type: 'string', minLength: 1, pattern: '^[^:\\u0000-\\u001f]+$' };
const accessKey = { type: 'string', minLength: 1, pattern: '^[^\\u0000-\\u001f]+$' };
const teamName = { type: 'string', minLength: 1, maxLength: 40 };
const count = { type: 'integer', minimum: 0 };
const parallels = { automate: count, app_automate: count };

/** The shape of a seed file. */
export const seedSchema = {
  type: 'object',
  required: ['organization'],
  additionalProperties: false,
  properties: {
    $schema: { type: 'string' },
    organization: {
      type: 'object',
      required: ['name'],
      additionalProperties: false,
      properties: {
        name: { type: 'string', minLength: 1 },
        enterprise: { type: 'boolean' },
        api_enabled: { type: 'boolean' },
        rbac: { type: 'boolean' },
        data_access: { enum: ['organization', 'team'] },
        parallels: {
          type: 'object',
          additionalProperties: false,
          properties: { ...parallels, queue: count },
        },
      },
    },
    users: {
      type: 'array',
      items: {
        type: 'object',
        required: ['username', 'access_key', 'role'],
        additionalProperties: false,
        properties: {
          username,
          access_key: accessKey,
          role: { enum: ['owner', 'admin', 'user'] },
          team: teamName,
          additional_teams: { type: 'array', uniqueItems: true, items: teamName },
          full_name: { type: 'string' },
          email: { type: 'string', minLength: 3 },
          status: { enum: ['active', 'disabled'] },
          product_access: { type: 'array', uniqueItems: true, items: { enum: [...products] } },
        },
      },
    },
    teams: {
      type: 'array',
      items: {
        type: 'object',
        required: ['name'],
        additionalProperties: false,
        properties: {
          name: teamName,
          parallels: { type: 'object', additionalProperties: false, properties: parallels },
        },
      },
    },
    service_accounts: {
      type: 'array',
      items: {
        type: 'object',
        required: ['identifier'],
        additionalProperties: false,
        properties: {
          identifier: { type: 'string', minLength: 1 },
          team: teamName,
          username,
          access_key: accessKey,
        },
      },
    },
  },
};
