// What an account is called in a plan, and what is lost with it.

import type { Warning } from '../../lifecycle/operation.ts';
import { DEPOSED, MOVED, UNTAINT } from '../advice.ts';
import type { ServiceAccountState } from './schema.ts';

export function titleOf({ identifier }: Pick<ServiceAccountState, 'identifier'>): string {
  return `Service account "${identifier}"`;
}

export function consumersOf({ consumers }: ServiceAccountState): string {
  return consumers?.length ? `Declared consumers: ${consumers.join(', ')}.` : 'No consumers are declared.';
}

export function lossOf(prior: ServiceAccountState): string {
  const loss = 'its user name and key die with it and cannot be brought back; a new account gets others.';
  return prior.consumers?.length ? `${loss} ${consumersOf(prior)}` : loss;
}

const STOPS_WORKING = 'Everything that uses its user name and key stops working until it has the new ones.';
const IN_ORDER =
  'With create_before_destroy it fails, because the old account still has the identifier: take that out of the lifecycle first.';
/** OpenTofu 1.12 can be told to keep what it replaces, and tells the provider nothing of it. */
const UNLESS_KEPT =
  '(With destroy = false, OpenTofu 1.12, the old account lives on unmanaged and keeps its identifier.)';

/** A replacement that the configuration demands. `fate` is what becomes of the old account. */
export function replacedByChange(prior: ServiceAccountState, fate: string, sameIdentifier: boolean): Warning {
  const caveat = sameIdentifier ? ` ${IN_ORDER} ${UNLESS_KEPT}` : '';
  return {
    diagnostic: 'account_replaced',
    summary: `${titleOf(prior)} gets a new user name and a new key`,
    detail: `BrowserStack documents no way to change identifier or team, so ${fate} and another one made. ${STOPS_WORKING} ${consumersOf(prior)}${caveat}`,
  };
}

/** The state holds the account, and Terraform plans a new one as if it were not there. */
export function replacedSilently(prior: ServiceAccountState): Warning {
  return {
    diagnostic: 'account_replaced',
    summary: `${titleOf(prior)} gets a new user name and a new key`,
    detail: `The state holds it, and Terraform plans a new one in its place: the account ${prior.username} is deleted and another one made. ${STOPS_WORKING} ${consumersOf(prior)} ${DEPOSED} If it is tainted, it is kept by ${UNTAINT}. If its block was renamed or moved, nothing is lost with:
${MOVED}`,
  };
}

/** Told once more when it is done: engines show no warning of a plan that is asked for by -replace or a trigger. */
export function hasReplaced(state: ServiceAccountState, former: string): Warning {
  return {
    diagnostic: 'account_replaced',
    summary: `${titleOf(state)} has a new user name and a new key`,
    detail: `It is ${state.username} now; ${former} and its key are gone. ${consumersOf(state)}`,
  };
}

/** One address deletes it, another one makes it anew. */
export function madeAgain(prior: ServiceAccountState): Warning {
  return {
    diagnostic: 'address_changed',
    summary: `${titleOf(prior)} is deleted at one address and made again at another`,
    detail: `If its block was renamed or moved, nothing is lost with:
${MOVED}
Otherwise ${prior.username} and its key die with it, and the new account gets others. ${STOPS_WORKING} ${consumersOf(prior)} The two are not ordered: if the creation comes first it is refused, and the next apply makes it. ${DEPOSED}`,
  };
}
