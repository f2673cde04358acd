// What things are called.

import type { Change } from '../change.ts';
import { count, named, type Phrase, say } from '../phrase.ts';
import type { Row } from '../row.ts';

interface Noun {
  readonly one: string;
  readonly several: string;
}

const NOUNS: Readonly<Record<string, Noun>> = {
  browserstack_team: { one: 'team', several: 'teams' },
  browserstack_service_account: { one: 'account', several: 'accounts' },
  browserstack_access_key: { one: 'key', several: 'keys' },
  browserstack_credential_pair: { one: 'pair', several: 'pairs' },
  browserstack_user: { one: 'person', several: 'people' },
};

const OTHER: Noun = { one: 'object', several: 'objects' };

export function isKey({ type }: Pick<Change, 'type'>): boolean {
  return type === 'browserstack_access_key';
}

export function isPair({ type }: Pick<Change, 'type'>): boolean {
  return type === 'browserstack_credential_pair';
}

export function isAccount({ type }: Pick<Change, 'type'>): boolean {
  return type === 'browserstack_service_account';
}

export function isTeam({ type }: Pick<Change, 'type'>): boolean {
  return type === 'browserstack_team';
}

/** "3 accounts"; "3 objects" where they are of several kinds. */
export function many(changes: readonly Pick<Change, 'type'>[]): string {
  const [type = '', ...others] = new Set(changes.map((change) => change.type));
  const { one, several } = (others.length === 0 ? NOUNS[type] : undefined) ?? OTHER;
  return count(changes.length, one, several);
}

/** "account `payments-ci`", "the key of `payments-ci`", "the person `jane@acme.test`". */
export function theOne(change: Change): Phrase {
  const { type, name } = change;
  if (isKey(change)) return say`the key of ${name}`;
  if (isPair(change)) return say`the pair of ${name}`;
  return [`${(NOUNS[type] ?? OTHER).one} `, { name }];
}

/** The same, or "12 keys `browserstack_access_key.fleet[*]`", or "5 accounts `a`, `b`, `c` and 2 more". */
export function subject({ changes }: Row): Phrase {
  const [first] = changes;
  if (first === undefined) return [];
  if (changes.length === 1) return theOne(first);
  const blocks = new Set(changes.map(({ block }) => block));
  const which = blocks.size === 1 ? say`${`${first.block}[*]`}` : named(changes.map(({ name }) => name));
  return [`${many(changes)} `, ...which];
}

/** Where somebody or something belongs. */
export function placeOf({ team }: Pick<Change, 'team'>): Phrase {
  if (team === undefined) return [];
  return team === null ? ['the organization'] : say`team ${team}`;
}

/** "2 consumers" of these changes together, each counted once. */
export function consumersOf(changes: readonly Change[]): readonly string[] {
  return [...new Set(changes.flatMap(({ consumers }) => consumers))];
}
