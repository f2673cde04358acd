import type { Endpoint } from '../../http/endpoint.ts';

export interface WireAllocation {
  readonly val: number;
  /** `Team`: its own; `Org`: shared with the organization. */
  readonly type: string;
}

export interface WireTeam {
  readonly name: string;
  readonly created_at?: string | null;
  readonly parallels_allocated?: {
    readonly automate?: WireAllocation | null;
    readonly app_automate?: WireAllocation | null;
  } | null;
  readonly user_count?: number;
  readonly user_details?: readonly { readonly organization_name?: string | null }[];
}

const allocation = {
  type: ['object', 'null'],
  required: ['val', 'type'],
  properties: { val: { type: 'integer' }, type: { type: 'string' } },
};

const team = {
  type: 'object',
  required: ['name'],
  properties: {
    name: { type: 'string' },
    created_at: { type: ['string', 'null'] },
    parallels_allocated: {
      type: ['object', 'null'],
      properties: { automate: allocation, app_automate: allocation },
    },
    user_count: { type: 'integer' },
    user_details: {
      type: 'array',
      items: { type: 'object', properties: { organization_name: { type: ['string', 'null'] } } },
    },
  },
};

export const listTeams: Endpoint<{ readonly team_details: readonly WireTeam[] }> = {
  method: 'GET',
  path: '/user/team_detail',
  repeatable: true,
  budget: 'account-management',
  answer: {
    type: 'object',
    required: ['team_details'],
    properties: { team_details: { type: 'array', items: team } },
  },
};

/** Answers a message only: no id, no date. What a duplicate answers is not documented. */
export const createTeam: Endpoint<unknown> = {
  method: 'POST',
  path: '/user/create_team',
  repeatable: false,
  budget: 'account-management',
};

/** DELETE says the heading, POST the sample; a sibling's only known caller uses DELETE. */
export const deleteTeam: Endpoint<unknown> = {
  method: 'DELETE',
  path: '/user/delete_team',
  repeatable: true,
  budget: 'account-management',
};
