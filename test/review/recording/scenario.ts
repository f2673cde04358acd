// A plan worth reviewing: how it comes about, and what a right review says of it.

import type { SceneOptions } from '../../docs/scene.ts';

export interface Scenario {
  /** Name of its files in `test/review/plans`. */
  readonly name: string;
  /** What a right review must say: the first word is the verdict. */
  readonly says: string;
  /** The organization before anything is applied. */
  readonly scene?: SceneOptions;
  /** Applied first, where something was there before. */
  readonly before?: string;
  /** Applied after that, where one apply is not enough. */
  readonly next?: string;
  /** Days that pass between the applies and the plan. */
  readonly days?: number;
  /** What somebody does elsewhere in the meantime, e.g. `DELETE /user/...`, as the Owner. */
  readonly elsewhere?: readonly (readonly [method: string, path: string])[];
  /** The key of this account is rotated elsewhere in the meantime. */
  readonly rotatedElsewhere?: string;
  /** What the plan is made of; `before` again unless given. */
  readonly after?: string;
  /** Further files of the configuration, by name. */
  readonly files?: Readonly<Record<string, string>>;
  /** Options of `terraform plan`. */
  readonly options?: string;
  /** Run before the plan, such as `terraform taint …`. */
  readonly prepare?: string;
}

export const OWNER_KEY = 'OwnerCanaryKey000001';

/** Accounts whose keys are canaries: none may ever be seen in a review. */
export const PAYMENTS_CI = {
  identifier: 'payments-ci',
  username: 'paymentsci_q7Zt1m',
  team: 'Payments',
  access_key: 'PaymentsCanaryKey001',
} as const;
export const SEARCH_CI = {
  identifier: 'search-ci',
  username: 'searchci_Yw3KpQ',
  team: 'Search',
  access_key: 'SearchCanaryKey00001',
} as const;
export const NIGHTLY = {
  identifier: 'nightly',
  username: 'nightly_Zz9aB1',
  access_key: 'NightlyCanaryKey0001',
} as const;

export const TWO_TEAMS = [{ name: 'Payments', parallels: { automate: 10 } }, { name: 'Search' }];

/** Payments' own account is there, adopted by its user name. */
export const ADOPTED: SceneOptions = {
  teams: TWO_TEAMS,
  service_accounts: [PAYMENTS_CI, SEARCH_CI, NIGHTLY],
};

export const EMPTY: SceneOptions = { teams: TWO_TEAMS };

const CONSUMERS =
  '["GitHub: acme/payments", "Jenkins: nightly-regression", "owner: payments-oncall@example.com"]';

/** The account of Payments' pipeline, made by Terraform. */
export function account(lines = '', name = 'ci', identifier = 'payments-ci', team = '"Payments"'): string {
  return `
resource "browserstack_service_account" "${name}" {
  identifier = "${identifier}"
  team       = ${team}
  consumers  = ${CONSUMERS}
  ${lines}
}
`;
}

/** Its key. */
export function key(lines = '', name = 'ci', username = 'browserstack_service_account.ci.username'): string {
  return `
resource "browserstack_access_key" "${name}" {
  username  = ${username}
  consumers = ${CONSUMERS}
  ${lines}
}
`;
}

export function team(lines = '', name = 'payments', title = 'Payments'): string {
  return `
resource "browserstack_team" "${name}" {
  name = "${title}"
  ${lines}
}
`;
}

export const UNPROTECTED = 'deletion_protection = false';

/** Takes the seeded accounts over in the first apply, canary keys and all. */
export function adopting(...names: readonly (readonly [name: string, username: string])[]): string {
  return names
    .map(([name, id]) => `\nimport {\n  to = browserstack_service_account.${name}\n  id = "${id}"\n}\n`)
    .join('');
}

export const ADOPT_CI = adopting(['ci', PAYMENTS_CI.username]);
