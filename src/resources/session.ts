import type { Clock } from '../clock.ts';
import type { Problem } from '../errors.ts';
import type { Call, HttpClient } from '../http/client.ts';
import { CallFailed, type Effect } from '../http/failure.ts';
import type { BucketSize } from '../http/token-bucket.ts';
import type { Operation } from '../lifecycle/operation.ts';
import { Snapshot } from '../lifecycle/snapshot.ts';
import type { OpenWrites } from './open-writes.ts';
import { PlannedCost } from './planned-cost.ts';

/** What the nouns need to know of the provider block. */
export interface Settings {
  /** The organization these credentials must belong to, when the user named one. */
  readonly organization: string | undefined;
  readonly maxRotationsPerApply: number | undefined;
  /** How many objects of one kind may be gone at once; `undefined`: as many as are likely. */
  readonly maxMissing: number | undefined;
  /** Whether another identifier or team of an account is another account, or the same one changed. */
  readonly accountChanges: AccountChanges;
  /** The account-management budget. */
  readonly budget: BucketSize;
}

/** `in_place` uses a call that BrowserStack promises and does not document. */
export type AccountChanges = 'replace' | 'in_place';

/** Everything of one kind, by one list call. Each noun declares its own; the session keeps one snapshot of each. */
export interface Collection<T> {
  /** In the plural. */
  readonly name: string;
  list(session: Session): Promise<readonly T[]>;
  /** What one object is known by: the same in every list. */
  idOf(item: T): string;
}

export interface SessionParts {
  readonly client: HttpClient;
  readonly clock: Clock;
  readonly settings: Settings;
  readonly openWrites: OpenWrites;
  /** A line for the log, of what belongs to no operation. */
  readonly log: (message: string) => void;
  /** Ends what belongs to no operation, when the run ends. */
  readonly signal?: AbortSignal | undefined;
}

/** One configured provider (or CLI run): the client, the settings, and what was seen of the organization so far. */
export class Session {
  readonly client: HttpClient;
  readonly clock: Clock;
  readonly settings: Settings;
  readonly cost: PlannedCost;
  readonly openWrites: OpenWrites;
  readonly #signal: AbortSignal | undefined;
  readonly #snapshots = new Map<Collection<unknown>, Snapshot<unknown>>();
  /** A line for the log, of what belongs to no operation. */
  readonly log: (message: string) => void;

  constructor({ client, clock, settings, openWrites, log, signal }: SessionParts) {
    this.client = client;
    this.clock = clock;
    this.settings = settings;
    this.openWrites = openWrites;
    this.cost = new PlannedCost(settings.budget);
    this.log = log;
    this.#signal = signal;
  }

  /** User name of the credentials everything runs on. */
  get username(): string {
    return this.client.credentials.username;
  }

  snapshot<T>(collection: Collection<T>): Snapshot<T> {
    const known = this.#snapshots.get(collection);
    // The map is keyed by the collection that determines T.
    if (known !== undefined) return known as Snapshot<T>;
    const snapshot = new Snapshot<T>({
      list: () => collection.list(this),
      idOf: (item) => collection.idOf(item),
      clock: this.clock,
      signal: this.#signal,
    });
    this.#snapshots.set(collection, snapshot as Snapshot<unknown>);
    return snapshot;
  }

  /** The next look at anything is a request again. */
  forget(): void {
    for (const snapshot of this.#snapshots.values()) snapshot.invalidate();
  }

  /**
   * Before a write: an apply may run on other credentials than its plan. Where the user named an organization, something
   * is listed first (once per run), and the list asks whether it is that one.
   */
  async guard(collection: Collection<unknown>): Promise<void> {
    if (this.settings.organization !== undefined) await this.snapshot(collection).get();
  }

  /** For calls shared by many operations, which therefore belong to none: waiting is told to the log. */
  readonly onWait = (milliseconds: number, reason: string): void => {
    this.log(`waiting ${Math.ceil(milliseconds / 1000)} s for ${reason}`);
  };
}

/** How an operation's calls behave: its signal ends them, its progress tells of waiting. */
export function callOf(op: Pick<Operation<Session>, 'signal' | 'progress'>): Call {
  return {
    signal: op.signal,
    onWait: (milliseconds, reason) =>
      op.progress(`waiting ${Math.ceil(milliseconds / 1000)} s for ${reason}`),
  };
}

/** What a write that failed has done: whatever did not come from the call itself says nothing about it. */
export function effectOf(problem: Problem): Effect {
  return problem instanceof CallFailed ? problem.effect : 'unknown';
}
