// The three writes of an account. Each is sent once, and after an answer that says nothing the list is asked before
// anything is concluded.

import { Problem } from '../../errors.ts';
import type { Operation } from '../../lifecycle/operation.ts';
import { lookFor, stillThere } from '../looking.ts';
import { organizationName } from '../organization/index.ts';
import { callOf, isUnclear, type Session } from '../session.ts';
import { fromWire, type ServiceAccount, sameIdentifier, serviceAccounts } from './api.ts';
import * as wire from './wire.ts';

/** What a configuration says of an account; no team: it belongs to the organization. */
export interface Wanted {
  readonly identifier: string;
  readonly team: string | undefined;
}

/**
 * Creates an account, exactly once: after an unclear answer it looks for it in the list before it decides.
 * @throws Problem `conflict` when the identifier is taken, `invalid_input` for an unknown team, `unclear_outcome`
 *   when the account still cannot be seen.
 */
export async function createServiceAccount(wanted: Wanted, op: Operation<Session>): Promise<ServiceAccount> {
  const { session } = op;
  const { identifier, team } = wanted;
  session.cost.applying();
  const snapshot = session.snapshot(serviceAccounts);
  const before = new Set((await snapshot.get()).map(({ username }) => username));
  const query = { identifier, ...(team === undefined ? {} : { teamName: team }) };
  let created: ServiceAccount;
  try {
    const { body } = await session.client.send(wire.createServiceAccount, { ...callOf(op), query });
    created = await ofAnswer(body, wanted, session);
  } catch (error) {
    if (!(error instanceof Problem) || !isUnclear(error)) throw error;
    created = await findCreated(identifier, before, error, op);
  }
  remember(session, created);
  return created;
}

/**
 * Gives an account another identifier or team; user name and key stay.
 * @throws Problem when the service refuses: nothing was changed.
 */
export async function updateServiceAccount(
  username: string,
  wanted: Wanted,
  op: Operation<Session>,
): Promise<ServiceAccount> {
  const { session } = op;
  session.cost.applying();
  await session.guard(serviceAccounts);
  const query = wire.updateQuery(username, wanted);
  let updated: ServiceAccount;
  try {
    const { body } = await session.client.send(wire.updateServiceAccount, { ...callOf(op), query });
    updated = await ofAnswer(body, wanted, session);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    if (!isUnclear(error)) throw notInPlace(error, wanted);
    const changed = await lookFor(
      () => session.snapshot(serviceAccounts).fresh(),
      (accounts) => accounts.find((one) => one.username === username && isAs(one, wanted)),
      op,
    );
    if (changed === undefined) throw error;
    updated = changed;
  }
  remember(session, updated);
  return updated;
}

/** Deletes for good. An account that is gone already is a success, however the service says so. */
export async function deleteServiceAccount(username: string, op: Operation<Session>): Promise<Deleted> {
  const { session } = op;
  session.cost.applying();
  await session.guard(serviceAccounts);
  const snapshot = session.snapshot(serviceAccounts);
  let outcome: Deleted = 'deleted';
  try {
    await session.client.send(wire.deleteServiceAccount, { ...callOf(op), query: { username } });
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    if (error.code !== 'not_found') {
      if (!isUnclear(error) && error.code !== 'invalid_input') throw error;
      if ((await snapshot.fresh()).some((account) => account.username === username))
        throw stillThere(error, `Service account ${username}`);
    }
    outcome = 'not there';
  }
  snapshot.patch((accounts) => accounts.filter((account) => account.username !== username));
  return outcome;
}

/** `not there`: nothing was seen to be deleted; it was gone before, or these credentials cannot see it. */
export type Deleted = 'deleted' | 'not there';

export function isAs(account: ServiceAccount, { identifier, team }: Wanted): boolean {
  return account.identifier === identifier && account.team === team;
}

function remember(session: Session, account: ServiceAccount): void {
  session
    .snapshot(serviceAccounts)
    .patch((accounts) => [
      ...accounts.filter(({ username }) => username !== account.username),
      { ...account, accessKey: account.accessKey ?? keyIn(accounts, account.username) },
    ]);
}

/** An answer without a key says nothing about the key. */
function keyIn(accounts: readonly ServiceAccount[], of: string): ServiceAccount['accessKey'] {
  return accounts.find(({ username }) => username === of)?.accessKey;
}

async function ofAnswer(
  body: wire.WireServiceAccount,
  { team }: Wanted,
  session: Session,
): Promise<ServiceAccount> {
  // An account that was asked for in a team and says `mainGroup` is the odd case in which the name must decide.
  const odd = team !== undefined && body.mainGroup;
  return fromWire(body, odd ? await organizationName(session) : undefined);
}

async function findCreated(
  identifier: string,
  before: ReadonlySet<string>,
  unclear: Problem,
  op: Operation<Session>,
): Promise<ServiceAccount> {
  const made = await lookFor(
    () => op.session.snapshot(serviceAccounts).fresh(),
    (accounts) => {
      const found = accounts.filter(
        (account) => sameIdentifier(account.identifier, identifier) && !before.has(account.username),
      );
      return found.length > 0 ? found : undefined;
    },
    op,
  );
  const [found, other] = made ?? [];
  if (found === undefined)
    throw new Problem({
      code: 'unclear_outcome',
      summary: `Service account "${identifier}" was not created, as far as can be seen`,
      detail: `${unclear.detail} The list of accounts does not contain it. It is safe to apply again: the identifier is looked for first.`,
      cause: unclear,
    });
  if (other !== undefined)
    throw new Problem({
      code: 'conflict',
      summary: `Identifier "${identifier}" appeared twice`,
      detail: `After a lost answer two new accounts have it: ${found.username} and ${other.username}. Find out in the console which one somebody else made, then import the right one.`,
      cause: unclear,
    });
  return found;
}

/** The call is a guess: a service without it answers 404 or 405, one with another form 4xx. */
function notInPlace(refusal: Problem, { identifier }: Wanted): Problem {
  if (!['not_found', 'invalid_input', 'forbidden'].includes(refusal.code)) return refusal;
  return new Problem({
    code: refusal.code,
    summary: `Service account "${identifier}" cannot be changed in place`,
    detail: `${refusal.detail} Nothing was changed. The call that account_changes = "in_place" uses is promised by BrowserStack and described nowhere; if this service does not know it, set account_changes = "replace" in the provider block (BROWSERSTACK_ACCOUNT_CHANGES): then a change makes another account, with another user name and key. Or change the account in the console and apply again.`,
    cause: refusal,
  });
}
