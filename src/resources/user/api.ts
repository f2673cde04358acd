import { Problem } from '../../errors.ts';
import type { Operation } from '../../lifecycle/operation.ts';
import { BRIEF, couldCollide, lookFor, madeElsewhere, notSeen, PATIENT } from '../looking.ts';
import {
  disabledPeople,
  everybody,
  guardOrganization,
  lookForPeopleAgain,
  type Person,
  people,
  peopleAgain,
  rememberPerson,
  rememberProducts,
  sameEmail,
} from '../organization/index.ts';
import { findAgain } from '../presence.ts';
import { callOf, effectOf, type Session } from '../session.ts';
import { spelledName } from '../spelling.ts';
import type { Grant } from './products.ts';
import * as wire from './wire.ts';

export interface User extends Person {
  readonly status: 'pending' | 'active' | 'disabled';
}

/** All people that these credentials can see: a Team Admin sees those of the own team. Two requests per run. */
export async function users(session: Session): Promise<readonly User[]> {
  const seen = await guarded(session);
  const disabled = await disabledPeople(session);
  const isDisabled = (person: Person) => disabled.some(({ email }) => sameEmail(email, person.email));
  const active = seen.filter((person) => !isDisabled(person));
  return [
    ...active.map((person): User => ({ ...person, status: person.username ? 'active' : 'pending' })),
    ...disabled.map((person): User => ({ ...person, status: 'disabled' })),
  ];
}

export async function tryFindUser(session: Session, email: string): Promise<User | undefined> {
  return (await users(session)).find((user) => sameEmail(user.email, email));
}

/** As `tryFindUser`, of somebody who was there when last looked at: looks twice before they are gone. */
export async function findUserAgain(session: Session, email: string): Promise<User | undefined> {
  const find = () => tryFindUser(session, email);
  const again = () => lookForPeopleAgain(session);
  return findAgain(session, { list: everybody, id: email.toLowerCase(), find, again });
}

/** What an invitation says. */
export interface Invitation {
  readonly email: string;
  readonly fullName: string;
  readonly role: string;
  readonly team: string | undefined;
}

const LIST = 'list of people';

/**
 * Invites a person, exactly once: without a clear answer it looks before it decides.
 * @throws Problem `unclear_outcome` when the person still cannot be seen.
 */
export async function invite(invitation: Invitation, op: Operation<Session>): Promise<void> {
  const { session } = op;
  const { email, fullName, role, team } = invitation;
  await beforeWriting(session);
  // Seen by the plan, which refuses to invite twice.
  const before = session.snapshot(everybody).known?.some((person) => sameEmail(person.email, email)) === true;
  const place = team === undefined ? {} : { team: spelledName(session, team) };
  const query = { email, full_name: fullName, role, ...place };
  try {
    await session.client.send(wire.createUser, { ...callOf(op), query });
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    if (effectOf(error) === 'none') throw refusedInvitation(error, invitation);
    await lookForInvited(invitation, before, error, op);
    return;
  }
  rememberPerson(session, {
    id: undefined,
    username: undefined,
    fullName,
    email,
    role,
    teams: team === undefined ? [] : [team],
    additionalTeams: [],
    products: [],
    organization: session.settings.organization,
  });
}

async function lookForInvited(
  invitation: Invitation,
  before: boolean,
  failure: Problem,
  op: Operation<Session>,
): Promise<void> {
  const { email } = invitation;
  const looked = await lookFor(
    effectOf(failure) === 'refused' ? BRIEF : PATIENT,
    () => peopleAgain(op.session),
    (all) => all.find((person) => sameEmail(person.email, email)),
    op,
  );
  const ifThere = `import them: terraform import ADDRESS '${email}'.`;
  const object = `The invitation of ${email}`;
  if (looked.found === undefined)
    throw refusedInvitation(
      notSeen({ object, list: LIST, where: 'in the console', ifThere }, failure, looked),
      invitation,
    );
  if (before || couldCollide(failure)) throw madeElsewhere(object, failure, ifThere);
}

/** Gives access. Products the person has already are no matter. */
export async function grant(email: string, { name, products }: Grant, op: Operation<Session>): Promise<void> {
  const { session } = op;
  await beforeWriting(session);
  const query = { email, product_access: name };
  await session.client.send(wire.addEntitlement, { ...callOf(op), query });
  rememberProducts(session, email, products);
}

async function guarded(session: Session): Promise<readonly Person[]> {
  const seen = await people(session);
  const names = seen.flatMap(({ organization }) => organization ?? []);
  await guardOrganization(session, [...new Set(names)]);
  return seen;
}

/** An apply may run on other credentials than its plan, so the guard is asked again where there is one. */
async function beforeWriting(session: Session): Promise<void> {
  session.cost.applying();
  if (session.settings.organization !== undefined) await guarded(session);
}

/** Who may not, and what belongs to the identity provider: the service answers both alike. */
function refusedInvitation(refusal: Problem, { email, team }: Invitation): Problem {
  if (refusal.code !== 'forbidden' && refusal.code !== 'invalid_input') return refusal;
  const where = team === undefined ? '' : ` into team "${team}"`;
  return new Problem({
    code: refusal.code,
    summary: `${email} cannot be invited${where}`,
    detail: `${refusal.detail}${effectOf(refusal) === 'none' ? ' Nobody was invited.' : ''} An Owner or Admin invites anywhere, a Team Admin into the own team only; the team must exist, and a licence must be free. With Auto User Provisioning (SCIM) people belong to the identity provider: add them there, and read them here with data "browserstack_user".`,
    path: ['email'],
    cause: refusal,
  });
}
