import type { AnyAttribute } from './attribute.ts';
import { conformValue } from './conform.ts';
import type { Schema } from './schema.ts';
import type { BlockSchema } from './transform.ts';

/** What a schema may have. A configuration (of a provider, an action, a list) cannot compute anything. */
export type SchemaUse = 'state' | 'configuration';

const NAME = /^[a-z][a-z0-9_]*$/u;
/** Terraform keeps these for itself at the top of a block. */
const RESERVED = {
  state: ['count', 'depends_on', 'for_each', 'lifecycle', 'provider', 'provisioner', 'connection'],
  configuration: ['alias', 'version'],
};

/** Mistakes in a schema, each in a sentence; found when the provider is built, not when a user applies. */
export function checkSchema(schema: Schema, use: SchemaUse): readonly string[] {
  const reserved = Object.keys({ ...schema.attributes, ...schema.blocks })
    .filter((name) => RESERVED[use].includes(name))
    .map((name) => `"${name}" is reserved by Terraform`);
  const { version = 0 } = schema;
  const badVersion =
    Number.isSafeInteger(version) && version >= 0 ? [] : ['the version must be a whole number from 0'];
  return [...reserved, ...badVersion, ...checkBlock(schema, use, '', false)];
}

function checkBlock(block: BlockSchema, use: SchemaUse, at: string, inSet: boolean): readonly string[] {
  const twice = Object.keys(block.blocks ?? {})
    .filter((name) => Object.hasOwn(block.attributes, name))
    .map((name) => `${at}${name} is both an attribute and a block`);
  const attributes = Object.entries(block.attributes).flatMap(([name, attribute]) =>
    checkAttribute(`${at}${name}`, name, attribute, use, inSet),
  );
  const blocks = Object.entries(block.blocks ?? {}).flatMap(([name, block]) => [
    ...checkName(`${at}${name}`, name),
    ...described(`${at}${name}`, block.description),
    ...checkBlock(block, use, `${at}${name}.`, inSet || block.nesting === 'set'),
  ]);
  return [...twice, ...attributes, ...blocks];
}

function checkAttribute(
  path: string,
  name: string,
  { type, nested, options }: AnyAttribute,
  use: SchemaUse,
  inSet: boolean,
): readonly string[] {
  const rules: readonly (readonly [boolean, string])[] = [
    [
      !options.required && !options.optional && !options.computed,
      'is neither required, optional nor computed',
    ],
    [options.required && (options.optional || options.computed), 'is required and something else'],
    [
      options.default !== undefined && (!options.optional || options.computed),
      'has a default, so it must be optional and nothing else',
    ],
    [
      options.default !== undefined && conformValue(type, options.default, 'answer').misfits.length > 0,
      'has a default that is not of its type',
    ],
    [options.writeOnly && options.computed, 'is write-only and computed'],
    [options.writeOnly && options.default !== undefined, 'is write-only and has a default'],
    [options.writeOnly && inSet, 'is write-only inside a set'],
    // Terraform replaces whenever a write-only path is listed, changed or not.
    [options.writeOnly && options.requiresReplace, 'is write-only, so nothing can say when it changes'],
    [
      options.recompute && options.requiresReplace,
      'is recomputed by updates, so it cannot require a replacement',
    ],
    [
      use === 'configuration' && (options.computed || options.default !== undefined),
      'is computed or has a default, where only configuration stands',
    ],
    [use === 'configuration' && options.writeOnly, 'is write-only, where nothing is stored'],
    [options.requiresReplace && use === 'configuration', 'requires a replacement, where nothing is replaced'],
  ];
  const inner =
    nested === undefined
      ? []
      : checkBlock(nested, use, `${path}.`, inSet || nested.nesting === 'set').concat(
          Object.values(nested.attributes).some((each) => each.type.kind === 'dynamic') &&
            nested.nesting !== 'single'
            ? [`${path} has elements of dynamic type, which collections cannot hold`]
            : [],
        );
  return [
    ...checkName(path, name),
    ...described(path, options.description),
    ...rules.filter(([broken]) => broken).map(([, rule]) => `${path} ${rule}`),
    ...inner,
  ];
}

function checkName(path: string, name: string): readonly string[] {
  return NAME.test(name) ? [] : [`${path} is not a name like snake_case`];
}

function described(path: string, description: string): readonly string[] {
  return description.trim() === '' ? [`${path} has no description`] : [];
}
