import type { Attributes } from '../../schema/attribute.ts';
import type { Block, Schema } from '../../schema/schema.ts';
import { Dynamic, isObjectValue } from '../../schema/value.ts';

/** Calls `found` with every string that stands under a sensitive or write-only attribute. */
export type SensitiveStrings = (value: unknown, found: (text: string) => void) => void;

/** Compiled once per schema; `undefined` when nothing in it is sensitive, which is the usual case. */
export function sensitiveStrings(
  schema: Pick<Schema, 'attributes' | 'blocks'>,
): SensitiveStrings | undefined {
  const visits: [string, SensitiveStrings][] = [
    ...ofAttributes(schema.attributes),
    ...Object.entries(schema.blocks ?? {}).flatMap(([name, block]) => named(name, ofBlock(block))),
  ];
  return visits.length === 0 ? undefined : ofObject(visits);
}

function ofBlock(block: Block): SensitiveStrings | undefined {
  return inEvery(sensitiveStrings(block));
}

function ofAttributes(attributes: Attributes): [string, SensitiveStrings][] {
  return Object.entries(attributes).flatMap(([name, { options, nested }]) => {
    if (options.sensitive || ('writeOnly' in options && options.writeOnly)) return named(name, everyString);
    return nested === undefined ? [] : named(name, inEvery(sensitiveStrings(nested)));
  });
}

function named(name: string, visit: SensitiveStrings | undefined): [string, SensitiveStrings][] {
  return visit === undefined ? [] : [[name, visit]];
}

function ofObject(visits: readonly [string, SensitiveStrings][]): SensitiveStrings {
  return (value, found) => {
    if (!isObjectValue(value)) return;
    for (const [name, visit] of visits) visit(value[name], found);
  };
}

/** For one object, or each object of a list, set or map. */
function inEvery(visit: SensitiveStrings | undefined): SensitiveStrings | undefined {
  if (visit === undefined) return undefined;
  return (value, found) => {
    if (Array.isArray(value)) for (const element of value) visit(element, found);
    else if (value instanceof Map) for (const element of value.values()) visit(element, found);
    else visit(value, found);
  };
}

const everyString: SensitiveStrings = (value, found) => {
  if (typeof value === 'string') found(value);
  else if (value instanceof Dynamic) everyString(value.value, found);
  else if (Array.isArray(value)) for (const element of value) everyString(element, found);
  else if (value instanceof Map) for (const element of value.values()) everyString(element, found);
  else if (isObjectValue(value)) for (const element of Object.values(value)) everyString(element, found);
};
