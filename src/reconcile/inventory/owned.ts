// The owned objects of an inventory as values, found by address or by what they are called.

import { type Problem, problemsOf } from '../../errors.ts';
import { readStoredState, type StoredType } from '../../lifecycle/stored-state.ts';
import { type ObjectValue, objectValue } from '../../schema/value.ts';
import type { Inventory, OwnedObject } from './inventory.ts';

/** An owned object with its state as today's schema has it. */
export interface Owned {
  readonly entry: OwnedObject;
  /** The address in the inventory, from before a `moved` block. */
  readonly recordedAt: string;
  readonly state: ObjectValue;
}

/** All of the types that is needed here. */
interface Types {
  tryGet(type: string): (StoredType & { naturalKey?(object: ObjectValue): string | undefined }) | undefined;
}

export class OwnedObjects {
  readonly all: readonly Owned[];
  /** What cannot be read, each with its address. */
  readonly problems: readonly Problem[];
  readonly #byAddress: ReadonlyMap<string, Owned>;
  readonly #byKey: ReadonlyMap<string, readonly Owned[]>;

  constructor(
    inventory: Inventory,
    types: Types,
    moved: readonly { readonly from: string; readonly to: string }[] = [],
  ) {
    const addressNow = followed(moved);
    const problems: Problem[] = [];
    const all: Owned[] = [];
    for (const written of inventory.objects) {
      const entry = { ...written, address: addressNow(written.address) };
      const resource = types.tryGet(entry.type);
      // A type of a later version: not ours to judge, and kept as it is.
      if (resource === undefined) continue;
      try {
        const read = readStoredState(
          resource,
          entry.schemaVersion,
          objectValue(Object.entries(entry.state as ObjectValue)),
        );
        problems.push(...read.problems.map((problem) => problem.at([entry.address])));
        if (read.state !== undefined) all.push({ entry, recordedAt: written.address, state: read.state });
      } catch (thrown) {
        problems.push(...problemsOf(thrown).map((problem) => problem.at([entry.address])));
      }
    }
    this.all = all;
    this.problems = problems;
    this.#byAddress = new Map(all.map((owned) => [owned.entry.address, owned]));
    this.#byKey = groupedByKey(all, types);
  }

  at(address: string): Owned | undefined {
    return this.#byAddress.get(address);
  }

  /** Those that are called so; more than one only after somebody edited the inventory. */
  withKey(type: string, key: string): readonly Owned[] {
    return this.#byKey.get(`${type} ${key}`) ?? [];
  }
}

function groupedByKey(all: readonly Owned[], types: Types): ReadonlyMap<string, readonly Owned[]> {
  const groups = new Map<string, Owned[]>();
  for (const owned of all) {
    const { type } = owned.entry;
    const key = types.tryGet(type)?.naturalKey?.(owned.state);
    if (key === undefined) continue;
    const group = groups.get(`${type} ${key}`);
    if (group === undefined) groups.set(`${type} ${key}`, [owned]);
    else group.push(owned);
  }
  return groups;
}

/** Where an address is now, after all `moved` blocks that lead on from it; instances move with their block. */
function followed(moved: readonly { readonly from: string; readonly to: string }[]) {
  const exact = new Map(moved.map(({ from, to }) => [from, to]));
  return (address: string): string => {
    let now = address;
    for (const _ of moved) {
      const [, block = now, instance = ''] = /^([^[]*)(\[.*\])?$/su.exec(now) ?? [];
      const whole = exact.get(now);
      const ofBlock = exact.get(block);
      const next = whole ?? (ofBlock === undefined ? undefined : `${ofBlock}${instance}`);
      if (next === undefined) break;
      now = next;
    }
    return now;
  };
}
