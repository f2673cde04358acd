// Usage reports: asked for, made a little later, then read. Service accounts stand in them under their identifier.

import { type Caller, type Context, now, usernameOf } from '../context.ts';
import { DAY, isDay } from './days.ts';
import { Refusal, refuse } from './refusal.ts';
import { administration, reaches } from './roles.ts';
import { type Product, products, type UsageReport } from './state.ts';

const DEFAULT_DAYS = 14;
const KEPT_REPORTS = 200;

export interface ReportRow {
  readonly name: string;
  readonly email: string;
  readonly role: string;
  readonly team: string;
  readonly products: readonly Product[];
  /** Null when there was none in the time asked for. */
  readonly lastActivity: number | null;
}

/** Queues a report of the days asked for, the last two weeks unless told otherwise. */
export function requestReport(
  context: Context,
  caller: Caller,
  start: string | undefined,
  end: string | undefined,
): UsageReport | Refusal {
  const reach = administration(context, caller);
  if (reach instanceof Refusal) return reach;
  if (![start, end].every(isDay)) return refuse(422, 'Dates are written YYYY-MM-DD.');
  const at = now(context);
  const report: UsageReport = {
    id: context.random.uuid(),
    askedBy: usernameOf(caller),
    askedAt: at,
    from: start === undefined ? at - DEFAULT_DAYS * DAY : Date.parse(start),
    until: end === undefined ? at : Date.parse(end) + DAY,
  };
  context.state.reports = [...context.state.reports, report].slice(-KEPT_REPORTS);
  return report;
}

/** A report the caller asked for, and whether it is made already. */
export function findReport(
  context: Context,
  caller: Caller,
  id: string | undefined,
): { readonly report: UsageReport; readonly ready: boolean } | Refusal {
  const reach = administration(context, caller);
  if (reach instanceof Refusal) return reach;
  const report = context.state.reports.find((one) => one.id === id && one.askedBy === usernameOf(caller));
  if (report === undefined) return refuse(404, 'Report not found.');
  const madeAt = report.askedAt + context.behaviours['report-delay'] * 1000;
  return { report, ready: now(context) >= madeAt };
}

export function rowsOf(context: Context, caller: Caller, report: UsageReport): ReportRow[] | Refusal {
  const reach = administration(context, caller);
  if (reach instanceof Refusal) return reach;
  const { organization, users, accounts, sessions } = context.state;
  const teamName = (team: string | null) => team ?? `${organization.name} (Org)`;
  const lastActivity = (username: string) => {
    const times = sessions
      .filter((session) => session.username === username)
      .map(({ startedAt }) => startedAt)
      .filter((at) => at >= report.from && at <= report.until);
    return times.length === 0 ? null : Math.max(...times);
  };
  const people = users
    .filter(({ team, status }) => status !== 'pending' && reaches(reach, team))
    .map((user) => ({
      name: user.fullName,
      email: user.email,
      role: user.role.charAt(0).toUpperCase() + user.role.slice(1),
      team: teamName(user.team),
      products: user.products,
      lastActivity: lastActivity(user.username),
    }));
  const machines = accounts
    .filter(({ team }) => reaches(reach, team))
    .map((account) => ({
      name: account.identifier,
      email: '',
      role: 'Service Account',
      team: teamName(account.team),
      products: [...products],
      lastActivity: lastActivity(account.username),
    }));
  return context.behaviours['report-lists-service-accounts'] === 'yes' ? [...people, ...machines] : people;
}
