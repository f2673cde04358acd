import { ADOPT_CI, ADOPTED, account, key, PAYMENTS_CI, type Scenario } from '../scenario.ts';

const LEAK = `
action "browserstack_rotate_access_key" "leak" {
  config {
    username = "${PAYMENTS_CI.username}"
    reason   = "seen in a public log"
  }
}
`;

const deploy = (release: string) => `
resource "terraform_data" "deploy" {
  input = "${release}"
  lifecycle {
    action_trigger {
      events  = [after_update]
      actions = [action.browserstack_rotate_access_key.leak]
    }
  }
}
`;

/** Only Terraform 1.14 and later make these: TERRAFORM_BINARY_NAME=… npm run generate:plans terraform-1.14/NAME. */
export const actions: readonly Scenario[] = [
  {
    name: 'terraform-1.14/action-invoked',
    says: 'look: the key rotates, by an action that is invoked alone',
    scene: ADOPTED,
    before: ADOPT_CI + account() + key() + LEAK,
    options: '-invoke=action.browserstack_rotate_access_key.leak',
  },
  {
    name: 'terraform-1.14/action-triggered',
    says: 'look: the key rotates, by an action that another resource triggers',
    scene: ADOPTED,
    before: ADOPT_CI + account() + key() + LEAK + deploy('1'),
    after: account() + key() + LEAK + deploy('2'),
  },
];
