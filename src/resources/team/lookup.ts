import { Problem } from '../../errors.ts';
import type { Warning } from '../../lifecycle/operation.ts';
import { composed, sameText } from '../../schema/equal.ts';
import { limitedToTeams } from '../organization/index.ts';
import { findAgain, inList } from '../presence.ts';
import type { Session } from '../session.ts';
import { type Team, teams } from './api.ts';

/**
 * A team that was there; `undefined` when two lists lack it.
 * @throws Problem `forbidden` when these credentials could not see it if it were there: that says nothing about it.
 */
export async function findTeamAgain(session: Session, name: string): Promise<Team | undefined> {
  const search = inList(session, teams, composed(name));
  if ((await search.find()) === undefined) await refuseInvisible(session, name);
  return findAgain(session, search);
}

/** @throws Problem `not_found` with the names there are, or `conflict` when several teams have this name. */
export async function findTeam(session: Session, name: string): Promise<Team> {
  const [found, ...others] = (await session.snapshot(teams).get()).filter((team) =>
    sameText(team.name, name),
  );
  if (others.length > 0) throw ambiguousTeam(name, 1 + others.length);
  if (found !== undefined) return found;
  await refuseInvisible(session, name);
  const names = (await session.snapshot(teams).get()).map((team) => `"${team.name}"`);
  throw new Problem({
    code: 'not_found',
    summary: `No team "${name}"`,
    detail: names.length === 0 ? 'The organization has no teams.' : `Teams: ${names.join(', ')}.`,
  });
}

/** @throws Problem `forbidden` when these credentials could not see the team if it were there. */
export async function refuseInvisible(session: Session, name: string): Promise<void> {
  const own = await limitedToTeams(session);
  if (own === undefined || own.some((team) => sameText(team, name))) return;
  throw new Problem({
    code: 'forbidden',
    diagnostic: 'not_visible',
    summary: `Team "${name}" cannot be seen with these credentials`,
    detail: `${session.username} is a Team Admin of ${own.map((team) => `"${team}"`).join(', ')} only. Whether the team exists is not known, so nothing is planned for it. Use the credentials of an Owner or an Admin of the organization.`,
  });
}

function ambiguousTeam(name: string, count: number): Problem {
  return new Problem({
    code: 'conflict',
    summary: `There are ${count} teams "${name}"`,
    detail:
      'A team has nothing but its name, so which one is meant cannot be told: rename or delete the others where BrowserStack shows them.',
  });
}

/** What a refresh or a plan says of a team that is not there any more. */
export function goneTeam(name: string): Warning {
  return {
    diagnostic: 'gone',
    summary: `Team "${name}" is gone`,
    detail:
      'It was deleted outside of this configuration; its people and service accounts belong to the organization now. If it is created again it is empty.',
  };
}
