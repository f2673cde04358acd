import {
  disabledPeople,
  everybody,
  guardOrganization,
  lookForPeopleAgain,
  type Person,
  people,
  sameEmail,
} from '../organization/index.ts';
import { findAgain } from '../presence.ts';
import type { Session } from '../session.ts';

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

/** People, once it is certain whose organization they are of. */
export async function guarded(session: Session): Promise<readonly Person[]> {
  const seen = await people(session);
  const names = seen.flatMap(({ organization }) => organization ?? []);
  await guardOrganization(session, [...new Set(names)]);
  return seen;
}
