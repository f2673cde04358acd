// Objects as they stand in `prior_state` and `planned_values`: for what a row of the plan refers to.

import type { Mask } from '../masking.ts';
import { isReviewed, type ReviewedType, type Values, valuesOf } from './attributes.ts';
import { isObject, objectOf, objectsOf } from './json.ts';
import { type Place, placeOf } from './resource-change.ts';

export interface ObjectOf<T extends ReviewedType> extends Place {
  readonly type: T;
  readonly values: Values<T>;
}

export type KnownObject = { readonly [T in ReviewedType]: ObjectOf<T> }[ReviewedType];

/** Deeper modules than this are no configuration that a person wrote. */
const DEEPEST = 100;

/** All objects of ours below `root_module`, in all modules. */
export function knownObjectsOf(rootModule: unknown, mask: Mask): readonly KnownObject[] {
  const found: KnownObject[] = [];
  const open = [{ module: objectOf(rootModule), address: '', depth: 0 }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { module, address, depth } = next;
    for (const json of objectsOf(module.resources)) {
      if (json.mode !== undefined && json.mode !== 'managed') continue;
      const place = placeOf({ ...json, module_address: address }, mask);
      if (place === undefined || !isReviewed(place.type) || !isObject(json.values)) continue;
      // One member of the union for each type, and this is the one of `place.type`.
      found.push({ ...place, values: valuesOf(place.type, json.values, mask) } as unknown as KnownObject);
    }
    if (depth >= DEEPEST) continue;
    for (const child of objectsOf(module.child_modules))
      open.push({ module: child, address: String(child.address ?? ''), depth: depth + 1 });
  }
  return found;
}
