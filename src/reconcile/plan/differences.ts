import type { AttributePath } from '../../errors.ts';
import type { AnyAttribute } from '../../schema/attribute.ts';
import { equal } from '../../schema/equal.ts';
import type { Schema } from '../../schema/schema.ts';
import { isUnknown, type ObjectValue, type Value } from '../../schema/value.ts';
import { type Json, toJson } from '../canonical.ts';

/** One attribute that is not as it will be. */
export interface Difference {
  readonly attribute: string;
  readonly before: Json;
  readonly after: Json;
  /** It can only be made so by a new object. */
  readonly replaces: boolean;
}

/**
 * What changes, attribute by attribute. What only the service decides counts where it is known beforehand; in a
 * replacement all of it is new, which says nothing.
 */
export function differencesOf(
  schema: Schema,
  prior: ObjectValue,
  planned: ObjectValue,
  replaces: readonly AttributePath[],
): readonly Difference[] {
  const forcing = new Set(replaces.map(([name]) => String(name)));
  return Object.entries(schema.attributes).flatMap(([name, attribute]) => {
    const [before, after] = [prior[name] ?? null, planned[name] ?? null];
    if (equal(attribute.type, before, after) || (isUnknown(after) && isDecidedByService(attribute)))
      return [];
    return [
      {
        attribute: name,
        before: shown(attribute, before),
        after: shown(attribute, after),
        replaces: forcing.has(name),
      },
    ];
  });
}

/** An object without its sensitive attributes, as JSON: what may be shown, compared and stored. */
export function showable(schema: Schema, object: ObjectValue): { readonly [name: string]: Json } {
  const shownObject: { [name: string]: Json } = {};
  for (const [name, { options }] of Object.entries(schema.attributes))
    if (options.sensitive !== true) shownObject[name] = toJson(object[name] ?? null);
  return shownObject;
}

function isDecidedByService({ options }: AnyAttribute): boolean {
  return options.required !== true && options.optional !== true;
}

function shown({ options }: AnyAttribute, value: Value): Json {
  return options.sensitive === true ? '(sensitive)' : toJson(value);
}
