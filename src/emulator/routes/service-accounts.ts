import type { Behaviours } from '../behaviours/index.ts';
import type { Call, DocumentedParameter, Operation, Success } from '../http/operation.ts';
import { type Answer, empty, json } from '../http/responses.ts';
import { createAccount, deleteAccount, listAccounts, updateAccount } from '../organization/accounts.ts';
import { Refusal, refuse } from '../organization/refusal.ts';
import { encodedAccounts } from './encoded-accounts.ts';
import { inListOrder } from './list-order.ts';
import { filledSchema, nameSchema } from './text-schema.ts';
import { accountOnTheWire, messageSchema, serviceAccountSchema } from './wire.ts';

const SOURCE = 'enterprise/api-reference/service-accounts/manage';
const COLLECTION = '/user/service-accounts';
const shared = {
  tag: 'Service accounts',
  budget: 'user-management',
  enterpriseOnly: true,
  source: SOURCE,
} as const;

const usernameParameter: DocumentedParameter = {
  name: 'username',
  required: true,
  description: 'User name of the account.',
  schema: { type: 'string', minLength: 1 },
};

const accountWithKeySchema = {
  ...serviceAccountSchema,
  required: [...serviceAccountSchema.required, 'authkey'],
};

const list: Operation = {
  ...shared,
  id: 'listServiceAccounts',
  method: 'GET',
  path: COLLECTION,
  served: (behaviours) => behaviours['list-call'] === 'present',
  summary: 'All service accounts the caller sees, keys included, in one answer without pages.',
  certainty: 'documented',
  answers: (behaviours) => ({
    type: 'array',
    items: behaviours['listed-key'] === 'hidden' ? serviceAccountSchema : accountWithKeySchema,
  }),
  handle: ({ context, caller, lagSeconds }) => {
    const accounts = listAccounts(context, caller, lagSeconds);
    if (accounts instanceof Refusal) return accounts;
    return encodedAccounts(context, inListOrder(context, accounts));
  },
};

const create: Operation = {
  ...shared,
  id: 'createServiceAccount',
  method: 'POST',
  path: COLLECTION,
  served: (behaviours) => behaviours['create-path'] !== 'create_service_account',
  losable: true,
  summary: 'Creates an account of a team, or of the organization when no team is named.',
  certainty: 'documented',
  parameters: (behaviours) => [
    { ...identifierParameter(behaviours), required: true },
    ...teamParameters(behaviours, 'The team. Default: organization level.'),
  ],
  answers: accountWithKeySchema,
  links: ['deleteServiceAccount', 'deleteServiceAccountByPath', 'updateServiceAccount'].map((to) => ({
    to,
    parameter: 'username',
    from: '/username',
  })),
  refuses: (behaviours) => [behaviours['unknown-team'], behaviours['team-admin-outside-team']],
  handle: (call) => {
    const team = teamParameter(call);
    if (team instanceof Refusal) return team;
    const sendsRole = call.parameters.names.includes('role');
    if (sendsRole && call.context.behaviours['service-account-role'] === '422')
      return refuse(422, 'Unknown parameter role.');
    const identifier = call.parameters.get('identifier');
    const account = createAccount(call.context, call.caller, { identifier, team });
    return account instanceof Refusal ? account : json(accountOnTheWire(call.context, account));
  },
};

const remove: Operation = {
  ...shared,
  id: 'deleteServiceAccount',
  method: 'DELETE',
  path: COLLECTION,
  summary: 'Deletes an account; its key dies with it and nothing brings it back.',
  certainty: 'contradiction',
  parameters: [usernameParameter],
  answers: deletedAnswer,
  refuses: (behaviours) => [behaviours['delete-unknown'], behaviours['team-admin-deletes-foreign']],
  handle: (call) => removed(call, call.parameters.get('username')),
};

const update: Operation = {
  ...shared,
  id: 'updateServiceAccount',
  method: 'PUT',
  path: COLLECTION,
  served: (behaviours) => behaviours.update === 'put',
  summary: 'Renames or moves an account. Promised by the overview, shown by no page: off unless switched on.',
  certainty: 'guess',
  parameters: (behaviours) => [
    usernameParameter,
    identifierParameter(behaviours),
    ...teamParameters(behaviours, 'New team.'),
  ],
  answers: accountWithKeySchema,
  refuses: (behaviours) => [404, 403, behaviours['unknown-team'], behaviours['team-admin-deletes-foreign']],
  handle: (call) => {
    const team = teamParameter(call);
    if (team instanceof Refusal) return team;
    const wanted = { identifier: call.parameters.get('identifier'), team };
    const account = updateAccount(call.context, call.caller, call.parameters.get('username'), wanted);
    return account instanceof Refusal ? account : json(accountOnTheWire(call.context, account));
  },
};

export const serviceAccountOperations: readonly Operation[] = [
  list,
  create,
  {
    ...create,
    id: 'createServiceAccountAtOldPath',
    path: '/user/create_service_account',
    served: (behaviours) => behaviours['create-path'] !== 'service-accounts',
    summary: 'The same call where the oldest sample has it.',
    certainty: 'contradiction',
  },
  remove,
  {
    ...remove,
    id: 'deleteServiceAccountByPath',
    path: `${COLLECTION}/{username}`,
    served: (behaviours) => behaviours['delete-form'] === 'query-and-path',
    summary: 'The same call with the user name in the path.',
    certainty: 'guess',
    parameters: [],
    handle: (call) => removed(call, call.segments.username),
  },
  update,
];

function removed({ context, caller }: Call, username: string | undefined): Answer | Refusal {
  const account = deleteAccount(context, caller, username);
  // A switch has the unknown counted as deleted: it is answered in the same form.
  if (account instanceof Refusal && account.status !== 200) return account;
  switch (context.behaviours['delete-answer']) {
    case 'message':
      return json({
        message: account instanceof Refusal ? account.message : `${account.identifier} successfully deleted.`,
      });
    case 'empty':
      return empty(200);
    case 'no-content':
      return empty(204);
  }
}

function identifierParameter(behaviours: Behaviours): DocumentedParameter {
  const lengths = { '3-255': nameSchema(3, 255), '3-unlimited': nameSchema(3), unlimited: nameSchema(1) };
  return {
    name: 'identifier',
    description: 'Unique name; shown on dashboards as the user name.',
    schema: lengths[behaviours['identifier-length']],
  };
}

function teamParameters(behaviours: Behaviours, description: string): DocumentedParameter[] {
  const spelling = behaviours['team-parameter'];
  const names = spelling === 'both' ? ['teamName', 'team_name'] : [spelling];
  const schema = behaviours['empty-team'] === '422' ? filledSchema : { type: 'string' };
  return names.map((name) => ({ name, description, schema }));
}

function deletedAnswer(behaviours: Behaviours): Success {
  return behaviours['delete-answer'] === 'message' ? messageSchema : behaviours['delete-answer'];
}

/** The team as the switch lets it be spelled; both spellings at once must agree. */
function teamParameter({ context, parameters }: Call): string | undefined | Refusal {
  const spelling = context.behaviours['team-parameter'];
  const teamName = spelling === 'team_name' ? undefined : parameters.get('teamName');
  const team_name = spelling === 'teamName' ? undefined : parameters.get('team_name');
  if (teamName !== undefined && team_name !== undefined && teamName !== team_name)
    return refuse(422, 'teamName and team_name differ.');
  return teamName ?? team_name;
}
