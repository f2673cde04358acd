import type { DataSource } from '../../lifecycle/provider-definition.ts';
import { attribute } from '../../schema/attribute.ts';
import { defineSchema } from '../../schema/schema.ts';
import type { Session } from '../session.ts';
import { automatePlan } from './api.ts';

const schema = defineSchema({
  description:
    'The Automate plan and its parallel sessions, as the credentials of the provider see them. Costs one request per run, not of the account-management budget.',
  attributes: {
    automate_plan: attribute.string({ computed: true, description: 'Name of the plan.' }),
    parallel_sessions_running: attribute.integer({
      computed: true,
      nullable: true,
      description: 'Sessions that run now; null where the service does not say.',
    }),
    parallel_sessions_max_allowed: attribute.integer({
      computed: true,
      description: 'Parallel sessions of the plan.',
    }),
    team_parallel_sessions_max_allowed: attribute.integer({
      computed: true,
      description: 'Parallel sessions of the team of these credentials.',
    }),
    queued_sessions: attribute.integer({
      computed: true,
      nullable: true,
      description: 'Sessions that wait now; null where the service does not say.',
    }),
    queued_sessions_max_allowed: attribute.integer({
      computed: true,
      nullable: true,
      description: 'Sessions that may wait.',
    }),
  },
});

export const automatePlanDataSource: DataSource<Session, typeof schema> = {
  type: 'browserstack_automate_plan',
  schema,
  async read(_config, { session }) {
    const plan = await automatePlan(session);
    return {
      automate_plan: plan.automate_plan,
      parallel_sessions_running: plan.parallel_sessions_running ?? null,
      parallel_sessions_max_allowed: plan.parallel_sessions_max_allowed,
      team_parallel_sessions_max_allowed: plan.team_parallel_sessions_max_allowed,
      queued_sessions: plan.queued_sessions ?? null,
      queued_sessions_max_allowed: plan.queued_sessions_max_allowed ?? null,
    };
  },
};
