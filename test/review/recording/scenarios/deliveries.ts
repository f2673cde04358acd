import { ADOPT_CI, ADOPTED, account, key, type Scenario } from '../scenario.ts';

const base = (n: string) => account() + key(`triggers = { n = "${n}" }`);

const APPS = (input: string) => `
resource "terraform_data" "app" {
  count = 3
  input = "${input}"
}
`;

const HOOK = `
resource "terraform_data" "deliver" {
  triggers_replace = [browserstack_access_key.ci.generation]
  provisioner "local-exec" {
    command     = "true"
    environment = { BROWSERSTACK_USERNAME = browserstack_access_key.ci.username }
  }
}
`;

/** Refers to the key, and nothing of it changes when the key does. */
const IDLE_HOOK = `
resource "terraform_data" "deliver" {
  input = browserstack_access_key.ci.key_fingerprint
  lifecycle {
    ignore_changes = [input]
  }
}
`;

const VAULT = `
ephemeral "browserstack_access_key" "ci" {
  username             = browserstack_access_key.ci.username
  expected_fingerprint = browserstack_access_key.ci.key_fingerprint
}
resource "vault_kv_secret_v2" "ci" {
  mount                = "secret"
  name                 = "browserstack/payments-ci"
  data_json_wo         = jsonencode({ key = ephemeral.browserstack_access_key.ci.access_key })
  data_json_wo_version = browserstack_access_key.ci.generation
}
`;

const MODULE = `
variable "generation" {
  type = number
}
resource "terraform_data" "deliver" {
  input = var.generation
}
`;

const SET = (n: string) => `
resource "browserstack_service_account" "all" {
  for_each   = toset(["one-ci", "two-ci"])
  identifier = each.key
  consumers  = ["GitHub: acme/\${each.key}"]
}
resource "browserstack_access_key" "all" {
  for_each = browserstack_service_account.all
  username = each.value.username
  triggers = { n = each.key == "one-ci" ? "${n}" : "1" }
}
resource "terraform_data" "deliver" {
  for_each         = browserstack_access_key.all
  triggers_replace = [each.value.generation]
}
`;

export const deliveries: readonly Scenario[] = [
  {
    name: 'nothing-changes',
    says: 'quiet',
    scene: ADOPTED,
    before: ADOPT_CI + base('1'),
    after: base('1'),
  },
  {
    name: 'only-others-change',
    says: 'quiet: nothing of BrowserStack changes',
    scene: ADOPTED,
    before: ADOPT_CI + base('1') + APPS('v1'),
    after: base('1') + APPS('v2'),
  },
  {
    name: 'rotation-among-others',
    says: 'look: one rotation, delivered by a new terraform_data.deliver; 3 changes of other providers are counted',
    scene: ADOPTED,
    before: ADOPT_CI + base('1') + APPS('v1'),
    after: `${base('2')}${APPS('v2')}
resource "terraform_data" "deliver" {
  input            = browserstack_access_key.ci.username
  triggers_replace = [browserstack_access_key.ci.generation]
}
`,
  },
  {
    name: 'delivered-by-command',
    says: 'look: the rotation is delivered by a command that the apply job runs',
    scene: ADOPTED,
    before: ADOPT_CI + base('1') + HOOK,
    after: base('2') + HOOK,
  },
  {
    name: 'delivered-to-vault',
    says: 'look: the rotation is delivered to a vault through the ephemeral resource',
    scene: ADOPTED,
    before: ADOPT_CI + base('1') + VAULT,
    after: base('2') + VAULT,
  },
  {
    name: 'delivery-does-not-fire',
    says: 'danger: what refers to the key does not change with it: the new key is delivered to nobody',
    scene: ADOPTED,
    before: ADOPT_CI + base('1') + IDLE_HOOK,
    after: base('2') + IDLE_HOOK,
  },
  {
    name: 'delivered-by-a-module',
    says: 'look: the rotation is delivered inside a module that is given the generation',
    scene: ADOPTED,
    files: { 'deliver/main.tf': MODULE },
    before: `${ADOPT_CI}${base('1')}
module "deliver" {
  source     = "./deliver"
  generation = browserstack_access_key.ci.generation
}
`,
    after: `${base('2')}
module "deliver" {
  source     = "./deliver"
  generation = browserstack_access_key.ci.generation
}
`,
  },
  {
    name: 'delivered-through-a-local',
    says: 'look: what hangs on the key through a local value is delivered perhaps',
    scene: ADOPTED,
    before: `${ADOPT_CI}${base('1')}
locals {
  generation = browserstack_access_key.ci.generation
}
resource "terraform_data" "deliver" {
  input = local.generation
}
`,
    after: `${base('2')}
locals {
  generation = browserstack_access_key.ci.generation
}
resource "terraform_data" "deliver" {
  input = local.generation
}
`,
  },
  {
    name: 'delivered-one-of-a-set',
    says: 'look: one of two keys rotates and is delivered by its own instance',
    before: SET('1'),
    after: SET('2'),
  },
  {
    name: 'replacement-not-noticed',
    says: 'danger: the account is replaced, and the vault keeps the dead key: the generation stays 1',
    scene: ADOPTED,
    before: `${ADOPT_CI}${account('deletion_protection = false')}${key()}${VAULT}`,
    after: `${account('deletion_protection = false', 'ci', 'payments-main')}${key()}${VAULT}`,
  },
];
