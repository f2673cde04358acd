// What happened to an account outside of this configuration, each shown as what it is.

import { engineCommand } from '../../engine-command.ts';
import { Problem } from '../../errors.ts';
import type { Warning } from '../../lifecycle/operation.ts';
import { importCommand } from '../advice.ts';
import { limitedToTeams } from '../organization/index.ts';
import { findAgain, inList } from '../presence.ts';
import type { Session } from '../session.ts';
import { type ServiceAccount, serviceAccounts } from './api.ts';
import { identifierKey, sameIdentifier } from './identity.ts';
import { namesAmong } from './names.ts';
import type { ServiceAccountState } from './schema.ts';

type Known = Pick<ServiceAccountState, 'username'> & {
  /** Null right after an import. */
  readonly identifier: string | null;
  readonly team: string | null;
};

/** Renamed or moved: the account is the same, its key too. Nothing right after an import. */
export function changesSince(prior: Known, now: ServiceAccount): readonly Warning[] {
  if (prior.identifier === null) return [];
  const warnings: Warning[] = [];
  if (now.identifier !== prior.identifier)
    warnings.push({
      diagnostic: 'changed_elsewhere',
      summary: `Service account "${prior.identifier}" was renamed to "${now.identifier}"`,
      detail: `${now.username} was renamed outside of this configuration; user name and key are the same. To keep the new name, write identifier = "${now.identifier}".`,
      path: ['identifier'],
    });
  if ((now.team ?? null) !== prior.team)
    warnings.push({
      diagnostic: 'changed_elsewhere',
      summary: `Service account "${now.identifier}" was moved from ${placeOf(prior.team)} to ${placeOf(now.team)}`,
      detail: `${now.username} was moved outside of this configuration (or its team was deleted); user name and key are the same. To leave it there, ${now.team === undefined ? 'remove team' : `write team = "${now.team}"`}.`,
      path: ['team'],
    });
  return warnings;
}

/**
 * An account that was there; `undefined` when two lists lack it.
 * @throws Problem `forbidden` when these credentials could not see it if it were there: that says nothing about it.
 */
export async function findAccountAgain(session: Session, prior: Known): Promise<ServiceAccount | undefined> {
  const search = inList(session, serviceAccounts, prior.username);
  if ((await search.find()) === undefined) await refuseInvisible(prior, session);
  return findAgain(session, search);
}

const indexes = new WeakMap<readonly ServiceAccount[], ReadonlyMap<string, readonly ServiceAccount[]>>();

/** Made once for a list, which each of its accounts is asked about. */
function byIdentifier(accounts: readonly ServiceAccount[]): ReadonlyMap<string, readonly ServiceAccount[]> {
  const known = indexes.get(accounts);
  if (known !== undefined) return known;
  const index = new Map<string, ServiceAccount[]>();
  for (const account of accounts) {
    const key = identifierKey(account.identifier);
    const alike = index.get(key);
    if (alike === undefined) index.set(key, [account]);
    else alike.push(account);
  }
  indexes.set(accounts, index);
  return index;
}

/** Another account of the same identifier in the same place: most likely one that was made twice. */
export async function twinsOf(account: ServiceAccount, session: Session): Promise<readonly Warning[]> {
  const accounts = await session.snapshot(serviceAccounts).get();
  const alike = byIdentifier(accounts).get(identifierKey(account.identifier)) ?? [];
  const twins = alike.filter(({ team, username }) => team === account.team && username !== account.username);
  if (twins.length === 0) return [];
  return [
    {
      diagnostic: 'duplicate',
      summary: `Service account "${account.identifier}" is there more than once`,
      detail: `This is ${account.username}; ${namesOf(twins)} ${twins.length === 1 ? 'has' : 'have'} the same identifier. Most likely it was made twice by a run that did not hear of the first one. Find out in the console who uses which, and delete the other.`,
      path: ['identifier'],
    },
  ];
}

/** Not in the list any more: deleted, or made anew elsewhere. */
export async function absenceOf(prior: Known, session: Session): Promise<Warning> {
  const accounts = await session.snapshot(serviceAccounts).get();
  const name = prior.identifier ?? prior.username;
  const again = accounts.filter(({ identifier }) => sameIdentifier(identifier, name));
  const [one] = again;
  if (one !== undefined)
    return {
      diagnostic: 'made_again',
      summary: `Service account "${name}" was deleted and made again outside of this configuration`,
      detail: `${prior.username} is gone, and the identifier belongs to ${namesOf(again)} now: another account, with another user name and key. To manage it, import it: ${importCommand(namesAmong(accounts)(one.username))}. Nothing is created in its place.`,
    };
  return {
    diagnostic: 'gone',
    summary: `Service account "${name}" is gone`,
    detail: `${prior.username} was deleted outside of this configuration. If it is created again it gets another user name and another key. (A Team Admin would not see it any more after it was moved to another team.)`,
  };
}

/** A Team Admin sees the own team only: what is not seen of other teams is not gone. */
export async function refuseInvisible(prior: Known, session: Session): Promise<void> {
  const teams = await limitedToTeams(session);
  if (teams === undefined || (prior.team !== null && teams.includes(prior.team))) return;
  throw new Problem({
    code: 'forbidden',
    diagnostic: 'not_visible',
    summary: `Service account "${prior.identifier ?? prior.username}" cannot be seen with these credentials`,
    detail: `${prior.username} belongs to ${placeOf(prior.team)}, and ${session.username} is a Team Admin of ${teams.map((team) => `"${team}"`).join(', ')} only. Whether the account still exists is not known, so nothing is planned for it. Use the credentials of an Owner or an Admin of the organization, or keep accounts of other teams in another configuration. To stop managing one here: ${engineCommand('state rm ADDRESS')}`,
  });
}

export function placeOf(team: string | null | undefined): string {
  return team === null || team === undefined ? 'the organization' : `team "${team}"`;
}

/** Accounts by user name and place, for messages. */
export function namesOf(accounts: readonly ServiceAccount[]): string {
  return accounts.map(({ username, team }) => `${username} (${placeOf(team)})`).join(', ');
}
