// What a plan says about a person: what costs requests, and what no documented call can do.

import { Problem } from '../../errors.ts';
import type { Change, PlanAnswer, PlanOperation } from '../../lifecycle/resource.ts';
import { isUnknown, unknown } from '../../schema/value.ts';
import type { Session } from '../session.ts';
import { findUserAgain, tryFindUser } from './api.ts';
import { grantsFor, union } from './products.ts';
import type { PlannedUser, UserState, userSchema } from './schema.ts';

type S = typeof userSchema;
type Op = PlanOperation<Session>;

export async function plan(change: Change<S>, op: Op): Promise<PlanAnswer<S> | undefined> {
  const { action, prior, planned } = change;
  if (prior !== undefined && (action === 'delete' || action === 'replace')) await tellOfLeaving(prior, op);
  if (planned === undefined) return undefined;
  if (action === 'create' || action === 'replace') await planInvitation(planned, op);
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

async function planInvitation(planned: PlannedUser, { session, warn }: Op): Promise<void> {
  const { email, role, products } = planned;
  if (role === 'owner')
    throw new Problem({
      code: 'invalid_input',
      summary: 'Nobody can be invited as Owner',
      detail:
        'An organization has exactly one Owner. Ownership is transferred in the console; import the Owner by e-mail address to describe them here.',
      path: ['role'],
    });
  if (session === undefined || isUnknown(email)) return;
  await session.cost.add(costOf(email), 1 + grantsFor(known(products), []).length, warn);
  const found = await tryFindUser(session, email);
  if (found === undefined) return;
  throw new Problem({
    code: 'conflict',
    summary: `${found.email} belongs to the organization already`,
    detail: `The person is ${found.status}. To manage them here, import them instead of inviting them: terraform import ADDRESS '${found.email}', or a block import { to = ADDRESS, id = "${found.email}" }.`,
    path: ['email'],
  });
}

async function planUpdate(
  planned: PlannedUser,
  prior: UserState,
  { session, warn }: Op,
): Promise<PlanAnswer<S>> {
  refuseUndocumented(planned, prior);
  if (isUnknown(planned.products) || planned.products?.some(isUnknown))
    return { planned: { ...planned, product_access: unknown } };
  const wanted = known(planned.products);
  const grants = grantsFor(wanted, prior.product_access);
  if (grants.length > 0) await session?.cost.add(costOf(prior.email), grants.length, warn);
  const dropped = (prior.products ?? []).filter((product) => !wanted.includes(product));
  if (dropped.length > 0)
    warn({
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
    summary: `${email} is no longer managed and stays in the organization`,
    detail: `BrowserStack documents no call that removes a person, so nothing is sent: the person stays ${status} and keeps a licence and all access. Remove them in the console (or at the identity provider).`,
  });
}

function cannotChange(prior: UserState, attribute: 'role' | 'team', is: string, written: string): Problem {
  return new Problem({
    code: 'refused',
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
