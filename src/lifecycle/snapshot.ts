/** Changes a list as a write of ours changed the world. Applying it twice must be the same as once. */
export type Patch<T> = (items: readonly T[]) => readonly T[];

interface Load<T> {
  readonly items: Promise<readonly T[]>;
  /** Writes that happened while it was under way: its answer may or may not contain them. */
  readonly patches: Patch<T>[];
}

/**
 * What one list call saw, shared by the whole run: every read, import and data source is answered from it, so that N
 * objects cost one request. Loaded once (single flight), patched by our own writes, dropped after an unclear one.
 */
export class Snapshot<T> {
  readonly #list: () => Promise<readonly T[]>;
  #items: readonly T[] | undefined;
  #current: Load<T> | undefined;
  #next: Promise<readonly T[]> | undefined;
  /** Why the last list went wrong. */
  #failure: { readonly error: unknown } | undefined;

  constructor(list: () => Promise<readonly T[]>) {
    this.#list = list;
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

  /** What was seen so far, without a request; `undefined` when nothing was. */
  get known(): readonly T[] | undefined {
    return this.#items;
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

  /** After an unclear write nobody knows: the next look lists again. */
  invalidate(): void {
    this.#items = undefined;
    this.#current = undefined;
    this.#failure = undefined;
  }

  #start(): Load<T> {
    this.#failure = undefined;
    const patches: Patch<T>[] = [];
    const items = this.#list().then(
      (listed) => {
        const patched = patches.reduce((all, patch) => patch(all), listed);
        if (this.#current === load) {
          this.#items = patched;
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
}
