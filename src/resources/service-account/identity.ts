// What tells one account from another: for the service the user name, for people the identifier.

import { folded } from '../../schema/equal.ts';
import type { ServiceAccountState } from './schema.ts';

export const TYPE = 'browserstack_service_account';

export function identityOf({ username }: Pick<ServiceAccountState, 'username'>) {
  return { username };
}

/** The same text for identifiers that the service takes for one, whatever their case [a guess, the strictest one]. */
export function identifierKey(identifier: string): string {
  return folded(identifier);
}

export function sameIdentifier(a: string, b: string): boolean {
  return identifierKey(a) === identifierKey(b);
}
