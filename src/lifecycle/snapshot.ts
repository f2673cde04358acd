import type { Clock } from '../clock.ts';

/** Changes a list as a write of ours changed the world. Applying it twice must be the same as once. */
export type Patch<T> = (items: readonly T[]) => readonly T[];

interface Load<T> {
  readonly items: Promise<readonly T[]>;
  /** Writes that happened while it was under way: its answer may or may not contain them. */
  readonly patches: Patch<T>[];
}

/** How a kind of objects is listed. */
export interface Listing<T> {
  readonly list: () => Promise<readonly T[]>;
  /** What one object is known by: the same in every list. */
  readonly idOf: (item: T) => string;
  readonly clock: Clock;
  /** Ends waiting. */
  readonly signal?: AbortSignal | undefined;
}

/** Two lists that are to confirm each other lie so many milliseconds apart: one alone may come from a cache. */
export const APART = 10_000;

/**
 * What one list call saw, shared by the whole run: every read, import and data source is answered from it, so that N
 * objects cost one request. Loaded once (single flight), patched by our own writes, dropped after an unclear one.
 *
 * A list may show an older world for once, or none at all. So what one list showed is not forgotten because the next
 * one lacks it, and who misses something looks `again`.
 */
export class Snapshot<T> {
  readonly #listing: Listing<T>;
  #items: readonly T[] | undefined;
  #index: { readonly items: readonly T[]; readonly byId: ReadonlyMap<string, T> } | undefined;
  /** When the list was asked for that `#items` began with. */
  #since = 0;
  #current: Load<T> | undefined;
  /** What this run has deleted: a list that lags behind does not bring it back. */
  #deleted: ((item: T) => boolean)[] = [];
  #next: Promise<readonly T[]> | undefined;
  #again: Promise<unknown> | undefined;
  /** Why the last list went wrong. */
  #failure: { readonly error: unknown } | undefined;

  constructor(listing: Listing<T>) {
    this.#listing = listing;
  }

  /**
   * The objects, listed unless that was done before. A list that went wrong (it has repeated what can be repeated) is
   * not tried again for each of a thousand objects: all of them hear what the first one did.
   */
  get(): Promise<readonly T[]> {
    if (this.#failure !== undefined) return Promise.reject(this.#failure.error);
    if (this.#items !== undefined) return Promise.resolve(this.#items);
    return (this.#current ?? this.#start()).items;
  }

  /** The object of this name. A thousand reads ask for a thousand names: they are looked up, not searched for. */
  async find(id: string): Promise<T | undefined> {
    const items = await this.get();
    if (this.#index?.items !== items) this.#index = { items, byId: this.#indexOf(items) };
    return this.#index.byId.get(id);
  }

  #indexOf(items: readonly T[]): ReadonlyMap<string, T> {
    const byId = new Map<string, T>();
    for (const item of items) {
      const id = this.#listing.idOf(item);
      if (!byId.has(id)) byId.set(id, item);
    }
    return byId;
  }

  /** What was seen so far, without a request; `undefined` when nothing was. */
  get known(): readonly T[] | undefined {
    return this.#items;
  }

  /**
   * What two lists show together, the second one some time after the first. It is made once per run, however many miss
   * something: what both lack is gone.
   */
  async again(): Promise<readonly T[]> {
    this.#again ??= this.#lookAgain();
    await this.#again;
    return this.get();
  }

  async #lookAgain(): Promise<void> {
    await this.get();
    const { clock, signal } = this.#listing;
    await clock.sleep(Math.max(0, this.#since + APART - clock.now().getTime()), signal);
    await this.fresh();
  }

  /**
   * The objects as they are now: listed after this call was made. Whoever asks while a list is under way shares the
   * one that follows it, so that many askers cost two requests at most.
   */
  fresh(): Promise<readonly T[]> {
    if (this.#current === undefined) return this.#start().items;
    this.#next ??= this.#current.items
      .catch(() => [])
      .then(() => {
        this.#next = undefined;
        return this.#start().items;
      });
    return this.#next;
  }

  /** Records a write of ours. Does nothing when nothing was listed yet: the first list will see it. */
  patch(patch: Patch<T>): void {
    if (this.#items !== undefined) this.#items = patch(this.#items);
    this.#current?.patches.push(patch);
  }

  /** Records a deletion of ours: no later list of this run shows what it was, though its name may be given again. */
  remove(isDeleted: (item: T) => boolean): void {
    this.patch((items) => items.filter((item) => !isDeleted(item)));
    this.#deleted.push(isDeleted);
  }

  /** Forgets everything: the next look lists again, and shows what it shows. */
  invalidate(): void {
    this.#items = undefined;
    this.#current = undefined;
    this.#failure = undefined;
    this.#again = undefined;
    this.#deleted = [];
  }

  #start(): Load<T> {
    this.#failure = undefined;
    const { list, clock } = this.#listing;
    const asked = clock.now().getTime();
    const patches: Patch<T>[] = [];
    const items = list().then(
      (listed) => {
        const living = listed.filter((item) => !this.#deleted.some((isDeleted) => isDeleted(item)));
        const patched = patches.reduce<readonly T[]>((all, patch) => patch(all), living);
        if (this.#current === load) {
          if (this.#items === undefined) this.#since = asked;
          this.#items = this.#withKnown(patched);
          this.#current = undefined;
        }
        return patched;
      },
      (error) => {
        if (this.#current === load) {
          this.#current = undefined;
          if (this.#items === undefined) this.#failure = { error };
        }
        throw error;
      },
    );
    const load: Load<T> = { items, patches };
    this.#current = load;
    return load;
  }
  /** What was listed, and what is known already and not in it. */
  #withKnown(listed: readonly T[]): readonly T[] {
    const { idOf } = this.#listing;
    const ids = new Set(listed.map(idOf));
    return [...listed, ...(this.#items ?? []).filter((item) => !ids.has(idOf(item)))];
  }
}
