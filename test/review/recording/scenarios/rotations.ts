import {
  ADOPT_CI,
  ADOPTED,
  account,
  adopting,
  key,
  PAYMENTS_CI,
  type Scenario,
  SEARCH_CI,
} from '../scenario.ts';

const FLEET = Array.from({ length: 12 }, (_, i) => ({
  identifier: `fleet-${String(i).padStart(2, '0')}`,
  username: `fleet${String(i).padStart(2, '0')}_x${i}`,
  access_key: `Fleet${String(i).padStart(2, '0')}CanaryKey0001`.slice(0, 20).padEnd(20, '0'),
}));

const fleet = (quarter: string, size = 12) => `
locals {
  fleet = { ${FLEET.slice(0, size)
    .map(({ identifier, username }) => `"${identifier}" = "${username}"`)
    .join(', ')} }
}
resource "browserstack_access_key" "fleet" {
  for_each          = local.fleet
  username          = each.value
  rotate_after_days = 90
  triggers          = { quarter = "${quarter}" }
  consumers         = ["GitHub: acme/\${each.key}"]
}
`;

const capped = (text: string) => `
provider "browserstack" {
  max_rotations_per_apply = 3
}
${text}`;

const adopted = (lines: string) => account() + key(lines);
const WINDOW = 'window = { days = ["sat"], hours = "02:00-04:00", time_zone = "Europe/Berlin" }';

const usedTwice = (n: string) => `
resource "browserstack_access_key" "ci" {
  username  = "${PAYMENTS_CI.username}"
  triggers  = { n = "${n}" }
  consumers = ["GitHub: acme/payments (production)", "GitHub: acme/payments-staging"]
}
`;

export const rotations: readonly Scenario[] = [
  {
    name: 'rotate-by-trigger',
    says: 'look: the key rotates because trigger leaked changed, whose value is not told; 3 consumers; not delivered',
    scene: ADOPTED,
    before: ADOPT_CI + adopted('triggers = { leaked = "no" }'),
    after: adopted('triggers = { leaked = "build 4711 printed it" }'),
  },
  {
    name: 'rotate-by-age',
    says: 'look: the key rotates because it is due, since 3 days; that it became due is no drift',
    scene: ADOPTED,
    before: ADOPT_CI + adopted('rotate_after_days = 30'),
    days: 33,
  },
  {
    name: 'rotate-by-trigger-and-age',
    says: 'look: one rotation for two reasons',
    scene: ADOPTED,
    before: ADOPT_CI + adopted('rotate_after_days = 30\n  triggers = { n = "1" }'),
    days: 33,
    after: adopted('rotate_after_days = 30\n  triggers = { n = "2" }'),
  },
  {
    name: 'waits-for-window',
    says: 'quiet: the key is due and waits for its window; nothing changes in this plan',
    scene: ADOPTED,
    before: ADOPT_CI + adopted(`rotate_after_days = 30\n  ${WINDOW}`),
    days: 33,
  },
  {
    name: 'waits-too-long',
    says: 'quiet, with a warning: the key has been due for 12 days, and no apply ran while its window was open',
    scene: ADOPTED,
    before: ADOPT_CI + adopted(`rotate_after_days = 30\n  ${WINDOW}`),
    days: 45,
  },
  {
    name: 'trigger-past-window',
    says: 'look: the key rotates by its trigger, which does not wait for the window',
    scene: ADOPTED,
    before: ADOPT_CI + adopted(`rotate_after_days = 30\n  ${WINDOW}\n  triggers = { n = "1" }`),
    after: adopted(`rotate_after_days = 30\n  ${WINDOW}\n  triggers = { n = "2" }`),
  },
  {
    name: 'two-environments',
    says: 'look: a key that is used in two environments rotates',
    scene: ADOPTED,
    before: usedTwice('1'),
    after: usedTwice('2'),
  },
  {
    name: 'status-drift-only',
    says: 'quiet: a key is no longer young, which is no drift',
    scene: ADOPTED,
    before: ADOPT_CI + adopted('minimum_age_days = 7\n  triggers = { n = "1" }'),
    next: adopted('minimum_age_days = 7\n  triggers = { n = "2" }'),
    days: 8,
  },
  {
    name: 'held-back',
    says: 'look: the change asks for a rotation, and nothing rotates: the key is younger than its minimum age',
    scene: ADOPTED,
    before: ADOPT_CI + adopted('minimum_age_days = 7\n  triggers = { n = "1" }'),
    next: adopted('minimum_age_days = 7\n  triggers = { n = "2" }'),
    days: 2,
    after: adopted('minimum_age_days = 7\n  triggers = { n = "3" }'),
  },
  {
    name: 'held-back-still',
    says: 'look: a rotation was held back by the apply before, and still is',
    scene: ADOPTED,
    before: ADOPT_CI + adopted('minimum_age_days = 7\n  triggers = { n = "1" }'),
    next: adopted('minimum_age_days = 7\n  triggers = { n = "2" }'),
    days: 2,
    after: adopted('minimum_age_days = 7\n  triggers = { n = "3" }'),
    prepare: 'terraform apply -auto-approve -no-color',
  },
  {
    name: 'held-back-no-more',
    says: 'quiet: what asked for the rotation is taken back; only the note about it goes',
    scene: ADOPTED,
    before: ADOPT_CI + adopted('minimum_age_days = 7\n  triggers = { n = "1" }'),
    next: adopted('minimum_age_days = 7\n  triggers = { n = "2" }'),
    days: 2,
    after: adopted('minimum_age_days = 7\n  triggers = { n = "2" }'),
    prepare:
      'cp main.tf then && sed -i \'s/n = "2"/n = "3"/\' main.tf && terraform apply -auto-approve -no-color && mv then main.tf',
  },
  {
    name: 'may-rotate',
    says: 'look: whether the key rotates is known only during apply: trigger build is unknown',
    scene: ADOPTED,
    before: `${ADOPT_CI}${adopted('triggers = { build = "1" }')}`,
    after: `${adopted('triggers = { build = terraform_data.build.id }')}
resource "terraform_data" "build" {
  input = "2"
}
`,
  },
  {
    name: 'trigger-added',
    says: 'ok: a trigger is added, which rotates nothing',
    scene: ADOPTED,
    before: ADOPT_CI + adopted('triggers = { n = "1" }'),
    after: adopted('triggers = { n = "1", leaked = "no" }'),
  },
  {
    name: 'schedule-loosened',
    says: 'look: keys are rotated after 365 instead of 90 days; nothing rotates',
    scene: ADOPTED,
    before: ADOPT_CI + adopted('rotate_after_days = 90'),
    after: adopted('rotate_after_days = 365\n  minimum_age_days = 7'),
  },
  {
    name: 'schedule-removed',
    says: 'look: the key is no longer rotated for its age',
    scene: ADOPTED,
    before: ADOPT_CI + adopted('rotate_after_days = 90'),
    after: adopted(''),
  },
  {
    name: 'schedule-tightened',
    says: 'ok: the key is rotated after 30 instead of 90 days; nothing rotates',
    scene: ADOPTED,
    before: ADOPT_CI + adopted('rotate_after_days = 90'),
    after: adopted('rotate_after_days = 30'),
  },
  {
    name: 'age-restated',
    says: 'look: the date that an adopted key counts from is moved',
    scene: ADOPTED,
    before: ADOPT_CI + adopted('rotate_after_days = 90\n  adopted_key_age = "2026-01-01"'),
    after: adopted('rotate_after_days = 90\n  adopted_key_age = "2026-02-28"'),
  },
  {
    name: 'fleet-rotation',
    says: 'look: 12 keys rotate for one reason, in one row; 24 Automate requests and a list, no waiting',
    scene: { service_accounts: FLEET },
    before: fleet('2026-Q3'),
    after: fleet('2026-Q4'),
  },
  {
    name: 'over-the-cap',
    says: 'refused: the cap is 3 and 6 would rotate; one of them is known from the diagnostics only',
    scene: { service_accounts: FLEET },
    before: capped(fleet('2026-Q3', 6)),
    after: capped(fleet('2026-Q4', 6)),
  },
  {
    name: 'rotated-elsewhere',
    says: 'look: the key was rotated elsewhere and is adopted; nothing rotates now',
    scene: ADOPTED,
    before: ADOPT_CI + adopted('rotate_after_days = 90'),
    days: 5,
    rotatedElsewhere: PAYMENTS_CI.username,
  },
  {
    name: 'rotated-elsewhere-warn',
    says: 'look: the key was rotated elsewhere, and stays marked until somebody decides',
    scene: ADOPTED,
    before: ADOPT_CI + adopted('on_external_rotation = "warn"'),
    rotatedElsewhere: PAYMENTS_CI.username,
  },
  {
    name: 'rotated-elsewhere-again',
    says: 'danger: somebody rotated the key elsewhere, and it is rotated once more: that key dies too',
    scene: ADOPTED,
    before: ADOPT_CI + adopted('on_external_rotation = "rotate"'),
    rotatedElsewhere: PAYMENTS_CI.username,
  },
  {
    name: 'rotated-elsewhere-stop',
    says: 'refused: the key was rotated elsewhere, and the configuration asks to stop then',
    scene: ADOPTED,
    before: ADOPT_CI + adopted('on_external_rotation = "error"'),
    rotatedElsewhere: PAYMENTS_CI.username,
  },
  {
    name: 'rotated-elsewhere-satisfies',
    says: 'look: a trigger changed and the key was rotated elsewhere: that one rotation satisfies it',
    scene: ADOPTED,
    before: ADOPT_CI + adopted('triggers = { n = "1" }'),
    rotatedElsewhere: PAYMENTS_CI.username,
    after: adopted('triggers = { n = "2" }'),
  },
  {
    name: 'refresh-only',
    says: 'look: a refresh-only plan: the state learns that the key was rotated elsewhere',
    scene: ADOPTED,
    before: ADOPT_CI + adopted('rotate_after_days = 90'),
    rotatedElsewhere: PAYMENTS_CI.username,
    options: '-refresh-only',
  },
  {
    name: 'targeted',
    says: 'look, and never exit 0: only a part of the change is in this plan',
    scene: ADOPTED,
    before: ADOPT_CI + adopted('triggers = { n = "1" }'),
    after: adopted('triggers = { n = "2" }'),
    options: '-target=browserstack_access_key.ci',
  },
  {
    name: 'key-replaced-by-request',
    says: 'look: the key is replaced by request; what that means for the key itself',
    scene: ADOPTED,
    before: ADOPT_CI + adopted('rotate_after_days = 90'),
    days: 20,
    options: '-replace=browserstack_access_key.ci',
  },
  {
    name: 'rotation-and-replacement',
    says: 'danger: one account is replaced, and one key rotates: two events told apart',
    scene: ADOPTED,
    before: `${adopting(['ci', PAYMENTS_CI.username], ['search', SEARCH_CI.username])}${account('deletion_protection = false')}${key()}${account('', 'search', 'search-ci', '"Search"')}${key('triggers = { n = "1" }', 'search', 'browserstack_service_account.search.username')}`,
    after: `${account('deletion_protection = false', 'ci', 'payments-main')}${key()}${account('', 'search', 'search-ci', '"Search"')}${key('triggers = { n = "2" }', 'search', 'browserstack_service_account.search.username')}`,
  },
];
