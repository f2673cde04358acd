// What a planned object names has to be there when it is made: an account its team, a key its account. Said in the plan,
// as far as the plan can know.

import { Problem } from '../../../errors.ts';
import type { Operation } from '../../../lifecycle/operation.ts';
import { type Change, type Link, labelOf } from '../../../lifecycle/resource.ts';
import { folded, isSpelledInOneWay, sameText } from '../../../schema/equal.ts';
import type { Schema } from '../../../schema/schema.ts';
import type { ObjectValue, Value } from '../../../schema/value.ts';
import type { Engine, ResourceNoun } from '../../engine.ts';

/**
 * A name that a block may still give is a warning: objects are planned in no promised order.
 * @param deletes Whether the plan deletes an object first: making the new one must not fail then.
 * @throws Problem `not_found` for a name that only the service gives and does not know, or that nothing known gives when
 *   something is deleted for it
 */
export async function checkLinks<Session>(
  engine: Engine<Session>,
  noun: ResourceNoun<Session>,
  { planned, prior, replaced }: Change<Schema>,
  deletes: boolean,
  operation: Operation<Session>,
): Promise<void> {
  // The first plan of a replacement has asked.
  if (planned === undefined || replaced !== undefined || engine.run.isApplying) return;
  for (const [attribute, link] of Object.entries<Link>(noun.links ?? {})) {
    // Of the noun's own schema, whatever it is.
    const named = (planned as ObjectValue)[attribute];
    const before: Value = (prior as ObjectValue | undefined)?.[attribute] ?? null;
    if (typeof named !== 'string' || (typeof before === 'string' && sameText(before, named))) continue;
    const target = engine.definition.resources.find(({ type }) => type === link.type);
    if (target !== undefined) await look(engine, target, { attribute, link, named, deletes }, operation);
  }
}

interface Named {
  readonly attribute: string;
  readonly link: Link;
  readonly named: string;
  readonly deletes: boolean;
}

async function look<Session>(
  engine: Engine<Session>,
  target: ResourceNoun<Session>,
  { attribute, link, named, deletes }: Named,
  operation: Operation<Session>,
): Promise<void> {
  const isKnown = () => isPlannedOrHeld(engine, target, link, named);
  // A name that can be spelled in two ways is looked for all the same: the list tells how the service spells it.
  if (isSpelledInOneWay(named) && isKnown()) return;
  const names = await namesOf(target, link, operation);
  if (names === undefined || names.some((name) => sameText(name, named)) || isKnown()) return;
  const likely = names.find((name) => folded(name) === folded(named));
  const label = labelOf(target);
  if (target.schema.attributes[link.attribute]?.options.required !== true)
    throw new Problem({
      code: 'not_found',
      diagnostic: 'no_such_object',
      summary: `There is no ${label} "${named}"`,
      detail: `These credentials see none whose ${link.attribute} is that, and only the service gives one: no block can make it. Correct it, or refer to the object: ${attribute} = ${link.type}.NAME.${link.attribute}.`,
      path: [attribute],
    });
  const other =
    likely === undefined ? '' : `There is "${likely}", which differs in upper and lower case only. `;
  const reference = `${attribute} = ${link.type}.NAME.${link.attribute}`;
  if (deletes)
    throw new Problem({
      code: 'not_found',
      diagnostic: 'no_such_object',
      summary: `There is no ${label} "${named}"`,
      detail: `${other}This plan would delete the object for it, and then the new one would be refused. Correct ${attribute}. If a block of this configuration makes it, refer to it, so that it is made first: ${reference}.`,
      path: [attribute],
    });
  operation.warn({
    diagnostic: 'no_such_object',
    summary: `There is no ${label} "${named}"`,
    detail: `${other}If no block of this configuration makes it, applying this will be refused: correct ${attribute}. If one does, refer to it, so that it is made first: ${reference}.`,
    path: [attribute],
  });
}

function isPlannedOrHeld<Session>(
  { run }: Engine<Session>,
  target: ResourceNoun<Session>,
  { attribute }: Link,
  named: string,
): boolean {
  const object = { [attribute]: named };
  const key = target.naturalKey?.(object);
  if (key !== undefined && run.creationsOf(target.type, key).length > 0) return true;
  return run.isHeld(target, object);
}

/** Every name there is; `undefined` where these credentials cannot list them: what cannot be seen is not missed. */
async function namesOf<Session>(
  target: ResourceNoun<Session>,
  { attribute }: Link,
  operation: Operation<Session>,
): Promise<readonly string[] | undefined> {
  if (target.list === undefined) return undefined;
  try {
    const objects = await target.list(operation);
    return objects.map((object) => object[attribute]).filter((name) => typeof name === 'string');
  } catch (error) {
    if (error instanceof Problem) return undefined;
    throw error;
  }
}
