// Plans of other engines, and of the first version of the provider: read by rule, not by the words of one version.

import { describe, expect, it } from 'vitest';
import { isEvent } from '../../src/review/change.ts';
import { reviewAsText } from '../../src/review/output/text.ts';
import { readPlan } from '../../src/review/plan/read-plan.ts';
import { exitCodeOf, reviewPlan } from '../../src/review/review.ts';
import { kept, reviewedOf, reviewOf } from './plans.ts';

const events = (name: string) =>
  reviewOf(name)
    .changes.filter(isEvent)
    .map(({ kind, name: object, cause }) => `${kind} ${object} (${cause.code})`);

describe('OpenTofu', () => {
  it.each([
    [
      'tofu-1.12.6-create',
      'ok',
      [
        'create PJ t12 create (configuration)',
        'create pj-t12-create (configuration)',
        'adopt pj-t12-create (configuration)',
      ],
    ],
    ['tofu-1.12.6-trigger', 'look', ['rotate pj-t12-create (trigger)']],
    [
      'tofu-1.12.6-rename',
      'danger',
      ['replace PJ t12 rename (replace_path)', 'replace pj-t12-rename (cascade)'],
    ],
    ['tofu-1.12.6-exists', 'refused', []],
    ['tofu-1.12.6-protected-destroy', 'refused', ['forget pj-t12-protected (configuration)']],
    ['tofu-1.12.6-import-identity', 'ok', ['adopt payments-ci (configuration)']],
    ['tofu-1.12.6-forget-replace', 'danger', ['replace pj-t12-forget (replace_path)']],
    [
      'tofu-1.12.6-foreach',
      'ok',
      ['create PJ t12 fe x (configuration)', 'create PJ t12 fe y (configuration)'],
    ],
    ['tofu-1.11.14-disabled', 'look', ['forget pj-t11-enabled (configuration)']],
    ['tofu-1.11.14-eph', 'look', ['rotate pj-t11-eph (trigger)']],
  ])('%s is %s', (name, verdict, happens) => {
    const review = reviewOf(`opentofu/${name}`);
    expect(review.plan.engine).toBe('opentofu');
    expect(review.verdict).toBe(verdict);
    expect(events(`opentofu/${name}`)).toEqual(happens);
    expect(exitCodeOf(review)).toBe(verdict === 'ok' ? 0 : 2);
  });

  it('says that the organization of a change is not in the plan, where a provider stands for several', () => {
    expect(reviewOf('opentofu/tofu-1.12.6-foreach').plan.severalOrganizations).toBe(true);
  });

  it('delivers through an ephemeral resource, whose own row is no change', () => {
    const [rotation] = reviewOf('opentofu/tofu-1.11.14-eph').changes;
    expect(rotation?.deliveries).toMatchObject([{ address: 'vault_kv_secret_v2.p', fires: true }]);
  });
});

describe('version 0.1.0 of the provider', () => {
  it.each([
    ['rotate-by-trigger', 'look', ['rotate payments-ci (trigger)']],
    ['rotate-by-age', 'look', ['rotate payments-ci (age)']],
    ['waits-for-window', 'quiet', ['waiting payments-ci (age)']],
    ['status-drift-only', 'quiet', []],
    ['held-back', 'look', ['held_back payments-ci (trigger)']],
    ['may-rotate', 'look', ['may_rotate payments-ci (trigger)']],
    ['rotated-elsewhere', 'look', ['adopt payments-ci (external)']],
    ['rotated-elsewhere-again', 'danger', ['rotate payments-ci (external)']],
    ['refresh-only', 'look', ['adopt payments-ci (external)']],
    ['key-replaced-by-request', 'look', ['restart payments-ci (request)']],
    ['rotate-on-destroy', 'danger', ['rotate payments-ci (configuration)']],
    ['identifier-changed', 'danger', ['replace payments-ci (replace_path)']],
    ['account-deleted', 'danger', ['delete payments-ci (configuration)']],
    ['key-forgotten', 'look', ['forget payments-ci (configuration)']],
    ['export-switched-on', 'danger', ['update payments-ci (configuration)']],
    ['exported-key-rotates', 'look', ['rotate payments-ci (trigger)']],
    ['pair-switches', 'look', ['switch paymentsblue_q7Zt1m (age)']],
    ['pair-held-back', 'look', ['held_back paymentsgreen_Yw3KpQ (trigger)']],
    ['delivered-to-vault', 'look', ['rotate payments-ci (trigger)']],
    ['replacement-not-noticed', 'danger', ['replace payments-ci (replace_path)']],
    ['schedule-loosened', 'look', ['update payments-ci (configuration)']],
  ])('%s is %s', (name, verdict, happens) => {
    expect(reviewOf(`0.1.0/${name}`).verdict).toBe(verdict);
    expect(events(`0.1.0/${name}`)).toEqual(happens);
  });
});

describe('an action of Terraform 1.14', () => {
  it.each([
    ['action-invoked', ['rotate payments-ci (request)']],
    ['action-triggered', ['rotate payments-ci (request)']],
  ])('rotates a key that no row of the plan changes: %s', (name, happens) => {
    const { review, findings } = reviewedOf(`terraform-1.14/${name}`);
    expect(review.verdict).toBe('look');
    expect(exitCodeOf(review)).toBe(2);
    expect(events(`terraform-1.14/${name}`)).toEqual(happens);
    expect(review.changes[0]?.consumers).toHaveLength(3);
    expect(findings.map(({ rule }) => rule)).toContain('delivery-before-rotation');
    const text = reviewAsText(review, findings, 'acme');
    expect(text.match(/seen in a public log/gu)).toHaveLength(2);
  });

  it('of a kind that nobody knows is dangerous', () => {
    const { text } = kept('terraform-1.14/action-invoked');
    const strange = readPlan(text.replaceAll('browserstack_rotate_access_key', 'browserstack_close'), 'plan');
    expect(reviewPlan(strange).verdict).toBe('danger');
  });

  it('whose account is known only during the apply may rotate any key', () => {
    const { text } = kept('terraform-1.14/action-invoked');
    const plan = JSON.parse(text);
    delete plan.action_invocations[0].config_values.username;
    expect(reviewPlan(readPlan(JSON.stringify(plan), 'plan')).changes[0]?.kind).toBe('may_rotate');
  });
});
