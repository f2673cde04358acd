import { afterEach, describe, expect, it } from 'vitest';
import { ManualClock } from '../../src/clock.ts';
import type { Warning } from '../../src/lifecycle/operation.ts';
import type { Session } from '../../src/resources/index.ts';
import { PlannedCost } from '../../src/resources/planned-cost.ts';
import { serviceAccount } from '../../src/resources/service-account/index.ts';
import type { serviceAccountSchema } from '../../src/resources/service-account/schema.ts';
import { type LocalSession, localSession, operation } from '../helpers/local-session.ts';
import { acmeSeed, changeTo, plannedAccount } from '../helpers/planned.ts';
import { SkippingClock } from '../helpers/skipping-clock.ts';

let world: LocalSession | undefined;
afterEach(async () => {
  await world?.close();
  world = undefined;
});

const planCreate = async (session: Session, name: string, warnings: Warning[]) => {
  const change = changeTo<typeof serviceAccountSchema>({ planned: plannedAccount(name) });
  await serviceAccount.plan?.(change, { ...operation(session), warn: (one) => warnings.push(one) });
};
const names = (count: number) => Array.from({ length: count }, (_, i) => `new-${i}`);

describe('the cost of a plan', () => {
  it('is told once, as soon as the writes no longer fit into the burst', async () => {
    world = await localSession({ seed: acmeSeed });
    const warnings: Warning[] = [];
    for (const name of names(5)) await planCreate(world.session, name, warnings);
    expect(warnings).toEqual([]);
    for (const name of names(30)) await planCreate(world.session, name, warnings);
    expect(warnings.map(({ summary }) => summary)).toEqual([
      'This plan needs at least 6 requests, at least 4 s',
    ]);
    expect(warnings[0]?.detail).toContain('5 account-management requests at once, then 15 a minute');
    expect(warnings[0]?.detail).toContain('(105 requests: 6 min 40 s)');
  });

  it('follows the configured budget', async () => {
    world = await localSession({ seed: acmeSeed }, { request_burst: 2, requests_per_minute: 30 });
    const warnings: Warning[] = [];
    for (const name of names(3)) await planCreate(world.session, name, warnings);
    expect(warnings[0]?.summary).toBe('This plan needs at least 3 requests, at least 2 s');
  });

  it('counts a replacement as two, and its second planning not again', async () => {
    const warnings: Warning[] = [];
    const cost = new PlannedCost({ burst: 5, perMinute: 15 }, new SkippingClock());
    const add = (name: string, requests: number) => cost.add(name, requests, (one) => warnings.push(one));
    for (const name of ['a', 'b']) for (const requests of [2, 1]) await add(name, requests);
    await add('c', 1);
    expect(warnings).toEqual([]);
    await add('c', 2);
    expect(warnings[0]?.summary).toContain('at least 6 requests');
  });

  it('is not told again while the plan is applied', async () => {
    world = await localSession({ seed: acmeSeed });
    const warnings: Warning[] = [];
    await serviceAccount.create(plannedAccount('first'), operation(world.session));
    for (const name of names(20)) await planCreate(world.session, name, warnings);
    expect(warnings).toEqual([]);
  });

  it('is not told when ten are planned once more before the first is written', async () => {
    const warnings: Warning[] = [];
    const clock = new ManualClock();
    const cost = new PlannedCost({ burst: 5, perMinute: 15 }, clock);
    const planning = Promise.all(names(10).map((name) => cost.add(name, 1, (one) => warnings.push(one))));
    cost.applying();
    clock.advance(1000);
    await planning;
    expect(warnings).toEqual([]);
  });
});
