// What a member sees in the browser: keys never, until one is asked for.

import type { Caller, Context } from '../context.ts';
import type { Faults } from '../faults/faults.ts';
import type { RateLimiter } from '../http/rate-limit.ts';
import type { Json } from '../http/responses.ts';
import type { RequestLog } from '../inspect/request-log.ts';
import { listAccounts } from '../organization/accounts.ts';
import { seesDataOf } from '../organization/projects.ts';
import { Refusal } from '../organization/refusal.ts';
import { reachOf } from '../organization/roles.ts';
import { parallelsOf } from '../organization/teams.ts';
import { licencesUsed } from '../organization/users.ts';

const SHOWN_REQUESTS = 30;
const SHOWN_SESSIONS = 20;

export interface Watched {
  readonly context: Context;
  readonly requestLog: RequestLog;
  readonly faults: Faults;
  readonly rateLimiter: RateLimiter;
}

/** The members there are to look as. */
export function members(context: Context): Json {
  return context.state.users.map((user) => ({
    username: user.username,
    name: user.fullName,
    email: user.email,
    role: roleName(context, { kind: 'user', user }),
    team: user.team,
    status: user.status,
  }));
}

export function viewOf({ context, requestLog, faults, rateLimiter }: Watched, caller: Caller): Json {
  const { organization, teams, sessions, users } = context.state;
  const accounts = listAccounts(context, caller, 0);
  const budget = rateLimiter.gauge();
  return {
    organization: {
      name: organization.name,
      enterprise: organization.enterprise,
      data_access: organization.dataAccess,
      licences_used: licencesUsed(context),
    },
    role: roleName(context, caller),
    members: members(context),
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
      parallels: parallelsOf(context, name, 'automate').value,
      own_parallels: parallelsOf(context, name, 'automate').own,
    })),
    sessions: sessions
      .filter(({ team }) => seesDataOf(context, caller, team))
      .slice(-SHOWN_SESSIONS)
      .reverse()
      .map(({ id, name, owner, status, team, browser }) => ({ id, name, owner, status, team, browser })),
    budget: {
      pace: budget.pace,
      available: budget.available,
      capacity: budget.capacity,
      next_in_seconds: Math.ceil(budget.nextInSeconds),
    },
    faults: faults.all() as unknown as Json, // Rules are plain data.
    requests: {
      count: requestLog.count,
      latest: requestLog.all().slice(-SHOWN_REQUESTS).reverse() as unknown as Json, // Records are plain data.
    },
  };
}

/** Roles as the page names them. */
function roleName(context: Context, caller: Caller): string {
  const reach = reachOf(context, caller);
  if (reach.kind === 'organization') return reach.owner ? 'Owner' : 'Org Admin';
  return reach.kind === 'team' ? 'Team Admin' : 'User';
}
