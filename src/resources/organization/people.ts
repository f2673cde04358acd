import { Problem } from '../../errors.ts';
import type { Collection, Session } from '../session.ts';
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
  /** Products the person may use, sorted. */
  readonly products: readonly string[];
  readonly organization: string | undefined;
}

/** What one look at the people gave: a refusal is an answer too, and is remembered like one. */
interface Look {
  readonly people: readonly Person[];
  readonly hidden: Problem | undefined;
}

const looks: Collection<Look> = {
  name: 'people',
  async list(session) {
    try {
      const { body } = await session.client.send(listUsers, { onWait: session.onWait });
      return [{ people: body.user_details.map(fromWire), hidden: undefined }];
    } catch (error) {
      if (!(error instanceof Problem) || !HIDES.has(error.code)) throw error;
      return [{ people: [], hidden: error }];
    }
  },
};

/** The user call must be enabled by Support, and answers these where it is not. */
const HIDES: ReadonlySet<string> = new Set(['forbidden', 'not_found', 'invalid_input']);

/** All people that can be seen: none where the call is refused. One request per run. */
export async function visiblePeople(session: Session): Promise<readonly Person[]> {
  return (await session.snapshot(looks).get()).flatMap(({ people }) => people);
}

/** @throws Problem `forbidden` where the call is refused. */
export async function people(session: Session): Promise<readonly Person[]> {
  for (const { hidden } of await session.snapshot(looks).get())
    if (hidden !== undefined) explainUnavailable(hidden, 'users', { needsSupport: true });
  return visiblePeople(session);
}

/** As `people`, looking again whatever was seen before. */
export async function peopleAgain(session: Session): Promise<readonly Person[]> {
  await session.snapshot(looks).fresh();
  return people(session);
}

/** Somebody was invited or changed: what was seen is out of date. */
export function forgetPeople(session: Session): void {
  session.snapshot(looks).invalidate();
}

/** Who these credentials are, or `undefined` where that cannot be seen. Costs a request unless people were seen. */
export async function caller(session: Session): Promise<Person | undefined> {
  return (await visiblePeople(session)).find(({ username }) => username === session.username);
}

/** The teams that these credentials are limited to; `undefined` when they are not, or when that cannot be seen. */
export async function limitedToTeams(session: Session): Promise<readonly string[] | undefined> {
  const self = await caller(session);
  return self !== undefined && self.role === 'admin' && self.teams.length > 0 ? self.teams : undefined;
}

function fromWire(person: WirePerson): Person {
  return {
    id: person.id ?? undefined,
    username: person.username || undefined,
    fullName: person.full_name ?? '',
    email: person.email ?? '',
    role: person.role ?? '',
    teams: person.teams ?? [],
    products: Object.entries(person.product_access ?? {})
      .flatMap(([product, granted]) => (granted === true ? [product] : []))
      .sort(),
    organization: person.organization_name ?? undefined,
  };
}
