// BrowserStack's spelling of accounts, teams and users: the schemas its answers keep, and the answers themselves.

import type { Json } from './answer.ts';
import { usersAsOf } from './history.ts';
import { products, type ServiceAccount, type Team, type User } from './state.ts';
import { parallelsOf } from './teams.ts';
import { now, type World } from './world.ts';

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

export function accountOnTheWire(world: World, account: ServiceAccount): Readonly<Record<string, Json>> {
  return {
    identifier: account.identifier,
    username: account.username,
    authkey: account.accessKey,
    teamName: account.team ?? world.state.organization.name,
    mainGroup: account.team === null || world.behaviours['main-group-of-team-accounts'] === 'true',
  };
}

/** As the list shows it, where a switch may keep the key back. */
export function listedAccountOnTheWire(world: World, account: ServiceAccount): Json {
  const { authkey = '', ...rest } = accountOnTheWire(world, account);
  switch (world.behaviours['listed-key']) {
    case 'current':
      return accountOnTheWire(world, { ...account, accessKey: String(authkey) });
    case 'first':
      return accountOnTheWire(world, { ...account, accessKey: account.firstKey });
    case 'hidden':
      return rest;
  }
}

export function allocationOnTheWire(world: World, team: string): Json {
  const automate = parallelsOf(world, team, 'automate');
  const appAutomate = parallelsOf(world, team, 'appAutomate');
  return {
    automate: { val: automate.value, type: automate.own ? 'Team' : 'Org' },
    app_automate: { val: appAutomate.value, type: appAutomate.own ? 'Team' : 'Org' },
  };
}

export function userOnTheWire(world: World, user: User): Readonly<Record<string, Json>> {
  return {
    id: user.id,
    username: user.username,
    full_name: user.fullName,
    email: user.email,
    role: user.role,
    organization_name: world.state.organization.name,
    product_access: Object.fromEntries(products.map((product) => [product, user.products.includes(product)])),
  };
}

/** A team and the members it had `lagSeconds` ago. */
export function teamOnTheWire(world: World, team: Team, lagSeconds: number): Json {
  const lag = Math.max(lagSeconds, world.behaviours['read-delay']);
  const members = usersAsOf(world.state, now(world), lag).filter((user) => user.team === team.name);
  return {
    name: team.name,
    created_at: new Date(team.createdAt).toISOString(),
    parallels_allocated: allocationOnTheWire(world, team.name),
    user_count: members.length,
    user_details: members.map((user) => userOnTheWire(world, user)),
  };
}
