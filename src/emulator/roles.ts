// Who may do what, as the table of the service-accounts page has it. One place, so that the API and the console agree.

import { type Refusal, refuse } from './answer.ts';
import type { Caller, World } from './world.ts';

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
export function reachOf(world: World, caller: Caller): Reach {
  if (caller.kind === 'service-account') {
    if (world.behaviours['service-account-as-caller'] === '403') return { kind: 'none' };
    const { team } = caller.account;
    return team === null ? { kind: 'organization', owner: false } : { kind: 'team', team };
  }
  const { role, team } = caller.user;
  if (role === 'owner') return { kind: 'organization', owner: true };
  if (role === 'user') return { kind: 'none' };
  if (team === null) return { kind: 'organization', owner: false };
  return world.state.organization.enterprise ? { kind: 'team', team } : { kind: 'none' };
}

export function roleRefused(world: World, message: string): Refusal {
  return refuse(world.behaviours['role-refused'], message);
}

/** Whether an object of `team` (null: of the organization) lies within a reach. */
export function reaches(reach: Reach, team: string | null): boolean {
  if (reach.kind === 'organization') return true;
  return reach.kind === 'team' && reach.team === team;
}

/** Reach over at least one team, or the refusal. */
export function administration(world: World, caller: Caller): Exclude<Reach, { kind: 'none' }> | Refusal {
  const reach = reachOf(world, caller);
  if (reach.kind !== 'none') return reach;
  return roleRefused(
    world,
    'You are not authorized to perform this action. Owner or Admin access is required.',
  );
}

/** Reach over the organization, or the refusal. */
export function organizationAdministration(
  world: World,
  caller: Caller,
): Extract<Reach, { kind: 'organization' }> | Refusal {
  const reach = reachOf(world, caller);
  if (reach.kind === 'organization') return reach;
  return roleRefused(
    world,
    'You are not authorized to perform this action. Only the Owner and Org Admins are.',
  );
}
