// Which account a key belongs to. A key of an older provider names only a user name, and a new key not even that.

import { grouped } from '../grouping.ts';
import type { Values } from '../plan/attributes.ts';
import type { Block } from '../plan/configuration.ts';
import type { PlanDocument } from '../plan/plan-document.ts';
import type { ChangeOf, Credential, Place } from '../plan/resource-change.ts';
import { blockId, type Links } from './links.ts';

export interface Account {
  readonly address: string;
  readonly before: Values<'browserstack_service_account'> | undefined;
  readonly after: Values<'browserstack_service_account'> | undefined;
  /** The row of the plan about it, if it has one. */
  readonly change: ChangeOf<'browserstack_service_account'> | undefined;
}

export interface Accounts {
  readonly withUsername: (username: string | null | undefined) => Account | undefined;
  /** The account whose key this is; for a pair, the one of the given slot. */
  readonly behind: (
    credential: Credential,
    argument?: 'username' | 'username_a' | 'username_b',
  ) => Account | undefined;
}

export function accountsIn(document: PlanDocument, links: Links): Accounts {
  const byAddress = new Map<string, Account>();
  const add = (address: string, more: Partial<Account>) => {
    const known = byAddress.get(address);
    byAddress.set(address, {
      address,
      before: undefined,
      after: undefined,
      change: undefined,
      ...known,
      ...more,
    });
  };
  for (const object of document.prior)
    if (object.type === 'browserstack_service_account') add(object.address, { before: object.values });
  for (const object of document.planned)
    if (object.type === 'browserstack_service_account') add(object.address, { after: object.values });
  for (const change of document.changes) {
    if (change.type !== 'browserstack_service_account' || change.deposed) continue;
    const { before, after } = change;
    add(change.address, { change, ...(before && { before }), ...(after && { after }) });
  }
  const byUsername = new Map<string, Account>();
  for (const account of byAddress.values())
    for (const username of [account.after?.username, account.before?.username])
      if (typeof username === 'string') byUsername.set(username, account);
  const byBlock = grouped(byAddress.values(), ({ address }) => withoutInstances(address));
  const blocks = new Map(
    document.configuration.blocks.map((block) => [blockId(block.module, block.type, block.name), block]),
  );
  const withUsername = (username: string | null | undefined) =>
    typeof username === 'string' ? byUsername.get(username) : undefined;
  return {
    withUsername,
    behind: (credential, argument = 'username') => {
      const named = withUsername(
        usernameOf(credential.before, argument) ?? usernameOf(credential.after, argument),
      );
      if (named !== undefined) return named;
      const block = blocks.get(withoutInstances(credential.address));
      // Which of its two arguments refers to which account, a pair's references do not tell apart.
      return block === undefined || argument !== 'username'
        ? undefined
        : referred(block, credential, links, byBlock);
    },
  };
}

function usernameOf(values: Credential['before'], argument: string): string | undefined {
  if (values === undefined) return undefined;
  const { [argument]: username }: Readonly<Record<string, unknown>> = values;
  return typeof username === 'string' ? username : undefined;
}

function referred(
  block: Block,
  place: Place,
  links: Links,
  byBlock: ReadonlyMap<string, readonly Account[]>,
): Account | undefined {
  const targets = links.of(block).targets.filter(({ block: target }) => byBlock.has(target));
  const candidates = targets.flatMap(({ block: target }) => byBlock.get(target) ?? []);
  const unique = [...new Set(candidates)];
  if (unique.length === 1) return unique[0];
  const mine = instanceOf(place.address);
  const same = unique.filter(({ address }) => instanceOf(address) === mine);
  return same.length === 1 ? same[0] : undefined;
}

/** `module.a["x"].browserstack_team.t[0]` is made by the block `module.a.browserstack_team.t`. */
export function withoutInstances(address: string): string {
  return address.replace(INSTANCE, '');
}

/** All keys on the way to an instance: two blocks repeated over the same set have the same ones. */
function instanceOf(address: string): string {
  return (address.match(INSTANCE) ?? []).join('');
}

const INSTANCE = /\[(?:"(?:[^"\\]|\\.)*"|\d+)\]/gu;
