// The organization a local BrowserStack starts with, as a person writes it down.

import type { Clock } from '../../clock.ts';
import { throwProblems } from '../../errors.ts';
import { resolveBehaviours } from '../behaviours/index.ts';
import { type Context, nextId } from '../context.ts';
import { newAccessKey, newUsername } from '../organization/credentials.ts';
import { type Product, products, type State } from '../organization/state.ts';
import type { Random } from '../random.ts';
import { parseIfText, schemaCheck } from './checked-json.ts';
import { addressOf, checkIntegrity } from './seed-integrity.ts';
import { seedSchema } from './seed-schema.ts';

export interface Seed {
  /** For editors; not read. */
  readonly $schema?: string;
  readonly organization: {
    readonly name: string;
    /** Default true. Without it `/user/*` answers 403 and there are no Team Admins. */
    readonly enterprise?: boolean;
    /** Whether Support switched the API on. Default true. */
    readonly api_enabled?: boolean;
    /** Role-based access control, without which there is no projects API. Default true. */
    readonly rbac?: boolean;
    /** Manage Data Access. Default `organization`. */
    readonly data_access?: 'organization' | 'team';
    readonly parallels?: SeedParallels & { readonly queue?: number };
  };
  readonly users?: readonly SeedUser[];
  readonly teams?: readonly SeedTeam[];
  readonly service_accounts?: readonly SeedServiceAccount[];
}

export interface SeedUser {
  readonly username: string;
  readonly access_key: string;
  readonly role: 'owner' | 'admin' | 'user';
  /** An admin with a team is a Team Admin. */
  readonly team?: string;
  /** Teams whose data the person sees beside the own team's. */
  readonly additional_teams?: readonly string[];
  readonly full_name?: string;
  readonly email?: string;
  readonly status?: 'active' | 'disabled';
  readonly product_access?: readonly Product[];
}

export interface SeedTeam {
  readonly name: string;
  /** Own allocation; a product left out shares the organization's. */
  readonly parallels?: SeedParallels;
}

export interface SeedServiceAccount {
  readonly identifier: string;
  readonly team?: string;
  /** Generated when left out. */
  readonly username?: string;
  readonly access_key?: string;
}

interface SeedParallels {
  readonly automate?: number;
  readonly app_automate?: number;
}

/** The organization that is there when nobody says otherwise: one member of every role, no service account. */
export const defaultSeed: Seed = {
  organization: { name: 'Acme Inc.', enterprise: true },
  teams: [{ name: 'Core' }],
  users: [
    { username: 'owner_local', access_key: 'owner-local-key-0001', role: 'owner' },
    { username: 'orgadmin_local', access_key: 'orgadmin-local-key-0001', role: 'admin' },
    { username: 'teamadmin_local', access_key: 'teamadmin-local-key-0001', role: 'admin', team: 'Core' },
    { username: 'user_local', access_key: 'user-local-key-0001', role: 'user', team: 'Core' },
  ],
  service_accounts: [],
};

const checkShape = schemaCheck(seedSchema);

/** Reads a seed from JSON text or a value. Throws every problem at once, each with its path. */
export function parseSeed(input: unknown): Seed {
  const parsed = parseIfText(input, 'seed');
  throwProblems([...checkShape(parsed), ...checkIntegrity(parsed)]);
  // The schema says exactly what `Seed` says.
  return parsed as Seed;
}

/** The state a seed describes. */
export function stateOf(seed: Seed, clock: Clock, random: Random): State {
  const { organization } = seed;
  const at = clock.now().getTime();
  const state: State = {
    version: 1,
    random: random.state,
    lastId: 1000,
    seeded: 0,
    organization: {
      name: organization.name,
      enterprise: organization.enterprise ?? true,
      apiEnabled: organization.api_enabled ?? true,
      rbac: organization.rbac ?? true,
      dataAccess: organization.data_access ?? 'organization',
      parallels: {
        automate: organization.parallels?.automate ?? 5,
        appAutomate: organization.parallels?.app_automate ?? 5,
      },
      queue: organization.parallels?.queue ?? 5,
    },
    users: [],
    teams: (seed.teams ?? []).map(({ name, parallels }, index) => ({
      id: index + 1,
      name,
      createdAt: at,
      parallels: { automate: parallels?.automate ?? null, appAutomate: parallels?.app_automate ?? null },
    })),
    accounts: [],
    removedAccounts: [],
    removedTeams: [],
    removedUsers: [],
    builds: [],
    sessions: [],
    mails: [],
    events: [],
    projects: [],
    reports: [],
  };
  const context: Context = { state, clock, random, behaviours: resolveBehaviours('lenient') };
  for (const user of seed.users ?? [])
    state.users.push({
      id: nextId(context),
      username: user.username,
      accessKey: user.access_key,
      fullName: user.full_name ?? user.username,
      email: addressOf(user),
      role: user.role,
      team: user.team ?? null,
      additionalTeams: [...(user.additional_teams ?? [])],
      status: user.status ?? 'active',
      products: [...(user.product_access ?? products)],
      retiredKeys: [],
      createdAt: at,
      past: [],
    });
  const owner = state.users.find(({ role }) => role === 'owner')?.username ?? '';
  for (const account of seed.service_accounts ?? []) {
    const accessKey = account.access_key ?? newAccessKey(context);
    const team = account.team === undefined || account.team === organization.name ? null : account.team;
    state.accounts.push({
      id: nextId(context),
      identifier: account.identifier,
      username: account.username ?? newUsername(context, account.identifier),
      accessKey,
      firstKey: accessKey,
      team,
      createdAt: at,
      createdBy: owner,
      past: [],
    });
  }
  state.seeded = state.lastId;
  return state;
}
