import type { Operation } from '../http/operation.ts';
import { json } from '../http/responses.ts';
import { Refusal, refuse } from '../organization/refusal.ts';
import { findReport, requestReport, rowsOf } from '../organization/reports.ts';
import { products } from '../organization/state.ts';
import { daySchema } from './text-schema.ts';

const text = { type: 'string' };
const envelope = (data: object) => ({
  type: 'object',
  required: ['success', 'message', 'data'],
  properties: { success: { type: 'boolean' }, message: text, data },
});
const shared = {
  tag: 'Usage reports',
  budget: 'none',
  enterpriseOnly: true,
  source: 'enterprise/api-reference/usage-reports/access',
  certainty: 'documented',
} as const;

export const reportOperations: readonly Operation[] = [
  {
    ...shared,
    id: 'requestUsageReport',
    method: 'POST',
    path: '/reports/usage/v1/user',
    summary: 'Queues a report on who used what.',
    links: ['getUsageReportStatus', 'getUsageReport'].map((to) => ({
      to,
      parameter: 'job',
      from: '/data/job_id',
    })),
    parameters: [
      { name: 'startDate', description: 'First day. Default: two weeks ago.', schema: daySchema },
      { name: 'endDate', description: 'Last day. Default: today.', schema: daySchema },
    ],
    answers: envelope({ type: 'object', required: ['job_id'], properties: { job_id: text } }),
    handle: ({ context, caller, parameters }) => {
      const report = requestReport(context, caller, parameters.get('startDate'), parameters.get('endDate'));
      if (report instanceof Refusal) return report;
      return json({ success: true, message: 'Your request has been queued.', data: { job_id: report.id } });
    },
  },
  {
    ...shared,
    id: 'getUsageReportStatus',
    method: 'GET',
    path: '/reports/usage/v1/user/{job}/status',
    summary: 'Whether the report is made.',
    refuses: [404],
    answers: {
      type: 'object',
      required: ['success', 'status', 'message'],
      properties: {
        success: { type: 'boolean' },
        status: { enum: ['enqueued', 'completed'] },
        message: text,
      },
    },
    handle: ({ context, caller, segments }) => {
      const found = findReport(context, caller, segments.job);
      if (found instanceof Refusal) return found;
      const status = found.ready ? 'completed' : 'enqueued';
      return json({ success: true, status, message: `The report is ${status}.` });
    },
  },
  {
    ...shared,
    id: 'getUsageReport',
    method: 'GET',
    path: '/reports/usage/v1/user/{job}',
    summary: 'The report: people by name, service accounts by identifier.',
    refuses: [404],
    answers: envelope({
      type: 'object',
      required: ['users'],
      properties: {
        users: {
          type: 'array',
          items: {
            type: 'object',
            required: ['name', 'email', 'role', 'team', 'product_access', 'usage'],
            properties: {
              name: text,
              email: text,
              role: text,
              team: text,
              product_access: { type: 'object', additionalProperties: { type: 'boolean' } },
              usage: { type: 'object', properties: { last_activity: { type: ['string', 'null'] } } },
            },
          },
        },
      },
    }),
    handle: ({ context, caller, segments }) => {
      const found = findReport(context, caller, segments.job);
      if (found instanceof Refusal) return found;
      if (!found.ready) return refuse(422, 'The report is not made yet.');
      const rows = rowsOf(context, caller, found.report);
      if (rows instanceof Refusal) return rows;
      const users = rows.map(({ name, email, role, team, products: granted, lastActivity }) => ({
        name,
        email,
        role,
        team,
        product_access: Object.fromEntries(products.map((product) => [product, granted.includes(product)])),
        usage: { last_activity: lastActivity === null ? null : new Date(lastActivity).toISOString() },
      }));
      return json({ success: true, message: 'Success', data: { users } });
    },
  },
];
