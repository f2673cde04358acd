// The pool of parallel sessions a caller draws from: the team's own allocation, or what the organization has left.

import { type Caller, type Context, teamOf } from '../context.ts';
import type { Parallels, Session } from './state.ts';
import { parallelsOf } from './teams.ts';

export interface Pool {
  readonly running: number;
  readonly queued: number;
  readonly maximum: number;
  readonly maximumOfTeam: number;
  readonly maximumQueued: number;
}

/** The hub runs browsers only: on App Automate there are parallels, and nothing that takes one. */
export function poolOf(context: Context, caller: Caller, product: keyof Parallels = 'automate'): Pool {
  const { organization, sessions } = context.state;
  const key = poolKey(context, teamOf(caller));
  const mine = sessions.filter((session) => product === 'automate' && poolKey(context, session.team) === key);
  const inStatus = (status: Session['status']) => mine.filter((session) => session.status === status).length;
  return {
    running: inStatus('running'),
    queued: inStatus('queued'),
    maximum: organization.parallels[product],
    maximumOfTeam: parallelsOf(context, teamOf(caller), product).value,
    maximumQueued: organization.queue,
  };
}

/** Whether two teams (null: the organization) draw from one pool. */
export function sharePool(context: Context, one: string | null, other: string | null): boolean {
  return poolKey(context, one) === poolKey(context, other);
}

/** Teams without an allocation of their own share one pool. */
function poolKey(context: Context, team: string | null): string | null {
  return parallelsOf(context, team, 'automate').own ? team : null;
}
