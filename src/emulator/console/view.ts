// What a member sees in the browser: keys never, until one is asked for; and nothing offered that would be refused.

import { createHash } from 'node:crypto';
import type { Caller, Context } from '../context.ts';
import type { Faults } from '../faults/faults.ts';
import type { RateLimiter } from '../http/rate-limit.ts';
import type { Json } from '../http/responses.ts';
import type { RequestLog } from '../inspect/request-log.ts';
import { fullness, listAccounts } from '../organization/accounts.ts';
import { seesDataOf } from '../organization/projects.ts';
import { Refusal } from '../organization/refusal.ts';
import { type Reach, reachOf } from '../organization/roles.ts';
import type { ServiceAccount, Team } from '../organization/state.ts';
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
  const { organization, teams, sessions } = context.state;
  const reach = reachOf(context, caller);
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
      accounts instanceof Refusal ? { refused: accounts.message } : accounts.map((one) => accountView(one)),
    teams: teams.map((team) => teamView(context, reach, team)),
    may: permissions(context, caller, reach),
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

function accountView({ identifier, username, accessKey, team, createdBy }: ServiceAccount): Json {
  // Tells one key from the next, and nothing of either: a key that is shown must not outlive itself.
  const mark = createHash('sha256').update(`${username}\0${accessKey}`).digest('hex').slice(0, 12);
  return { identifier, username, team, created_by: createdBy, key_mark: mark };
}

function teamView(context: Context, reach: Reach, { name }: Team): Json {
  const { users, accounts } = context.state;
  const parallels = parallelsOf(context, name, 'automate');
  const inhabited = accounts.some(({ team }) => team === name);
  const rule = context.behaviours['team-deletion'];
  return {
    name,
    members: users.filter(({ team }) => team === name).length,
    parallels: parallels.value,
    own_parallels: parallels.own,
    deletable: reach.kind === 'organization' && !(rule === 'refuse' && inhabited),
    accounts_die: rule === 'cascade',
  };
}

/** What the member may do, by the rules that also the actions go by. */
function permissions(context: Context, caller: Caller, reach: Reach): Json {
  const everywhere = reach.kind === 'organization';
  const own = reach.kind === 'team' ? [reach.team] : [];
  return {
    /** Where accounts may be put; null is organization level. */
    account_teams: everywhere ? [null, ...context.state.teams.map(({ name }) => name)] : own,
    create_account: reach.kind !== 'none' && fullness(context) === undefined,
    why_no_account: fullness(context) ?? null,
    move_account: everywhere,
    create_team: everywhere,
    set_data_access: caller.kind === 'user' && caller.user.role === 'owner',
  };
}

/** Roles as the page names them. */
function roleName(context: Context, caller: Caller): string {
  const reach = reachOf(context, caller);
  if (reach.kind === 'organization') return reach.owner ? 'Owner' : 'Org Admin';
  return reach.kind === 'team' ? 'Team Admin' : 'User';
}
