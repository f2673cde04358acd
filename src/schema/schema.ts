// A schema says once what an object looks like; its TypeScript types, validation, diff, Terraform schema, constructs
// and reference pages all follow from it. Nothing here knows a protocol or a noun.

import type { Attributes, ConfigValue, MaybeUnknown, NestedState, StateValue } from './attribute.ts';
import { listType, objectType, setType, type Type } from './type.ts';
import type { Unknown } from './value.ts';

/** A nested block. Absent blocks are an empty list or set, or a null single; never unknown themselves. */
export interface Block {
  readonly nesting: 'single' | 'list' | 'set';
  readonly description: string;
  readonly attributes: Attributes;
  readonly blocks?: Blocks;
  readonly minItems?: number;
  readonly maxItems?: number;
}
export type Blocks = Readonly<Record<string, Block>>;

export interface Schema {
  /** Raised when the shape of stored state changes; the resource then upgrades older states. 0 unless given. */
  readonly version?: number;
  /** What it is, in Markdown, for the reference page. */
  readonly description: string;
  readonly attributes: Attributes;
  readonly blocks?: Blocks;
  readonly deprecated?: string;
}

/** Keeps the literal types of a schema, so that `StateOf` and `ConfigOf` can infer from it. */
export function defineSchema<const S extends Schema>(schema: S): S {
  return schema;
}

type BlockState<B> = B extends { nesting: infer N; attributes: infer A extends Attributes }
  ? N extends 'single'
    ? NestedState<A> | null
    : readonly NestedState<A>[]
  : never;
type BlocksOf<S extends Schema> = S extends { blocks: infer B extends Blocks } ? B : Record<never, never>;

/** An object as it stands in state: wholly known. */
export type StateOf<S extends Schema> = {
  readonly [K in keyof S['attributes']]: StateValue<S['attributes'][K]>;
} & { readonly [K in keyof BlocksOf<S>]: BlockState<BlocksOf<S>[K]> };

/** An object as the user wrote it: anything may be unknown, everything optional may be null. */
export type ConfigOf<S extends Schema> = {
  readonly [K in keyof S['attributes']]: ConfigValue<S['attributes'][K]>;
} & { readonly [K in keyof BlocksOf<S>]: MaybeUnknown<BlockState<BlocksOf<S>[K]>> };

/** An object as planned: like state, where any value may still be unknown. */
export type PlannedOf<S extends Schema> = {
  readonly [K in keyof StateOf<S>]: MaybeUnknown<StateOf<S>[K]> | Unknown;
};

const implied = new WeakMap<object, Type>();

/** The object type of a whole schema: every attribute and every block is a key. The same schema, the same type. */
export function impliedType(schema: Pick<Schema, 'attributes' | 'blocks'>): Type {
  const type = implied.get(schema) ?? computeType(schema);
  implied.set(schema, type);
  return type;
}

function computeType(schema: Pick<Schema, 'attributes' | 'blocks'>): Type {
  const attributes = Object.entries(schema.attributes).map(([name, { type }]) => [name, type] as const);
  const blocks = Object.entries(schema.blocks ?? {}).map(
    ([name, block]) => [name, blockType(block)] as const,
  );
  return objectType(Object.fromEntries([...attributes, ...blocks]));
}

function blockType(block: Block): Type {
  const object = impliedType(block);
  if (block.nesting === 'single') return object;
  return block.nesting === 'list' ? listType(object) : setType(object);
}
