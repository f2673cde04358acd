import { ADOPT_CI, ADOPTED, account, key, OWNER_KEY, PAYMENTS_CI, type Scenario } from '../scenario.ts';

const OUTPUT = `
output "key" {
  value     = browserstack_access_key.ci.access_key
  sensitive = true
}
`;
const EXPORTED = `${account()}${key('export_access_key = true\n  triggers = { n = "1" }')}${OUTPUT}`;

export const secrets: readonly Scenario[] = [
  {
    name: 'export-switched-on',
    says: 'danger: the key goes into the state and into the output key',
    scene: ADOPTED,
    before: ADOPT_CI + account() + key(),
    after: `${account()}${key('export_access_key = true')}${OUTPUT}`,
  },
  {
    name: 'export-switched-off',
    says: 'look: the key leaves the state; older versions of the state keep it until it is rotated',
    scene: ADOPTED,
    before: ADOPT_CI + EXPORTED,
    after: account() + key('triggers = { n = "1" }'),
  },
  {
    name: 'exported-key-rotates',
    says: 'look: an exported key rotates, and the new one goes into the state as well',
    scene: ADOPTED,
    before: ADOPT_CI + EXPORTED,
    after: EXPORTED.replace('n = "1"', 'n = "2"'),
  },
  {
    name: 'exported-and-unchanged',
    says: 'quiet, with a finding: a key stands in the state already',
    scene: ADOPTED,
    before: ADOPT_CI + EXPORTED,
  },
  {
    name: 'key-in-code',
    says: 'danger: the key of the administrator stands in the code, as a literal and as a default',
    scene: ADOPTED,
    after: `
variable "admin_key" {
  type      = string
  default   = "${OWNER_KEY}"
  sensitive = true
}
provider "browserstack" {
  username   = "owner_1"
  access_key = "${OWNER_KEY}"
}
provider "browserstack" {
  alias      = "again"
  username   = "owner_1"
  access_key = var.admin_key
}
resource "browserstack_service_account" "new" {
  identifier = "search-e2e"
}
resource "browserstack_service_account" "other" {
  provider   = browserstack.again
  identifier = "other-e2e"
}
`,
  },
  {
    name: 'key-given-by-hand',
    says: 'danger: a key stands in the code and in the state as current_access_key',
    scene: { ...ADOPTED, behaviours: { 'listed-key': 'hidden' } },
    after: `
resource "browserstack_access_key" "ci" {
  username           = "${PAYMENTS_CI.username}"
  current_access_key = "${PAYMENTS_CI.access_key}"
  consumers          = ["GitHub: acme/payments"]
}
`,
  },
  {
    name: 'key-as-a-name',
    says: 'danger: an access key stands where a name belongs, and is not repeated',
    scene: ADOPTED,
    after: `
resource "browserstack_service_account" "odd" {
  identifier = "${PAYMENTS_CI.access_key}"
  consumers  = ["key ${OWNER_KEY} of the owner"]
}
`,
  },
];
