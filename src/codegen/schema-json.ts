// The provider's schemas as Terraform would print them; everything generated for users follows from this document.

import type { AnyAttribute, Attributes } from '../schema/attribute.ts';
import type { Block, Schema } from '../schema/schema.ts';
import type { Type } from '../schema/type.ts';
import { typeJson } from '../schema/type-json.ts';

/** What of a provider definition is visible in its schemas. */
export interface ProviderSchemas {
  readonly name: string;
  readonly schema: Schema;
  readonly resources: readonly Described[];
  readonly dataSources: readonly Described[];
  readonly ephemeralResources?: readonly Described[];
  readonly functions?: readonly FunctionSchema[];
  readonly actions?: readonly Described[];
  readonly listResources?: readonly Described[];
}

export interface Described {
  readonly type: string;
  readonly schema: Schema;
}

export interface FunctionSchema {
  readonly name: string;
  readonly summary: string;
  readonly description: string;
  readonly parameters: readonly ParameterSchema[];
  readonly variadic?: ParameterSchema;
  readonly returns: Type;
}

export interface ParameterSchema {
  readonly name: string;
  readonly type: Type;
  readonly description: string;
  readonly allowNull?: boolean;
}

export type Json = null | string | number | boolean | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [name: string]: Json;
}

/**
 * The document that `terraform providers schema -json` (Terraform 1.11) prints for this provider alone. Newer engines
 * add identities, list resources and actions, which constructs cannot use.
 * @param address full source address, e.g. `registry.terraform.io/acme/demo`
 */
export function schemaJson(address: string, provider: ProviderSchemas): JsonObject {
  return {
    format_version: '1.0',
    provider_schemas: {
      [address]: {
        provider: schemaOf(provider.schema),
        ...nonEmpty('resource_schemas', byType(provider.resources)),
        ...nonEmpty('data_source_schemas', byType(provider.dataSources)),
        ...nonEmpty('ephemeral_resource_schemas', byType(provider.ephemeralResources ?? [])),
        ...nonEmpty(
          'functions',
          sorted((provider.functions ?? []).map((one) => [one.name, functionOf(one)] as const)),
        ),
      },
    },
  };
}

/** The notation of types in that document is the one of the protocol. */
function typeOf(type: Type): Json {
  // It consists of names, lists and objects of the same.
  return typeJson(type) as Json;
}

function byType(described: readonly Described[]): JsonObject {
  return sorted(described.map(({ type, schema }) => [type, schemaOf(schema)] as const));
}

function schemaOf(schema: Schema): JsonObject {
  return { version: schema.version ?? 0, block: blockOf(schema) };
}

function blockOf(schema: Pick<Schema, 'description' | 'attributes' | 'blocks' | 'deprecated'>): JsonObject {
  const blocks = Object.entries(schema.blocks ?? {}).map(
    ([name, block]) => [name, nestedBlock(block)] as const,
  );
  return {
    ...nonEmpty('attributes', attributesOf(schema.attributes)),
    ...nonEmpty('block_types', sorted(blocks)),
    ...described(schema.description, schema.deprecated),
  };
}

function nestedBlock(block: Block): JsonObject {
  return {
    nesting_mode: block.nesting,
    block: blockOf(block),
    ...(block.minItems ? { min_items: block.minItems } : {}),
    ...(block.maxItems ? { max_items: block.maxItems } : {}),
  };
}

function attributesOf(attributes: Attributes): JsonObject {
  return sorted(Object.entries(attributes).map(([name, one]) => [name, attributeOf(one)] as const));
}

function attributeOf({ type, nested, options }: AnyAttribute): JsonObject {
  return {
    ...(nested === undefined
      ? { type: typeOf(type) }
      : { nested_type: { attributes: attributesOf(nested.attributes), nesting_mode: nested.nesting } }),
    ...described(options.description, options.deprecated),
    ...flag('required', 'required' in options),
    ...flag('optional', 'optional' in options),
    // Where the user gives nothing, the provider fills in the default: that is what "computed" means there.
    ...flag('computed', 'computed' in options || 'default' in options),
    ...flag('sensitive', options.sensitive === true),
    ...flag('write_only', 'writeOnly' in options && options.writeOnly === true),
  };
}

function functionOf(one: FunctionSchema): JsonObject {
  return {
    ...(one.description === '' ? {} : { description: one.description }),
    ...(one.summary === '' ? {} : { summary: one.summary }),
    return_type: typeOf(one.returns),
    ...(one.parameters.length === 0 ? {} : { parameters: one.parameters.map(parameterOf) }),
    ...(one.variadic === undefined ? {} : { variadic_parameter: parameterOf(one.variadic) }),
  };
}

function parameterOf({ name, type, description, allowNull }: ParameterSchema): JsonObject {
  return {
    name,
    ...(description === '' ? {} : { description }),
    ...flag('is_nullable', allowNull === true),
    type: typeOf(type),
  };
}

function described(description: string, deprecated: string | undefined): JsonObject {
  return {
    description: deprecated === undefined ? description : `${description}\n\n**Deprecated:** ${deprecated}`,
    description_kind: 'markdown',
    ...flag('deprecated', deprecated !== undefined),
  };
}

function flag(name: string, on: boolean): JsonObject {
  return on ? { [name]: true } : {};
}

function nonEmpty(name: string, object: JsonObject): JsonObject {
  return Object.keys(object).length === 0 ? {} : { [name]: object };
}

/** Terraform sorts by name; so the document is stable, whatever order the schemas are written in. */
function sorted(entries: readonly (readonly [string, Json])[]): JsonObject {
  return Object.fromEntries([...entries].sort(([a], [b]) => (a < b ? -1 : 1)));
}
