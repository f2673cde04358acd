import type { AttributePath } from '../errors.ts';
import type { AnyAttribute, Attributes } from './attribute.ts';
import { equal } from './equal.ts';
import { type Block, type Blocks, impliedType, type Schema } from './schema.ts';
import type { Type } from './type.ts';
import { isObjectValue, isUnknown, type ObjectValue, objectValue, type Value } from './value.ts';

/** The schema of one block, the outermost included: what stands between two braces. */
export type BlockSchema = Pick<Schema, 'attributes' | 'blocks'>;

/** One attribute of one object, with what stands at the same place in the objects beside it. */
export interface AttributeNode {
  readonly name: string;
  readonly attribute: AnyAttribute;
  /** Ends at a set when the attribute is inside one: set elements have no address. */
  readonly path: AttributePath;
  readonly value: Value;
  /** `undefined` where the object beside has no such place (a new list element, say). */
  readonly beside: readonly (Value | undefined)[];
}

/** A new value for the node, or undefined to keep it and look inside. */
export type Rewrite = (node: AttributeNode) => Value | undefined;
type Beside = readonly (Value | undefined)[];

/**
 * The object again, attribute by attribute, through nested attributes and blocks. Elements of lists are matched with
 * those beside by index, of maps by key, of sets by their non-null values.
 */
export function transform(
  block: BlockSchema,
  object: ObjectValue,
  beside: Beside,
  rewrite: Rewrite,
): ObjectValue {
  return transformBlock(block, object, beside, [], false, rewrite);
}

/** Visits every attribute of the object, nested ones too, and changes nothing. */
export function visit(
  block: BlockSchema,
  object: ObjectValue,
  beside: Beside,
  look: (node: AttributeNode) => void,
): void {
  transform(block, object, beside, (node) => {
    look(node);
    return undefined;
  });
}

function transformBlock(
  block: BlockSchema,
  object: ObjectValue,
  beside: Beside,
  path: AttributePath,
  inSet: boolean,
  rewrite: Rewrite,
): ObjectValue {
  const at = (name: string) => ({
    value: object[name] ?? null,
    beside: beside.map((other) => (isObjectValue(other) ? other[name] : undefined)),
    path: inSet ? path : [...path, name],
  });
  const attributes = Object.entries(block.attributes).map(([name, attribute]) => {
    const node = { name, attribute, ...at(name) };
    const rewritten = rewrite(node);
    if (rewritten !== undefined) return [name, rewritten] as const;
    if (attribute.nested === undefined) return [name, node.value] as const;
    const { nesting } = attribute.nested;
    return [name, inside(attribute.nested, nesting, node, inSet, rewrite)] as const;
  });
  const blocks = Object.entries(block.blocks ?? {}).map(
    ([name, block]) => [name, inside(block, block.nesting, at(name), inSet, rewrite)] as const,
  );
  return objectValue([...attributes, ...blocks]);
}

/** The objects under one nested attribute or block. */
function inside(
  block: BlockSchema,
  nesting: Block['nesting'] | 'map',
  { value, beside, path }: Pick<AttributeNode, 'value' | 'beside' | 'path'>,
  inSet: boolean,
  rewrite: Rewrite,
): Value {
  if (value === null || isUnknown(value)) return value;
  const element = (one: Value, others: Beside, step: AttributePath, set: boolean): Value =>
    isObjectValue(one) ? transformBlock(block, one, others, [...path, ...step], set, rewrite) : one;
  if (nesting === 'single') return element(value, beside, [], inSet);
  if (value instanceof Map)
    return new Map(
      [...value].map(([key, one]) => {
        const others = beside.map((other) => (other instanceof Map ? other.get(key) : undefined));
        return [key, element(one, others, inSet ? [] : [{ key }], inSet)] as const;
      }),
    );
  if (!Array.isArray(value)) return value;
  if (nesting === 'set') {
    const stemmed = beside.map((other) => matched(block, value, Array.isArray(other) ? other : []));
    return value.map((one, index) => {
      const others = stemmed.map((stems) => stems[index]);
      return element(one, others, [], true);
    });
  }
  return value.map((one, index) => {
    const others = beside.map((other) => (Array.isArray(other) ? other[index] : undefined));
    return element(one, others, inSet ? [] : [index], inSet);
  });
}

/**
 * For each element of a set the other it stems from: the same one, else one that has all its non-null values. Each
 * other is taken once, and whoever says most chooses first.
 */
function matched(
  block: BlockSchema,
  values: readonly Value[],
  others: readonly Value[],
): readonly (Value | undefined)[] {
  const type = impliedType(block);
  const found = new Map<number, number>();
  const free = new Map(others.map((other, index) => [index, other]));
  const take = (fits: (one: Value, other: Value) => boolean) => {
    const open = values.map((one, index) => [index, one] as const).filter(([index]) => !found.has(index));
    for (const [index, one] of open.sort(([, a], [, b]) => fullness(b) - fullness(a))) {
      const [match] = [...free].find(([, other]) => fits(one, other)) ?? [];
      if (match === undefined) continue;
      found.set(index, match);
      free.delete(match);
    }
  };
  take((one, other) => equal(type, one, other));
  take((one, other) => covers(block, other, one));
  return values.map((_, index) => {
    const match = found.get(index);
    return match === undefined ? undefined : others[match];
  });
}

function fullness(value: Value): number {
  return isObjectValue(value) ? Object.values(value).filter((member) => member !== null).length : 0;
}

/** True when `one` has every value that `partial` has; what is null there may be anything. */
function covers(block: BlockSchema, one: Value, partial: Value): boolean {
  if (!isObjectValue(one) || !isObjectValue(partial)) return false;
  const { attributes } = impliedType(block) as Extract<Type, { kind: 'object' }>;
  return Object.entries(attributes).every(([name, type]) => {
    const wanted = partial[name] ?? null;
    const has = one[name] ?? null;
    if (wanted === null) return true;
    const nested = nestedBlock(block, name);
    if (nested !== undefined && isObjectValue(wanted)) return covers(nested, has, wanted);
    if (nested !== undefined && Array.isArray(wanted) && Array.isArray(has))
      return (
        wanted.length === has.length &&
        wanted.every((each) => has.some((other) => covers(nested, other, each)))
      );
    if (nested !== undefined && wanted instanceof Map && has instanceof Map)
      return (
        wanted.size === has.size &&
        [...wanted].every(([key, each]) => covers(nested, has.get(key) ?? null, each))
      );
    return equal(type, has, wanted);
  });
}

function nestedBlock(block: BlockSchema, name: string): BlockSchema | undefined {
  const nested: { readonly attributes: Attributes; readonly blocks?: Blocks } | undefined =
    block.attributes[name]?.nested ?? block.blocks?.[name];
  return nested;
}
