// The lists of people: the one every organization has, and the one of role-based access control.

import type { Context } from '../context.ts';
import type { Operation } from '../http/operation.ts';
import { type Answer, type Json, json } from '../http/responses.ts';
import { Refusal } from '../organization/refusal.ts';
import { products, roles, type User } from '../organization/state.ts';
import { listUsers } from '../organization/users.ts';
import { inListOrder } from './list-order.ts';
import {
  choicesOf,
  listParameters,
  type NumberParameter,
  namesOf,
  numberOf,
  unlessRefused,
} from './list-parameters.ts';
import { asSampled } from './teams.ts';
import { listSchema } from './text-schema.ts';
import { userOnTheWire, userSchema } from './wire.ts';

const shared = {
  tag: 'People',
  budget: 'user-management',
  enterpriseOnly: true,
  source: 'enterprise/api-reference/users/manage',
} as const;
/** Those who are active cannot be asked for by the page; they can here. */
const statuses = ['pending', 'disabled', 'active'] as const;
const pageParameter: NumberParameter = {
  name: 'page',
  description: 'How long a page is stands nowhere, so there is one page.',
  schema: { type: 'integer', minimum: 1, default: 1 },
};
const EVERYBODY = { roles: [], teams: [], products: [], statuses: [] };
const usersSchema = {
  type: 'object',
  required: ['count', 'user_details'],
  properties: {
    count: { type: 'integer', minimum: 0 },
    user_details: { type: 'array', items: userSchema },
  },
};

const list: Operation = {
  ...shared,
  id: 'listUsers',
  method: 'GET',
  path: '/user/user_detail',
  summary: 'All people the caller sees, in one answer without pages.',
  refuses: (behaviours) => [behaviours['bad-list-parameter']],
  certainty: 'documented',
  parameters: listParameters(
    { name: 'role', description: 'Only these roles.', schema: listSchema(roles) },
    { name: 'team_name', description: 'Only these teams.', schema: listSchema(undefined) },
    { name: 'product_access', description: 'Only who has one of these.', schema: listSchema(products) },
    { name: 'status', description: 'Only these.', schema: listSchema(statuses) },
  ),
  answers: usersSchema,
  handle: ({ context, caller, parameters, lagSeconds }) => {
    const given = unlessRefused(
      choicesOf(context, parameters, 'role', roles),
      choicesOf(context, parameters, 'product_access', products),
      choicesOf(context, parameters, 'status', statuses),
    );
    if (given instanceof Refusal) return given;
    const [wantedRoles, wantedProducts, wantedStatuses] = given;
    const filter = {
      roles: wantedRoles,
      teams: namesOf(parameters.get('team_name')),
      products: wantedProducts,
      statuses: wantedStatuses,
    };
    const users = listUsers(context, caller, filter, lagSeconds);
    return users instanceof Refusal ? users : shown(context, users, withTeams);
  },
};

const listV2: Operation = {
  ...shared,
  id: 'listUsersV2',
  method: 'GET',
  path: '/user/v2/user-detail',
  source: 'iaam/user-and-team-management/role-based-access-control/manage-users-api',
  summary: 'People of an organization with role-based access control.',
  refuses: (behaviours) => [403, behaviours['bad-list-parameter']],
  certainty: 'contradiction',
  parameters: listParameters(
    { name: 'email', description: 'Only these addresses.', schema: listSchema(undefined) },
    pageParameter,
  ),
  answers: usersSchema,
  handle: ({ context, caller, parameters, lagSeconds }) => {
    if (!context.state.organization.rbac)
      return new Refusal(403, 'Role-based access control is not enabled for your organization.');
    const users = listUsers(context, caller, EVERYBODY, lagSeconds);
    if (users instanceof Refusal) return users;
    const wanted = namesOf(parameters.get('email'));
    const found = users.filter((user) => wanted.length === 0 || wanted.includes(user.email));
    const page = numberOf(context, parameters, pageParameter);
    if (page instanceof Refusal) return page;
    return shown(context, page === 1 ? found : [], (_, user) => ({
      ...withTeams(context, user),
      accessType: Object.fromEntries(user.products.map((product) => [product, 'Member'])),
      rbacRole: user.role === 'user' ? 'User' : 'Admin',
    }));
  },
};

export const userListOperations: readonly Operation[] = [
  list,
  listV2,
  asSampled(listV2, 'listUsersV2AsSampled'),
];

function shown(
  context: Context,
  users: readonly User[],
  show: (context: Context, user: User) => Json,
): Answer {
  const details = inListOrder(context, users).map((user) => show(context, user));
  return json({ count: details.length, user_details: details });
}

/** `teams` is absent for people of the organization, as in the sample; so is `additional-teams` without any. */
function withTeams(context: Context, user: User): Readonly<Record<string, Json>> {
  const { team, additionalTeams } = user;
  return {
    ...userOnTheWire(context, user),
    ...(team === null ? {} : { teams: [team] }),
    ...(additionalTeams.length === 0 ? {} : { 'additional-teams': additionalTeams }),
  };
}
