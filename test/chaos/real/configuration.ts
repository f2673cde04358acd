// The organization as code that a schedule with Terraform changes: a team, its accounts, a key, and a store that takes
// the key as guides show it.

import { REQUIRED } from './programs.ts';

/** What the configuration is to say. */
export interface Wish {
  team: number;
  identifier: number;
  /** A second account. */
  more: boolean;
  incident: number;
  /** Rotates by age, too. */
  scheduled: boolean;
}

export const identifierOf = ({ identifier }: Wish) => `ci-${identifier}`;
export const teamOf = ({ team }: Wish) => `Team ${team}`;

export function configurationOf(wish: Wish): string {
  const account = (label: string, identifier: string) => `
resource "browserstack_service_account" "${label}" {
  identifier          = "${identifier}"
  team                = browserstack_team.team.name
  deletion_protection = false
}`;
  return `${REQUIRED}
resource "browserstack_team" "team" {
  name                = "${teamOf(wish)}"
  deletion_protection = false
}
${account('ci', identifierOf(wish))}
${wish.more ? account('more', 'more-ci') : ''}
resource "browserstack_access_key" "ci" {
  username = browserstack_service_account.ci.username
  triggers = { incident = "${wish.incident}" }
  ${wish.scheduled ? 'rotate_after_days = 30' : ''}
}
ephemeral "browserstack_access_key" "ci" {
  username             = browserstack_access_key.ci.username
  expected_fingerprint = browserstack_access_key.ci.key_fingerprint
}
resource "vault_kv_secret_v2" "ci" {
  mount                = "secret"
  name                 = "ci"
  data_json_wo         = jsonencode({
    username   = browserstack_access_key.ci.username
    access_key = ephemeral.browserstack_access_key.ci.access_key
  })
  data_json_wo_version = browserstack_access_key.ci.key_version
}
`;
}
