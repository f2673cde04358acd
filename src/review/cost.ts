// What an apply of the plan costs under the limits of the API.

import { ACCOUNT_MANAGEMENT } from '../http/limits.ts';
import type { Change } from './change.ts';
import type { PlanDocument } from './plan/plan-document.ts';

export interface Cost {
  /** Creations and deletions of teams, accounts and people. */
  readonly writes: number;
  /** For each kind of object that is looked at. */
  readonly lists: number;
  /** Requests under Automate's limit: two for each rotation, the call itself and the look at the new key. */
  readonly automate: number;
  /** Waiting for the budget of the organization, from a full one. */
  readonly seconds: number;
  /** False when the apply decides how much there is to do. */
  readonly exact: boolean;
}

const LISTS: Readonly<Record<string, string>> = {
  browserstack_team: 'teams',
  browserstack_service_account: 'accounts',
  browserstack_access_key: 'accounts',
  browserstack_credential_pair: 'accounts',
  browserstack_user: 'people',
};

export function costOf(document: PlanDocument, changes: readonly Change[]): Cost {
  const asking = changes.filter(({ kind }) => kind !== 'move' && kind !== 'waiting' && kind !== 'held_back');
  const acting = asking.filter((change) => writesOf(change) > 0 || adopts(change) || rotationsOf(change) > 0);
  const writes = acting.reduce((sum, change) => sum + writesOf(change), 0);
  const looked = new Set(acting.map(({ type }) => LISTS[type] ?? type));
  // People stand in two lists: who there is, and who is disabled.
  const lists = looked.size + (looked.has('people') ? 1 : 0);
  const automate = 2 * acting.reduce((sum, change) => sum + rotationsOf(change), 0);
  if (document.cost !== undefined) return { ...document.cost, automate, exact: true };
  const { burst, perMinute } = budgetOf(document);
  return {
    writes,
    lists,
    automate,
    seconds: Math.ceil((Math.max(0, writes + lists - burst) * 60) / perMinute),
    exact:
      !document.errored &&
      document.complete !== false &&
      !changes.some(({ kind }) => kind === 'may_rotate' || kind === 'may_switch' || kind === 'unknown'),
  };
}

function budgetOf({ configuration: { providers } }: PlanDocument) {
  const [only] = providers;
  const told = providers.length === 1 ? only : undefined;
  return {
    burst: told?.burst ?? ACCOUNT_MANAGEMENT.burst,
    perMinute: told?.perMinute || ACCOUNT_MANAGEMENT.perMinute,
  };
}

function writesOf({ type, kind, remarks }: Change): number {
  if (type === 'browserstack_access_key' || type === 'browserstack_credential_pair') return 0;
  const granted = remarks.reduce(
    (sum, remark) => sum + (remark.code === 'products_granted' ? remark.products.length : 0),
    0,
  );
  const lives = remarks.some(({ code }) => code === 'former_lives_on');
  const inPlace = remarks.some(({ code }) => code === 'renamed_in_place' || code === 'moved_in_place');
  switch (kind) {
    case 'create':
      return 1 + granted;
    case 'delete':
      return 1;
    case 'replace':
      return lives || type === 'browserstack_user' ? 1 : 2;
    case 'update':
      return granted + (inPlace ? 1 : 0);
    default:
      return 0;
  }
}

/** Taking over reads the list. */
function adopts({ kind }: Change): boolean {
  return kind === 'adopt';
}

function rotationsOf({ type, kind }: Change): number {
  const credential = type === 'browserstack_access_key' || type === 'browserstack_credential_pair';
  return credential && ['rotate', 'switch', 'may_rotate', 'may_switch'].includes(kind) ? 1 : 0;
}
