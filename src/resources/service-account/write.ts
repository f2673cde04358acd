// The three writes of an account. Whatever goes wrong with one, the list is looked at before anything is concluded,
// unless the call was turned away at the door.

import { engineCommand } from '../../engine-command.ts';
import { Problem } from '../../errors.ts';
import type { Operation } from '../../lifecycle/operation.ts';
import { sameText } from '../../schema/equal.ts';
import { importCommand } from '../advice.ts';
import {
  asSeen,
  BRIEF,
  couldCollide,
  lookFor,
  lookWhetherGone,
  madeElsewhere,
  notGone,
  notSeen,
  PATIENT,
} from '../looking.ts';
import { type Making, makeOnce } from '../making.ts';
import { organizationName } from '../organization/index.ts';
import { callOf, effectOf, type Session } from '../session.ts';
import { spelledName } from '../spelling.ts';
import { fromWire, type ServiceAccount, serviceAccounts } from './api.ts';
import { identifierKey, sameIdentifier, TYPE } from './identity.ts';
import { refuseTaken } from './taking.ts';
import * as wire from './wire.ts';

/** What a configuration says of an account; no team: it belongs to the organization. */
export interface Wanted {
  readonly identifier: string;
  readonly team: string | undefined;
}

const LIST = 'list of service accounts';

/**
 * Creates an account, exactly once: without a clear answer it looks for it in the list before it decides.
 * @throws Problem `conflict` when the identifier is taken, `invalid_input` for an unknown team, `unclear_outcome`
 *   when the account still cannot be seen.
 */
export async function createServiceAccount(wanted: Wanted, op: Operation<Session>): Promise<ServiceAccount> {
  const { session } = op;
  const { identifier, team } = wanted;
  const known = await session.snapshot(serviceAccounts).get();
  const before = new Set(known.map(({ username }) => username));
  const query = { identifier, ...(team === undefined ? {} : { teamName: spelledName(session, team) }) };
  const created = await makeOnce(makingOf(identifier, session), known, op, async () => {
    await refuseTaken(identifier, session);
    try {
      const { body } = await session.client.send(wire.createServiceAccount, { ...callOf(op), query });
      return await ofAnswer(body, wanted, session);
    } catch (error) {
      if (!(error instanceof Problem) || effectOf(error) === 'none') throw error;
      return findCreated(identifier, before, error, op);
    }
  });
  remember(session, created);
  return created;
}

function makingOf(identifier: string, session: Session): Making<ServiceAccount> {
  return {
    type: TYPE,
    key: identifierKey(identifier),
    object: `Service account "${identifier}"`,
    list: () => session.snapshot(serviceAccounts).fresh(),
    isIt: (account) => sameIdentifier(account.identifier, identifier),
    idOf: ({ username }) => username,
  };
}

/**
 * Gives an account another identifier or team; user name and key stay.
 * @throws Problem when the service refuses, or the list does not show the change.
 */
export async function updateServiceAccount(
  username: string,
  wanted: Wanted,
  op: Operation<Session>,
): Promise<ServiceAccount> {
  const { session } = op;
  await session.guard(serviceAccounts);
  const { identifier, team } = wanted;
  const spelled = team === undefined ? undefined : spelledName(session, team);
  const query = wire.updateQuery(username, { identifier, team: spelled });
  let updated: ServiceAccount;
  try {
    const { body } = await session.client.send(wire.updateServiceAccount, { ...callOf(op), query });
    updated = await ofAnswer(body, wanted, session);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    if (effectOf(error) === 'none') throw notInPlace(error, wanted, 'Nothing was changed.');
    const looked = await lookFor(
      // What is not a call answers 404 or 405, as a page: that needs no minute.
      isRefusal(error) ? BRIEF : PATIENT,
      () => session.snapshot(serviceAccounts).fresh(),
      (accounts) => accounts.find((one) => one.username === username && isAs(one, wanted)),
      op,
    );
    if (looked.found === undefined)
      throw notInPlace(error, wanted, asSeen(LIST, 'does not show the change', looked));
    updated = looked.found;
  }
  remember(session, updated);
  return updated;
}

/** Deletes for good. An account that is gone already is a success, however the service says so. */
export async function deleteServiceAccount(username: string, op: Operation<Session>): Promise<Deleted> {
  const { session } = op;
  await session.guard(serviceAccounts);
  const snapshot = session.snapshot(serviceAccounts);
  let outcome: Deleted = 'deleted';
  try {
    await session.client.send(wire.deleteServiceAccount, { ...callOf(op), query: { username } });
  } catch (error) {
    if (!(error instanceof Problem) || effectOf(error) === 'none') throw error;
    const list = () => snapshot.fresh();
    const has = (accounts: readonly ServiceAccount[]) => accounts.some((one) => one.username === username);
    const gone = await lookWhetherGone(list, has, effectOf(error), op);
    if (!gone.found) throw notGone(`Service account ${username}`, LIST, error, gone);
    outcome = 'not there';
  }
  snapshot.remove((account) => account.username === username);
  return outcome;
}

/** `not there`: nothing was seen to be deleted; it was gone before, or these credentials cannot see it. */
export type Deleted = 'deleted' | 'not there';

export function isAs(account: ServiceAccount, { identifier, team }: Wanted): boolean {
  return sameText(account.identifier, identifier) && isIn(account, team);
}

/** `undefined` is the organization. */
export function isIn(account: ServiceAccount, team: string | undefined): boolean {
  return account.team === undefined || team === undefined
    ? account.team === team
    : sameText(account.team, team);
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
  if (team === undefined || !body.mainGroup) return fromWire(session, body, undefined);
  const organization = await organizationName(session).catch((error) => {
    // The account is made, whatever else cannot be learnt now.
    if (error instanceof Problem) return undefined;
    throw error;
  });
  const inTeam = organization === undefined && sameText(body.teamName, team);
  return fromWire(session, inTeam ? { ...body, mainGroup: false } : body, organization);
}

async function findCreated(
  identifier: string,
  before: ReadonlySet<string>,
  failure: Problem,
  op: Operation<Session>,
): Promise<ServiceAccount> {
  const object = `Service account "${identifier}"`;
  const looked = await lookFor(
    effectOf(failure) === 'refused' ? BRIEF : PATIENT,
    () => op.session.snapshot(serviceAccounts).fresh(),
    (accounts) => {
      const found = accounts.filter(
        (account) => sameIdentifier(account.identifier, identifier) && !before.has(account.username),
      );
      return found.length > 0 ? found : undefined;
    },
    op,
  );
  const [found, other] = looked.found ?? [];
  if (other !== undefined)
    throw new Problem({
      code: 'conflict',
      summary: `Identifier "${identifier}" appeared twice`,
      detail: `${failure.detail} Two new accounts have the identifier now: ${looked.found?.map(({ username }) => username).join(' and ')}. Find out in the console which one somebody else made, then import the right one.`,
      cause: failure,
    });
  if (found === undefined)
    throw notSeen(
      {
        object,
        list: LIST,
        where: 'in the console, or with "browserstack-iac keys"',
        ifThere: `import it where a configuration declares it: ${engineCommand('import ADDRESS USERNAME')}.`,
      },
      failure,
      looked,
      op.session,
    );
  if (couldCollide(failure))
    throw madeElsewhere(object, failure, `Import it: ${importCommand(found.username)}.`);
  return found;
}

function isRefusal({ code }: Problem): boolean {
  return code === 'not_found' || code === 'invalid_input' || code === 'forbidden';
}

/** The call is a guess: a service without it answers 404 or 405, one with another form 4xx. */
function notInPlace(refusal: Problem, { identifier }: Wanted, seen: string): Problem {
  if (!isRefusal(refusal))
    return new Problem({
      code: refusal.code,
      summary: refusal.summary,
      detail: `${refusal.detail} ${seen}`,
      cause: refusal,
    });
  return new Problem({
    code: refusal.code,
    summary: `Service account "${identifier}" cannot be changed in place`,
    detail: `${refusal.detail} ${seen} The call that account_changes = "in_place" uses is promised by BrowserStack and described nowhere; if this service does not know it, set account_changes = "replace" in the provider block (BROWSERSTACK_ACCOUNT_CHANGES): then a change makes another account, with another user name and key. Or change the account in the console and apply again.`,
    cause: refusal,
  });
}
