import type { Behaviours } from '../behaviours/index.ts';
import type { DocumentedParameter, Operation } from '../http/operation.ts';
import { type Answer, json } from '../http/responses.ts';
import { Refusal } from '../organization/refusal.ts';
import { products, roles, type User } from '../organization/state.ts';
import {
  bundleNames,
  changeRole,
  disableUser,
  grantProducts,
  inviteUser,
  removeUser,
} from '../organization/users.ts';
import { emailSchema, filledSchema, listSchema, nameSchema } from './text-schema.ts';
import { userListOperations } from './user-lists.ts';
import { messageSchema } from './wire.ts';

const SOURCE = 'enterprise/api-reference/users/manage';
const shared = { tag: 'People', budget: 'user-management', enterpriseOnly: true, source: SOURCE } as const;
const email: DocumentedParameter = {
  name: 'email',
  required: true,
  description: 'Address of the person.',
  schema: filledSchema,
};
const create: Operation = {
  ...shared,
  id: 'createUser',
  method: 'POST',
  path: '/user/create_user',
  summary: 'Invites a person. Neither id nor user name is answered.',
  certainty: 'documented',
  refuses: [403],
  parameters: (behaviours) => [
    { ...email, schema: emailSchema },
    {
      name: 'full_name',
      required: true,
      description: 'Name of the person.',
      schema: nameSchema(1, behaviours['name-length'] === '255' ? 255 : undefined),
    },
    { ...roleParameter(behaviours), required: false },
    { name: 'team', description: 'Name of the team; team here, team_name elsewhere.' },
  ],
  answers: messageSchema,
  handle: ({ context, caller, parameters }) => {
    const given = (name: string) => parameters.get(name) ?? '';
    const user = inviteUser(context, caller, {
      email: given('email'),
      fullName: given('full_name'),
      role: parameters.get('role') ?? 'user',
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
  refuses: [403, 404],
  certainty: 'inferred',
  parameters: [
    email,
    {
      name: 'product_access',
      required: true,
      description: 'Products, or bundles of them.',
      schema: listSchema([...products, ...bundleNames], 1),
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
  refuses: [403, 404],
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
  parameters: (behaviours) => [email, roleParameter(behaviours)],
  refuses: [403, 404],
  answers: messageSchema,
  handle: (call) =>
    told(
      changeRole(call.context, call.caller, call.parameters.get('email'), call.parameters.get('role')),
      'User role has been updated successfully.',
    ),
};

function roleParameter(behaviours: Behaviours): DocumentedParameter {
  const given = roles.filter((role) => role !== 'owner' || behaviours['owner-role-on-create'] === 'as-admin');
  return { name: 'role', required: true, description: 'Default on creation: user.', schema: { enum: given } };
}

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
    refuses: [403, 404],
    answers: messageSchema,
    handle: (call) =>
      told(
        disableUser(call.context, call.caller, call.parameters.get('email')),
        'User has been disabled successfully.',
      ),
  }),
);

export const userOperations: readonly Operation[] = [
  ...userListOperations,
  create,
  grant,
  revoke,
  updateRole,
  ...disable,
];

function told(done: User | Refusal, message: string): Answer | Refusal {
  return done instanceof Refusal ? done : json({ message });
}
