// Usage reports: asked for, made a little later, then read. Support has to enable them.

import type { Endpoint } from '../../http/endpoint.ts';

export interface UsageRow {
  /** Of a person; of a service account its identifier [inferred: the settings page says so, the sample shows people]. */
  readonly name: string;
  readonly usage?: { readonly last_activity?: string | null } | null;
}

const text = { type: 'string' };

/** Which budget governs reports is not documented: the small one, to be on the safe side. */
const shared = { repeatable: true, budget: 'account-management' } as const;
const PATH = '/reports/usage/v1/user';

/** Page "Usage reports"; asked twice, it makes two reports, which hurts nobody. */
export const requestReport: Endpoint<{ readonly data: { readonly job_id: string } }> = {
  ...shared,
  method: 'POST',
  path: PATH,
  answer: {
    type: 'object',
    required: ['data'],
    properties: { data: { type: 'object', required: ['job_id'], properties: { job_id: text } } },
  },
};

const statusAnswer = { type: 'object', required: ['status'], properties: { status: text } };

export function reportStatus(job: string): Endpoint<{ readonly status: string }> {
  return {
    ...shared,
    method: 'GET',
    path: `${PATH}/${encodeURIComponent(job)}/status`,
    answer: statusAnswer,
  };
}

const nullableText = { type: ['string', 'null'] };
const row = {
  type: 'object',
  required: ['name'],
  properties: {
    name: text,
    usage: { type: ['object', 'null'], properties: { last_activity: nullableText } },
  },
};
const reportAnswer = {
  type: 'object',
  required: ['data'],
  properties: {
    data: { type: 'object', required: ['users'], properties: { users: { type: 'array', items: row } } },
  },
};

export function report(job: string): Endpoint<{ readonly data: { readonly users: readonly UsageRow[] } }> {
  return { ...shared, method: 'GET', path: `${PATH}/${encodeURIComponent(job)}`, answer: reportAnswer };
}
