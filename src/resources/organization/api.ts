import { Problem } from '../../errors.ts';
import { sameText } from '../../schema/equal.ts';
import type { Session } from '../session.ts';
import { visiblePeople } from './people.ts';

/** The organization's name, for one request per run; `undefined` where nobody is seen who carries it. */
export async function organizationName(session: Session): Promise<string | undefined> {
  return (await visiblePeople(session)).find(({ organization }) => organization)?.organization;
}

/** Names of the organization that lists of a run gave away. */
const seenNames = new WeakMap<Session, Set<string>>();

/** The organization's name, if a list of this run gave it away. */
export function knownOrganizationName(session: Session): string | undefined {
  const [only, ...others] = seenNames.get(session) ?? [];
  return others.length === 0 ? only : undefined;
}

/** The organization's name; costs a request only where no list gave it away. `undefined` where it cannot be seen. */
export async function seenOrganizationName(session: Session): Promise<string | undefined> {
  return knownOrganizationName(session) ?? organizationName(session);
}

/**
 * Refuses to go on in another organization than the user named. `seen` are names that an answer gave away; only when
 * it gave none away is a request spent on the question.
 */
export async function guardOrganization(session: Session, seen: readonly string[]): Promise<void> {
  seenNames.set(session, new Set([...(seenNames.get(session) ?? []), ...seen]));
  const { organization } = session.settings;
  if (organization === undefined || seen.some((name) => sameText(name, organization))) return;
  const actual = seen.length === 1 ? seen[0] : await organizationName(session);
  if (actual !== undefined && sameText(actual, organization)) return;
  throw new Problem({
    code: 'refused',
    diagnostic: 'wrong_organization',
    summary: 'Wrong organization',
    detail: `The provider is configured for "${organization}", but these credentials belong to ${actual === undefined ? 'an organization whose name cannot be seen' : `"${actual}"`}. Nothing was changed. Use credentials of "${organization}", or correct \`organization\` in the provider block.`,
    path: ['organization'],
  });
}
