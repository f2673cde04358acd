import type { Behaviours } from '../behaviours/index.ts';
import type { Context } from '../context.ts';
import type { Call, Operation, Success } from '../http/operation.ts';
import { type Answer, json } from '../http/responses.ts';
import { Refusal } from '../organization/refusal.ts';
import { createTeam, deleteTeam, listTeams } from '../organization/teams.ts';
import { inListOrder } from './list-order.ts';
import { filledSchema, nameSchema } from './text-schema.ts';
import { allocationOnTheWire, allocationSchema, messageSchema, teamOnTheWire, teamSchema } from './wire.ts';

const SOURCE = 'enterprise/api-reference/teams/manage';
const shared = { tag: 'Teams', budget: 'user-management', enterpriseOnly: true, source: SOURCE } as const;
const teamName = {
  name: 'team_name',
  required: true,
  description: 'Name of the team.',
  schema: filledSchema,
};

const list: Operation = {
  links: ['deleteTeam', 'deleteTeamAsSampled', 'getTeamParallels', 'getTeamParallelsAsSampled'].map((to) => ({
    to,
    parameter: 'team_name',
    from: '/team_details/0/name',
  })),
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
  parameters: [{ ...teamName, schema: nameSchema(1, 40) }],
  answers: toldAnswer,
  refuses: (behaviours) => [behaviours['duplicate-team']],
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
  answers: toldAnswer,
  refuses: (behaviours) => [behaviours['delete-unknown-team']],
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
  parameters: [
    {
      name: teamName.name,
      description: 'Only this team. Default: every team.',
    },
  ],
  refuses: [404],
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

function toldAnswer(behaviours: Behaviours): Success {
  const field = behaviours['team-answer-field'];
  return { ...messageSchema, required: field === 'both' ? ['message', 'status_code'] : [field] };
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
