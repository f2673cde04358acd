// From what is declared, owned and there to a plan. Looks, asks the nouns, decides; never writes.

import { type Problem, problemsOf, throwProblems } from '../../errors.ts';
import type { Owned } from '../inventory/owned.ts';
import type { PlanContext, PlannedSteps, Step } from './context.ts';
import { declaredTwice } from './limits/refusals.ts';
import { carryOver } from './limits/rotations.ts';
import { safetyProblems } from './limits/safety.ts';
import type { ReadObject } from './objects/configure.ts';
import { planDeclared } from './objects/declared.ts';
import { foreignObjects, objectId, planVanished } from './objects/vanished.ts';

/**
 * Every step in the order in which it is carried out: what is declared, dependencies first; then what nobody declares,
 * and at the end what is deleted, members before what they are in. The same for the same input, whatever its order.
 * @throws Problem(s), all at once, with addresses.
 */
export async function planSteps<Session>(
  read: readonly ReadObject[],
  context: PlanContext<Session>,
): Promise<PlannedSteps<Session>> {
  const { maxRotations } = context.request;
  const problems: Problem[] = [...context.owned.problems];
  const claims = claimedAddresses(read, context);
  const planned: Step<Session>[] = [];
  for (const one of read)
    try {
      planned.push(await planDeclared(one, context, claims));
    } catch (thrown) {
      problems.push(...problemsOf(thrown).map((problem) => problem.at([one.object.address])));
    }
  problems.push(...sameObjects(planned));
  const claimed = new Set(
    planned.flatMap(({ owned }): readonly Owned[] => (owned === undefined ? [] : [owned])),
  );
  const types = new Set(read.map(({ object }) => object.type));
  const undeclared = await planVanished(context, claimed, types, problems);
  const vanished = sorted(undeclared.steps, context);
  const declared = carryOver(planned, maxRotations);
  const steps = [...declared, ...vanished];
  if (context.mode === 'plan') problems.push(...safetyProblems(steps, context));
  throwProblems(problems);
  const deletes = vanished.filter(({ action }) => action.kind === 'delete');
  return {
    steps: [
      ...declared,
      ...vanished.filter(({ action }) => action.kind !== 'delete'),
      ...foreignObjects(context, idsOf(steps)),
      // Members leave before what they are in.
      ...deletes.reverse(),
    ],
    gone: undeclared.gone,
  };
}

/**
 * Addresses whose recorded object is called like another declared object, which has taken it: a relabelled block. Names
 * that are not known yet claim nothing; two blocks that turn out to be one object are a problem then.
 */
function claimedAddresses<Session>(
  objects: readonly ReadObject[],
  { types, owned }: PlanContext<Session>,
): ReadonlySet<string> {
  return new Set(
    objects.flatMap(({ object: { address, type }, config }) => {
      const key: unknown = types.get(type).naturalKey?.(config);
      if (typeof key !== 'string') return [];
      return owned
        .withKey(type, key)
        .flatMap(({ entry }) => (entry.address === address ? [] : [entry.address]));
    }),
  );
}

function sorted<Session>(steps: readonly Step<Session>[], { types }: PlanContext<Session>): Step<Session>[] {
  return [...steps].sort(
    ({ action: a }, { action: b }) =>
      types.rank(a.type) - types.rank(b.type) || (a.key < b.key ? -1 : a.key > b.key ? 1 : 0),
  );
}

function idsOf<Session>(steps: readonly Step<Session>[]): ReadonlySet<string> {
  return new Set(
    steps.flatMap(({ resource, prior }) => (prior === undefined ? [] : [objectId(resource, prior)])),
  );
}

/** By what they are called and by what they are: two blocks may mean one object either way. */
function sameObjects<Session>(steps: readonly Step<Session>[]): readonly Problem[] {
  const first = new Map<string, string>();
  return steps.flatMap(({ action, resource, prior }) => {
    const address = action.address ?? '';
    const ids = [
      ...(action.key === '' ? [] : [`${action.type} ${action.key}`]),
      ...(prior === undefined ? [] : [objectId(resource, prior)]),
    ];
    const before = ids.map((id) => first.get(id)).find((other) => other !== undefined);
    for (const id of ids) first.set(id, first.get(id) ?? address);
    return before === undefined ? [] : [declaredTwice(before, address, action.name)];
  });
}
