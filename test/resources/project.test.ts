import { afterEach, describe, expect, it } from 'vitest';
import type { Seed } from '../../src/entry/emulator.ts';
import { projectAccessesDataSource } from '../../src/resources/project/index.ts';
import { answering } from '../helpers/answering.ts';
import { caught } from '../helpers/caught.ts';
import { type LocalSession, localSession, OWNER, operation } from '../helpers/local-session.ts';

const people = (count: number): NonNullable<Seed['users']> =>
  Array.from({ length: count }, (_, i) => ({
    username: `person_${i}`,
    access_key: `person-key-${String(i).padStart(9, '0')}`,
    role: 'user',
    full_name: `Person ${String(i).padStart(3, '0')}`,
    email: `person-${i}@acme.com`,
  }));
const seedWith = (users: Seed['users'] = [], rbac = true): Seed => ({
  organization: { name: 'Acme Inc.', rbac },
  users: [{ ...OWNER, role: 'owner', full_name: 'Olivia Owner', email: 'olivia@acme.com' }, ...users],
});

let world: LocalSession;
afterEach(() => world.close());

/** Made in the console; the id is in the answer of the local server. */
async function project(): Promise<string> {
  const authorization = `Basic ${Buffer.from(`${OWNER.username}:${OWNER.access_key}`).toString('base64')}`;
  const body = JSON.stringify({ name: 'Checkout', products: ['automate'] });
  const headers = { authorization, 'content-type': 'application/json' };
  const request = new Request('http://local/v1/projects', { method: 'POST', headers, body });
  const answer = (await (await world.local.fetch(request)).json()) as { readonly project: { id: number } };
  return String(answer.project.id);
}

const read = (id: string) =>
  projectAccessesDataSource.read({ project: id, accesses: null }, operation(world.session));

describe('the accesses of a project', () => {
  it('are read page by page, 100 for a request', async () => {
    world = await localSession({ seed: seedWith(people(250)) });
    const id = await project();
    world.local.clearRequests();
    const { accesses } = await read(id);
    expect(accesses).toHaveLength(251);
    expect(accesses[0]).toEqual({
      accessor_type: 'user',
      name: 'Olivia Owner',
      email: 'olivia@acme.com',
      overridden_role: null,
      applicable_role: 'Admin',
      assigned_at: '2026-01-01T00:00:00.000Z',
    });
    expect(world.local.requests()).toHaveLength(3);
  });

  it('are understood as the page shows them, misspellings included', async () => {
    world = await localSession({ seed: seedWith() });
    const documented = await answering({
      info: { prev: 1, next: null, page: 1, page_size: 30, count: 2 },
      accesses: [
        {
          accessor_type: 'user',
          name: 'Jane Doe',
          email: 'jane@gmail.com',
          overriden_role: 'Admin',
          assigned_at: '2025-12-16T10:30:00Z',
          appplicable_role: 'Admin',
        },
        {
          accessor_type: 'team',
          name: 'External stuff',
          overriden_role: 'Viewer',
          assigned_at: '2025-12-16T10:30:00Z',
        },
      ],
    });
    const session = await world.another({ base_url: documented.url });
    const { accesses } = await projectAccessesDataSource.read(
      { project: '7', accesses: null },
      operation(session),
    );
    expect(accesses).toMatchObject([
      { accessor_type: 'team', overridden_role: 'Viewer', applicable_role: null, email: null },
      { accessor_type: 'user', overridden_role: 'Admin', applicable_role: 'Admin' },
    ]);
    await documented.close();
  });

  it.each([
    ['there is no such project', true],
    ['role-based access control is off', false],
  ])('are refused with the reasons there can be when %s', async (_why, rbac) => {
    world = await localSession({ seed: seedWith([], rbac) });
    const problem = await caught(read('4711'));
    expect(problem.summary).toBe('The accesses of project "4711" cannot be seen');
    expect(problem.detail).toContain('role-based access control is off');
  });
});
