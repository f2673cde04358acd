// Who may do what, as the table of the service-accounts page has it. One place, so that the API and the console agree.

import type { Caller, Context } from '../context.ts';
import { type Refusal, refuse } from './refusal.ts';

export type Reach =
  /** Owner and Org Admin: the whole organization. */
  | { readonly kind: 'organization'; readonly owner: boolean }
  /** Team Admin: one team. Exists on Enterprise only. */
  | { readonly kind: 'team'; readonly team: string }
  /** User: nothing of others. */
  | { readonly kind: 'none' };

/**
 * How far a caller's administration reaches. "Team Admin" is no value of `role`: it is an admin who belongs to a
 * team; an admin without one is an Org Admin.
 */
export function reachOf(context: Context, caller: Caller): Reach {
  if (caller.kind === 'service-account') {
    if (context.behaviours['service-account-as-caller'] === '403') return { kind: 'none' };
    const { team } = caller.account;
    return team === null ? { kind: 'organization', owner: false } : { kind: 'team', team };
  }
  const { role, team } = caller.user;
  if (role === 'owner') return { kind: 'organization', owner: true };
  if (role === 'user') return { kind: 'none' };
  if (team === null) return { kind: 'organization', owner: false };
  return context.state.organization.enterprise ? { kind: 'team', team } : { kind: 'none' };
}

export function roleRefused(context: Context, message: string): Refusal {
  return refuse(context.behaviours['role-refused'], message);
}

/** Whether an object of `team` (null: of the organization) lies within a reach. */
export function reaches(reach: Reach, team: string | null): boolean {
  if (reach.kind === 'organization') return true;
  return reach.kind === 'team' && reach.team === team;
}

/** Reach over at least one team, or the refusal. */
export function administration(context: Context, caller: Caller): Exclude<Reach, { kind: 'none' }> | Refusal {
  const reach = reachOf(context, caller);
  if (reach.kind !== 'none') return reach;
  return roleRefused(
    context,
    'You are not authorized to perform this action. Owner or Admin access is required.',
  );
}

/** Reach over the organization, or the refusal. */
export function organizationAdministration(
  context: Context,
  caller: Caller,
): Extract<Reach, { kind: 'organization' }> | Refusal {
  const reach = reachOf(context, caller);
  if (reach.kind === 'organization') return reach;
  return roleRefused(
    context,
    'You are not authorized to perform this action. Only the Owner and Org Admins are.',
  );
}
