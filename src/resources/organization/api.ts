import { Problem } from '../../errors.ts';
import type { Session } from '../session.ts';
import { visiblePeople } from './people.ts';

/** The organization's name, for one request per run; `undefined` where nobody is seen who carries it. */
export async function organizationName(session: Session): Promise<string | undefined> {
  return (await visiblePeople(session)).find(({ organization }) => organization)?.organization;
}

/**
 * Refuses to go on in another organization than the user named. `seen` are names that an answer gave away; only when
 * it gave none away is a request spent on the question.
 */
export async function guardOrganization(session: Session, seen: readonly string[]): Promise<void> {
  const { organization } = session.settings;
  if (organization === undefined || seen.includes(organization)) return;
  const actual = seen.length === 1 ? seen[0] : await organizationName(session);
  if (actual === organization) return;
  throw new Problem({
    code: 'refused',
    summary: 'Wrong organization',
    detail: `The provider is configured for "${organization}", but these credentials belong to ${actual === undefined ? 'an organization whose name cannot be seen' : `"${actual}"`}. Nothing was changed. Use credentials of "${organization}", or correct \`organization\` in the provider block.`,
    path: ['organization'],
  });
}
