// The wire between a provider process and the local BrowserStack: where a process is killed, and where every key that
// ever was is counted.

import type { Dispatcher } from 'undici';
import type { LocalBrowserStack } from '../../../src/emulator/local-browserstack.ts';

/** Kills the process at its nth request: before it is sent, or when its whole answer is there and nobody read it. */
export interface Kill {
  readonly request: number;
  readonly side: 'before' | 'after';
}

/** Every key that each account ever had, seen from the server's side. */
export class KeyHistory {
  readonly #local: LocalBrowserStack;
  readonly #keys = new Set<string>();
  #turn: Promise<void> = Promise.resolve();

  constructor(local: LocalBrowserStack) {
    this.#local = local;
    this.look();
  }

  look(): void {
    for (const { username, accessKey } of this.#local.accounts()) this.#keys.add(`${username} ${accessKey}`);
  }

  /** How many keys there were until now: each rotation makes one more. */
  get count(): number {
    this.look();
    return this.#keys.size;
  }

  /** Rotations reach the server one after another, so that none can hide behind another. */
  async alone(rotation: (done: () => void) => void): Promise<void> {
    const before = this.#turn;
    let release = () => {};
    this.#turn = new Promise((resolve) => {
      release = resolve;
    });
    await before;
    this.look();
    rotation(() => {
      this.look();
      release();
    });
  }
}

/** What one process sees of the network. */
export class Wire {
  readonly killed: Promise<void>;
  /** Where the process was killed, e.g. "after PUT /automate/recycle_key.json". */
  diedAt: string | undefined;
  readonly #history: KeyHistory;
  readonly #kill: Kill | undefined;
  #die: () => void = () => {};
  #dead = false;
  #requests = 0;

  constructor(history: KeyHistory, kill: Kill | undefined) {
    this.#history = history;
    this.#kill = kill;
    this.killed = new Promise((resolve) => {
      this.#die = resolve;
    });
  }

  readonly interceptor: Dispatcher.DispatcherComposeInterceptor = (dispatch) => (options, handler) => {
    this.#requests += 1;
    const fatal = this.#requests === this.#kill?.request ? this.#kill.side : undefined;
    const end = () => this.#end(`${fatal} ${options.method} ${options.path}`);
    if (fatal === 'before') end();
    // A dead process neither sends nor hears anything.
    if (this.#dead) return true;
    const send = (done: () => void) =>
      dispatch(options, {
        onRequestStart: (controller, context) => handler.onRequestStart?.(controller, context),
        onResponseStart: (controller, status, headers, message) =>
          handler.onResponseStart?.(controller, status, headers, message),
        onResponseData: (controller, chunk) => handler.onResponseData?.(controller, chunk),
        onResponseEnd: (controller, trailers) => {
          done();
          if (fatal === 'after') end();
          if (!this.#dead) handler.onResponseEnd?.(controller, trailers);
        },
        onResponseError: (controller, error) => {
          done();
          if (fatal === 'after') end();
          if (!this.#dead) handler.onResponseError?.(controller, error);
        },
      });
    if (options.path?.includes('recycle')) void this.#history.alone(send);
    else send(() => {});
    return true;
  };

  #end(where: string): void {
    this.diedAt = where;
    this.#dead = true;
    this.#die();
  }
}
