import type { Context } from '../context.ts';
import type { DocumentedParameter, Operation } from '../http/operation.ts';
import { type Answer, type Json, json } from '../http/responses.ts';
import { Refusal } from '../organization/refusal.ts';
import { products, roles, type User } from '../organization/state.ts';
import {
  changeRole,
  disableUser,
  grantProducts,
  inviteUser,
  listUsers,
  removeUser,
} from '../organization/users.ts';
import { inListOrder } from './list-order.ts';
import { choicesOf, type NumberParameter, namesOf, numberOf, unlessRefused } from './list-parameters.ts';
import { asSampled } from './teams.ts';
import { messageSchema, userOnTheWire, userSchema } from './wire.ts';

const SOURCE = 'enterprise/api-reference/users/manage';
const shared = { budget: 'user-management', enterpriseOnly: true, source: SOURCE } as const;
const email: DocumentedParameter = { name: 'email', required: true, description: 'Address of the person.' };
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
  certainty: 'documented',
  parameters: [
    { name: 'role', description: 'user, admin, owner; separated by commas.' },
    { name: 'team_name', description: 'Names of teams; separated by commas.' },
    { name: 'product_access', description: 'Products; separated by commas.' },
    { name: 'status', description: 'pending, disabled; separated by commas.' },
  ],
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
  certainty: 'contradiction',
  parameters: [{ name: 'email', description: 'Addresses; separated by commas.' }, pageParameter],
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

const create: Operation = {
  ...shared,
  id: 'createUser',
  method: 'POST',
  path: '/user/create_user',
  summary: 'Invites a person. Neither id nor user name is answered.',
  certainty: 'documented',
  parameters: [
    email,
    { name: 'full_name', required: true, description: 'Name of the person.' },
    { name: 'role', description: 'user (default), admin, owner.' },
    { name: 'team', description: 'Name of the team; team here, team_name elsewhere.' },
  ],
  answers: messageSchema,
  handle: ({ context, caller, parameters }) => {
    const given = (name: string) => parameters.get(name) ?? '';
    const user = inviteUser(context, caller, {
      email: given('email'),
      fullName: given('full_name'),
      role: given('role'),
      team: given('team'),
    });
    return user instanceof Refusal ? user : json({ message: 'User has been created successfully.' });
  },
};

const grant: Operation = {
  ...shared,
  id: 'addEntitlement',
  method: 'POST',
  path: '/user/add_entitlement',
  summary: 'Gives a person access to products.',
  certainty: 'inferred',
  parameters: [
    email,
    {
      name: 'product_access',
      required: true,
      description: 'A product, or the bundle browser_testing or mobile_app_testing.',
    },
  ],
  answers: messageSchema,
  handle: (call) =>
    told(
      grantProducts(
        call.context,
        call.caller,
        call.parameters.get('email'),
        call.parameters.get('product_access'),
      ),
      'Product access has been granted successfully.',
    ),
};

const revoke: Operation = {
  ...shared,
  id: 'revokeUser',
  method: 'DELETE',
  path: '/user/revoke_user',
  summary: 'Removes a person. Known from public code only.',
  certainty: 'inferred',
  source: 'public code that calls DELETE /user/revoke_user?email=',
  parameters: [email],
  answers: messageSchema,
  handle: (call) =>
    told(
      removeUser(call.context, call.caller, call.parameters.get('email')),
      'User has been removed successfully.',
    ),
};

const updateRole: Operation = {
  ...shared,
  id: 'updateUserRole',
  method: 'PUT',
  path: '/user/update_user_role',
  summary: 'Changes a role. Named by a third party only.',
  certainty: 'guess',
  source: 'a third party that names PUT /user/update_user_role',
  parameters: [email, { name: 'role', required: true, description: 'user or admin.' }],
  answers: messageSchema,
  handle: (call) =>
    told(
      changeRole(call.context, call.caller, call.parameters.get('email'), call.parameters.get('role')),
      'User role has been updated successfully.',
    ),
};

const disable = (['POST', 'PUT', 'DELETE'] as const).map(
  (method): Operation => ({
    ...shared,
    id: `disableUserBy${method}`,
    method,
    path: '/user/disable_user',
    served: (behaviours) => behaviours['disable-user-method'] === method,
    summary: 'Disables a person. That the call exists is documented, its form is not.',
    certainty: 'guess',
    parameters: [email],
    answers: messageSchema,
    handle: (call) =>
      told(
        disableUser(call.context, call.caller, call.parameters.get('email')),
        'User has been disabled successfully.',
      ),
  }),
);

export const userOperations: readonly Operation[] = [
  list,
  listV2,
  asSampled(listV2, 'listUsersV2AsSampled'),
  create,
  grant,
  revoke,
  updateRole,
  ...disable,
];

function told(done: User | Refusal, message: string): Answer | Refusal {
  return done instanceof Refusal ? done : json({ message });
}

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
