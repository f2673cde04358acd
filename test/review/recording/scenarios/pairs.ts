import type { SceneOptions } from '../../../docs/scene.ts';
import { type Scenario, TWO_TEAMS } from '../scenario.ts';

const BLUE = {
  identifier: 'payments-blue',
  username: 'paymentsblue_q7Zt1m',
  team: 'Payments',
  access_key: 'BlueCanaryKey0000001',
};
const GREEN = {
  identifier: 'payments-green',
  username: 'paymentsgreen_Yw3KpQ',
  team: 'Payments',
  access_key: 'GreenCanaryKey000001',
};
const SCENE: SceneOptions = { teams: TWO_TEAMS, service_accounts: [BLUE, GREEN] };

const PAIR = (lines: string) => `
resource "browserstack_credential_pair" "payments" {
  username_a = "${BLUE.username}"
  username_b = "${GREEN.username}"
  consumers  = ["GitHub: acme/payments"]
  ${lines}
}
`;

const MADE = (identifiers: readonly [string, string]) => `
resource "browserstack_service_account" "blue" {
  identifier          = "${identifiers[0]}"
  deletion_protection = false
}
resource "browserstack_service_account" "green" {
  identifier          = "${identifiers[1]}"
  deletion_protection = false
}
resource "browserstack_credential_pair" "payments" {
  username_a        = browserstack_service_account.blue.username
  username_b        = browserstack_service_account.green.username
  rotate_after_days = 30
  consumers         = ["GitHub: acme/payments"]
}
`;

export const pairs: readonly Scenario[] = [
  {
    name: 'pair-created',
    says: 'ok: two accounts behind one credential; both keys are adopted',
    scene: SCENE,
    after: PAIR('rotate_after_days = 30'),
  },
  {
    name: 'pair-switches',
    says: 'look: the pair is due and switches; the former credential stays valid, nobody is cut off',
    scene: SCENE,
    before: PAIR('rotate_after_days = 30'),
    days: 31,
  },
  {
    name: 'pair-held-back',
    says: 'look: the switch that is asked for is held back: consumers may still use the retired credential',
    scene: SCENE,
    before: PAIR('rotate_after_days = 30\n  triggers = { n = "1" }'),
    next: PAIR('rotate_after_days = 30\n  triggers = { n = "2" }'),
    days: 3,
    after: PAIR('rotate_after_days = 30\n  triggers = { n = "3" }'),
  },
  {
    name: 'pair-may-switch',
    says: 'look: whether the pair switches is known only during apply',
    scene: SCENE,
    before: PAIR('triggers = { build = "1" }'),
    after: `${PAIR('triggers = { build = terraform_data.build.id }')}
resource "terraform_data" "build" {
  input = "2"
}
`,
  },
  {
    name: 'pair-loses-both-accounts',
    says: 'danger: both accounts of the pair are replaced at once: there is no overlap',
    scene: {},
    before: MADE(['payments-blue', 'payments-green']),
    after: MADE(['pay-blue', 'pay-green']),
  },
  {
    name: 'pair-loses-its-idle-account',
    says: 'danger: one account of the pair is replaced, the idle one',
    scene: {},
    before: MADE(['payments-blue', 'payments-green']),
    after: MADE(['payments-blue', 'pay-green']),
  },
  {
    name: 'pair-forgotten',
    says: 'look: the pair is no longer managed; both keys stay as they are',
    scene: SCENE,
    before: PAIR('rotate_after_days = 30'),
    after: '',
  },
];
