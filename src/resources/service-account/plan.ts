// What a plan says about an account: refuses what would be lost by accident, says what a change costs its users.

import type { Change, PlanAnswer, PlanOperation } from '../../lifecycle/resource.ts';
import { isUnknown } from '../../schema/value.ts';
import { refuseHeldTwice, refuseTwinOf } from '../collision.ts';
import { isAbandoned, refuseIfProtected } from '../protection.ts';
import type { Session } from '../session.ts';
import { absenceOf, findAccountAgain } from './drift.ts';
import { identifierKey, identityOf, sameIdentifier, TYPE } from './identity.ts';
import { consumersOf, lossOf, replacedByChange, titleOf } from './loss.ts';
import type { ServiceAccountState, serviceAccountSchema } from './schema.ts';
import { refuseAbandonedHolder, refuseSelfLockout, takeIdentifier } from './taking.ts';

type S = typeof serviceAccountSchema;
type Op = PlanOperation<Session>;

/** What moved or was renamed elsewhere can be put back the same way, which is most often what is wanted. */
const IN_THE_CONSOLE =
  'To have it as configured and keep user name and key, move or rename it in the console, then plan again.';

export async function plan(change: Change<S>, op: Op): Promise<PlanAnswer<S> | undefined> {
  const { action, prior, planned } = change;
  if (prior !== undefined && action === 'delete') await planDelete(prior, op);
  if (prior !== undefined && action !== 'delete') planStay(change, prior, op);
  if (prior !== undefined && action === 'replace') {
    if (op.session?.settings.accountChanges === 'in_place') return planInPlace(change, prior, op);
    await planReplace(change, prior, op);
  }
  if (planned === undefined || op.session === undefined) return undefined;
  if (action === 'create') await tellCost(change, 1 + (await takeIdentifier(change, op)), op);
  if (action !== 'create' && action !== 'replace') return undefined;
  return { planned: { ...planned, organization_level: levelOf(planned) } };
}

async function planDelete(prior: ServiceAccountState, op: Op): Promise<void> {
  if (!isAbandoned(prior)) refuseSelfLockout(prior, op.session);
  const absence = await tryAbsence(prior, op.session);
  if (absence !== undefined) return op.warn(absence);
  refuseHeldTwice(TYPE, identityOf(prior), op.beside, objectOf(prior));
  refuseIfProtected({ by: 'deletion' }, prior, { object: titleOf(prior), loss: lossOf(prior) });
  if (isAbandoned(prior)) {
    op.warn({
      diagnostic: 'lives_on',
      summary: `${titleOf(prior)} is no longer managed and lives on`,
      detail: `Its deletion_policy is "abandon": ${prior.username} keeps its user name and key; whoever takes it over imports it by its user name.`,
    });
    return;
  }
  await tellCost({ prior, planned: undefined }, 1, op);
  if (prior.consumers?.length)
    op.warn({
      diagnostic: 'consumers_lose_account',
      summary: `${titleOf(prior)} has consumers that lose it`,
      detail: consumersOf(prior),
    });
}

/** A block that is taken out is not refreshed by every engine: what is gone needs no protection and no second deletion. */
async function tryAbsence(prior: ServiceAccountState, session: Session | undefined) {
  if (session === undefined) return undefined;
  if ((await findAccountAgain(session, prior)) !== undefined) return undefined;
  return absenceOf(prior, session);
}

/** At this address the account goes on, or is replaced: what another address plans for it may contradict that. */
function planStay({ action, planned }: Change<S>, prior: ServiceAccountState, { beside }: Op): void {
  refuseHeldTwice(TYPE, identityOf(prior), beside, objectOf(prior));
  const identifier = action === 'replace' ? planned?.identifier : prior.identifier;
  if (typeof identifier === 'string')
    refuseTwinOf(TYPE, identifierKey(identifier), beside, {
      object: `a service account "${identifier}"`,
      attribute: 'identifier',
    });
}

async function planReplace(change: Change<S>, prior: ServiceAccountState, op: Op): Promise<void> {
  refuseIfProtected(
    {
      by: 'change',
      path: change.replaces[0] ?? [],
      before: beforeOf(change, prior),
      unprotects: change.config?.deletion_protection === false,
    },
    prior,
    { object: titleOf(prior), loss: lossOf(prior), instead: IN_THE_CONSOLE },
  );
  refuseSelfLockout(prior, op.session);
  const fate = isAbandoned(prior) ? abandonedFor(change, prior) : `the account ${prior.username} is deleted`;
  await tellCost(change, isAbandoned(prior) ? 1 : 2, op);
  const next = change.planned?.identifier;
  const keepsIdentifier = typeof next === 'string' && sameIdentifier(next, prior.identifier);
  op.warn(replacedByChange(prior, fate, keepsIdentifier));
}

/** What to write to have the old values back. */
function beforeOf({ replaces }: Change<S>, prior: ServiceAccountState): string {
  const names = new Set(replaces.map(([name]) => name));
  return [
    ...(names.has('identifier') ? [`identifier = "${prior.identifier}"`] : []),
    ...(names.has('team') ? [prior.team === null ? 'no team' : `team = "${prior.team}"`] : []),
  ].join(' and ');
}

/** The same account with another identifier or team: user name and key stay, and nobody has to be told. */
async function planInPlace(change: Change<S>, prior: ServiceAccountState, op: Op): Promise<PlanAnswer<S>> {
  const { planned, replaces } = change;
  if (planned === undefined) return {};
  if (op.session !== undefined && planned.identifier !== prior.identifier)
    await takeIdentifier(change, op, prior.username);
  await tellCost(change, 1, op);
  return {
    planned: { ...planned, username: prior.username, organization_level: levelOf(planned) },
    inPlace: replaces,
  };
}

/** Whether it belongs to the organization follows from the team, known or not. */
function levelOf(planned: NonNullable<Change<S>['planned']>) {
  return isUnknown(planned.team) ? planned.organization_level : planned.team === null;
}

function abandonedFor({ planned }: Change<S>, prior: ServiceAccountState): string {
  const next = planned?.identifier;
  if (typeof next === 'string' && sameIdentifier(next, prior.identifier)) refuseAbandonedHolder(prior);
  return `the account ${prior.username} lives on unmanaged (deletion_policy = "abandon")`;
}

/** As other messages name it. */
function objectOf({ identifier }: ServiceAccountState): string {
  return `service account "${identifier}"`;
}

async function tellCost(
  { prior, planned }: Pick<Change<S>, 'prior' | 'planned'>,
  requests: number,
  op: Op,
): Promise<void> {
  const identifier = planned?.identifier ?? prior?.identifier;
  if (typeof identifier === 'string')
    op.session?.cost.add(`service account ${identifier.toLowerCase()}`, requests, op);
}
