// Projects of an organization with role-based access control, as far as their page is readable.

import { type Caller, type Context, nextId, now, teamOf } from '../context.ts';
import { type Refusal, refuse } from './refusal.ts';
import { reachOf } from './roles.ts';
import type { Project } from './state.ts';

/** What may not stand in a project's name becomes an underscore: the stored name can differ from the sent one. */
const REPLACED = /[|;><`+"?%/\\\n\r\t]/g;

export function createProject(context: Context, caller: Caller, body: unknown): Project | Refusal {
  const { organization, projects } = context.state;
  if (!organization.rbac) return refuse(403, 'Role-based access control is not enabled.');
  // Everything inside is checked below.
  const wanted = (typeof body === 'object' && body !== null ? body : {}) as Record<string, unknown>;
  if (typeof wanted.name !== 'string') return refuse(422, 'name is required.');
  const name = wanted.name.trim().replaceAll(REPLACED, '_');
  if (name === '' || [...name].length > 255) return refuse(422, 'name must have 1 to 255 characters.');
  if (/\p{Cc}/u.test(name)) return refuse(422, 'name contains control characters.');
  const products: unknown = wanted.products;
  if (!isTexts(products) || products.length === 0) return refuse(422, 'products is required.');
  const { description = '', access = 'global' } = wanted;
  if (typeof description !== 'string') return refuse(422, 'description must be a text.');
  if (access !== 'global' && access !== 'restricted')
    return refuse(422, 'access must be global or restricted.');
  if (projects.some((project) => project.name === name)) return refuse(422, 'name has already been taken.');
  const project: Project = {
    id: nextId(context),
    name,
    description,
    products: [...products],
    team: teamOf(caller),
    createdAt: now(context),
    access,
  };
  projects.push(project);
  return project;
}

/** A project the caller sees: with team view on, members of a team see their team's only. */
export function findProject(context: Context, caller: Caller, id: string): Project | Refusal {
  if (!context.state.organization.rbac) return refuse(403, 'Role-based access control is not enabled.');
  const project = context.state.projects.find((candidate) => String(candidate.id) === id);
  if (project === undefined || !seesDataOf(context, caller, project.team))
    return refuse(404, 'Project not found.');
  return project;
}

/** Manage Data Access: on Team View, members of a team see their own team's data, others everything. */
export function seesDataOf(context: Context, caller: Caller, team: string | null): boolean {
  if (context.state.organization.dataAccess === 'organization') return true;
  const own = teamOf(caller);
  if (own === null || own === team) return true;
  return team !== null && caller.kind === 'user' && caller.user.additionalTeams.includes(team);
}

export interface Access {
  readonly accessorType: 'user' | 'team';
  readonly name: string;
  readonly email: string | null;
  readonly role: string | null;
}

/** Who may open a project: the people of its team, or of the organization, and the team itself. */
export function accessesOf(context: Context, project: Project): Access[] {
  const people = context.state.users.filter(
    (user) =>
      user.status === 'active' && (project.team === null || user.team === project.team || user.team === null),
  );
  const users = people.map((user): Access => {
    const admin = reachOf(context, { kind: 'user', user }).kind !== 'none';
    return { accessorType: 'user', name: user.fullName, email: user.email, role: admin ? 'Admin' : 'User' };
  });
  const team: Access[] =
    project.team === null ? [] : [{ accessorType: 'team', name: project.team, email: null, role: null }];
  return [...users, ...team];
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}
