import { Problem } from '../../errors.ts';
import type { DataSource } from '../../lifecycle/provider-definition.ts';
import { attribute } from '../../schema/attribute.ts';
import { defineSchema } from '../../schema/schema.ts';
import { lengthBetween } from '../../schema/validators.ts';
import { isUnknown } from '../../schema/value.ts';
import type { Session } from '../session.ts';
import { listAccesses, PAGE_SIZE, type WireAccess } from './wire.ts';

const given = (description: string) =>
  attribute.string({
    computed: true,
    nullable: true,
    description: `${description} Null where it is not said.`,
  });

const schema = defineSchema({
  description:
    'Who may open a project, in an organization with role-based access control. BrowserStack names calls that list, change and delete projects and that grant access, and describes none of them, so there is no resource for projects. Costs one request for each 100 accesses.',
  attributes: {
    project: attribute.string({
      required: true,
      validate: [lengthBetween(1, 255)],
      description: 'Id of the project.',
    }),
    accesses: attribute.listOf(
      {
        accessor_type: attribute.string({ computed: true, description: '`user` or `team`.' }),
        name: attribute.string({ computed: true, description: 'Name of the person or team.' }),
        email: given('E-mail address of a person.'),
        overridden_role: given('Role in this project, where it differs from the general one.'),
        applicable_role: given('Role that counts in the end; not said of teams.'),
        assigned_at: given('Since when (RFC 3339).'),
      },
      { computed: true, description: 'The accesses, by type and name.' },
    ),
  },
});

export const projectAccessesDataSource: DataSource<Session, typeof schema> = {
  type: 'browserstack_project_accesses',
  schema,
  async read({ project }, { session }) {
    if (isUnknown(project)) throw new Error('a data source was read with unknown configuration');
    const found = await accessesOf(project, session).catch((error) => explain(error, project));
    const accesses = found
      .map(fromWire)
      .sort((a, b) => order(a.accessor_type, b.accessor_type) || order(a.name, b.name));
    return { project, accesses };
  },
};

async function accessesOf(project: string, session: Session): Promise<readonly WireAccess[]> {
  const endpoint = listAccesses(project);
  const all: WireAccess[] = [];
  let page = 1;
  for (;;) {
    const query = { page: String(page), per_page: String(PAGE_SIZE) };
    const { body } = await session.client.send(endpoint, { query, onWait: session.onWait });
    all.push(...body.accesses);
    const next = body.info.next ?? 0;
    // The last page names none; one that points back must not make this endless.
    if (next <= page) return all;
    page = next;
  }
}

function fromWire(access: WireAccess) {
  return {
    accessor_type: access.accessor_type,
    name: access.name,
    email: access.email ?? null,
    overridden_role: access.overriden_role ?? access.overridden_role ?? null,
    applicable_role: access.applicable_role ?? access.appplicable_role ?? null,
    assigned_at: access.assigned_at ?? null,
  };
}

function explain(error: unknown, project: string): never {
  if (!(error instanceof Problem) || (error.code !== 'forbidden' && error.code !== 'not_found')) throw error;
  throw new Problem({
    code: error.code,
    summary: `The accesses of project "${project}" cannot be seen`,
    detail: `${error.detail} Either there is no such project, or role-based access control is off for the organization, or the role of these credentials (of a service account: its SVC role) may not view it.`,
    path: ['project'],
    cause: error,
  });
}

function order(a: string, b: string): number {
  return a.localeCompare(b, 'en');
}
