// What people do to the code rather than to the organization: rename, move, replace, let go.

import { ADOPT_CI, ADOPTED, account, EMPTY, key, type Scenario, team, UNPROTECTED } from '../scenario.ts';

const SET = (keys: string) => `
resource "browserstack_service_account" "all" {
  for_each            = ${keys}
  identifier          = each.value
  team                = "Payments"
  deletion_protection = false
  consumers           = ["GitHub: acme/\${each.value}"]
}
resource "browserstack_access_key" "all" {
  for_each          = browserstack_service_account.all
  username          = each.value.username
  rotate_after_days = 90
}
`;

const PAIR = (a = 'blue', b = 'green') => `
resource "browserstack_service_account" "blue" {
  identifier = "payments-blue"
  team       = "Payments"
}
resource "browserstack_service_account" "green" {
  identifier = "payments-green"
  team       = "Payments"
}
resource "browserstack_credential_pair" "ci" {
  username_a        = browserstack_service_account.${a}.username
  username_b        = browserstack_service_account.${b}.username
  rotate_after_days = 90
  consumers         = ["GitHub: acme/payments"]
}
`;

const HUSHED = (name: string, lines = '') =>
  `locals {\n  name = sensitive("${name}")\n}\n${account(UNPROTECTED, 'ci', '?').replace('"?"', 'local.name')}${key(
    `rotate_after_days = 90\n  ${lines}`,
  ).replace('consumers = [', 'consumers = [local.name, ')}`;

const REMOVED = (...addresses: readonly string[]) =>
  addresses
    .map((from) => `removed {\n  from = ${from}\n  lifecycle {\n    destroy = false\n  }\n}\n`)
    .join('');

export const refactorings: readonly Scenario[] = [
  {
    name: 'block-renamed',
    says: 'danger: the account is deleted and made anew under another name of its block; a moved block is all that is missing',
    scene: ADOPTED,
    before: ADOPT_CI + account(UNPROTECTED) + key('rotate_after_days = 90'),
    after:
      account(UNPROTECTED, 'pipeline') +
      key('rotate_after_days = 90', 'pipeline').replace('account.ci', 'account.pipeline'),
  },
  {
    name: 'map-key-renamed',
    says: 'danger: the key of a map is renamed, so the account is deleted and made anew; a moved block is missing',
    scene: EMPTY,
    before: SET('{ a = "payments-ci" }'),
    after: SET('{ b = "payments-ci" }'),
  },
  {
    name: 'key-block-renamed',
    says: 'refused: the key is managed at another address in the same plan; a moved block is missing',
    scene: EMPTY,
    before: account() + key('rotate_after_days = 90'),
    after: account() + key('rotate_after_days = 90', 'other'),
  },
  {
    name: 'team-replaced-by-request',
    says: 'danger: replacing the team was asked for, and nothing in the code says so',
    scene: {},
    before: team(UNPROTECTED),
    options: '-replace=browserstack_team.payments',
  },
  {
    name: 'pair-replaced-by-request',
    says: 'look: no key rotates; the bookkeeping of the pair begins anew',
    scene: EMPTY,
    before: PAIR(),
    options: '-replace=browserstack_credential_pair.ci',
  },
  {
    name: 'pair-changes-sides',
    says: 'look: the pair stands for its other account from now on; both keys stay',
    scene: EMPTY,
    before: PAIR(),
    after: PAIR('green', 'blue'),
  },
  {
    name: 'several-forgotten',
    says: 'look: a team, an account and its key are no longer managed and stay',
    scene: {},
    before: team() + account('', 'ci', 'payments-ci', 'browserstack_team.payments.name') + key(),
    after: REMOVED(
      'browserstack_access_key.ci',
      'browserstack_service_account.ci',
      'browserstack_team.payments',
    ),
  },
  {
    name: 'sensitive-name',
    says: 'danger: the account is replaced; its name is marked as sensitive, and stands nowhere',
    scene: EMPTY,
    before: HUSHED('hush-hush-name'),
    after: HUSHED('whisper-whisper'),
  },
  {
    name: 'sensitive-name-refused',
    says: 'refused: the account is protected; its name is marked as sensitive, and stands nowhere',
    scene: EMPTY,
    before: HUSHED('hush-hush-name').replace(UNPROTECTED, ''),
    after: HUSHED('whisper-whisper').replace(UNPROTECTED, ''),
  },
];
