import { changed, type Inventory, type InventoryChange } from '../inventory/inventory.ts';

/** Where what is owned is written down while an apply goes on. */
export interface Ledger {
  /** Resolves when the change is safe: a run that is killed afterwards has not forgotten it. */
  record(change: InventoryChange): Promise<void>;
  /** With everything that was recorded. */
  inventory(): Inventory;
}

/** Keeps the inventory in memory: for who stores it, or does not care. */
export class MemoryLedger implements Ledger {
  readonly #before: Inventory;
  readonly #changes: InventoryChange[] = [];
  readonly #now: () => Date;

  constructor(before: Inventory, now: () => Date) {
    this.#before = before;
    this.#now = now;
  }

  async record(change: InventoryChange): Promise<void> {
    this.#changes.push(change);
  }

  inventory(): Inventory {
    return changed(this.#before, this.#changes, this.#now());
  }
}
