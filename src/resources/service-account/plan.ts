// What a plan says about an account: refuses what would be lost by accident, says what a change costs its users.

import { Problem } from '../../errors.ts';
import type { Change, PlanAnswer, PlanOperation } from '../../lifecycle/resource.ts';
import { isUnknown } from '../../schema/value.ts';
import { isAbandoned, refuseIfProtected } from '../protection.ts';
import type { Session } from '../session.ts';
import { sameIdentifier } from './api.ts';
import { absenceOf, findAccountAgain } from './drift.ts';
import { refuseTakenIdentifier } from './lookup.ts';
import type { ServiceAccountState, serviceAccountSchema } from './schema.ts';

type S = typeof serviceAccountSchema;
type Op = PlanOperation<Session>;

/** What moved or was renamed elsewhere can be put back the same way, which is most often what is wanted. */
const IN_THE_CONSOLE =
  'To have it as configured and keep user name and key, move or rename it in the console, then plan again.';

export async function plan(change: Change<S>, op: Op): Promise<PlanAnswer<S> | undefined> {
  const { action, prior, planned } = change;
  if (prior !== undefined && action === 'delete') await planDelete(change, prior, op);
  if (prior !== undefined && action === 'replace') {
    if (op.session?.settings.accountChanges === 'in_place') return planInPlace(change, prior, op);
    await planReplace(change, prior, op);
  }
  if (planned === undefined || op.session === undefined) return undefined;
  if (action === 'create') {
    await refuseTakenIdentifier(op.session, planned.identifier);
    await tellCost(change, 1, op);
  }
  if (action !== 'create' && action !== 'replace') return undefined;
  return { planned: { ...planned, organization_level: levelOf(planned) } };
}

async function planDelete(change: Change<S>, prior: ServiceAccountState, op: Op): Promise<void> {
  if (!isAbandoned(prior)) refuseSelfLockout(prior, op.session);
  const absence = await tryAbsence(prior, op.session);
  if (absence !== undefined) return op.warn(absence);
  refuseIfProtected(change, prior, nameOf(prior), lossOf(prior));
  if (isAbandoned(prior)) {
    op.warn({
      summary: `${nameOf(prior)} is no longer managed and lives on`,
      detail: `Its deletion_policy is "abandon": ${prior.username} keeps its user name and key; whoever takes it over imports it by its user name.`,
    });
    return;
  }
  op.session?.leaving.add(prior.username);
  await tellCost(change, 1, op);
  if (prior.consumers?.length)
    op.warn({ summary: `${nameOf(prior)} has consumers that lose it`, detail: consumersOf(prior) });
}

/** A block that is taken out is not refreshed by every engine: what is gone needs no protection and no second deletion. */
async function tryAbsence(prior: ServiceAccountState, session: Session | undefined) {
  if (session === undefined) return undefined;
  if ((await findAccountAgain(session, prior)) !== undefined) return undefined;
  return absenceOf(prior, session);
}

async function planReplace(change: Change<S>, prior: ServiceAccountState, op: Op): Promise<void> {
  refuseIfProtected(change, prior, nameOf(prior), lossOf(prior), IN_THE_CONSOLE);
  refuseSelfLockout(prior, op.session);
  const fate = isAbandoned(prior) ? abandonedFor(change, prior) : `the account ${prior.username} is deleted`;
  if (!isAbandoned(prior)) op.session?.leaving.add(prior.username);
  await tellCost(change, isAbandoned(prior) ? 1 : 2, op);
  op.warn({
    summary: `${nameOf(prior)} gets a new user name and a new key`,
    detail: `BrowserStack documents no way to change identifier or team, so ${fate} and another one made. Everything that uses its user name and key stops working until it has the new ones. ${consumersOf(prior)}`,
  });
}

/** The same account with another identifier or team: user name and key stay, and nobody has to be told. */
async function planInPlace(change: Change<S>, prior: ServiceAccountState, op: Op): Promise<PlanAnswer<S>> {
  const { planned, replaces } = change;
  if (planned === undefined) return {};
  if (op.session !== undefined && !isUnknown(planned.identifier) && planned.identifier !== prior.identifier)
    await refuseTakenIdentifier(op.session, planned.identifier, prior.username);
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
  if (typeof next === 'string' && sameIdentifier(next, prior.identifier))
    throw new Problem({
      code: 'refused',
      summary: `${nameOf(prior)} cannot be abandoned and made again under the same identifier`,
      detail: `Its deletion_policy is "abandon", so ${prior.username} would live on and keep the identifier. Set deletion_policy = "delete" and apply first, or give the new account another identifier.`,
      path: ['identifier'],
    });
  return `the account ${prior.username} lives on unmanaged (deletion_policy = "abandon")`;
}

/** Asked again at apply, which may run on other credentials than its plan. */
export function refuseSelfLockout(prior: ServiceAccountState, session: Session | undefined): void {
  if (session?.username !== prior.username) return;
  throw new Problem({
    code: 'refused',
    summary: `${nameOf(prior)} is the one this provider runs on`,
    detail: `Deleting ${prior.username} would lock this configuration out. Configure the provider with other credentials first.`,
  });
}

async function tellCost({ prior, planned }: Change<S>, requests: number, op: Op): Promise<void> {
  const identifier = planned?.identifier ?? prior?.identifier;
  if (typeof identifier === 'string')
    await op.session?.cost.add(`service account ${identifier.toLowerCase()}`, requests, op.warn);
}

function consumersOf({ consumers }: ServiceAccountState): string {
  return consumers?.length ? `Declared consumers: ${consumers.join(', ')}.` : 'No consumers are declared.';
}

function nameOf({ identifier }: ServiceAccountState): string {
  return `Service account "${identifier}"`;
}

function lossOf(prior: ServiceAccountState): string {
  const loss = 'its user name and key die at once and cannot be brought back; a new account gets others.';
  return prior.consumers?.length ? `${loss} ${consumersOf(prior)}` : loss;
}
