import { Problem } from '../../errors.ts';
import type { Session } from '../session.ts';
import { type ServiceAccount, serviceAccounts } from './api.ts';
import { sameIdentifier } from './identity.ts';
import { BY_USERNAME, isCalled } from './names.ts';

/**
 * The one account that is called so: by its user name, by its identifier, or, when one name is both, by
 * `username=…` or `identifier=…`.
 * @throws Problem `not_found`, or `conflict` naming all accounts that are called so.
 */
export async function findByName(session: Session, name: string): Promise<ServiceAccount> {
  const accounts = await session.snapshot(serviceAccounts).get();
  return theOne(
    name,
    accounts,
    accounts.filter((account) => isCalled(account, name)),
    'user name or identifier',
  );
}

/** @throws Problem `not_found` */
export async function findByUsername(session: Session, username: string): Promise<ServiceAccount> {
  const accounts = await session.snapshot(serviceAccounts).get();
  return theOne(
    username,
    accounts,
    accounts.filter((account) => account.username === username),
    'user name',
  );
}

/** @throws Problem `not_found`, or `conflict` when several accounts have it. */
export async function findByIdentifier(session: Session, identifier: string): Promise<ServiceAccount> {
  const accounts = await session.snapshot(serviceAccounts).get();
  return theOne(
    identifier,
    accounts,
    accounts.filter((account) => sameIdentifier(account.identifier, identifier)),
    'identifier',
  );
}

function theOne(
  name: string,
  all: readonly ServiceAccount[],
  found: readonly ServiceAccount[],
  kind: string,
): ServiceAccount {
  const [only, ...others] = found;
  if (only === undefined)
    throw new Problem({
      code: 'not_found',
      summary: `No service account "${name}"`,
      detail: `None of the ${all.length} accounts that these credentials can see has this ${kind}. A Team Admin sees the accounts of the own team only.`,
    });
  if (others.length > 0)
    throw new Problem({
      code: 'conflict',
      summary: `"${name}" means more than one service account`,
      detail: `${found.map((one) => `"${one.identifier}" (${BY_USERNAME}${one.username})`).join(' and ')} are called so. Nothing is guessed: give ${BY_USERNAME}… of the one that is meant.`,
    });
  return only;
}
