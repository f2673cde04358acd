// An object whose place another one takes, for the same account: replaced by request, tainted, or planned anew because
// its user name was not known. The new one goes on where the old one ended. Terraform plans and makes it as if there
// were no old one, in another process than the one that planned: what is known comes from the deletion before it.

import type { Session } from '../../session.ts';
import { REQUESTED } from '../schedule/decision.ts';

/** What a plan tells the deletion of the object that is replaced. */
export type Farewell =
  /** Its replacement was asked for: the new object rotates once. */
  | 'requested'
  /** The new object goes on as it is. */
  | 'kept'
  /** It is known only during apply whether the new object is of the same account. */
  | 'unknown';

/** An object that this run has ended. */
export interface Predecessor<State> {
  readonly state: State;
  /** Whether its replacement was asked for. */
  readonly requested: boolean;
  /** Whether the plan of the new object knew of this one, and left open what depends on it. */
  readonly announced: boolean;
}

/** An object that this run has made, without knowledge of any before it. */
export interface Newcomer {
  readonly fingerprint: string;
  /** From when on its age is counted. */
  readonly since: string;
}

/** What a run remembers of the objects of one type. `key` tells an object from others of the type. */
export class Succession<State> {
  readonly #predecessors = new WeakMap<Session, Map<string, Predecessor<State>>>();
  readonly #newcomers = new WeakMap<Session, Map<string, Newcomer>>();
  readonly #turns = new WeakMap<Session, Map<string, Promise<unknown>>>();

  /** One after the other: an engine that was told of no order makes one object while it ends the other. */
  async inTurn<T>(session: Session, key: string, work: () => Promise<T>): Promise<T> {
    const turns = mapOf(this.#turns, session);
    const turn = (turns.get(key) ?? Promise.resolve()).then(work);
    turns.set(
      key,
      turn.catch(() => undefined),
    );
    return turn;
  }

  end(session: Session, key: string, predecessor: Predecessor<State>): void {
    mapOf(this.#predecessors, session).set(key, predecessor);
  }

  predecessor(session: Session | undefined, key: string): Predecessor<State> | undefined {
    return session && this.#predecessors.get(session)?.get(key);
  }

  make(session: Session, key: string, newcomer: Newcomer): void {
    mapOf(this.#newcomers, session).set(key, newcomer);
  }

  newcomer(session: Session, key: string): Newcomer | undefined {
    return this.#newcomers.get(session)?.get(key);
  }
}

function mapOf<V>(maps: WeakMap<Session, Map<string, V>>, session: Session): Map<string, V> {
  const map = maps.get(session) ?? new Map<string, V>();
  maps.set(session, map);
  return map;
}

/** In state until the key has changed: a request outlives the object that it ended. */
export const stillRequested = {
  rotation_cause: 'replace_requested',
  rotation_pending: `${REQUESTED}; not done yet`,
};
