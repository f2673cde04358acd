import type { ServerHttp2Stream } from 'node:http2';

/** When nobody waits for a call any more: its stream was closed before its answer, or its time is up. */
export class Gone {
  readonly #stream: ServerHttp2Stream;
  readonly #listeners: ((reason: string) => void)[] = [];
  readonly #timer: NodeJS.Timeout | undefined;
  #done = false;
  /** The client's own limit was reached first. */
  late = false;

  constructor(stream: ServerHttp2Stream, timeout: string | string[] | undefined) {
    this.#stream = stream;
    stream.once('close', () => this.#tell('Terraform no longer waits for this call.'));
    const limit = milliseconds(timeout);
    if (limit !== undefined)
      this.#timer = setTimeout(() => {
        this.late = true;
        this.#tell('The time that the engine gave this call is up.');
      }, limit);
  }

  get is(): boolean {
    return this.late || this.#stream.closed || this.#stream.destroyed;
  }

  /** Runs at most once, and not after the call was answered. */
  on(listener: (reason: string) => void): void {
    if (this.is) listener('Terraform no longer waits for this call.');
    else this.#listeners.push(listener);
  }

  done(): void {
    this.#done = true;
    clearTimeout(this.#timer);
  }

  #tell(reason: string): void {
    if (!this.#done) for (const listener of this.#listeners.splice(0)) listener(reason);
  }
}

const UNITS: Readonly<Record<string, number>> = { H: 3_600_000, M: 60_000, S: 1000, m: 1, u: 1e-3, n: 1e-6 };
const LONGEST_TIMER = 2 ** 31 - 1;

function milliseconds(timeout: string | string[] | undefined): number | undefined {
  const [, digits, unit] = /^(\d{1,8})([HMSmun])$/.exec(String(timeout)) ?? [];
  if (digits === undefined || unit === undefined) return undefined;
  const limit = Number(digits) * (UNITS[unit] ?? 1);
  return limit > LONGEST_TIMER ? undefined : limit;
}
