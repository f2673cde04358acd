import type { Context } from '../context.ts';
import type { Call, Operation } from '../http/operation.ts';
import { type Answer, json } from '../http/responses.ts';
import { Refusal } from '../organization/refusal.ts';
import { createTeam, deleteTeam, listTeams } from '../organization/teams.ts';
import { inListOrder } from './list-order.ts';
import { allocationOnTheWire, allocationSchema, messageSchema, teamOnTheWire, teamSchema } from './wire.ts';

const SOURCE = 'enterprise/api-reference/teams/manage';
const shared = { budget: 'user-management', enterpriseOnly: true, source: SOURCE } as const;
const teamName = { name: 'team_name', required: true, description: 'Name of the team.' };

const list: Operation = {
  ...shared,
  id: 'listTeams',
  method: 'GET',
  path: '/user/team_detail',
  summary: 'All teams the caller sees, with members and parallels.',
  certainty: 'documented',
  answers: {
    type: 'object',
    required: ['count', 'team_details'],
    properties: {
      count: { type: 'integer', minimum: 0 },
      team_details: { type: 'array', items: teamSchema },
    },
  },
  handle: ({ context, caller, lagSeconds }) => {
    const teams = listTeams(context, caller, lagSeconds);
    if (teams instanceof Refusal) return teams;
    const shown = inListOrder(context, teams).map((team) => teamOnTheWire(context, team, lagSeconds));
    return json({ count: shown.length, team_details: shown });
  },
};

const create: Operation = {
  ...shared,
  id: 'createTeam',
  method: 'POST',
  path: '/user/create_team',
  losable: true,
  summary: 'Creates a team.',
  certainty: 'documented',
  parameters: [{ ...teamName, schema: { type: 'string', minLength: 1, maxLength: 40 } }],
  answers: messageSchema,
  handle: ({ context, caller, parameters }) => {
    const team = createTeam(context, caller, parameters.get('team_name'));
    return team instanceof Refusal ? team : told(context, `${team.name} successfully created.`);
  },
};

const remove: Operation = {
  ...shared,
  id: 'deleteTeam',
  method: 'DELETE',
  path: '/user/delete_team',
  summary: 'Deletes a team; its people move to the organization.',
  certainty: 'documented',
  parameters: [teamName],
  answers: messageSchema,
  handle: ({ context, caller, parameters }) => {
    const team = deleteTeam(context, caller, parameters.get('team_name'));
    return team instanceof Refusal ? team : told(context, `${team.name} successfully deleted.`);
  },
};

const allocation: Operation = {
  ...shared,
  id: 'getTeamParallels',
  method: 'GET',
  path: '/user/get_team_details',
  summary: 'How many parallels each team may use.',
  certainty: 'contradiction',
  parameters: [{ ...teamName, required: false, description: 'Only this team. Default: every team.' }],
  answers: {
    type: 'object',
    required: ['message'],
    properties: {
      message: {
        type: 'object',
        additionalProperties: {
          type: 'object',
          required: ['parallels'],
          properties: { parallels: allocationSchema },
        },
      },
    },
  },
  handle: allocations,
};

export const teamOperations: readonly Operation[] = [
  list,
  create,
  remove,
  asSampled(remove, 'deleteTeamAsSampled'),
  allocation,
  asSampled(allocation, 'getTeamParallelsAsSampled'),
];

/** The same call with POST, as the sample has it against its own heading. */
export function asSampled(operation: Operation, id: string): Operation {
  return {
    ...operation,
    id,
    method: 'POST',
    served: (behaviours) => behaviours['team-methods'] === 'heading-and-sample',
    summary: `${operation.summary} With POST, as the sample has it.`,
    certainty: 'contradiction',
  };
}

function allocations({ context, caller, parameters, lagSeconds }: Call): Answer | Refusal {
  const teams = listTeams(context, caller, lagSeconds);
  if (teams instanceof Refusal) return teams;
  const name = parameters.get('team_name')?.trim() ?? '';
  const wanted = name === '' ? teams : teams.filter((team) => team.name === name);
  if (name !== '' && wanted.length === 0) return new Refusal(404, 'Team not found.');
  const shown = wanted.map((team) => [team.name, { parallels: allocationOnTheWire(context, team.name) }]);
  return json({ message: Object.fromEntries(shown) });
}

function told(context: Context, text: string): Answer {
  switch (context.behaviours['team-answer-field']) {
    case 'message':
      return json({ message: text });
    case 'status_code':
      return json({ status_code: text });
    case 'both':
      return json({ message: text, status_code: text });
  }
}
