// What tells one team from another: its name. The service has no id.

import { folded } from '../../schema/equal.ts';

export const TYPE = 'browserstack_team';

export function identityOf({ name }: { readonly name: string }) {
  return { name };
}

/** Names that the service takes for one, whatever their case [guess: as for identifiers]. */
export function sameName(a: string, b: string): boolean {
  return folded(a) === folded(b);
}
