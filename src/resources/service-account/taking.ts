// A plan gives an account an identifier that may be taken: by a stranger, by another block, or by an account that this
// plan ends.

import { Problem } from '../../errors.ts';
import type { Change, PlanOperation } from '../../lifecycle/resource.ts';
import { isUnknown } from '../../schema/value.ts';
import { importing } from '../advice.ts';
import { existsAlready, type Holder, type Leaving, leavingOf, refuseTwins } from '../collision.ts';
import { isOwnMaking, takenOver } from '../making.ts';
import { isAbandoned, refuseIfProtected } from '../protection.ts';
import type { Session } from '../session.ts';
import { type ServiceAccount, serviceAccounts } from './api.ts';
import { namesOf, placeOf } from './drift.ts';
import { identifierKey, identityOf, sameIdentifier, TYPE } from './identity.ts';
import { lossOf, madeAgain, replacedSilently, titleOf } from './loss.ts';
import { namesAmong } from './names.ts';
import type { ServiceAccountState, serviceAccountSchema } from './schema.ts';

type S = typeof serviceAccountSchema;
type Op = PlanOperation<Session>;

/**
 * Judges the planned identifier of an account that is made, or, with `self`, of one that is changed in place.
 * @returns how many accounts are deleted to free it, beyond what other plans have told.
 * @throws Problem `conflict` when somebody keeps it, `refused` when who has it is protected.
 */
export async function takeIdentifier(
  { planned, replaced }: Change<S>,
  op: Op,
  self?: string,
): Promise<number> {
  const { session, beside } = op;
  const identifier = planned?.identifier;
  if (session === undefined || identifier === undefined || isUnknown(identifier)) return 0;
  refuseTwins(TYPE, identifierKey(identifier), beside, {
    object: `a service account "${identifier}"`,
    attribute: 'identifier',
  });
  const accounts = await session.snapshot(serviceAccounts).get();
  const holders = accounts.filter(
    (account) => sameIdentifier(account.identifier, identifier) && account.username !== self,
  );
  const nobodys = holders.filter(
    (account) =>
      account.username !== replaced?.state.username && beside?.held(TYPE, identityOf(account)) === undefined,
  );
  const own = self === undefined ? await ownMaking(identifier, nobodys, session) : undefined;
  if (own !== undefined) op.warn(takenOver(`Service account "${own.identifier}"`, own.username));
  const taken = holders.filter((account) => account !== own);
  const nameOf = namesAmong(accounts);
  const strangers = nobodys.filter((account) => account !== own);
  if (strangers.length > 1 && !beside?.applying) throw severalExist(strangers, nameOf);
  const leaving = taken.flatMap(
    (account) => leavingOf(holderOf(account, identifier, nameOf), replaced, beside, identityOf) ?? [],
  );
  for (const one of leaving) makePlace(one.state, one.leaving, op);
  return leaving.filter((one) => one.leaving === 'asked' || one.leaving === 'unsaid').length;
}

/** The account among those that have the identifier that an earlier run of this machine made, without hearing of it. */
async function ownMaking(
  identifier: string,
  holders: readonly ServiceAccount[],
  session: Session,
): Promise<ServiceAccount | undefined> {
  for (const account of holders)
    if (await isOwnMaking(session, { type: TYPE, key: identifierKey(identifier) }, account.username))
      return account;
  return undefined;
}

/** Asked again right before it is made: the plan may have been made before somebody else's, or beside its own deletion. */
export async function refuseTaken(identifier: string, session: Session): Promise<void> {
  const snapshot = session.snapshot(serviceAccounts);
  const holds = (account: ServiceAccount) => sameIdentifier(account.identifier, identifier);
  if (!snapshot.known?.some(holds)) return;
  const accounts = await snapshot.fresh();
  const holder = accounts.find(holds);
  if (holder !== undefined) throw existsAlready(holderOf(holder, identifier, namesAmong(accounts)));
}

/** Asked again at apply, which may run on other credentials than its plan. */
export function refuseSelfLockout(prior: ServiceAccountState, session: Session | undefined): void {
  if (session?.username !== prior.username) return;
  throw new Problem({
    code: 'refused',
    diagnostic: 'own_account',
    summary: `${titleOf(prior)} is the one this provider runs on`,
    detail: `Deleting ${prior.username} would lock this configuration out. Configure the provider with other credentials first.`,
  });
}

/** An account that is to live on keeps its identifier, so none can be made under it. */
export function refuseAbandonedHolder(prior: ServiceAccountState): void {
  if (!isAbandoned(prior)) return;
  throw new Problem({
    code: 'refused',
    summary: `${titleOf(prior)} cannot be abandoned and made again under the same identifier`,
    detail: `Its deletion_policy is "abandon", so ${prior.username} would live on and keep the identifier. Set deletion_policy = "delete" and apply first, or give the new account another identifier.`,
    path: ['identifier'],
  });
}

function makePlace(prior: ServiceAccountState, leaving: Leaving, op: Op): void {
  refuseSelfLockout(prior, op.session);
  if (leaving === 'announced') return;
  if (leaving !== 'elsewhere') {
    const by = ({ asked: 'request', unsaid: 'taint' } as const)[leaving];
    refuseIfProtected({ by }, prior, { object: titleOf(prior), loss: lossOf(prior) });
  }
  refuseAbandonedHolder(prior);
  // Engines drop what the second plan of a replacement warns of.
  if (leaving !== 'asked') op.warn(leaving === 'elsewhere' ? madeAgain(prior) : replacedSilently(prior));
}

function holderOf(
  { identifier, username, team }: ServiceAccount,
  configured: string,
  nameOf: (username: string) => string,
): Holder {
  return {
    type: TYPE,
    identity: identityOf({ username }),
    object: `service account "${identifier}"`,
    facts: `It is ${username}, in ${placeOf(team)}.`,
    importId: nameOf(username),
    attribute: 'identifier',
    configured,
    present: identifier,
  };
}

function severalExist(accounts: readonly ServiceAccount[], nameOf: (username: string) => string): Problem {
  const [first] = accounts;
  return new Problem({
    code: 'conflict',
    diagnostic: 'exists_already',
    summary: `${accounts.length} service accounts "${first?.identifier}" exist already`,
    detail: `They are ${namesOf(accounts)}. BrowserStack does not say which is meant, so nothing is guessed: find out in the console, import the right one by its user name, and delete or rename the others:
${importing(nameOf(first?.username ?? ''))}`,
    path: ['identifier'],
  });
}
