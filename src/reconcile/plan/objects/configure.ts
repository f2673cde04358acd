// Before anything is looked at: every block read as values. What is wrong with a stack is told without a request.

import { type Problem, problemsOf, throwProblems } from '../../../errors.ts';
import { planValues } from '../../../schema/plan-values.ts';
import { validate } from '../../../schema/validate.ts';
import { isWhollyKnown, type ObjectValue } from '../../../schema/value.ts';
import type { ConfiguredObject } from '../../input/configured.ts';
import { evaluate, MISSING_ARGUMENT } from '../../input/evaluate.ts';
import type { OwnedObjects } from '../../inventory/owned.ts';
import type { Known } from '../../known.ts';
import type { Observed } from '../../observed.ts';
import type { ResourceType, ResourceTypes } from '../../resource-types.ts';
import type { PlanRequest } from '../context.ts';
import { inOrder } from '../order.ts';

/** A declared object with its arguments as values, as far as they are known before anything is looked at. */
export interface ReadObject {
  readonly object: ConfiguredObject;
  readonly config: ObjectValue;
}

/**
 * All declared objects in order, dependencies first.
 * @throws Problem(s): everything that is wrong with the stack, with addresses.
 */
export function readObjects<Session>(
  { stack }: PlanRequest,
  types: ResourceTypes<Session>,
  known: Known,
): readonly ReadObject[] {
  const problems: Problem[] = [...stack.problems];
  const read = inOrder(stack.objects, types, problems).flatMap((object): readonly ReadObject[] => {
    const resource = types.get(object.type);
    try {
      const config = configOf(object, resource, known);
      known.set(object.address, object.type, planValues(resource.schema, { config, prior: null }, 'all'));
      return [{ object, config }];
    } catch (thrown) {
      problems.push(...problemsOf(thrown).map((problem) => problem.at([object.address])));
      // So that nobody who refers to it is told that it does not exist.
      known.set(object.address, object.type, undefined);
      return [];
    }
  });
  throwProblems(withoutConsequences(problems));
  return read;
}

/** An argument that could not be read is not missing as well. */
function withoutConsequences(problems: readonly Problem[]): readonly Problem[] {
  const placeOf = ({ path }: Problem) => JSON.stringify(path ?? []);
  const first = new Map<string, Problem>();
  for (const problem of problems) first.set(placeOf(problem), first.get(placeOf(problem)) ?? problem);
  return problems.filter(
    (problem) => problem.summary !== MISSING_ARGUMENT || first.get(placeOf(problem)) === problem,
  );
}

/** The arguments once more, where something was not known before; else as they were read. */
export function configNow<Session>(
  { object, config }: ReadObject,
  resource: ResourceType<Session>,
  known: Known,
): ObjectValue {
  return isWhollyKnown(config) ? config : configOf(object, resource, known);
}

/** The arguments of the block as values. @throws Problem(s): all of its problems at once. */
function configOf<Session>(
  { body }: ConfiguredObject,
  resource: ResourceType<Session>,
  known: Known,
): ObjectValue {
  const { config, problems } = evaluate(body, resource.schema, known.lookup);
  throwProblems(problems);
  throwProblems([...validate(resource.schema, config), ...(resource.validate?.(config) ?? [])]);
  return config;
}

/** The types of which the world lacks something that is declared, and that can be looked at a second time. */
export function missedTypes<Session>(
  read: readonly ReadObject[],
  types: ResourceTypes<Session>,
  observed: Observed,
  owned: OwnedObjects,
): readonly ResourceType<Session>[] {
  const missed = new Set<string>();
  for (const { object, config } of read) {
    const resource = types.get(object.type);
    if (resource.listAgain === undefined || missed.has(resource.type) || !observed.types.has(resource.type))
      continue;
    const key: unknown = resource.naturalKey?.(config);
    if (typeof key !== 'string' || observed.withKey(resource, key).length > 0) continue;
    const recorded = owned.at(object.address);
    const was: unknown = recorded && resource.naturalKey?.(recorded.state);
    // What is owned under another name was renamed, and is not missing.
    if (was === undefined || was === key || observed.withKey(resource, String(was)).length === 0)
      missed.add(resource.type);
  }
  return types.all.filter(({ type }) => missed.has(type));
}
