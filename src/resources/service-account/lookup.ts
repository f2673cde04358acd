import { Problem } from '../../errors.ts';
import { isUnknown, type Unknown } from '../../schema/value.ts';
import type { Session } from '../session.ts';
import { type ServiceAccount, sameIdentifier, serviceAccounts } from './api.ts';
import { namesOf, placeOf } from './drift.ts';
import { BY_USERNAME, isCalled, namesAmong } from './names.ts';

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

/** Refuses, in the plan, an identifier that another account than `self` has, and says how to adopt that one. */
export async function refuseTakenIdentifier(
  session: Session,
  identifier: string | Unknown,
  self?: string,
): Promise<void> {
  if (isUnknown(identifier)) return;
  const accounts = await session.snapshot(serviceAccounts).get();
  const taken = accounts.filter(
    (account) =>
      sameIdentifier(account.identifier, identifier) &&
      account.username !== self &&
      !session.leaving.has(account.username),
  );
  const [found, ...others] = taken;
  if (found === undefined) return;
  const name = namesAmong(accounts)(found.username);
  const detail =
    others.length > 0
      ? `Several accounts have it: ${namesOf(taken)}. BrowserStack does not say which is meant, so nothing is guessed: find out in the console, import the right one by its user name (terraform import ADDRESS ${name}), and delete or rename the other.`
      : `It is ${found.username}, in ${placeOf(found.team)}. To manage it here, import it instead of creating it: terraform import ADDRESS ${name}, or a block import { to = ADDRESS, id = "${name}" }. Otherwise choose another identifier.`;
  throw new Problem({
    code: 'conflict',
    summary:
      others.length > 0
        ? `${taken.length} service accounts "${found.identifier}" exist already`
        : `A service account "${found.identifier}" exists already`,
    detail,
    path: ['identifier'],
  });
}
