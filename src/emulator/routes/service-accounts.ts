import { createAccount, deleteAccount, listAccounts, updateAccount } from '../accounts.ts';
import { type Answer, empty, json, Refusal, refuse } from '../answer.ts';
import type { Call, Operation } from '../operation.ts';
import { accountOnTheWire, listedAccountOnTheWire, messageSchema, serviceAccountSchema } from '../wire.ts';
import { inListOrder } from './list-order.ts';

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
  handle: ({ world, caller, lagSeconds }) => {
    const accounts = listAccounts(world, caller, lagSeconds);
    if (accounts instanceof Refusal) return accounts;
    return json(inListOrder(world, accounts).map((account) => listedAccountOnTheWire(world, account)));
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
    if (sendsRole && call.world.behaviours['service-account-role'] === '422')
      return refuse(422, 'Unknown parameter role.');
    const identifier = call.parameters.get('identifier');
    const account = createAccount(call.world, call.caller, { identifier, team });
    return account instanceof Refusal ? account : json(accountOnTheWire(call.world, account));
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
    const account = updateAccount(call.world, call.caller, call.parameters.get('username'), wanted);
    return account instanceof Refusal ? account : json(accountOnTheWire(call.world, account));
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

function removed({ world, caller }: Call, username: string | undefined): Answer | Refusal {
  const account = deleteAccount(world, caller, username);
  if (account instanceof Refusal) return account;
  switch (world.behaviours['delete-answer']) {
    case 'message':
      return json({ message: `${account.identifier} successfully deleted.` });
    case 'empty':
      return empty(200);
    case 'no-content':
      return empty(204);
  }
}

/** The team as the switch lets it be spelled; both spellings at once must agree. */
function teamParameter({ world, parameters }: Call): string | undefined | Refusal {
  const spelling = world.behaviours['team-parameter'];
  const teamName = spelling === 'team_name' ? undefined : parameters.get('teamName');
  const team_name = spelling === 'teamName' ? undefined : parameters.get('team_name');
  if (teamName !== undefined && team_name !== undefined && teamName !== team_name)
    return refuse(422, 'teamName and team_name differ.');
  return teamName ?? team_name;
}
