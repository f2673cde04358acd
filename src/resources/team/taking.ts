// Who has the name that a new team is to get.

import { existsAlready, type Holder } from '../collision.ts';
import type { Session } from '../session.ts';
import { type Team, teams } from './api.ts';
import { identityOf, sameName, TYPE } from './identity.ts';

/** Asked again right before it is made: the plan may have been made before somebody else's, or beside its own deletion. */
export async function refuseTaken(name: string, session: Session): Promise<void> {
  const snapshot = session.snapshot(teams);
  const holds = (team: Team) => sameName(team.name, name);
  if (!snapshot.known?.some(holds)) return;
  const holder = (await snapshot.fresh()).find(holds);
  if (holder !== undefined) throw existsAlready(holderOf(holder.name, name));
}

export function holderOf(present: string, configured: string): Holder {
  return {
    type: TYPE,
    identity: identityOf({ name: present }),
    object: objectOf(present),
    facts: 'A name is unique in the organization.',
    importId: present,
    attribute: 'name',
    configured,
    present,
  };
}

export function objectOf(name: string): string {
  return `team "${name}"`;
}
