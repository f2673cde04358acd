import type { Behaviours } from '../behaviours/index.ts';
import type { Operation } from '../http/operation.ts';
import { json } from '../http/responses.ts';
import { auditReader, eventsBetween, knownActivities } from '../organization/audit.ts';
import { isDay } from '../organization/days.ts';
import { Refusal, refuse } from '../organization/refusal.ts';
import { daySchema } from './text-schema.ts';

const SOURCE = 'enterprise/api-reference/audit-logs/manage';
const text = { type: 'string' };

const logs: Operation = {
  tag: 'Audit log',
  id: 'listAuditEvents',
  method: 'GET',
  path: '/audit/v1/logs',
  budget: auditBudget,
  enterpriseOnly: true,
  source: SOURCE,
  summary: 'Events between two days, of the last 180 days.',
  certainty: 'inferred',
  parameters: [
    { name: 'oldest_date', description: 'First day.', schema: daySchema },
    { name: 'latest_date', description: 'Last day.', schema: daySchema },
  ],
  answers: {
    type: 'object',
    required: ['logs'],
    properties: {
      logs: {
        type: 'array',
        items: {
          type: 'object',
          required: ['event_id', 'date', 'actor', 'activity', 'location'],
          properties: {
            event_id: { type: 'integer' },
            date: text,
            actor: text,
            activity: {
              type: 'object',
              required: ['category', 'activity_name'],
              properties: { category: text, activity_name: text },
            },
            location: text,
          },
        },
      },
    },
  },
  handle: ({ context, caller, parameters }) => {
    const reader = auditReader(context, caller);
    if (reader instanceof Refusal) return reader;
    const oldest = parameters.get('oldest_date');
    const latest = parameters.get('latest_date');
    if (![oldest, latest].every(isDay)) return refuse(422, 'Dates are written YYYY-MM-DD.');
    const events = eventsBetween(context, oldest, latest).map(({ id, at, actor, category, activity }) => ({
      event_id: id,
      date: new Date(at).toISOString(),
      actor,
      activity: { category, activity_name: activity },
      location: 'local',
    }));
    return json({ logs: events });
  },
};

const activities: Operation = {
  tag: 'Audit log',
  id: 'listAuditActivities',
  method: 'GET',
  path: '/audit/v1/activities',
  budget: auditBudget,
  enterpriseOnly: true,
  source: SOURCE,
  summary: 'The kinds of events there are, by category.',
  certainty: 'documented',
  answers: {
    type: 'object',
    required: ['activities'],
    properties: {
      activities: { type: 'object', additionalProperties: { type: 'array', items: text } },
    },
  },
  handle: ({ context, caller }) => {
    const reader = auditReader(context, caller);
    return reader instanceof Refusal ? reader : json({ activities: knownActivities(context) });
  },
};

export const auditOperations: readonly Operation[] = [logs, activities];

function auditBudget(behaviours: Behaviours) {
  return behaviours['audit-budget'];
}
