import { afterEach, describe, expect, it } from 'vitest';
import type { Warning } from '../../src/lifecycle/operation.ts';
import type { Beside } from '../../src/lifecycle/resource.ts';
import type { Session } from '../../src/resources/index.ts';
import { PlannedCost } from '../../src/resources/planned-cost.ts';
import { serviceAccount } from '../../src/resources/service-account/index.ts';
import type { serviceAccountSchema } from '../../src/resources/service-account/schema.ts';
import { type LocalSession, localSession, operation } from '../helpers/local-session.ts';
import { acmeSeed, changeTo, plannedAccount } from '../helpers/planned.ts';

/** An engine that asks about one object at a time. */
const beside = (applying = false): Beside => ({
  applying,
  held: () => undefined,
  creations: () => [],
  everyoneWasAsked: async () => {},
});
let world: LocalSession | undefined;
afterEach(async () => {
  await world?.close();
  world = undefined;
});

const planCreate = async (session: Session, name: string, warnings: Warning[], engine?: Beside) => {
  const change = changeTo<typeof serviceAccountSchema>({ planned: plannedAccount(name) });
  await serviceAccount.plan?.(change, {
    ...operation(session),
    warn: (one) => warnings.push(one),
    ...(engine && { beside: engine }),
  });
};
const names = (count: number) => Array.from({ length: count }, (_, i) => `new-${i}`);

describe('the cost of a plan', () => {
  it('is told once, when the writes do not fit into the burst, and it is no apply', async () => {
    world = await localSession({ seed: acmeSeed });
    const warnings: Warning[] = [];
    for (const name of names(10)) await planCreate(world.session, name, warnings, beside());
    expect(warnings).toEqual([]);
    for (const name of names(30)) await planCreate(world.session, name, warnings, beside());
    expect(warnings.map(({ summary }) => summary)).toEqual([
      'This plan needs at least 11 requests, at least 24 s',
    ]);
    expect(warnings[0]?.detail).toContain('5 account-management requests at once, then 15 a minute');
    expect(warnings[0]?.detail).toContain('(105 requests: 6 min 40 s)');
  });

  it('follows the configured budget: where few objects take long, it is told of few', async () => {
    world = await localSession({ seed: acmeSeed }, { request_burst: 2, requests_per_minute: 1 });
    const warnings: Warning[] = [];
    for (const name of names(3)) await planCreate(world.session, name, warnings, beside());
    expect(warnings[0]?.summary).toBe('This plan needs at least 3 requests, at least 1 min');
  });

  it('counts a replacement as two, and its second planning not again', async () => {
    const warnings: Warning[] = [];
    const cost = new PlannedCost({ burst: 5, perMinute: 2 });
    const op = { beside: beside(), warn: (one: Warning) => warnings.push(one) };
    for (const name of ['a', 'b']) for (const requests of [2, 1]) cost.add(name, requests, op);
    cost.add('c', 1, op);
    expect(warnings).toEqual([]);
    cost.add('c', 2, op);
    cost.add('d', 1, op);
    expect(warnings[0]?.summary).toContain('at least 7 requests');
  });

  it('is not told again while the plan is applied', async () => {
    world = await localSession({ seed: acmeSeed });
    const warnings: Warning[] = [];
    // Terraform plans as many again as it writes at once, before the first is written.
    for (const name of names(10)) await planCreate(world.session, name, warnings, beside());
    for (const name of names(40)) await planCreate(world.session, name, warnings, beside(true));
    expect(warnings).toEqual([]);
  });

  it('is not told object by object to an engine that sees all of them and tells it itself', async () => {
    world = await localSession({ seed: acmeSeed });
    const warnings: Warning[] = [];
    for (const name of names(40)) await planCreate(world.session, name, warnings);
    expect(warnings).toEqual([]);
  });
});
