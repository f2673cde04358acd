// BrowserStack's spelling of accounts, teams and users: the schemas its answers keep, and the answers themselves.

import { type Context, now } from '../context.ts';
import type { Json } from '../http/responses.ts';
import { usersAsOf } from '../organization/history.ts';
import { products, type ServiceAccount, type Team, type User } from '../organization/state.ts';
import { parallelsOf } from '../organization/teams.ts';

const text = { type: 'string' };
const count = { type: 'integer', minimum: 0 };

export const messageSchema = {
  type: 'object',
  properties: { message: text, status_code: text },
  minProperties: 1,
};

/** Why something was not done; the projects API adds a code. */
export const refusalSchema = {
  type: 'object',
  required: ['message'],
  properties: { message: text, code: text },
};

export const serviceAccountSchema = {
  type: 'object',
  required: ['identifier', 'username', 'teamName', 'mainGroup'],
  properties: {
    identifier: { ...text, description: 'The name the caller chose; shown on dashboards as the user name.' },
    username: { ...text, description: 'Assigned by the server: handle of later calls and Basic user name.' },
    authkey: { ...text, description: 'The access key: the Basic password.' },
    teamName: {
      ...text,
      description: 'The team, or the organization when the account is organization level.',
    },
    mainGroup: { type: 'boolean', description: 'True at organization level.' },
  },
};

export const allocationSchema = {
  type: 'object',
  required: ['automate', 'app_automate'],
  properties: Object.fromEntries(
    ['automate', 'app_automate'].map((product) => [
      product,
      {
        type: 'object',
        required: ['val', 'type'],
        properties: { val: count, type: { enum: ['Team', 'Org'] } },
      },
    ]),
  ),
};

export const userSchema = {
  type: 'object',
  required: ['id', 'username', 'full_name', 'email', 'role', 'organization_name', 'product_access'],
  properties: {
    id: { type: 'integer' },
    username: { ...text, description: 'Empty while the invitation is pending.' },
    full_name: text,
    email: text,
    role: { enum: ['owner', 'admin', 'user'] },
    organization_name: text,
    teams: { type: 'array', items: text },
    'additional-teams': { type: 'array', items: text, description: 'Only where a person has several teams.' },
    product_access: {
      type: 'object',
      required: [...products],
      properties: Object.fromEntries(products.map((product) => [product, { type: 'boolean' }])),
    },
  },
};

export const teamSchema = {
  type: 'object',
  required: ['name', 'created_at', 'parallels_allocated', 'user_count', 'user_details'],
  properties: {
    name: text,
    created_at: { ...text, pattern: '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z$' },
    parallels_allocated: allocationSchema,
    user_count: count,
    user_details: { type: 'array', items: userSchema },
  },
};

export function accountOnTheWire(context: Context, account: ServiceAccount): Readonly<Record<string, Json>> {
  return {
    identifier: account.identifier,
    username: account.username,
    authkey: account.accessKey,
    teamName: account.team ?? context.state.organization.name,
    mainGroup: account.team === null || context.behaviours['main-group-of-team-accounts'] === 'true',
  };
}

/** As the list shows it, where a switch may keep the key back. */
export function listedAccountOnTheWire(context: Context, account: ServiceAccount): Json {
  const { authkey = '', ...rest } = accountOnTheWire(context, account);
  switch (context.behaviours['listed-key']) {
    case 'current':
      return accountOnTheWire(context, { ...account, accessKey: String(authkey) });
    case 'first':
      return accountOnTheWire(context, { ...account, accessKey: account.firstKey });
    case 'hidden':
      return rest;
  }
}

export function allocationOnTheWire(context: Context, team: string): Json {
  const automate = parallelsOf(context, team, 'automate');
  const appAutomate = parallelsOf(context, team, 'appAutomate');
  return {
    automate: { val: automate.value, type: automate.own ? 'Team' : 'Org' },
    app_automate: { val: appAutomate.value, type: appAutomate.own ? 'Team' : 'Org' },
  };
}

export function userOnTheWire(context: Context, user: User): Readonly<Record<string, Json>> {
  return {
    id: user.id,
    username: user.username,
    full_name: user.fullName,
    email: user.email,
    role: user.role,
    organization_name: context.state.organization.name,
    product_access: Object.fromEntries(products.map((product) => [product, user.products.includes(product)])),
  };
}

/** A team and the members it had `lagSeconds` ago. */
export function teamOnTheWire(context: Context, team: Team, lagSeconds: number): Json {
  const lag = Math.max(lagSeconds, context.behaviours['read-delay']);
  const members = usersAsOf(context.state, now(context), lag).filter((user) => user.team === team.name);
  return {
    name: team.name,
    created_at: new Date(team.createdAt).toISOString(),
    parallels_allocated: allocationOnTheWire(context, team.name),
    user_count: members.length,
    user_details: members.map((user) => userOnTheWire(context, user)),
  };
}
