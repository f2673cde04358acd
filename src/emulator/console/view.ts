// What a member sees in the browser: keys never, until one is asked for.

import { listAccounts } from '../accounts.ts';
import { type Json, Refusal } from '../answer.ts';
import type { Faults } from '../faults.ts';
import type { Journal } from '../journal.ts';
import { seesDataOf } from '../projects.ts';
import { reachOf } from '../roles.ts';
import { parallelsOf } from '../teams.ts';
import type { Throttle } from '../throttle.ts';
import { licencesUsed } from '../users.ts';
import type { Caller, World } from '../world.ts';

const SHOWN_REQUESTS = 30;
const SHOWN_SESSIONS = 20;

export interface Watched {
  readonly world: World;
  readonly journal: Journal;
  readonly faults: Faults;
  readonly throttle: Throttle;
}

/** The members there are to look as. */
export function members(world: World): Json {
  return world.state.users.map((user) => ({
    username: user.username,
    name: user.fullName,
    email: user.email,
    role: roleName(world, { kind: 'user', user }),
    team: user.team,
    status: user.status,
  }));
}

export function viewOf({ world, journal, faults, throttle }: Watched, caller: Caller): Json {
  const { organization, teams, sessions, users } = world.state;
  const accounts = listAccounts(world, caller, 0);
  const budget = throttle.gauge();
  return {
    organization: {
      name: organization.name,
      enterprise: organization.enterprise,
      data_access: organization.dataAccess,
      licences_used: licencesUsed(world),
    },
    role: roleName(world, caller),
    members: members(world),
    accounts:
      accounts instanceof Refusal
        ? { refused: accounts.message }
        : accounts.map(({ identifier, username, team, createdBy }) => ({
            identifier,
            username,
            team,
            created_by: createdBy,
          })),
    teams: teams.map(({ name }) => ({
      name,
      members: users.filter(({ team }) => team === name).length,
      parallels: parallelsOf(world, name, 'automate').value,
      own_parallels: parallelsOf(world, name, 'automate').own,
    })),
    sessions: sessions
      .filter(({ team }) => seesDataOf(world, caller, team))
      .slice(-SHOWN_SESSIONS)
      .reverse()
      .map(({ id, name, owner, status, team, browser }) => ({ id, name, owner, status, team, browser })),
    budget: {
      available: budget.available,
      capacity: budget.capacity,
      next_in_seconds: Math.ceil(budget.nextInSeconds),
    },
    faults: faults.all() as unknown as Json, // Rules are plain data.
    requests: {
      count: journal.count,
      latest: journal.all().slice(-SHOWN_REQUESTS).reverse() as unknown as Json, // Records are plain data.
    },
  };
}

/** Roles as the page names them. */
function roleName(world: World, caller: Caller): string {
  const reach = reachOf(world, caller);
  if (reach.kind === 'organization') return reach.owner ? 'Owner' : 'Org Admin';
  return reach.kind === 'team' ? 'Team Admin' : 'User';
}
