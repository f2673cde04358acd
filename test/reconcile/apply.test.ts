import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Problem, problemsOf } from '../../src/errors.ts';
import { MemoryLedger } from '../../src/reconcile/apply/ledger.ts';
import type { JsonObject } from '../../src/reconcile/canonical.ts';
import type { PlanRequest } from '../../src/reconcile/plan/context.ts';
import { isChange } from '../../src/reconcile/plan/plan.ts';
import { allOwned, House, NOW, nothingOwned, reconcilerOf, ref, stack } from './toy-world.ts';

const failure = (summary: string, code: Problem['code'] = 'unexpected_answer') =>
  new Problem({ code, summary });

/** Everything that is there belongs to the stack. */
async function applied(house: House, resource: JsonObject, rest: Partial<PlanRequest> = {}) {
  const reconciler = reconcilerOf(house);
  const request = { stack: stack(resource), inventory: allOwned(house), ...rest };
  const planned = await reconciler.plan(request);
  house.calls.length = 0;
  const ledger = new MemoryLedger(request.inventory, () => new Date(NOW));
  const report = await reconciler.applyNow(planned, { ledger });
  return { ...report, inventory: ledger.inventory() };
}

describe('apply', () => {
  it('makes the world as declared, in order, and looks again at the end', async () => {
    const house = new House();
    const report = await applied(house, {
      toy_room: { hall: { name: 'hall' } },
      toy_chair: { a: { label: 'a', room: ref('toy_room.hall.name') } },
    });
    expect(report.ok).toBe(true);
    expect(report.results.map(({ sentence }) => sentence)).toEqual([
      'Room "hall" has been created.',
      'Chair "a" has been created.',
    ]);
    expect(house.chairs).toEqual([{ label: 'a', room: 'hall', color: 'brown', serial: 1 }]);
    expect(house.calls).toEqual([
      'create room hall',
      'create chair a',
      'paint chair a',
      'list rooms',
      'list chairs',
    ]);
  });

  it('fills in at apply what only the service knows', async () => {
    const house = new House();
    house.furnish([], [{ label: 'spare', room: null, color: 'red' }]);
    await applied(house, {
      toy_chair: {
        first: { label: 'first' },
        second: { label: 'second', color: `n-${ref('toy_chair.first.serial')}` },
      },
    });
    expect(house.chairs.find(({ label }) => label === 'second')?.color).toBe('n-2');
  });

  it('goes on with what is independent of a failure and skips what is not', async () => {
    const house = new House();
    house.broken.set('create room hall', failure('the hall is closed'));
    const report = await applied(house, {
      toy_room: { hall: { name: 'hall' }, attic: { name: 'attic' } },
      toy_chair: { a: { label: 'a', room: 'hall' }, b: { label: 'b', room: 'attic' } },
    });
    expect(report.ok).toBe(false);
    expect(report.results.map(({ outcome, sentence }) => `${outcome}: ${sentence}`)).toEqual([
      'created: Room "attic" has been created.',
      'failed: Room "hall" was not created.',
      'skipped: Chair "a" was skipped: it depends on toy_room.hall, which was not done.',
      'created: Chair "b" has been created.',
    ]);
    expect(report.results[1]?.problems[0]?.path).toEqual(['toy_room.hall']);
    expect(report.remaining?.counts.create).toBe(2);
  });

  it('says what was made before a later step failed', async () => {
    const house = new House();
    house.broken.set('paint chair a', failure('no paint'));
    const report = await applied(house, { toy_chair: { a: { label: 'a' } } });
    expect(report.results[0]).toMatchObject({
      outcome: 'failed',
      sentence: 'Chair "a" has been created, with problems.',
    });
  });

  it('says that the old one is gone when its replacement cannot be made', async () => {
    const house = new House();
    house.furnish(['hall'], [{ label: 'a', room: null, color: 'brown' }]);
    house.broken.set('create chair a', failure('no wood'));
    const moved = { toy_chair: { a: { label: 'a', room: 'hall', glued: false } } };
    const report = await applied(house, moved);
    expect(report.results[0]?.sentence).toBe('Chair "a" has been deleted and was not made again.');
    expect(report.remaining?.counts.create).toBe(1);
  });

  it('stops at once when the credentials are refused', async () => {
    const house = new House();
    house.broken.set('create chair a', failure('who are you?', 'unauthorized'));
    const report = await applied(house, { toy_chair: { a: { label: 'a' }, b: { label: 'b' } } });
    expect(report.results.map(({ outcome }) => outcome)).toEqual(['failed', 'skipped']);
    expect(house.calls).not.toContain('create chair b');
  });

  it('does not delete a room while a chair that should leave is still in it', async () => {
    const house = new House();
    house.furnish(['hall'], [{ label: 'a', room: 'hall', color: 'brown' }]);
    house.broken.set('delete chair a', failure('it is heavy'));
    const report = await applied(house, {}, { prune: ['toy_room', 'toy_chair'] });
    expect(report.results.map(({ sentence }) => sentence)).toEqual([
      'Chair "a" was not deleted.',
      'Room "hall" was skipped: toy_chair.a is still in it.',
    ]);
    expect(house.rooms).toEqual([{ name: 'hall' }]);
  });

  it('refuses a plan that is no longer true, and changes nothing', async () => {
    const house = new House();
    const reconciler = reconcilerOf(house);
    const request = { stack: stack({ toy_chair: { a: { label: 'a' } } }), inventory: nothingOwned };
    const { plan } = await reconciler.plan(request);
    house.furnish([], [{ label: 'a', room: null, color: 'red' }]);
    await expect(reconciler.apply(request, plan, { lookAgain: true })).rejects.toMatchObject({
      code: 'stale',
    });
    expect(house.calls.filter((call) => !call.startsWith('list'))).toEqual([]);
  });

  it('changes in place what the noun spares, and keeps what the service decided', async () => {
    const house = new House();
    house.furnish(['hall'], [{ label: 'a', room: null, color: 'brown' }]);
    house.wheels = true;
    const report = await applied(house, { toy_chair: { a: { label: 'a', room: 'hall' } } });
    expect(report.results.map(({ sentence }) => sentence)).toEqual(['Chair "a" has been updated.']);
    expect(house.chairs).toEqual([{ label: 'a', room: 'hall', color: 'brown', serial: 1 }]);
  });

  it('deletes each of two objects that have one name', async () => {
    const house = new House();
    house.furnish(
      [],
      [
        { label: 'twin', room: null, color: 'brown' },
        { label: 'twin', room: null, color: 'brown' },
      ],
    );
    const report = await applied(house, {}, { prune: ['toy_chair'] });
    expect(report.ok).toBe(true);
    expect(house.chairs).toEqual([]);
  });

  it('lets the noun refuse and warn in the plan', async () => {
    const house = new House();
    house.furnish(['hall'], [{ label: 'a', room: null, color: 'brown' }]);
    const reconciler = reconcilerOf(house);
    const moved = (glued: boolean) => stack({ toy_chair: { a: { label: 'a', room: 'hall', glued } } });
    const glued = {
      ...nothingOwned,
      objects: allOwned(house).objects.map((one) => ({ ...one, state: { ...one.state, glued: true } })),
    };
    await expect(reconciler.plan({ stack: moved(true), inventory: glued })).rejects.toMatchObject({
      code: 'refused',
      path: ['toy_chair.a'],
    });
    const { plan } = await reconciler.plan({ stack: moved(false), inventory: allOwned(house) });
    expect(plan.actions[0]?.warnings).toEqual(['The serial changes. It is another chair.']);
  });
});

describe('safety', () => {
  const houseOf = (count: number) => {
    const house = new House();
    const chairs = Array.from({ length: count }, (_, i) => ({ label: `c${i}`, room: null, color: 'brown' }));
    house.furnish([], chairs);
    return house;
  };
  const keeping = (count: number) => ({
    toy_chair: Object.fromEntries(Array.from({ length: count }, (_, i) => [`c${i}`, { label: `c${i}` }])),
  });
  const reasons = async (house: House, keep: number, maxDeletes?: number) => {
    const request = {
      stack: stack(keeping(keep)),
      inventory: allOwned(house),
      prune: 'declared-types' as const,
    };
    const limits = maxDeletes === undefined ? {} : { maxDeletes };
    try {
      await reconcilerOf(house).plan({ ...request, ...limits });
      return [];
    } catch (thrown) {
      return problemsOf(thrown).map(({ summary }) => summary);
    }
  };

  it('holds on both sides of the threshold, and not below its floor', async () => {
    expect(await reasons(houseOf(10), 7)).toEqual([]);
    expect(await reasons(houseOf(10), 6)).toEqual([
      'This plan would delete 4 of 10 objects of the kind chair',
    ]);
    expect(await reasons(houseOf(9), 1)).toEqual([]);
  });

  it('takes a number instead of the threshold, in both directions', async () => {
    expect(await reasons(houseOf(10), 6, 4)).toEqual([]);
    expect(await reasons(houseOf(10), 6, 3)).toEqual([
      'This plan would delete 4 objects, more than --max-deletes 3',
    ]);
    expect(await reasons(houseOf(5), 4, 0)).toHaveLength(1);
  });

  it('never empties out what somebody still is in', async () => {
    const house = new House();
    house.furnish(['hall', 'attic'], [{ label: 'a', room: 'hall', color: 'brown' }]);
    const request = { stack: stack({ toy_room: { attic: { name: 'attic' } } }), inventory: allOwned(house) };
    await expect(reconcilerOf(house).plan({ ...request, prune: ['toy_room'] })).rejects.toMatchObject({
      code: 'refused',
      summary: 'The room "hall" is not empty: it would be deleted with 1 in it',
    });
  });
});

describe('any two worlds', () => {
  const rooms = fc.uniqueArray(fc.constantFrom('hall', 'attic', 'cellar', 'garden'));
  const chairs = fc.dictionary(
    fc.constantFrom('a', 'b', 'c', 'd', 'e'),
    fc.record({ color: fc.constantFrom('brown', 'red'), seat: fc.nat(4) }),
  );
  const world = fc.record({ rooms, chairs });

  it('become one by a single apply, after which there is nothing to do', async () => {
    await fc.assert(
      fc.asyncProperty(world, world, async (before, wanted) => {
        const house = new House();
        const seat = (list: readonly string[], index: number) => list[index] ?? null;
        house.furnish(
          before.rooms,
          Object.entries(before.chairs).map(([label, { color, seat: index }]) => {
            return { label, color, room: seat(before.rooms, index) };
          }),
        );
        const resource = {
          toy_room: Object.fromEntries(wanted.rooms.map((name) => [name, { name }])),
          toy_chair: Object.fromEntries(
            Object.entries(wanted.chairs).map(([label, { color, seat: index }]) => {
              const room = seat(wanted.rooms, index);
              const named = room === null ? null : index % 2 === 0 ? room : ref(`toy_room.${room}.name`);
              return [label, { label, color, room: named, glued: false }];
            }),
          ),
        };
        const rest = { prune: ['toy_room', 'toy_chair'], maxDeletes: 100 };
        const report = await applied(house, resource, rest);
        expect(report.ok).toBe(true);
        expect(house.rooms.map(({ name }) => name).sort()).toEqual([...wanted.rooms].sort());
        expect(house.chairs.map(({ label }) => label).sort()).toEqual(Object.keys(wanted.chairs).sort());
        const { inventory } = report;
        const { plan } = await reconcilerOf(house).plan({ stack: stack(resource), inventory, ...rest });
        expect(plan.actions.filter(isChange)).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });
});
