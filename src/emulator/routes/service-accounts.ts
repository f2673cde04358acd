import type { Call, Operation } from '../http/operation.ts';
import { type Answer, empty, json } from '../http/responses.ts';
import { createAccount, deleteAccount, listAccounts, updateAccount } from '../organization/accounts.ts';
import { Refusal, refuse } from '../organization/refusal.ts';
import { inListOrder } from './list-order.ts';
import { accountOnTheWire, listedAccountOnTheWire, messageSchema, serviceAccountSchema } from './wire.ts';

const SOURCE = 'enterprise/api-reference/service-accounts/manage';
const COLLECTION = '/user/service-accounts';
const shared = { budget: 'user-management', enterpriseOnly: true, source: SOURCE } as const;

const list: Operation = {
  ...shared,
  id: 'listServiceAccounts',
  method: 'GET',
  path: COLLECTION,
  served: (behaviours) => behaviours['list-call'] === 'present',
  summary: 'All service accounts the caller sees, keys included, in one answer without pages.',
  certainty: 'documented',
  answers: { type: 'array', items: serviceAccountSchema },
  handle: ({ context, caller, lagSeconds }) => {
    const accounts = listAccounts(context, caller, lagSeconds);
    if (accounts instanceof Refusal) return accounts;
    return json(inListOrder(context, accounts).map((account) => listedAccountOnTheWire(context, account)));
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
  parameters: [
    { name: 'identifier', required: true, description: 'Unique name; at least 3 characters.' },
    { name: 'teamName', description: 'The team. Default: organization level.' },
  ],
  answers: { ...serviceAccountSchema, required: [...serviceAccountSchema.required, 'authkey'] },
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
  parameters: [{ name: 'username', required: true, description: 'User name of the account.' }],
  answers: messageSchema,
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
  parameters: [
    { name: 'username', required: true, description: 'User name of the account.' },
    { name: 'identifier', description: 'New name.' },
    { name: 'teamName', description: 'New team.' },
  ],
  answers: serviceAccountSchema,
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
  if (account instanceof Refusal) return account;
  switch (context.behaviours['delete-answer']) {
    case 'message':
      return json({ message: `${account.identifier} successfully deleted.` });
    case 'empty':
      return empty(200);
    case 'no-content':
      return empty(204);
  }
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
