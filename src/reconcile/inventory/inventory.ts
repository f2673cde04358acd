// What a stack owns: the objects that its applies made or took over, and what was known of them then. A value, without
// secrets. Only what stands here is ever deleted or replaced.

import { Problem } from '../../errors.ts';
import type { JsonObject } from '../canonical.ts';

/** One object that the stack owns. */
export interface OwnedObject {
  readonly address: string;
  readonly type: string;
  /** What it was called when it was last seen. */
  readonly name: string;
  /** Its attributes when it was last seen, without sensitive ones. */
  readonly state: JsonObject;
  readonly schemaVersion: number;
  /** Facts beside its attributes, such as the fingerprint of its key. */
  readonly marks: Readonly<Record<string, string | null>>;
  /** When it came to be owned (RFC 3339). */
  readonly since: string;
  /** It was about to be made, and the run that made it did not come to say so. */
  readonly pending?: true;
}

/** One object that an apply ended: what counts against the limits of a day. */
export interface EndedObject {
  readonly type: string;
  readonly name: string;
  readonly how: 'deleted' | 'replaced';
  readonly at: string;
}

export interface Inventory {
  /** The same for all copies of one inventory, however they are checked out. */
  readonly lineage: string;
  /** Goes up with every apply that changed it. */
  readonly serial: number;
  /** Name of the organization; null while it is not known. */
  readonly organization: string | null;
  /** Base URL of the API it was applied to; null for the default. */
  readonly target: string | null;
  readonly objects: readonly OwnedObject[];
  readonly ended: readonly EndedObject[];
}

/** Nothing is owned yet. */
export function emptyInventory(lineage: string): Inventory {
  return { lineage, serial: 0, organization: null, target: null, objects: [], ended: [] };
}

/** What changes an inventory; each is written down before or as soon as it is true. */
export type InventoryChange =
  /** An object is about to be made: should the run end now, the next one knows that it is ours. */
  | { readonly change: 'intend'; readonly object: OwnedObject }
  | { readonly change: 'own'; readonly object: OwnedObject }
  /** It is ours no longer: deleted, or only not managed any more. */
  | { readonly change: 'disown'; readonly address: string; readonly ended?: EndedObject };

/** How long the end of an object is remembered, in milliseconds. */
const REMEMBERED = 30 * 86_400_000;

/** The inventory after these changes, made one after the other. */
export function changed(inventory: Inventory, changes: readonly InventoryChange[], now: Date): Inventory {
  const objects = new Map(inventory.objects.map((object) => [object.address, object]));
  const ended = [...inventory.ended];
  for (const change of changes) {
    if (change.change !== 'disown') objects.set(change.object.address, change.object);
    else {
      objects.delete(change.address);
      if (change.ended !== undefined) ended.push(change.ended);
    }
  }
  return {
    ...inventory,
    // Sorted, so that two people who change different objects change different lines.
    objects: [...objects.values()].sort((a, b) => (a.address < b.address ? -1 : 1)),
    ended: ended.filter(({ at }) => Date.parse(at) > now.getTime() - REMEMBERED),
  };
}

/** The one place that an inventory is good for. */
export interface InventoryPlace {
  readonly organization: string | null;
  readonly target: string | null;
}

/**
 * An inventory of another organization would have everything made once more.
 * @throws Problem `refused`
 */
export function refuseElsewhere(inventory: Inventory, here: InventoryPlace, file: string): void {
  if (inventory.serial === 0) return;
  const other =
    inventory.organization !== null &&
    here.organization !== null &&
    inventory.organization !== here.organization
      ? `the organization "${inventory.organization}", and this is "${here.organization}"`
      : hostOf(inventory.target) !== hostOf(here.target)
        ? `${inventory.target ?? 'the default address'}, and this is ${here.target ?? 'the default address'}`
        : undefined;
  if (other === undefined) return;
  throw new Problem({
    code: 'refused',
    summary: `${file} is the inventory of another place`,
    detail: `It was written for ${other}. Nothing was changed. Use the credentials and the address it belongs to, or give this one an inventory of its own: --inventory FILE.`,
    path: ['--inventory'],
  });
}

/** Local servers listen on any free port. */
function hostOf(target: string | null): string | null {
  if (target === null || !URL.canParse(target)) return target;
  const { protocol, hostname, host } = new URL(target);
  return hostname === '127.0.0.1' || hostname === 'localhost' || hostname === '[::1]'
    ? hostname
    : `${protocol}//${host}`;
}
