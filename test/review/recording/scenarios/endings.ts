import {
  ADOPT_CI,
  ADOPTED,
  account,
  adopting,
  EMPTY,
  key,
  PAYMENTS_CI,
  type Scenario,
  SEARCH_CI,
  team,
  UNPROTECTED,
} from '../scenario.ts';

const LOOSE = account(UNPROTECTED);

const CASCADE = (name: string) => `
resource "browserstack_team" "payments" {
  name                = "${name}"
  deletion_protection = false
}
resource "browserstack_service_account" "all" {
  for_each            = toset(["payments-ci", "payments-e2e"])
  identifier          = each.key
  team                = browserstack_team.payments.name
  deletion_protection = false
  consumers           = ["GitHub: acme/\${each.key}"]
}
resource "browserstack_access_key" "all" {
  for_each          = browserstack_service_account.all
  username          = each.value.username
  rotate_after_days = 90
  consumers         = ["GitHub: acme/\${each.key}"]
}
`;

const IMPORT_TEAM = `
import {
  to = browserstack_team.payments
  id = "Payments"
}
`;

export const endings: readonly Scenario[] = [
  {
    name: 'identifier-changed',
    says: 'danger: the account is replaced: new user name and new key, 3 consumers; one event; cannot be undone',
    scene: ADOPTED,
    before: ADOPT_CI + LOOSE + key('rotate_after_days = 90'),
    after: account(UNPROTECTED, 'ci', 'payments-pipeline') + key('rotate_after_days = 90'),
  },
  {
    name: 'account-to-another-team',
    says: 'danger: another team is another account: new user name and new key',
    scene: ADOPTED,
    before: ADOPT_CI + LOOSE + key(),
    after: account(UNPROTECTED, 'ci', 'payments-ci', '"Search"') + key(),
  },
  {
    name: 'team-renamed',
    says: 'danger: a renamed team is another team, and 2 accounts follow it; its own 10 parallels are lost',
    scene: {
      teams: [{ name: 'Payments', parallels: { automate: 10 } }],
      service_accounts: [
        PAYMENTS_CI,
        {
          identifier: 'payments-e2e',
          username: 'paymentse2e_Zz9',
          team: 'Payments',
          access_key: 'PaymentsCanaryKey002',
        },
      ],
    },
    before: `${IMPORT_TEAM}
import {
  to = browserstack_service_account.all["payments-ci"]
  id = "paymentsci_q7Zt1m"
}
import {
  to = browserstack_service_account.all["payments-e2e"]
  id = "paymentse2e_Zz9"
}
${CASCADE('Payments')}`,
    after: CASCADE('Payments and Billing'),
  },
  {
    name: 'renamed-in-place',
    says: 'look: the account is renamed by a call that no page describes; user name and key stay',
    scene: ADOPTED,
    before: ADOPT_CI + account() + key(),
    after: `
provider "browserstack" {
  account_changes = "in_place"
}
${account('', 'ci', 'payments-pipeline')}${key()}`,
  },
  {
    name: 'account-deleted',
    says: 'danger: the account is deleted for ever, 3 consumers lose it; the key is merely forgotten',
    scene: ADOPTED,
    before: ADOPT_CI + LOOSE + key(),
    after: '',
  },
  {
    name: 'account-of-a-set-deleted',
    says: 'danger: one of two accounts is deleted because its key left the set',
    scene: EMPTY,
    before: `
resource "browserstack_service_account" "all" {
  for_each            = toset(["one-ci", "two-ci"])
  identifier          = each.key
  deletion_protection = false
}
`,
    after: `
resource "browserstack_service_account" "all" {
  for_each            = toset(["one-ci"])
  identifier          = each.key
  deletion_protection = false
}
`,
  },
  {
    name: 'protected-deletion-refused',
    says: 'refused: the account is protected; it is missing from the plan and known from the diagnostics only',
    scene: ADOPTED,
    before: ADOPT_CI + account() + key(),
    after: '',
  },
  {
    name: 'protected-replacement-refused',
    says: 'refused: the account is protected against the replacement that another identifier is',
    scene: ADOPTED,
    before: ADOPT_CI + account() + key(),
    after: account('', 'ci', 'payments-pipeline') + key(),
  },
  {
    name: 'existing-account-refused',
    says: 'refused: the identifier is taken; it is to be imported',
    scene: ADOPTED,
    after: account() + key(),
  },
  {
    name: 'destroy-everything',
    says: 'danger: everything goes: the team with its own 10 parallels, the account, the key',
    scene: ADOPTED,
    before: `${IMPORT_TEAM}${ADOPT_CI}${team(UNPROTECTED)}${account(UNPROTECTED, 'ci', 'payments-ci', 'browserstack_team.payments.name')}${key()}`,
    options: '-destroy',
  },
  {
    name: 'protection-switched-off',
    says: 'look: the next change can delete or replace the account; nothing breaks now',
    scene: ADOPTED,
    before: ADOPT_CI + account() + key(),
    after: LOOSE + key(),
  },
  {
    name: 'account-forgotten',
    says: 'look: the account lives on and nobody manages it any more',
    scene: ADOPTED,
    before: ADOPT_CI + account() + key(),
    after: `
removed {
  from = browserstack_service_account.ci
  lifecycle {
    destroy = false
  }
}
removed {
  from = browserstack_access_key.ci
  lifecycle {
    destroy = false
  }
}
`,
  },
  {
    name: 'account-abandoned',
    says: 'look: deletion_policy is abandon: the account lives on unmanaged',
    scene: ADOPTED,
    before: `${ADOPT_CI}${account('deletion_policy = "abandon"')}${key()}`,
    after: '',
  },
  {
    name: 'abandon-set',
    says: 'look: from now on destroying only stops managing the account',
    scene: ADOPTED,
    before: ADOPT_CI + account() + key(),
    after: account('deletion_policy = "abandon"') + key(),
  },
  {
    name: 'replaced-and-abandoned',
    says: 'look: another account is made, and the old one lives on: nobody is cut off',
    scene: ADOPTED,
    before: `${ADOPT_CI}${account(`${UNPROTECTED}\n  deletion_policy = "abandon"`)}${key()}`,
    after: `${account(`${UNPROTECTED}\n  deletion_policy = "abandon"`, 'ci', 'payments-pipeline')}${key()}`,
  },
  {
    name: 'key-forgotten',
    says: 'look: the key is no longer managed or rotated; it stays as it is',
    scene: ADOPTED,
    before: ADOPT_CI + account() + key('rotate_after_days = 90'),
    after: account(),
  },
  {
    name: 'rotate-on-destroy',
    says: 'danger: the key is rotated once more as it leaves, and nobody gets the new one',
    scene: ADOPTED,
    before: ADOPT_CI + account() + key('rotate_on_destroy = true'),
    after: account(),
  },
  {
    name: 'account-replaced-by-request',
    says: 'danger: the account is replaced because somebody asked for it; nothing in the code says so',
    scene: ADOPTED,
    before: ADOPT_CI + LOOSE + key(),
    after: LOOSE + key(),
    options: '-replace=browserstack_service_account.ci',
  },
  {
    name: 'account-tainted',
    says: 'danger: the account was tainted, and is replaced; nothing in the code says so',
    scene: ADOPTED,
    before: ADOPT_CI + LOOSE + key(),
    after: LOOSE + key(),
    prepare: 'terraform taint browserstack_service_account.ci',
  },
  {
    name: 'account-deleted-key-rotates-on-destroy',
    says: 'danger: the account is deleted, and with it its key; one event',
    scene: ADOPTED,
    before: ADOPT_CI + LOOSE + key('rotate_on_destroy = true'),
    after: '',
  },
  {
    name: 'person-removed',
    says: 'look: the person is no longer managed and stays in the organization with all access',
    scene: EMPTY,
    before: `
resource "browserstack_user" "joe" {
  email     = "joe@acme.test"
  full_name = "Joe Doe"
}
`,
    after: '',
  },
  {
    name: 'person-loses-a-product-here',
    says: 'look: a product is no longer demanded and stays granted',
    scene: EMPTY,
    before: `
resource "browserstack_user" "joe" {
  email     = "joe@acme.test"
  full_name = "Joe Doe"
  products  = ["automate", "app_automate"]
}
`,
    after: `
resource "browserstack_user" "joe" {
  email     = "joe@acme.test"
  full_name = "Joe Doe"
  products  = ["automate"]
}
`,
  },
  {
    name: 'key-moves-to-another-account',
    says: 'look: the block now means the key of another account; nobody is cut off, and what it delivers changes',
    scene: ADOPTED,
    before: `${adopting(['ci', PAYMENTS_CI.username], ['search', SEARCH_CI.username])}${account()}${account('', 'search', 'search-ci', '"Search"')}${key()}`,
    after: `${account()}${account('', 'search', 'search-ci', '"Search"')}${key('', 'ci', 'browserstack_service_account.search.username')}`,
  },
];
