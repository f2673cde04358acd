// What is lost with a team, counted from what the run has listed.

import { engineCommand } from '../../engine-command.ts';
import { Problem } from '../../errors.ts';
import type { Warning } from '../../lifecycle/operation.ts';
import { DEPOSED, MOVED, UNTAINT } from '../advice.ts';
import { serviceAccounts } from '../service-account/index.ts';
import type { Session } from '../session.ts';
import { teams } from './api.ts';
import type { TeamState } from './schema.ts';

export function titleOf({ name }: Pick<TeamState, 'name'>): string {
  return `Team "${name}"`;
}

/** As clauses: who loses the team, and what goes with it. */
export async function lossOf(prior: TeamState, session: Session | undefined): Promise<string> {
  return `${whoIn(prior, await accountsIn(prior.name, session))}; ${parallelsOf(prior)} and its data rules go with it.`;
}

function whoIn({ user_count: count }: TeamState, accounts: string | undefined): string {
  if (count === 0 && accounts === NONE) return 'nobody is in it';
  const people = `${count} ${count === 1 ? 'person' : 'people'}`;
  return `${people} and ${accounts ?? 'its service accounts'} lose the team and belong to the organization then`;
}

/** Who is in it counts as it is now, not as it was when the state was written. */
export async function asListed(prior: TeamState, session: Session | undefined): Promise<TeamState> {
  const listed = (await session?.snapshot(teams).get())?.find(({ name }) => name === prior.name);
  return listed === undefined ? prior : { ...prior, user_count: listed.userCount };
}

async function accountsIn(name: string, session: Session | undefined): Promise<string | undefined> {
  if (session === undefined) return undefined;
  try {
    const inside = (await session.snapshot(serviceAccounts).get()).filter(({ team }) => team === name);
    const names = inside.map(({ identifier }) => `"${identifier}"`).sort();
    const shown = names.slice(0, SHOWN).join(', ');
    const more = names.length > SHOWN ? `, … (${names.length} in all)` : '';
    if (names.length === 0) return NONE;
    return names.length === 1 ? `the service account ${shown}` : `the service accounts ${shown}${more}`;
  } catch (error) {
    // These credentials may see teams and no accounts: then nothing is counted.
    if (error instanceof Problem) return undefined;
    throw error;
  }
}

const SHOWN = 5;
const NONE = 'no service account';

function parallelsOf({ parallels }: TeamState): string {
  const own = [
    ['Automate', parallels?.automate],
    ['App Automate', parallels?.app_automate],
  ] as const;
  const named = own.flatMap(([product, allocation]) =>
    allocation?.source === 'Team' ? [`${allocation.value} ${product}`] : [],
  );
  return named.length === 0 ? 'what is allocated to it' : `its own parallels (${named.join(', ')})`;
}

/** A replacement: of a renamed team, or on request. `loss` is the clause above. */
export function replaced(prior: TeamState, next: string | undefined, loss: string): Warning {
  const name = next === undefined ? 'another name' : `the name "${next}"`;
  return {
    diagnostic: 'team_replaced',
    summary: `${titleOf(prior)} is replaced by an empty one`,
    detail: `BrowserStack has no call that renames a team, so "${prior.name}" is deleted and another one with ${name} made: ${loss} To keep all of it, rename the team in the console, then import it by its new name, after: ${engineCommand('state rm ADDRESS')}`,
  };
}

/** The state holds the team, and Terraform plans a new one as if it were not there. */
export function replacedSilently(prior: TeamState, loss: string): Warning {
  return {
    diagnostic: 'team_replaced',
    summary: `${titleOf(prior)} is replaced by an empty one`,
    detail: `The state holds it, and Terraform plans a new one in its place: ${loss} ${DEPOSED} If it is tainted, it is kept by ${UNTAINT}. If its block was renamed or moved, nothing is lost with:
${MOVED}`,
  };
}

/** Told once more when it is done: engines show no warning of a plan that is asked for by -replace or a trigger. */
export function hasReplaced({ name }: Pick<TeamState, 'name'>): Warning {
  return {
    diagnostic: 'team_replaced',
    summary: `Team "${name}" is a new, empty one`,
    detail:
      'People and service accounts of the team that was deleted belong to the organization now; its parallels and data rules are gone. The next apply would replace accounts whose blocks name the team: move them back in the console first.',
  };
}

/** One address deletes it, another one makes it anew. */
export function madeAgain(prior: TeamState, loss: string): Warning {
  return {
    diagnostic: 'address_changed',
    summary: `${titleOf(prior)} is deleted at one address and made again at another`,
    detail: `If its block was renamed or moved, nothing is lost with:
${MOVED}
Otherwise ${loss} The two are not ordered: if the creation comes first it is refused, and the next apply makes it. ${DEPOSED}`,
  };
}
