import { describe, expect, it } from 'vitest';
import { readPolicy } from '../../src/policy/read-policy.ts';
import { rules } from '../../src/policy/rules/index.ts';
import { type Finding, stops } from '../../src/review/finding.ts';
import { comment } from '../../src/review/output/markdown/comment.ts';
import { DIALECTS } from '../../src/review/output/markdown/dialect.ts';
import { readPlan } from '../../src/review/plan/read-plan.ts';
import { reviewPlan } from '../../src/review/review.ts';
import { findingsOf } from '../../src/review/rules/findings.ts';
import { reviewedOf } from './plans.ts';

const NOW = new Date('2026-03-02T09:00:00Z');

const policyOf = (members: object) =>
  readPolicy(JSON.stringify({ version: 1, ...members }), 'policy.json', NOW);

const short = ({ rule, level, identifier, address }: Finding) =>
  `${level} ${rule} ${identifier ?? address ?? '–'}`;

const found = (name: string, members: object = {}, more: Parameters<typeof reviewedOf>[2] = { now: NOW }) =>
  reviewedOf(name, policyOf(members), more).findings;

const of = (rule: string, findings: readonly Finding[]) =>
  findings.filter((finding) => finding.rule === rule);

/** Rule, a plan in which it finds something, what that is, and a plan in which it finds nothing. */
const CASES: readonly (readonly [
  rule: string,
  plan: string,
  finds: readonly string[],
  not: string,
  policy?: object,
])[] = [
  ['plan-is-whole', 'targeted', ['error plan-is-whole –'], 'rotate-by-trigger'],
  ['plan-is-whole', 'over-the-cap', ['error plan-is-whole –'], 'fleet-rotation'],
  ['key-not-in-state', 'export-switched-on', ['error key-not-in-state payments-ci'], 'export-switched-off'],
  ['key-not-in-state', 'exported-key-rotates', ['error key-not-in-state payments-ci'], 'rotate-by-trigger'],
  [
    'key-not-in-state',
    'exported-and-unchanged',
    ['note key-not-in-state browserstack_access_key.ci'],
    'nothing-changes',
  ],
  ['key-not-in-state', 'key-given-by-hand', ['error key-not-in-state paymentsci_q7Zt1m'], 'adopt-with-age'],
  [
    'no-secret-in-code',
    'key-in-code',
    ['error no-secret-in-code provider.browserstack', 'error no-secret-in-code var.admin_key'],
    'add-account',
  ],
  [
    'no-secret-in-code',
    'key-as-a-name',
    ['error no-secret-in-code browserstack_service_account.odd'],
    'hostile-names',
  ],
  [
    'base-url-allowed',
    'opentofu/tofu-1.12.6-foreach',
    ['note base-url-allowed provider.browserstack.by'],
    'add-account',
  ],
  [
    'delivery-command-changed',
    'delivered-by-command',
    ['warning delivery-command-changed terraform_data.deliver'],
    'delivered-to-vault',
  ],
  ['protection-on', 'protection-switched-off', ['warning protection-on payments-ci'], 'abandon-set'],
  ['protection-on', 'identifier-changed', ['note protection-on payments-ci'], 'nothing-changes'],
  [
    'replacement-needs-approval',
    'identifier-changed',
    ['error replacement-needs-approval payments-ci'],
    'replaced-and-abandoned',
  ],
  [
    'deletion-needs-approval',
    'account-deleted',
    ['error deletion-needs-approval payments-ci'],
    'account-abandoned',
  ],
  ['max-replacements', 'team-renamed', ['error max-replacements –'], 'identifier-changed'],
  ['max-deletions', 'destroy-everything', ['error max-deletions –'], 'account-deleted'],
  ['unmanaged-left', 'account-abandoned', ['warning unmanaged-left payments-ci'], 'account-deleted'],
  ['unmanaged-left', 'person-removed', ['warning unmanaged-left joe@acme.test'], 'people-invited'],
  [
    'undocumented-call',
    'renamed-in-place',
    ['note undocumented-call provider.browserstack', 'note undocumented-call payments-ci'],
    'identifier-changed',
  ],
  ['guards-set', 'rotate-by-trigger', ['note guards-set provider.browserstack'], 'add-account'],
  ['parallels-add-up', 'too-many-parallels', ['note parallels-add-up –'], 'create-organization'],
  [
    'delivery-before-replacement',
    'identifier-changed',
    ['error delivery-before-replacement payments-ci'],
    'account-deleted',
  ],
  [
    'delivery-before-rotation',
    'rotate-by-trigger',
    ['warning delivery-before-rotation payments-ci'],
    'delivered-to-vault',
  ],
  [
    'delivery-before-rotation',
    'delivery-does-not-fire',
    ['error delivery-before-rotation payments-ci'],
    'delivered-by-a-module',
  ],
  ['max-key-age', 'schedule-loosened', ['error max-key-age payments-ci'], 'schedule-tightened'],
  ['rotation-declared', 'schedule-removed', ['warning rotation-declared payments-ci'], 'schedule-tightened'],
  ['overdue-and-waiting', 'waits-too-long', ['warning overdue-and-waiting payments-ci'], 'waits-for-window'],
  ['adopted-age-declared', 'import-existing', ['warning adopted-age-declared payments-ci'], 'add-account'],
  ['age-not-reset', 'key-replaced-by-request', ['warning age-not-reset payments-ci'], 'rotate-by-age'],
  ['age-not-reset', 'age-restated', ['warning age-not-reset payments-ci'], 'schedule-loosened'],
  ['max-rotations', 'fleet-rotation', ['error max-rotations –'], 'rotate-by-trigger'],
  ['trigger-known', 'may-rotate', ['error trigger-known payments-ci'], 'rotate-by-trigger'],
  ['trigger-known', 'pair-may-switch', ['error trigger-known payments-blue'], 'pair-switches'],
  ['rotation-window', 'trigger-past-window', ['warning rotation-window payments-ci'], 'rotate-by-age'],
  [
    'rotation-window',
    'rotate-by-age',
    ['warning rotation-window payments-ci'],
    'nothing-changes',
    { rules: { 'rotation-window': { freezes: ['2026-02-20/2026-03-06'] } } },
  ],
  [
    'rotation-window',
    'rotate-by-age',
    ['warning rotation-window payments-ci'],
    'nothing-changes',
    { rules: { 'rotation-window': { weekdays: ['tue'], time_zone: 'Europe/Berlin' } } },
  ],
  [
    'held-back-or-no-op-rotation',
    'held-back',
    ['warning held-back-or-no-op-rotation payments-ci'],
    'trigger-added',
  ],
  [
    'rotate-on-destroy-delivers',
    'rotate-on-destroy',
    ['error rotate-on-destroy-delivers payments-ci'],
    'account-deleted-key-rotates-on-destroy',
  ],
  [
    'external-rotation-reviewed',
    'rotated-elsewhere',
    ['warning external-rotation-reviewed payments-ci'],
    'rotate-by-age',
  ],
  [
    'external-rotation-reviewed',
    'rotated-elsewhere-again',
    ['error external-rotation-reviewed payments-ci'],
    'rotate-by-trigger',
  ],
  [
    'pair-for-critical',
    'rotate-by-trigger',
    ['warning pair-for-critical payments-ci'],
    'pair-switches',
    { rules: { 'pair-for-critical': { consumers: ['GitHub: acme/pay*'] } } },
  ],
  [
    'both-slots-at-once',
    'pair-loses-both-accounts',
    ['error both-slots-at-once payments-blue'],
    'pair-loses-its-idle-account',
  ],
  ['consumers-declared', 'create-organization', ['warning consumers-declared search-ci'], 'add-account'],
  ['owner-declared', 'add-account', ['warning owner-declared payments-e2e'], 'identifier-changed'],
  ['team-required', 'create-organization', ['warning team-required nightly'], 'add-account'],
  [
    'one-key-one-use',
    'rotate-by-trigger',
    ['warning one-key-one-use payments-ci'],
    'add-account',
    { rules: { 'one-key-one-use': { max: 1 } } },
  ],
  ['one-key-one-use', 'two-environments', ['warning one-key-one-use payments-ci'], 'rotate-by-trigger'],
  [
    'identifier-pattern',
    'add-account',
    ['note identifier-pattern payments-e2e'],
    'create-organization',
    { rules: { 'identifier-pattern': { pattern: '-(ci|nightly)$|^nightly$' } } },
  ],
  ['person-admin', 'people-invited', ['warning person-admin jane@acme.test'], 'person-removed'],
];

const cases = CASES.map(([rule, plan, finds, not, policy]) => ({ rule, plan, finds, not, policy }));

describe('each rule', () => {
  it.each(cases)('$rule finds something in $plan', ({ rule, plan, finds, policy }) => {
    expect(of(rule, found(plan, policy)).map(short)).toEqual(finds);
  });

  it.each(cases)('$rule finds nothing in $not', ({ rule, not, policy }) => {
    expect(of(rule, found(not, policy)).map(short)).toEqual([]);
  });

  it.each(cases)('$rule can be switched off ($plan)', ({ rule, plan }) => {
    expect(of(rule, found(plan, { rules: { [rule]: 'off' } }))).toEqual([]);
  });

  it('is tried here', () => {
    const aboutThePolicy = [
      'policy-changed',
      'waiver-expired',
      'waiver-unused',
      'person-uses-key',
      'plan-time-code',
    ];
    const tried = new Set([...CASES.map(([rule]) => rule), ...aboutThePolicy]);
    expect(rules.map(({ name }) => name).filter((name) => !tried.has(name))).toEqual([]);
  });

  it('says why and how to mend it, and who asks for it', () => {
    for (const { summary, why, fix } of rules)
      for (const text of [summary, why, fix]) expect(text).toMatch(/^[A-Z].*[.)]$/su);
  });
});

it('person-uses-key finds a key whose user name is that of a person', () => {
  const row = (type: string, name: string, change: object) => ({
    address: `${type}.${name}`,
    mode: 'managed',
    type,
    name,
    change,
  });
  const joe = { email: 'joe@acme.test', username: 'joe_1' };
  const plan = {
    format_version: '1.2',
    prior_state: {
      values: { root_module: { resources: [{ ...row('browserstack_user', 'joe', {}), values: joe }] } },
    },
    planned_values: {},
    resource_changes: [
      row('browserstack_user', 'joe', { actions: ['no-op'], before: joe, after: joe }),
      row('browserstack_access_key', 'joe', {
        actions: ['create'],
        before: null,
        after: { username: 'joe_1' },
      }),
      row('browserstack_access_key', 'ci', {
        actions: ['create'],
        before: null,
        after: { username: 'ci_1' },
      }),
    ],
  };
  const document = readPlan(JSON.stringify(plan), 'plan.json');
  const findings = findingsOf({
    document,
    review: reviewPlan(document),
    policy: policyOf({}),
    now: NOW,
    labels: [],
  });
  expect(of('person-uses-key', findings).map(short)).toEqual(['warning person-uses-key joe_1']);
});

describe('what the policy sets', () => {
  it('is what it sets: a milder or stricter case of a rule has the level of the rule then', () => {
    expect(
      of(
        'key-not-in-state',
        found('exported-and-unchanged', { rules: { 'key-not-in-state': 'warning' } }),
      ).map(short),
    ).toEqual(['warning key-not-in-state browserstack_access_key.ci']);
  });

  it('a label of the pull request approves', () => {
    const labels = { now: NOW, labels: ['browserstack:replace'] };
    const [approved] = of('replacement-needs-approval', found('identifier-changed', {}, labels));
    expect(approved).toMatchObject({ waived: { owner: 'label browserstack:replace' } });
    expect(approved && stops(approved)).toBe(false);
    const other = { rules: { 'replacement-needs-approval': { label: 'ok-by-owner' } } };
    expect(
      of('replacement-needs-approval', found('identifier-changed', other, labels))[0]?.waived,
    ).toBeUndefined();
  });
});

describe('a waiver', () => {
  const waiver = (members: object = {}) => ({
    rule: 'replacement-needs-approval',
    identifier: 'payments-*',
    owner: 'platform@acme.test',
    reason: 'the last day of the old name',
    ticket: 'SEC-42',
    until: '2026-03-02',
    ...members,
  });
  const withWaiver = (members: object = {}) => ({ waivers: [waiver(members)] });

  it('takes the stop away and stays to be seen', () => {
    const [finding] = of('replacement-needs-approval', found('identifier-changed', withWaiver()));
    expect(finding?.waived).toMatchObject({
      owner: 'platform@acme.test',
      ticket: 'SEC-42',
      until: '2026-03-02',
    });
    expect(finding && stops(finding)).toBe(false);
    const { review, findings } = reviewedOf('identifier-changed', policyOf(withWaiver()), { now: NOW });
    const text = comment(review, findings, { dialect: DIALECTS.github, stack: 'acme' });
    expect(text).toContain('~~`replacement-needs-approval`~~');
    expect(text).toContain(
      'waived by `platform@acme.test` until `2026-03-02`: `the last day of the old name` (`SEC-42`)',
    );
    expect(text).toContain('1 waived');
  });

  it('holds for an address too', () => {
    const members = { identifier: undefined, address: 'browserstack_service_account.*' };
    expect(
      of('replacement-needs-approval', found('identifier-changed', withWaiver(members)))[0]?.waived,
    ).toBeDefined();
  });

  it.each([
    [{ identifier: 'search-*' }],
    [{ identifier: 'payments-c' }],
    [{ rule: 'deletion-needs-approval' }],
  ])('for something else excepts nothing, and is told of: %j', (members) => {
    const findings = found('identifier-changed', withWaiver(members));
    expect(of('replacement-needs-approval', findings)[0]?.waived).toBeUndefined();
    expect(of('waiver-unused', findings).map(short)).toEqual(['note waiver-unused policy.json:1']);
  });

  it('that has ended is an error, whether it is needed or not', () => {
    const after = { now: new Date('2026-03-03T00:00:00Z') };
    const findings = found('identifier-changed', withWaiver(), after);
    expect(of('replacement-needs-approval', findings)[0]?.waived).toBeUndefined();
    expect(of('waiver-expired', findings).map(short)).toEqual(['error waiver-expired policy.json:1']);
    expect(of('waiver-expired', found('nothing-changes', withWaiver(), after))).toHaveLength(1);
  });

  it('has one fingerprint with its finding in each review', () => {
    const [first] = of('replacement-needs-approval', found('identifier-changed'));
    const [second] = of('replacement-needs-approval', found('identifier-changed', withWaiver()));
    expect(first?.fingerprint).toMatch(/^[0-9a-f]{16}$/u);
    expect(second?.fingerprint).toBe(first?.fingerprint);
  });
});
