import type { AnyAttribute } from '../../schema/attribute.ts';
import type { Schema } from '../../schema/schema.ts';
import { isUnknown, type ObjectValue, objectValue, unknown, type Value } from '../../schema/value.ts';
import { canonical, type Json, toJson } from '../canonical.ts';

/** One attribute that is not as it should be. */
export interface Difference {
  readonly attribute: string;
  readonly before: Json;
  readonly after: Json;
  /** It can only be made so by a new object. */
  readonly replaces: boolean;
}

/** How a new object is planned: defaults filled in, and unknown what only the service decides. */
export function plannedNew(schema: Schema, config: ObjectValue): ObjectValue {
  return planned(schema, config, () => unknown);
}

/** How a present object is planned: what the service decides stays, unless it is computed anew with every change. */
export function plannedChange(schema: Schema, config: ObjectValue, prior: ObjectValue): ObjectValue {
  return planned(schema, config, (name, { options }) =>
    'recompute' in options ? unknown : (prior[name] ?? null),
  );
}

/** What would have to change for `prior` to be as configured. Attributes in `except` do not count. */
export function differences(
  schema: Schema,
  config: ObjectValue,
  prior: ObjectValue,
  except: (attribute: string) => boolean,
): readonly Difference[] {
  const wanted = plannedChange(schema, config, prior);
  return Object.entries(schema.attributes).flatMap(([name, attribute]) => {
    if (!isConfigurable(attribute) || except(name)) return [];
    const before = prior[name] ?? null;
    const after = wanted[name] ?? null;
    if (!isUnknown(after) && canonical(toJson(before)) === canonical(toJson(after))) return [];
    // An optional, computed attribute that is not written follows the service.
    if (config[name] === null && 'computed' in attribute.options) return [];
    return [
      {
        attribute: name,
        before: shown(attribute, before),
        after: shown(attribute, after),
        replaces: replaces(attribute, before, after),
      },
    ];
  });
}

/** An object without its sensitive attributes, as JSON: what may be shown, compared and stored. */
export function showable(schema: Schema, object: ObjectValue): { readonly [name: string]: Json } {
  return Object.fromEntries(
    Object.entries(schema.attributes)
      .filter(([, { options }]) => !options.sensitive)
      .map(([name]) => [name, toJson(object[name] ?? null)]),
  );
}

function planned(
  schema: Schema,
  config: ObjectValue,
  decided: (name: string, attribute: AnyAttribute) => Value,
): ObjectValue {
  return objectValue(
    Object.entries(schema.attributes).map(([name, attribute]) => {
      const { options } = attribute;
      const given = config[name] ?? null;
      if (given !== null) return [name, given] as const;
      if ('default' in options) return [name, options.default as Value] as const; // Of the attribute's own type.
      return [name, 'computed' in options ? decided(name, attribute) : null] as const;
    }),
  );
}

function isConfigurable({ options }: AnyAttribute): boolean {
  return 'required' in options || 'optional' in options;
}

function replaces({ options }: AnyAttribute, prior: Value, planned: Value): boolean {
  const rule = options.requiresReplace;
  return typeof rule === 'function' ? rule({ prior, planned }) : rule === true;
}

function shown({ options }: AnyAttribute, value: Value): Json {
  return options.sensitive ? '(sensitive)' : toJson(value);
}
