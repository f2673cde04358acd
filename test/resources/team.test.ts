import { afterEach, describe, expect, it } from 'vitest';
import { team } from '../../src/resources/team/index.ts';
import type { TeamState } from '../../src/resources/team/schema.ts';
import { unknown } from '../../src/schema/value.ts';
import { caught } from '../helpers/caught.ts';
import { type LocalSession, localSession, operation } from '../helpers/local-session.ts';

const seed = {
  organization: { name: 'Acme Inc.' },
  users: [{ username: 'owner_local', access_key: 'owner-local-key-0001', role: 'owner' as const }],
  teams: [{ name: 'Payments' }],
};
const planned = (name: string) => ({
  name,
  deletion_protection: true,
  deletion_policy: 'delete',
  created_at: unknown,
  user_count: unknown,
  parallels: unknown,
});

let world: LocalSession;
afterEach(() => world.close());

describe('a team', () => {
  it('is created for one request; what the answer hides is null until the next refresh', async () => {
    world = await localSession({ seed });
    const state = await team.create(planned('Web'), operation<TeamState>(world.session));
    expect(state).toEqual({
      name: 'Web',
      deletion_protection: true,
      deletion_policy: 'delete',
      created_at: null,
      user_count: 0,
      parallels: null,
    });
    expect(world.local.requests()).toHaveLength(1);
    const refreshed = await team.read(state, operation(await world.another()));
    expect(refreshed).toMatchObject({
      created_at: '2026-01-01T00:00:00.000Z',
      parallels: { automate: { value: 5, source: 'Org' } },
    });
  });

  it('is found again after a lost answer', async () => {
    world = await localSession({ seed, faults: [{ kind: 'drop', method: 'POST' }] });
    await team.create(planned('Web'), operation<TeamState>(world.session));
    expect(world.local.teams().map(({ name }) => name)).toEqual(['Payments', 'Web']);
  });

  it('is refused in the plan when the name is taken, with the way to import it', async () => {
    world = await localSession({ seed });
    const change = {
      action: 'create',
      config: undefined,
      prior: undefined,
      planned: planned('Payments'),
      replaces: [],
    } as const;
    const problem = await caught(team.plan?.(change, operation(world.session)));
    expect(problem).toMatchObject({ code: 'conflict', path: ['name'] });
    expect(problem.detail).toContain("terraform import ADDRESS 'Payments'");
  });

  it('is deleted once, however often it is asked for', async () => {
    world = await localSession({ seed, faults: [{ kind: 'drop', method: 'DELETE' }] });
    const imported = (await team.importState?.('Payments', operation(world.session))) as TeamState;
    const state = { ...imported, deletion_protection: false };
    for (let i = 0; i < 2; i += 1) await team.delete(state, operation(world.session));
    expect(world.local.teams()).toEqual([]);
  });

  it('that does not exist is answered with those that do', async () => {
    world = await localSession({ seed });
    const problem = await caught(team.importState?.('Paymnets', operation(world.session)));
    expect(problem.detail).toContain('"Payments"');
  });
});
