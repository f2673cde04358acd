import type { Endpoint } from '../../http/endpoint.ts';
import type { Collection, Session } from '../session.ts';

/** The plan as the credentials see it: a person or account of a team sees the numbers of the team. */
export interface AutomatePlan {
  readonly automate_plan: string;
  readonly parallel_sessions_running: number | null;
  readonly parallel_sessions_max_allowed: number;
  readonly team_parallel_sessions_max_allowed: number;
  readonly queued_sessions: number | null;
  readonly queued_sessions_max_allowed: number;
}

/** A mature client types the two live counts as nullable; the rest is documented as integer. */
const live = { type: ['integer', 'null'] };
const count = { type: 'integer' };

const getPlan: Endpoint<AutomatePlan> = {
  method: 'GET',
  path: '/automate/plan.json',
  repeatable: true,
  budget: 'automate',
  answer: {
    type: 'object',
    required: ['automate_plan', 'parallel_sessions_max_allowed', 'team_parallel_sessions_max_allowed'],
    properties: {
      automate_plan: { type: 'string' },
      parallel_sessions_running: live,
      parallel_sessions_max_allowed: count,
      team_parallel_sessions_max_allowed: count,
      queued_sessions: live,
      queued_sessions_max_allowed: count,
    },
  },
};

const plans: Collection<AutomatePlan> = {
  name: 'Automate plans',
  idOf: () => 'plan',
  async list(session) {
    const { body } = await session.client.send(getPlan, { onWait: session.onWait });
    return [body];
  },
};

/** Costs one request per run, of the Automate budget. */
export async function automatePlan(session: Session): Promise<AutomatePlan> {
  const [plan] = await session.snapshot(plans).get();
  if (plan === undefined) throw new Error('the plan was listed as nothing');
  return plan;
}
