import { Problem } from '../../errors.ts';
import { isUnknown, type Unknown } from '../../schema/value.ts';
import type { Session } from '../session.ts';
import { type ServiceAccount, sameIdentifier, serviceAccounts } from './api.ts';
import { namesOf, placeOf } from './drift.ts';

/** The account with this user name, else the only one with this identifier. */
export async function findByIdOrIdentifier(session: Session, id: string): Promise<ServiceAccount> {
  const accounts = await session.snapshot(serviceAccounts).get();
  const byUsername = accounts.find(({ username }) => username === id);
  if (byUsername !== undefined) return byUsername;
  const [found, ...others] = accounts.filter(({ identifier }) => sameIdentifier(identifier, id));
  if (found === undefined)
    throw new Problem({
      code: 'not_found',
      summary: `No service account "${id}"`,
      detail: `None of the ${accounts.length} accounts that these credentials can see has this user name or identifier. A Team Admin sees the accounts of the own team only.`,
    });
  if (others.length > 0)
    throw new Problem({
      code: 'conflict',
      summary: `Identifier "${id}" is ambiguous`,
      detail: `Several accounts have it: ${[found, ...others].map(({ username }) => username).join(', ')}. Use the user name of the one you mean.`,
    });
  return found;
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
  const detail =
    others.length > 0
      ? `Several accounts have it: ${namesOf(taken)}. BrowserStack does not say which is meant, so nothing is guessed: find out in the console, import the right one by its user name (terraform import ADDRESS ${found.username}), and delete or rename the other.`
      : `It is ${found.username}, in ${placeOf(found.team)}. To manage it here, import it instead of creating it: terraform import ADDRESS ${found.username}, or a block import { to = ADDRESS, id = "${found.username}" }. Otherwise choose another identifier.`;
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
