import { Problem } from '../../errors.ts';
import { composed, folded } from '../../schema/equal.ts';
import type { Collection, Session } from '../session.ts';
import { composedName } from '../spelling.ts';
import { explainUnavailable } from '../unavailable.ts';
import { listUsers, type WirePerson } from './wire.ts';

export interface Person {
  readonly id: number | undefined;
  /** `undefined` while the invitation is pending. */
  readonly username: string | undefined;
  readonly fullName: string;
  readonly email: string;
  /** `owner`, `admin` or `user`. An admin with a team is a Team Admin. */
  readonly role: string;
  /** Empty for people of the organization. */
  readonly teams: readonly string[];
  /** Teams beside the own one. */
  readonly additionalTeams: readonly string[];
  /** Products the person may use, sorted. */
  readonly products: readonly string[];
  readonly organization: string | undefined;
}

/** All people that can be seen: none where the call is refused. One request per run. */
export const everybody: Collection<Person> = {
  name: 'people',
  idOf,
  async list(session) {
    try {
      const { body } = await session.client.send(listUsers, { onWait: session.onWait });
      refusals.delete(session);
      return body.user_details.map((person) => fromWire(person, session));
    } catch (error) {
      if (!(error instanceof Problem) || !HIDES.has(error.code)) throw error;
      // A refusal is an answer too, and is remembered like one.
      refusals.set(session, error);
      return [];
    }
  },
};

/** The user call must be enabled by Support, and answers these where it is not. */
const HIDES: ReadonlySet<string> = new Set(['forbidden', 'not_found', 'invalid_input']);
const refusals = new WeakMap<Session, Problem>();

/** All people that can be seen, without a complaint where the call is refused. */
export function visiblePeople(session: Session): Promise<readonly Person[]> {
  return session.snapshot(everybody).get();
}

/** @throws Problem `forbidden` where the call is refused. */
export async function people(session: Session): Promise<readonly Person[]> {
  const seen = await visiblePeople(session);
  explainRefusal(session);
  return seen;
}

/** As `people`, looking again whatever was seen before. */
export async function peopleAgain(session: Session): Promise<readonly Person[]> {
  const seen = await session.snapshot(everybody).fresh();
  explainRefusal(session);
  return seen;
}

function explainRefusal(session: Session): void {
  const refusal = refusals.get(session);
  if (refusal !== undefined) explainUnavailable(refusal, 'users', { needsSupport: true });
}

/** What a person is known by: pending ones have no user name. */
function idOf({ email, username, id }: Pick<Person, 'email' | 'username' | 'id'>): string {
  return (email || username || String(id)).toLowerCase();
}

/** Somebody was invited by this run. */
export function rememberPerson(session: Session, person: Person): void {
  const others = (all: readonly Person[]) => all.filter(({ email }) => !sameEmail(email, person.email));
  session.snapshot(everybody).patch((all) => [...others(all), person]);
}

/** Somebody was given products by this run. */
export function rememberProducts(session: Session, email: string, products: readonly string[]): void {
  const given = (person: Person): Person => ({
    ...person,
    products: [...new Set([...person.products, ...products])].sort(),
  });
  session
    .snapshot(everybody)
    .patch((all) => all.map((person) => (sameEmail(person.email, email) ? given(person) : person)));
}

/** Addresses are one person's whatever their case. */
export function sameEmail(a: string, b: string): boolean {
  return folded(a) === folded(b);
}

/**
 * People who were disabled. No answer shows it: one can only ask for them, which costs one more request per run. Part of
 * the general list or not, who is in this one is disabled.
 */
export async function disabledPeople(session: Session): Promise<readonly Person[]> {
  const found = await session.snapshot(disabled).get();
  // Who asks is not disabled: then the service does not know the filter and answered with everybody.
  return found.some(({ username }) => username === session.username) ? [] : found;
}

const disabled: Collection<Person> = {
  name: 'disabled people',
  idOf,
  async list(session) {
    const query = { status: 'disabled' };
    try {
      const { body } = await session.client.send(listUsers, { query, onWait: session.onWait });
      return body.user_details.map((person) => fromWire(person, session));
    } catch (error) {
      // People were listed before: a refusal now is about the filter, which is younger than the list.
      if (!(error instanceof Problem) || !HIDES.has(error.code)) throw error;
      return [];
    }
  },
};

/** Looks at the people a second time, the disabled ones too: somebody is missed. */
export async function lookForPeopleAgain(session: Session): Promise<void> {
  await Promise.all([session.snapshot(everybody).again(), session.snapshot(disabled).again()]);
}

/** Who these credentials are, or `undefined` where that cannot be seen. Costs a request unless people were seen. */
async function caller(session: Session): Promise<Person | undefined> {
  return (await visiblePeople(session)).find(({ username }) => username === session.username);
}

/** The teams that these credentials are limited to; `undefined` when they are not, or when that cannot be seen. */
export async function limitedToTeams(session: Session): Promise<readonly string[] | undefined> {
  const self = await caller(session);
  return self !== undefined && self.role === 'admin' && self.teams.length > 0 ? self.teams : undefined;
}

function fromWire(person: WirePerson, session: Session): Person {
  const named = (names: readonly string[] | null | undefined) =>
    (names ?? []).map((name) => composedName(session, name));
  return {
    id: person.id ?? undefined,
    username: person.username || undefined,
    fullName: person.full_name ?? '',
    email: composed(person.email ?? ''),
    role: person.role ?? '',
    teams: named(person.teams),
    additionalTeams: named(person['additional-teams']),
    products: Object.entries(person.product_access ?? {})
      .flatMap(([product, granted]) => (granted === true ? [product] : []))
      .sort(),
    organization: person.organization_name ?? undefined,
  };
}
