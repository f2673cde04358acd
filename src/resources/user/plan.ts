// What a plan says about a person: what costs requests, and what no documented call can do.

import { Problem } from '../../errors.ts';
import type { Change, PlanAnswer, PlanOperation } from '../../lifecycle/resource.ts';
import { isUnknown, unknown } from '../../schema/value.ts';
import { MOVED, UNTAINT } from '../advice.ts';
import { type Holder, leavingOf, refuseTwinOf, refuseTwins } from '../collision.ts';
import { endedBefore } from '../ended.ts';
import { isOwnMaking, takenOver } from '../making.ts';
import type { Session } from '../session.ts';
import { findUserAgain, tryFindUser, type User } from './api.ts';
import { identityOf, TYPE } from './identity.ts';
import { grantsFor, union } from './products.ts';
import type { PlannedUser, UserState, userSchema } from './schema.ts';

type S = typeof userSchema;
type Op = PlanOperation<Session>;

export async function plan(change: Change<S>, op: Op): Promise<PlanAnswer<S> | undefined> {
  const { action, prior, planned } = change;
  if (prior !== undefined && (action === 'delete' || action === 'replace')) await tellOfLeaving(prior, op);
  if (prior !== undefined && action !== 'delete' && action !== 'replace')
    refuseTwinOf(TYPE, prior.email, op.beside, attributeOf(prior.email));
  if (planned === undefined) return undefined;
  if (action === 'create' || action === 'replace') await planInvitation(planned, change, op);
  if (action === 'update' && prior !== undefined) return planUpdate(planned, prior, op);
  return undefined;
}

/** @throws Problem `refused` where the difference to what is there needs a call that nobody documents. */
export function refuseUndocumented(
  { role, team }: Pick<PlannedUser, 'role' | 'team'>,
  prior: UserState,
): void {
  if (!isUnknown(role) && role !== prior.role)
    throw cannotChange(prior, 'role', `has role "${prior.role}"`, `role = "${prior.role}"`);
  if (!isUnknown(team) && team !== prior.team) {
    const written = prior.team === null ? 'no team' : `team = "${prior.team}"`;
    const place = prior.team === null ? 'belongs to the organization' : `is in team "${prior.team}"`;
    throw cannotChange(prior, 'team', place, written);
  }
}

async function planInvitation(planned: PlannedUser, { replaced }: Change<S>, op: Op): Promise<void> {
  const { session, beside, warn } = op;
  const { email, role, products } = planned;
  const found = session === undefined || isUnknown(email) ? undefined : await tryFindUser(session, email);
  if (role === 'owner' && found === undefined)
    throw new Problem({
      code: 'invalid_input',
      summary: 'Nobody can be invited as Owner',
      detail:
        'An organization has exactly one Owner. Ownership is transferred in the console; import the Owner by e-mail address to describe them here.',
      path: ['role'],
    });
  if (session === undefined || isUnknown(email)) return;
  refuseTwins(TYPE, email, beside, attributeOf(email));
  const invitations = found === undefined ? 1 : 0;
  session.cost.add(costOf(email), invitations + grantsFor(known(products), []).length, op);
  if (found === undefined || (await endedBefore(session, TYPE, found.email)) !== undefined) return;
  const { email: key } = identityOf(found);
  const isNobodys = replaced === undefined && !beside?.held(TYPE, identityOf(found));
  if (isNobodys && (await isOwnMaking(session, { type: TYPE, key }, key)))
    return warn(takenOver(`The invitation of ${found.email}`, 'The person'));
  const ends = leavingOf(holderOf(found, email), replaced, beside, identityOf);
  if (ends === undefined) return;
  refuseUndocumented(planned, ends.state);
  warn({
    diagnostic: 'person_stays',
    summary: `${found.email} stays who they are`,
    detail: `BrowserStack documents no call that removes a person, so replacing one (-replace, replace_triggered_by, a tainted resource) removes nobody and invites nobody: the person stays ${found.status}, and only missing products are granted. A tainted resource is mended by ${UNTAINT}. If its block was renamed or moved, write:
${MOVED}`,
  });
}

function holderOf({ email, status }: User, configured: string): Holder {
  return {
    type: TYPE,
    identity: identityOf({ email }),
    object: `person "${email}"`,
    exists: `${email} belongs to the organization already`,
    facts: `The person is ${status}.`,
    importId: email,
    attribute: 'email',
    configured,
    present: email,
  };
}

function attributeOf(email: string) {
  return { object: `the person "${email}"`, attribute: 'email' } as const;
}

async function planUpdate(planned: PlannedUser, prior: UserState, op: Op): Promise<PlanAnswer<S>> {
  const { session, warn } = op;
  refuseUndocumented(planned, prior);
  if (isUnknown(planned.products) || planned.products?.some(isUnknown))
    return { planned: { ...planned, product_access: unknown } };
  const wanted = known(planned.products);
  const grants = grantsFor(wanted, prior.product_access);
  if (grants.length > 0) session?.cost.add(costOf(prior.email), grants.length, op);
  const dropped = (prior.products ?? []).filter((product) => !wanted.includes(product));
  if (dropped.length > 0)
    warn({
      diagnostic: 'product_kept',
      summary: `${prior.email} keeps ${dropped.join(' and ')}`,
      detail:
        'BrowserStack documents no call that takes a product away: it is no longer demanded here and stays granted. Take it away in the console if it is to go.',
      path: ['products'],
    });
  if (grants.length === 0) return {};
  return { planned: { ...planned, product_access: union(prior.product_access, wanted) } };
}

async function tellOfLeaving({ email, status }: UserState, { session, warn }: Op): Promise<void> {
  // Nobody who is gone stays; a block that is taken out is not refreshed by every engine.
  if (session !== undefined && (await findUserAgain(session, email)) === undefined) return;
  warn({
    diagnostic: 'lives_on',
    summary: `${email} is no longer managed and stays in the organization`,
    detail: `BrowserStack documents no call that removes a person, so nothing is sent: the person stays ${status} and keeps a licence and all access. Remove them in the console (or at the identity provider).`,
  });
}

function cannotChange(prior: UserState, attribute: 'role' | 'team', is: string, written: string): Problem {
  return new Problem({
    code: 'refused',
    diagnostic: 'cannot_be_changed',
    summary: `The ${attribute} of ${prior.email} cannot be changed here`,
    detail: `The person ${is}, the configuration says otherwise, and BrowserStack documents no call that changes it. Change it in the console, then plan again; or write what is: ${written}; or leave it to the console: lifecycle { ignore_changes = [${attribute}] }.`,
    path: [attribute],
  });
}

function known(products: PlannedUser['products']): readonly string[] {
  if (isUnknown(products)) return [];
  return (products ?? []).flatMap((product) => (isUnknown(product) ? [] : [product]));
}

function costOf(email: string): string {
  return `user ${email.toLowerCase()}`;
}
