const KEPT = 100_000;

/** One request of the API, as the server saw it. Never holds a key: neither header, query nor body. */
export interface RequestRecord {
  readonly method: string;
  readonly path: string;
  /** The status answered, also when a fault kept the answer from arriving; 0 when there was none. */
  readonly status: number;
  /** The user name the request gave, right or wrong; null when it gave none, `***` when it was somebody's key. */
  readonly username: string | null;
  /** The faults that bent this request; absent when none did. */
  readonly faults?: readonly string[];
}

/** The log of requests: a count and the records themselves, the oldest dropped after 100,000. */
export class RequestLog {
  #count = 0;
  #records: RequestRecord[] = [];

  get count(): number {
    return this.#count;
  }

  add(record: RequestRecord): void {
    this.#count += 1;
    this.#records.push(record);
    if (this.#records.length > KEPT * 1.1) this.#records = this.#records.slice(-KEPT);
  }

  all(): readonly RequestRecord[] {
    return [...this.#records];
  }

  clear(): void {
    this.#count = 0;
    this.#records = [];
  }
}
