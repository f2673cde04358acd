// What the local organization knows: plain data that survives JSON. Nothing here knows HTTP.

export const roles = ['owner', 'admin', 'user'] as const;
export type Role = (typeof roles)[number];

export const products = ['live_testing', 'automate', 'percy', 'app_live_testing', 'app_automate'] as const;
export type Product = (typeof products)[number];

export interface Organization {
  name: string;
  /** The plan: the account-management API and Team Admins exist on Enterprise only. */
  enterprise: boolean;
  /** Support switches the API on; an Enterprise plan alone may not suffice. */
  apiEnabled: boolean;
  /** Manage Data Access: on `team`, members of a team see the data of their own team only. */
  dataAccess: 'organization' | 'team';
  /** Role-based access control: the projects API and v2 of the users exist with it only. */
  rbac: boolean;
  parallels: Parallels;
  /** How many sessions may wait for a free parallel. */
  queue: number;
}

export interface Parallels {
  automate: number;
  appAutomate: number;
}

/** What a person looked like until a change; needed for lists that lag behind. */
export interface PastUser {
  until: number;
  was: Pick<User, 'username' | 'role' | 'team' | 'additionalTeams' | 'status' | 'products'>;
}

export interface User {
  id: number;
  /** Empty while the invitation is pending. */
  username: string;
  accessKey: string;
  fullName: string;
  email: string;
  role: Role;
  /** The primary team; null is the organization. */
  team: string | null;
  /** Teams beside the primary one: more data to see, nothing more to administer. */
  additionalTeams: string[];
  status: 'active' | 'pending' | 'disabled';
  products: Product[];
  /** Keys replaced lately; they work on while a grace period is switched on. */
  retiredKeys: { accessKey: string; until: number }[];
  createdAt: number;
  past: PastUser[];
}

export interface Team {
  /** Order of creation; no answer shows it. */
  id: number;
  name: string;
  createdAt: number;
  /** Own allocation; null shares the organization's. */
  parallels: { automate: number | null; appAutomate: number | null };
}

/** What an account looked like until it was changed; needed for lists that lag behind. */
export interface PastVersion {
  until: number;
  identifier: string;
  accessKey: string;
  team: string | null;
}

export interface ServiceAccount {
  /** Order of creation; no answer shows it. */
  id: number;
  identifier: string;
  username: string;
  accessKey: string;
  /** The key it was created with. */
  firstKey: string;
  /** Null is organization level. */
  team: string | null;
  createdAt: number;
  createdBy: string;
  past: PastVersion[];
}

export interface Removed<T> {
  at: number;
  was: T;
}

export interface Build {
  id: string;
  name: string;
  project: string;
  team: string | null;
  startedAt: number;
}

export interface Session {
  id: string;
  name: string;
  buildId: string;
  status: 'queued' | 'running' | 'done' | 'timeout' | 'failed' | 'passed' | 'refused';
  /** What the test said about itself; the status once the session is over. */
  verdict: 'passed' | 'failed' | null;
  reason: string;
  /** User name of the caller; `owner` is the name dashboards show: a service account's identifier. */
  username: string;
  owner: string;
  team: string | null;
  browser: string;
  os: string;
  /** The page it is on. */
  url: string;
  startedAt: number;
  lastUsedAt: number;
  endedAt: number | null;
}

/** An e-mail the service would have sent. */
export interface Mail {
  at: number;
  to: string;
  subject: string;
}

export interface AuditEvent {
  id: number;
  at: number;
  actor: string;
  category: string;
  activity: string;
}

/** A report somebody asked for; its rows are read from the sessions when it is looked at. */
export interface UsageReport {
  id: string;
  askedBy: string;
  askedAt: number;
  from: number;
  until: number;
}

export interface Project {
  id: number;
  name: string;
  description: string;
  products: string[];
  team: string | null;
  createdAt: number;
  access: 'global' | 'restricted';
}

export interface State {
  version: 1;
  /** Where the sequence of random names and keys stands, so that a restart never repeats one. */
  random: number;
  /** The last number given to anything. */
  lastId: number;
  /** The last number the seed gave: what has one up to it was there before the clock began. */
  seeded: number;
  organization: Organization;
  users: User[];
  teams: Team[];
  accounts: ServiceAccount[];
  removedAccounts: Removed<ServiceAccount>[];
  removedTeams: Removed<Team>[];
  removedUsers: Removed<User>[];
  builds: Build[];
  sessions: Session[];
  mails: Mail[];
  events: AuditEvent[];
  projects: Project[];
  reports: UsageReport[];
}
