// The audit log: kept 180 days, read by few, and as far as documented silent about service accounts.

import { type Caller, type Context, nextId, now, usernameOf } from '../context.ts';
import { DAY } from './days.ts';
import type { Refusal } from './refusal.ts';
import { reachOf, roleRefused } from './roles.ts';
import type { AuditEvent } from './state.ts';

const KEPT_DAYS = 180;
const KEPT_EVENTS = 10_000;

const BY_API = '_using_rest_apis';

const usingRestApis = [
  `added_member${BY_API}`,
  `removed_member${BY_API}`,
  `changed_product_access${BY_API}`,
  `changed_role${BY_API}`,
  `created_team${BY_API}`,
  `deleted_team${BY_API}`,
  `changed_team${BY_API}`,
] as const;

const activities = {
  // Only the name of this category is readable; its activities are taken for those of the API without their ending.
  user_management: usingRestApis.map(asInBrowser),
  user_provisioning: [],
  user_management_using_rest_apis: usingRestApis,
  accounts: ['signed_in', 'failed_to_sign_in', 'signed_out', 'modified_sign_in_method'],
} as const;

/** Not documented: recorded only where a switch says so. */
const serviceAccountActivities = [
  'created_service_account',
  'changed_service_account',
  'deleted_service_account',
] as const;

export type Activity =
  | (typeof usingRestApis)[number]
  | (typeof activities.accounts)[number]
  | (typeof serviceAccountActivities)[number];

export type Category = 'user_management_using_rest_apis' | 'accounts' | 'service_accounts';

/** Writes an event. */
export function recordActivity(
  context: Context,
  caller: Caller,
  activity: Activity,
  category: Category,
): void {
  const { state, behaviours } = context;
  if (category === 'service_accounts' && behaviours['audit-of-service-accounts'] === 'none') return;
  const at = now(context);
  const inBrowser = context.inBrowser === true && category === 'user_management_using_rest_apis';
  state.events.push({
    id: nextId(context),
    at,
    actor: usernameOf(caller),
    category: inBrowser ? 'user_management' : category,
    activity: inBrowser ? asInBrowser(activity) : activity,
  });
  const [oldest] = state.events;
  const horizon = at - KEPT_DAYS * DAY;
  if (state.events.length > KEPT_EVENTS * 1.1 || (oldest !== undefined && oldest.at < horizon))
    state.events = state.events.filter((event) => event.at >= horizon).slice(-KEPT_EVENTS);
}

function asInBrowser(activity: string): string {
  return activity.replace(BY_API, '');
}

/** Owner and Org Admins, or the Owner alone: the pages disagree. */
export function auditReader(context: Context, caller: Caller): Caller | Refusal {
  const reach = reachOf(context, caller);
  const ownerOnly = context.behaviours['audit-readers'] === 'owner';
  if (reach.kind === 'organization' && (reach.owner || !ownerOnly)) return caller;
  return roleRefused(context, 'You are not authorized to read the audit log.');
}

/** The events of whole days, both ends included; an absent end is open. */
export function eventsBetween(
  context: Context,
  oldest: string | undefined,
  latest: string | undefined,
): AuditEvent[] {
  const horizon = now(context) - KEPT_DAYS * DAY;
  const from = oldest === undefined ? horizon : Math.max(horizon, Date.parse(oldest));
  const until = latest === undefined ? Number.POSITIVE_INFINITY : Date.parse(latest) + DAY;
  return context.state.events.filter(({ at }) => at >= from && at < until);
}

export function knownActivities(context: Context): Readonly<Record<string, readonly string[]>> {
  if (context.behaviours['audit-of-service-accounts'] === 'none') return activities;
  return { ...activities, service_accounts: serviceAccountActivities };
}
