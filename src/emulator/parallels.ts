// The pool of parallel sessions a caller draws from: the team's own allocation, or what the organization has left.

import type { Parallels, Session } from './state.ts';
import { parallelsOf } from './teams.ts';
import { type Caller, teamOf, type World } from './world.ts';

export interface Pool {
  readonly running: number;
  readonly queued: number;
  readonly maximum: number;
  readonly maximumOfTeam: number;
  readonly maximumQueued: number;
}

/** The hub runs browsers only: on App Automate there are parallels, and nothing that takes one. */
export function poolOf(world: World, caller: Caller, product: keyof Parallels = 'automate'): Pool {
  const { organization, sessions } = world.state;
  const key = poolKey(world, teamOf(caller));
  const mine = sessions.filter((session) => product === 'automate' && poolKey(world, session.team) === key);
  const inStatus = (status: Session['status']) => mine.filter((session) => session.status === status).length;
  return {
    running: inStatus('running'),
    queued: inStatus('queued'),
    maximum: organization.parallels[product],
    maximumOfTeam: parallelsOf(world, teamOf(caller), product).value,
    maximumQueued: organization.queue,
  };
}

/** Whether two teams (null: the organization) draw from one pool. */
export function sharePool(world: World, one: string | null, other: string | null): boolean {
  return poolKey(world, one) === poolKey(world, other);
}

/** Teams without an allocation of their own share one pool. */
function poolKey(world: World, team: string | null): string | null {
  return parallelsOf(world, team, 'automate').own ? team : null;
}
