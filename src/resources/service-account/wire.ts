// BrowserStack's own spelling, and nowhere else. Facts: the page "Create and Manage Service Accounts" and the account
// API reference; what they leave open is said at each endpoint.

import type { Endpoint } from '../../http/endpoint.ts';

export interface WireServiceAccount {
  readonly identifier: string;
  readonly username: string;
  readonly authkey?: string | null;
  /** The team's name, or the organization's for an account of the organization. */
  readonly teamName: string;
  /** True for an account of the organization, says the field table; one documented sample contradicts it. */
  readonly mainGroup: boolean;
}

const account = {
  type: 'object',
  required: ['identifier', 'username', 'teamName', 'mainGroup'],
  properties: {
    identifier: { type: 'string' },
    username: { type: 'string', minLength: 1 },
    // Documented as always present; a deployment that hides keys must still be able to list accounts.
    authkey: { type: ['string', 'null'], minLength: 1 },
    teamName: { type: 'string' },
    mainGroup: { type: 'boolean' },
  },
};

export const listServiceAccounts: Endpoint<readonly WireServiceAccount[]> = {
  method: 'GET',
  path: '/user/service-accounts',
  repeatable: true,
  budget: 'account-management',
  answer: { type: 'array', items: account },
};

/** Parameters in the query (all samples), the team as `teamName` (newest table). No idempotency key exists. */
export const createServiceAccount: Endpoint<WireServiceAccount> = {
  method: 'POST',
  path: '/user/service-accounts',
  repeatable: false,
  budget: 'account-management',
  answer: account,
};

/** Method and query are inferred: the heading says DELETE without a path, the sample is cut off. */
export const deleteServiceAccount: Endpoint<unknown> = {
  method: 'DELETE',
  path: '/user/service-accounts',
  repeatable: true,
  budget: 'account-management',
};

/**
 * A guess, and the only place to mend when the real call is known: the API overview promises an update, no page shows
 * one, the console edits identifier and team. Used with `account_changes = "in_place"` only. Repeatable, because it
 * says how things are to be, not how they change.
 */
export const updateServiceAccount: Endpoint<WireServiceAccount> = {
  method: 'PUT',
  path: '/user/service-accounts',
  repeatable: true,
  budget: 'account-management',
  answer: account,
};

/** The query of that call. An empty team is the organization, as an empty form field is an absent one [guess]. */
export function updateQuery(
  username: string,
  { identifier, team }: { readonly identifier: string; readonly team: string | undefined },
): Readonly<Record<string, string>> {
  return { username, identifier, teamName: team ?? '' };
}
