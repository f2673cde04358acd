import type { Call, Operation } from '../http/operation.ts';
import { json } from '../http/responses.ts';
import { poolOf } from '../organization/parallels.ts';
import type { Parallels } from '../organization/state.ts';

const count = { type: 'integer', minimum: 0 };

const plan: Operation = {
  tag: 'Plan',
  id: 'getAutomatePlan',
  method: 'GET',
  path: '/automate/plan.json',
  budget: 'automate',
  summary: "The plan and the caller's parallels: the cheapest proof of a key, on every plan.",
  certainty: 'documented',
  source: 'automate/api-reference/selenium/plan',
  answers: {
    type: 'object',
    required: [
      'automate_plan',
      'parallel_sessions_running',
      'team_parallel_sessions_max_allowed',
      'parallel_sessions_max_allowed',
      'queued_sessions',
      'queued_sessions_max_allowed',
    ],
    properties: {
      automate_plan: { type: 'string' },
      parallel_sessions_running: count,
      team_parallel_sessions_max_allowed: count,
      parallel_sessions_max_allowed: count,
      queued_sessions: count,
      queued_sessions_max_allowed: count,
    },
  },
  handle: (call) => json(planOf(call)),
};

export const planOperations: readonly Operation[] = [
  plan,
  {
    ...plan,
    id: 'getTurboScalePlan',
    path: '/automate-turboscale/v1/plan',
    summary: 'The same six fields for TurboScale.',
    source: 'automate-turboscale/api-reference/plan',
  },
  {
    ...plan,
    id: 'getAppAutomatePlan',
    path: '/app-automate/plan.json',
    summary: 'The same for App Automate (on api-cloud.browserstack.com), with terminal_access.',
    source: 'app-automate/api-reference/appium/plan',
    handle: (call) => json({ ...planOf(call, 'appAutomate'), terminal_access: 'Public' }),
  },
];

function planOf({ context, caller }: Call, product: keyof Parallels = 'automate') {
  const pool = poolOf(context, caller, product);
  return {
    automate_plan: context.state.organization.enterprise ? 'Enterprise' : 'Desktop & Mobile',
    parallel_sessions_running: pool.running,
    team_parallel_sessions_max_allowed: pool.maximumOfTeam,
    parallel_sessions_max_allowed: pool.maximum,
    queued_sessions: pool.queued,
    queued_sessions_max_allowed: pool.maximumQueued,
  };
}
