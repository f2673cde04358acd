import { describe, expect, it } from 'vitest';
import { problemsOf } from '../../src/errors.ts';
import type { JsonObject } from '../../src/reconcile/canonical.ts';
import type { Prune } from '../../src/reconcile/plan/context.ts';
import type { Plan } from '../../src/reconcile/plan/plan.ts';
import { allOwned, House, nothingOwned, reconcilerOf, ref, stack } from './toy-world.ts';

/** Everything that is there belongs to the stack. */
async function planned(house: House, resource: JsonObject, prune: Prune = 'none'): Promise<Plan> {
  const request = { stack: stack(resource), inventory: allOwned(house), prune };
  return (await reconcilerOf(house).plan(request)).plan;
}

/** One line per action. */
async function lines(house: House, resource: JsonObject, prune?: Prune): Promise<readonly string[]> {
  return (await planned(house, resource, prune)).actions.map(
    ({ kind, address, type, name }) => `${kind} ${address ?? `${type} "${name}"`}`,
  );
}

async function problems(house: House, resource: JsonObject): Promise<readonly string[]> {
  try {
    await planned(house, resource);
  } catch (thrown) {
    return problemsOf(thrown).map(({ code, path, summary }) => `${code} ${path?.join('.')}: ${summary}`);
  }
  return [];
}

const furnished = () => {
  const house = new House();
  house.furnish(
    ['hall', 'attic'],
    [
      { label: 'a', room: 'hall', color: 'brown' },
      { label: 'b', room: null, color: 'red' },
    ],
  );
  return house;
};

describe('planning', () => {
  it('creates what is not there, rooms before the chairs in them', async () => {
    const { actions } = await planned(new House(), {
      toy_chair: { a: { label: 'a', room: 'hall' } },
      toy_room: { z: { name: 'hall' } },
    });
    expect(actions.map(({ kind, address }) => `${kind} ${address}`)).toEqual([
      'create toy_room.z',
      'create toy_chair.a',
    ]);
    expect(actions[1]?.dependsOn).toEqual(['toy_room.z']);
  });

  it('plans nothing for what is as declared, defaults and protections included', async () => {
    const house = furnished();
    expect(
      await lines(house, {
        toy_room: { hall: { name: 'hall' } },
        toy_chair: {
          a: { label: 'a', room: ref('toy_room.hall.name') },
          b: { label: 'b', color: 'red', glued: false },
        },
      }),
    ).toEqual(['no-op toy_room.hall', 'no-op toy_chair.a', 'no-op toy_chair.b', 'unmanaged toy_room.attic']);
  });

  it('updates in place what can be, and replaces what cannot', async () => {
    const { actions, counts } = await planned(furnished(), {
      toy_chair: { a: { label: 'a', room: 'attic' }, b: { label: 'b', color: 'blue' } },
    });
    expect(counts).toMatchObject({ replace: 1, update: 1, create: 0, delete: 0, unmanaged: 2 });
    expect(actions[0]?.differences).toEqual([
      { attribute: 'room', before: 'hall', after: 'attic', replaces: true },
    ]);
    expect(actions[1]?.differences).toEqual([
      { attribute: 'color', before: 'red', after: 'blue', replaces: false },
    ]);
  });

  it('deletes only where that was asked for, members before what they are in', async () => {
    const house = furnished();
    const declared = { toy_room: { hall: { name: 'hall' } } };
    expect(await lines(house, declared)).toEqual([
      'no-op toy_room.hall',
      'unmanaged toy_room.attic',
      'unmanaged toy_chair.a',
      'unmanaged toy_chair.b',
    ]);
    // No chair is declared, so chairs are somebody else's business.
    expect(
      (await lines(house, declared, 'declared-types')).filter((line) => line.startsWith('delete')),
    ).toEqual(['delete toy_room.attic']);
    expect(
      (await lines(house, declared, ['toy_room', 'toy_chair'])).filter((line) => line.startsWith('delete')),
    ).toEqual(['delete toy_chair.b', 'delete toy_chair.a', 'delete toy_room.attic']);
  });

  it('reports everything that is wrong at once, each with its address', async () => {
    expect(
      await problems(new House(), {
        toy_room: { long: { name: 'x'.repeat(21) }, none: {}, odd: { name: 'odd', nmae: 'x' } },
        toy_chair: {
          wrong: { label: 'wrong', glued: 'perhaps' },
          computed: { label: 'computed', serial: 7 },
          dangling: { label: ref('toy_room.nowhere.name') },
          clever: { label: ref('lower("A")') },
        },
      }),
    ).toEqual([
      'invalid_input toy_room.long.name: Wrong length',
      'invalid_input toy_room.none.name: Missing argument',
      'invalid_input toy_room.odd.nmae: Unknown argument',
      'invalid_input toy_chair.clever.label: An expression that only Terraform can evaluate',
      'invalid_input toy_chair.computed.serial: Not an argument',
      'invalid_input toy_chair.dangling.label: Unknown reference',
      'invalid_input toy_chair.wrong.glued: Wrong type',
    ]);
  });

  it('refuses one object declared twice, an object that is there twice, and a link to nothing', async () => {
    const house = new House();
    const twin = { label: 'twin', room: null };
    house.furnish(
      [],
      [
        { ...twin, color: 'brown' },
        { ...twin, color: 'red' },
      ],
    );
    const declared = {
      toy_room: { one: { name: 'hall' }, two: { name: 'hall' } },
      toy_chair: { lost: { label: 'lost', room: 'cellar' }, twin: { label: 'twin' } },
    };
    const request = { stack: stack(declared), inventory: nothingOwned };
    const refused = await reconcilerOf(house)
      .plan(request)
      .then(() => [], problemsOf);
    expect(refused.map(({ code, path, summary }) => `${code} ${path?.join('.')}: ${summary}`)).toEqual([
      'not_found toy_chair.lost.room: There is no room "cellar"',
      'conflict toy_chair.twin: There are 2 objects of the kind chair named "twin"',
      'conflict toy_room.two: toy_room.one and toy_room.two are the same object',
    ]);
  });

  it('keeps to ignore_changes, and refuses to replace under prevent_destroy', async () => {
    const house = furnished();
    const ignoring = { label: 'b', color: 'blue', lifecycle: { ignore_changes: ['color'] } };
    expect((await lines(house, { toy_chair: { b: ignoring } }))[0]).toBe('no-op toy_chair.b');
    const kept = { label: 'a', room: 'attic', lifecycle: [{ prevent_destroy: true }] };
    expect(await problems(house, { toy_chair: { a: kept } })).toEqual([
      'refused toy_chair.a: It has lifecycle.prevent_destroy, and this plan would replace it',
    ]);
  });

  it('finds circles', async () => {
    expect(
      await problems(new House(), {
        toy_chair: {
          a: { label: 'a', depends_on: ['toy_chair.b'] },
          b: { label: 'b', depends_on: ['toy_chair.a'] },
        },
      }),
    ).toEqual(['invalid_input toy_chair.a: Objects depend on each other in a circle']);
  });

  it('has a fingerprint of the changes alone', async () => {
    const resource = { toy_chair: { c: { label: 'c' }, b: { label: 'b', color: 'blue' } } };
    const before = (await planned(furnished(), resource)).fingerprint;
    const elsewhere = furnished();
    elsewhere.furnish(['cellar']);
    expect((await planned(elsewhere, resource)).fingerprint).toBe(before);
    const touched = furnished();
    touched.chairs = touched.chairs.map((chair) => ({ ...chair, color: 'green' }));
    expect((await planned(touched, resource)).fingerprint).not.toBe(before);
  });

  it('says exactly what it costs', async () => {
    const chairs = Object.fromEntries(Array.from({ length: 83 }, (_, i) => [`c${i}`, { label: `c${i}` }]));
    expect((await planned(new House(), { toy_chair: chairs })).cost).toEqual({
      writes: 83,
      lists: 4,
      requests: 87,
      seconds: 328,
    });
    expect((await planned(new House(), {})).cost).toEqual({ writes: 0, lists: 0, requests: 0, seconds: 0 });
    const replace = { toy_chair: { a: { label: 'a', room: 'attic' } } };
    expect((await planned(furnished(), replace)).cost.writes).toBe(2);
  });
});
