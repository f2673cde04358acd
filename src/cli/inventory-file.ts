// Where the inventory of a stack is kept: a file in the repository, a journal beside it while an apply goes on, and a
// lock, so that two writers never lose each other's objects.

import { createHash, randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { appendFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import lockfile from 'proper-lockfile';
import writeFileAtomic from 'write-file-atomic';
import { Problem } from '../errors.ts';
import { type Ledger, MemoryLedger } from '../reconcile/apply/ledger.ts';
import { NotRecorded } from '../reconcile/apply/not-recorded.ts';
import { decodeText } from '../reconcile/input/text.ts';
import {
  emptyInventory,
  type Inventory,
  type InventoryChange,
  type InventoryPlace,
} from '../reconcile/inventory/inventory.ts';
import { changeAsText, inventoryAsText, readInventory, readJournal } from '../reconcile/inventory/text.ts';
import { value } from './command.ts';
import { unusable } from './files.ts';
import type { Machine } from './machine.ts';

export const inventoryOption = value(
  '--inventory <file>',
  'what this stack owns (default: STACK.inventory.json here; written by apply, belongs into the repository)',
);

/** The file of a stack's inventory, as people write it. */
export function inventoryPath(given: string | undefined, stackName: string): string {
  return given ?? `${stackName}.inventory.json`;
}

/**
 * The inventory as it is now, with what an apply that was killed left in its journal.
 * @throws Problem `invalid_input` when the file is something else.
 */
export async function loadInventory({ cwd, clock }: Machine, file: string): Promise<Inventory> {
  const path = resolve(cwd, file);
  if (!existsSync(path)) return journaled(emptyInventory(randomUUID()), path, clock.now());
  const bytes = await readFile(path).catch((cause) => {
    throw unusable(`${file} cannot be read`, cause);
  });
  return journaled(readInventory(decodeText(bytes, file), file), path, clock.now());
}

/** Applies that were killed have written down what they did; what belongs to another inventory is passed over. */
async function journaled(inventory: Inventory, path: string, now: Date): Promise<Inventory> {
  const journal = `${path}.journal`;
  if (!existsSync(journal)) return inventory;
  const sections = readJournal(await readFile(journal, 'utf8')).filter(
    ({ base }) =>
      base.serial === inventory.serial && (inventory.serial === 0 || base.lineage === inventory.lineage),
  );
  const [first] = sections;
  if (first === undefined) return inventory;
  const ledger = new MemoryLedger({ ...inventory, lineage: first.base.lineage }, () => now);
  for (const change of sections.flatMap(({ changes }) => changes)) await ledger.record(change);
  return ledger.inventory();
}

export interface LockedInventory {
  /** As it is while the lock is held. */
  readonly inventory: Inventory;
  readonly ledger: Ledger;
  /** Writes everything down and lets the next one in. */
  release(place: InventoryPlace): Promise<void>;
}

/**
 * Locks the inventory for one apply: on this machine for all checkouts of the repository, and beside the file for all
 * machines that share it.
 * @param owner What tells this stack of this organization from others, whatever directory it is checked out in.
 * @throws Problem `refused` when another apply is under way, or this copy is older than what was applied from here.
 */
export async function lockInventory(
  machine: Machine,
  file: string,
  owner: readonly (string | null)[],
): Promise<LockedInventory> {
  const path = resolve(machine.cwd, file);
  const { stateDirectory } = machine.surroundings;
  const id = createHash('sha256')
    .update(JSON.stringify([...owner, basename(file)]))
    .digest('hex')
    .slice(0, 24);
  const home = stateDirectory === undefined ? undefined : join(stateDirectory, 'inventories', id);
  const releases: (() => Promise<void>)[] = [];
  const unlock = async () => {
    for (const release of releases.reverse()) await release().catch(() => undefined); // Gone, or taken: not ours to judge.
  };
  try {
    if (home !== undefined) {
      await mkdir(home, { recursive: true, mode: 0o700 });
      releases.push(await lock(home, file));
    }
    releases.push(await lock(path, file));
    const inventory = await loadInventory(machine, file);
    await refuseOlder(home, inventory, file);
    return locked(machine, { file, path, home, inventory, unlock });
  } catch (thrown) {
    await unlock();
    throw thrown;
  }
}

function locked(
  { clock }: Machine,
  {
    file,
    path,
    home,
    inventory,
    unlock,
  }: {
    readonly file: string;
    readonly path: string;
    readonly home: string | undefined;
    readonly inventory: Inventory;
    unlock(): Promise<void>;
  },
): LockedInventory {
  const memory = new MemoryLedger(inventory, () => clock.now());
  const journal = `${path}.journal`;
  let begun = false;
  const write = async (line: string) => {
    // The line before it may be half a line.
    await appendFile(journal, `\n${line}\n`, { mode: 0o600 }).catch((cause) => {
      throw new NotRecorded(file, cause);
    });
  };
  const record = async (change: InventoryChange) => {
    await memory.record(change);
    if (!begun) await write(JSON.stringify({ lineage: inventory.lineage, serial: inventory.serial }));
    begun = true;
    await write(changeAsText(change));
  };
  return {
    inventory,
    ledger: { record, inventory: () => memory.inventory() },
    release: async ({ organization, target }) => {
      try {
        const after = { ...memory.inventory(), organization: organization ?? inventory.organization, target };
        const isSame = JSON.stringify(after) === JSON.stringify(inventory);
        const isNothing = inventory.serial === 0 && after.objects.length === 0;
        if ((isSame || isNothing) && !existsSync(journal)) return;
        const next = { ...after, serial: inventory.serial + 1 };
        await writeFileAtomic(path, inventoryAsText(next)).catch((cause) => {
          throw new NotRecorded(file, cause);
        });
        await rm(journal, { force: true });
        if (home !== undefined)
          await writeFile(
            join(home, 'seen.json'),
            JSON.stringify({ lineage: next.lineage, serial: next.serial }),
          );
      } finally {
        await unlock();
      }
    },
  };
}

/** A checkout that lacks what another one on this machine has applied would make everything a second time. */
async function refuseOlder(
  home: string | undefined,
  { lineage, serial }: Inventory,
  file: string,
): Promise<void> {
  if (home === undefined) return;
  const text = await readFile(join(home, 'seen.json'), 'utf8').catch(() => undefined); // Nothing was seen yet.
  if (text === undefined) return;
  const seen = JSON.parse(text) as { readonly lineage: string; readonly serial: number };
  if (seen.lineage === lineage ? seen.serial <= serial : serial > 0) return;
  throw new Problem({
    code: 'stale',
    summary: `${file} is older than what was applied from this machine`,
    detail: `It has serial ${serial}; another checkout of it has serial ${seen.serial}. Nothing was changed. Bring it up to date first (git pull, or commit the other one), so that what was made there is known here. If the other one is lost, take over what exists with --adopt after removing ${join(home, 'seen.json')}.`,
  });
}

async function lock(path: string, file: string): Promise<() => Promise<void>> {
  try {
    return await lockfile.lock(path, { realpath: false, stale: 15_000, update: 5_000 });
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
    if (code !== 'ELOCKED') throw unusable(`${file} cannot be locked`, cause);
    throw new Problem({
      code: 'refused',
      summary: 'Another apply of this stack is under way',
      detail: `It holds ${file}. Nothing was changed. Wait until it has ended and plan again; a run that was killed frees it within 15 seconds.`,
      cause,
    });
  }
}
