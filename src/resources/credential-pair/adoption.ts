// Whether consumers have followed to the active account: a hint, since no documented call says under which user name a
// session ran. The usage report names the last activity of each account, under its identifier.

import { Problem } from '../../errors.ts';
import type { Operation } from '../../lifecycle/operation.ts';
import { lookRepeatedly } from '../looking.ts';
import { callOf, type Session } from '../session.ts';
import * as wire from './wire.ts';

/** Milliseconds between the looks at a report that is being made. */
const REPORT_TAKES = [0, 3_000, 5_000, 10_000, 15_000];

export type Adoption =
  | { readonly kind: 'seen'; readonly at: Date }
  | { readonly kind: 'not seen' }
  /** Nobody can tell; `reason` says why. */
  | { readonly kind: 'unknown'; readonly reason: string };

/** Whether the account with this identifier was used since `since`. Costs three requests, once per run and day. */
export async function adoptionOf(identifier: string, since: Date, op: Operation<Session>): Promise<Adoption> {
  let rows: readonly wire.UsageRow[];
  try {
    rows = await usageSince(since.toISOString().slice(0, 10), op);
  } catch (error) {
    if (error instanceof Problem) return { kind: 'unknown', reason: error.detail };
    throw error;
  }
  const row = rows.find(({ name }) => name === identifier);
  if (row === undefined)
    return { kind: 'unknown', reason: `The usage report does not list "${identifier}".` };
  const at = new Date(row.usage?.last_activity ?? Number.NaN);
  return at >= since ? { kind: 'seen', at } : { kind: 'not seen' };
}

const reports = new WeakMap<Session, Map<string, Promise<readonly wire.UsageRow[]>>>();

/** One report for all pairs that ask from the same day on. */
function usageSince(startDate: string, op: Operation<Session>): Promise<readonly wire.UsageRow[]> {
  const known = reports.get(op.session) ?? new Map<string, Promise<readonly wire.UsageRow[]>>();
  reports.set(op.session, known);
  const report = known.get(startDate) ?? makeReport(startDate, op);
  known.set(startDate, report);
  return report;
}

async function makeReport(startDate: string, op: Operation<Session>): Promise<readonly wire.UsageRow[]> {
  const { client, clock } = op.session;
  const call = callOf(op);
  const asked = await client.send(wire.requestReport, { ...call, query: { startDate } });
  const job = asked.body.data.job_id;
  const look = async () => {
    const { body } = await client.send(wire.reportStatus(job), call);
    return body.status === 'completed'
      ? (await client.send(wire.report(job), call)).body.data.users
      : undefined;
  };
  const rows = await lookRepeatedly(REPORT_TAKES, look, { clock, signal: op.signal });
  if (rows !== undefined) return rows;
  throw new Problem({
    code: 'rate_limited',
    summary: 'The usage report is not ready',
    detail: 'BrowserStack takes longer than half a minute to make the usage report.',
  });
}
