// The two writes of a person. Whatever goes wrong with an invitation, the list is looked at before anything is
// concluded, unless the call was turned away at the door.

import { Problem } from '../../errors.ts';
import type { Operation } from '../../lifecycle/operation.ts';
import { folded } from '../../schema/equal.ts';
import { importCommand } from '../advice.ts';
import { BRIEF, couldCollide, lookFor, madeElsewhere, notSeen, PATIENT } from '../looking.ts';
import { type Making, makeOnce } from '../making.ts';
import {
  everybody,
  type Person,
  peopleAgain,
  rememberPerson,
  rememberProducts,
  sameEmail,
} from '../organization/index.ts';
import { callOf, effectOf, type Session } from '../session.ts';
import { spelledName } from '../spelling.ts';
import { guarded } from './api.ts';
import { TYPE } from './identity.ts';
import type { Grant } from './products.ts';
import * as wire from './wire.ts';

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
  const known = session.snapshot(everybody).known ?? [];
  const before = known.some((person) => sameEmail(person.email, email));
  const place: Readonly<Record<string, string>> =
    team === undefined ? {} : { team: spelledName(session, team) };
  const query = { email, full_name: fullName, role, ...place };
  const person = await makeOnce(makingOf(email, session), known, op, async () => {
    try {
      await session.client.send(wire.createUser, { ...callOf(op), query });
      return invitedAs(invitation, session);
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      if (effectOf(error) === 'none') throw refusedInvitation(error, invitation);
      return findInvited(invitation, before, error, op);
    }
  });
  rememberPerson(session, person);
}

function makingOf(email: string, session: Session): Making<Person> {
  return {
    type: TYPE,
    key: folded(email),
    object: `The invitation of ${email}`,
    list: () => peopleAgain(session),
    isIt: (person) => sameEmail(person.email, email),
    idOf: (person) => folded(person.email),
  };
}

function invitedAs({ email, fullName, role, team }: Invitation, session: Session): Person {
  return {
    id: undefined,
    username: undefined,
    fullName,
    email,
    role,
    teams: team === undefined ? [] : [team],
    additionalTeams: [],
    products: [],
    organization: session.settings.organization,
  };
}

async function findInvited(
  invitation: Invitation,
  before: boolean,
  failure: Problem,
  op: Operation<Session>,
): Promise<Person> {
  const { email } = invitation;
  const looked = await lookFor(
    effectOf(failure) === 'refused' ? BRIEF : PATIENT,
    () => peopleAgain(op.session),
    (all) => all.find((person) => sameEmail(person.email, email)),
    op,
  );
  const ifThere = `import them: ${importCommand(email)}.`;
  const object = `The invitation of ${email}`;
  if (looked.found === undefined)
    throw refusedInvitation(
      notSeen({ object, list: LIST, where: 'in the console', ifThere }, failure, looked, op.session),
      invitation,
    );
  if (before || couldCollide(failure)) throw madeElsewhere(object, failure, ifThere);
  return looked.found;
}

/** Gives access. Products the person has already are no matter. */
export async function grant(email: string, { name, products }: Grant, op: Operation<Session>): Promise<void> {
  const { session } = op;
  await beforeWriting(session);
  const query = { email, product_access: name };
  await session.client.send(wire.addEntitlement, { ...callOf(op), query });
  rememberProducts(session, email, products);
}

/** An apply may run on other credentials than its plan, so the guard is asked again where there is one. */
async function beforeWriting(session: Session): Promise<void> {
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
