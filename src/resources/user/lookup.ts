import { Problem } from '../../errors.ts';
import { limitedToTeams, sameEmail } from '../organization/index.ts';
import type { Session } from '../session.ts';
import { type User, users } from './api.ts';

/**
 * The person with this e-mail address or user name.
 * @throws Problem `not_found`, or `conflict` naming all people who are called so.
 */
export async function findUser(session: Session, id: string): Promise<User> {
  return findOne(session, id, ({ email, username }) => sameEmail(email, id) || username === id);
}

/** @throws Problem `not_found` */
export async function findUserByEmail(session: Session, address: string): Promise<User> {
  return findOne(session, address, ({ email }) => sameEmail(email, address));
}

/** @throws Problem `not_found` */
export async function findUserByUsername(session: Session, name: string): Promise<User> {
  return findOne(session, name, ({ username }) => username === name);
}

async function findOne(session: Session, id: string, isMeant: (user: User) => boolean): Promise<User> {
  const all = await users(session);
  const [found, ...others] = all.filter(isMeant);
  if (found !== undefined && others.length > 0)
    throw new Problem({
      code: 'conflict',
      summary: `"${id}" means more than one person`,
      detail: `${[found, ...others].map(({ email, username }) => `${email} (user name ${username ?? 'not chosen yet'})`).join(' and ')} are called so. Nothing is guessed: give what only one of them has.`,
    });
  if (found !== undefined) return found;
  throw new Problem({
    code: 'not_found',
    summary: `No person "${id}"`,
    detail: `None of the ${all.length} people that these credentials can see has this e-mail address or user name. A Team Admin sees the people of the own team only.`,
  });
}

/** @throws Problem `forbidden` when these credentials could not see the person if they were there. */
export async function refuseInvisible(
  { email, team }: { readonly email: string; readonly team: string | null },
  session: Session,
): Promise<void> {
  const own = await limitedToTeams(session);
  if (own === undefined || (team !== null && own.includes(team))) return;
  throw new Problem({
    code: 'forbidden',
    summary: `${email} cannot be seen with these credentials`,
    detail: `${session.username} is a Team Admin of ${own.map((name) => `"${name}"`).join(', ')} only. Whether the person is still there is not known, so nothing is planned for them. Use the credentials of an Owner or an Admin of the organization.`,
  });
}
