import { afterEach, describe, expect, it } from 'vitest';
import { automatePlanDataSource } from '../../src/resources/automate-plan/index.ts';
import { parallelsDataSource } from '../../src/resources/parallels/index.ts';
import { type LocalSession, localSession, operation } from '../helpers/local-session.ts';
import { acmeSeed } from '../helpers/planned.ts';

let world: LocalSession;
afterEach(() => world.close());

const ledger = async (total: number, shares: Readonly<Record<string, number | undefined>>) => {
  world = await localSession({
    seed: {
      ...acmeSeed,
      service_accounts: [],
      organization: { name: 'Acme Inc.', parallels: { automate: total, app_automate: 5 } },
      teams: Object.entries(shares).map(([name, automate]) =>
        automate === undefined ? { name } : { name, parallels: { automate } },
      ),
      users: acmeSeed.users.slice(0, 1),
    },
  });
  const op = operation(world.session);
  return { data: await parallelsDataSource.read({} as never, op), warnings: op.warnings };
};

describe('the ledger of parallel sessions', () => {
  it('sums what teams were given', async () => {
    const { data, warnings } = await ledger(100, { A: 20, B: 30, C: undefined });
    expect(data).toMatchObject({ automate_total: 100, automate_allocated: 50, automate_shared: 50 });
    expect(data.teams.map(({ name, automate_source }) => [name, automate_source])).toEqual([
      ['A', 'Team'],
      ['B', 'Team'],
      ['C', 'Org'],
    ]);
    expect(warnings).toEqual([]);
    expect(world.local.requests().map(({ path }) => path)).toEqual([
      '/user/team_detail',
      '/automate/plan.json',
    ]);
  });

  it.each([
    [{ A: 80, B: 30 }, 'Teams were given 110 Automate sessions, and the plan has 100'],
    [{ A: 100, B: undefined }, 'No Automate session is left for teams without an allocation of their own'],
    [{ A: 10, B: 0 }, 'Teams without a single Automate session'],
  ])('warns of %j', async (shares, summary) => {
    const { warnings } = await ledger(100, shares);
    expect(warnings.map((one) => one.summary)).toEqual([summary]);
  });
});

describe('the Automate plan', () => {
  it('is read once per run', async () => {
    world = await localSession({ seed: acmeSeed });
    const read = () => automatePlanDataSource.read({} as never, operation(world.session));
    const [plan] = await Promise.all([read(), read()]);
    expect(plan).toMatchObject({ automate_plan: 'Enterprise', parallel_sessions_running: 0 });
    expect(world.local.requests()).toHaveLength(1);
  });
});
