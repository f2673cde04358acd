import type { Clock } from '../clock.ts';
import type { Behaviours } from './behaviours/index.ts';
import type { ServiceAccount, State, User } from './organization/state.ts';
import type { Random } from './random.ts';

/** Everything an operation may look at and change. */
export interface Context {
  readonly state: State;
  readonly behaviours: Behaviours;
  readonly clock: Clock;
  readonly random: Random;
  /** Set for what members do in the console: the audit log tells it from the REST API. */
  readonly inBrowser?: true;
}

/** Who asks: a person of the organization, or a service account. */
export type Caller =
  | { readonly kind: 'user'; readonly user: User }
  | { readonly kind: 'service-account'; readonly account: ServiceAccount };

export function usernameOf(caller: Caller): string {
  return caller.kind === 'user' ? caller.user.username : caller.account.username;
}

export function teamOf(caller: Caller): string | null {
  return caller.kind === 'user' ? caller.user.team : caller.account.team;
}

/** The next number, given once. */
export function nextId(context: Context): number {
  context.state.lastId += 1;
  return context.state.lastId;
}

export function now(context: Context): number {
  return context.clock.now().getTime();
}
