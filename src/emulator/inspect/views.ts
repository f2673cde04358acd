import type { State } from '../organization/state.ts';

// The organization as a test wants to see it: copies, with keys, without the spelling of any answer.

export interface OrganizationView {
  readonly name: string;
  readonly enterprise: boolean;
  /** Manage Data Access. */
  readonly dataAccess: 'organization' | 'team';
}

export function organizationView({ organization }: State): OrganizationView {
  const { name, enterprise, dataAccess } = organization;
  return { name, enterprise, dataAccess };
}

export interface AccountView {
  readonly identifier: string;
  readonly username: string;
  readonly accessKey: string;
  /** Null is organization level. */
  readonly team: string | null;
}

export interface TeamView {
  readonly name: string;
  readonly createdAt: Date;
}

export interface UserView {
  readonly username: string;
  readonly accessKey: string;
  readonly role: 'owner' | 'admin' | 'user';
  readonly team: string | null;
  readonly email: string;
  readonly status: 'active' | 'pending' | 'disabled';
}

export function accountViews({ accounts }: State): AccountView[] {
  return accounts.map(({ identifier, username, accessKey, team }) => ({
    identifier,
    username,
    accessKey,
    team,
  }));
}

export function teamViews({ teams }: State): TeamView[] {
  return teams.map(({ name, createdAt }) => ({ name, createdAt: new Date(createdAt) }));
}

export function userViews({ users }: State): UserView[] {
  return users.map(({ username, accessKey, role, team, email, status }) => ({
    username,
    accessKey,
    role,
    team,
    email,
    status,
  }));
}

export interface SessionView {
  readonly id: string;
  readonly name: string;
  readonly status: string;
  /** As dashboards show it: the identifier of a service account, the name of a person. */
  readonly owner: string;
  readonly username: string;
  readonly team: string | null;
  readonly build: string;
}

export interface MailView {
  readonly to: string;
  readonly subject: string;
}

export function sessionViews({ sessions, builds }: State): SessionView[] {
  return sessions.map(({ id, name, status, owner, username, team, buildId }) => ({
    id,
    name,
    status,
    owner,
    username,
    team,
    build: builds.find((build) => build.id === buildId)?.name ?? '',
  }));
}

export function mailViews({ mails }: State): MailView[] {
  return mails.map(({ to, subject }) => ({ to, subject }));
}
