// What to say about a store that does not hold what it should.

import { engineCommand } from '../../engine-command.ts';
import { Problem } from '../../errors.ts';
import type { Warning } from '../../lifecycle/operation.ts';
import type { Holding } from './holding.ts';

export interface Addressed {
  readonly username: string;
  readonly store: string;
  readonly mend: string | null;
  readonly access_key_field: string;
  readonly idle_username: string | null;
}

type Wrong = Exclude<Holding, { readonly kind: 'right' }>;

/** For a plan, which may be about to write the store: a key that changed elsewhere is delivered, too. */
export function warningOf(wrong: Wrong, delivery: Addressed): Warning {
  return {
    diagnostic: 'not_delivered',
    summary: summaryOf(delivery),
    detail: `${whatItHolds(wrong, delivery)} ${causes} Unless this plan writes it, the apply fails here. To write it: ${way(delivery)}.`,
    path: ['stored_wo'],
  };
}

/** For an apply. */
export function problemOf(wrong: Wrong, delivery: Addressed): Problem {
  return new Problem({
    code: 'stale',
    diagnostic: 'not_delivered',
    summary: summaryOf(delivery),
    detail: `${whatItHolds(wrong, delivery)} ${causes} To write it again: ${way(delivery)}. Until then every apply fails here, so that nobody is left with a key that does not work.`,
    path: ['stored_wo'],
  });
}

/** For a plan that would give a new key to the account of a pair whose credential the store holds. */
export function wouldKill(delivery: Addressed): Problem {
  return new Problem({
    code: 'refused',
    diagnostic: 'not_delivered',
    summary: `${delivery.store} still holds the credential that this plan would end`,
    detail: `The pair would give ${delivery.username} a new key, and the store holds its present one, or did when it was last seen: the last delivery did not arrive, and whoever reads the store would be cut off. Nothing was rotated. Write the store first, with the rotation held back (a longer rotate_after_days, or the changed trigger taken back): ${way(delivery)}. To rotate all the same, take idle_username out of this block for one apply: readers of the store are cut off for the moment in between.`,
    path: ['stored_wo'],
  });
}

const causes =
  'A write was refused, somebody changed it, it came back from a backup, or it is read from another place than it is written to.';

function summaryOf({ store, username }: Addressed): string {
  return `${store} does not hold the key of ${username}`;
}

function whatItHolds(wrong: Wrong, { username, access_key_field, idle_username }: Addressed): string {
  if (wrong.kind === 'no-key') return `What it holds has no key in it (field "${access_key_field}").`;
  if (wrong.kind === 'other-key') return `It holds another key of ${username}.`;
  // Only a name that we know is repeated: what else stands there may be anything.
  return wrong.username === idle_username
    ? `It holds the credential of the idle account ${idle_username}, which works until the next rotation.`
    : 'It holds the credential of another account.';
}

function way({ mend }: Addressed): string {
  return (
    mend ??
    `${engineCommand('apply -replace=ADDRESS')}, with the address of the resource that writes the secret`
  );
}
