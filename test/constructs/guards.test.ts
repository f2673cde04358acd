// What the provider would refuse at plan is said at synthesis, all at once, with the path. Both are held against each
// other: what one takes, the other takes.

import { type App, Fn, TerraformStack, TerraformVariable } from 'cdktf';
import { describe, expect, it } from 'vitest';
import {
  AdoptedKeyAge,
  Duration,
  Organization,
  type OrganizationProps,
  RotationPolicy,
  type RotationWindow,
  SecretSink,
  ServiceAccount,
  Weekday,
} from '../../constructs/index.ts';
import { synth } from '../../constructs/testing/index.ts';
import { resources } from '../../src/resources/index.ts';
import { validate } from '../../src/schema/validate.ts';
import type { Value } from '../../src/schema/value.ts';
import { configOf } from '../chaos/in-process/engine.ts';
import { newApp, newStack } from './stack.ts';

function organization(props: Partial<OrganizationProps> = {}, stack = newStack()) {
  return { stack, acme: new Organization(stack, 'acme', { name: 'Acme Inc.', ...props }) };
}

/** Sentences of the failed synthesis, each with the path in front; none when it succeeds. */
function problems(stack: TerraformStack): readonly string[] {
  try {
    synth(stack);
    return [];
  } catch (error) {
    return (error as Error).message
      .split('\n')
      .filter((line) => line.startsWith('  ['))
      .map((line) => line.trim());
  }
}

/** Whether the provider takes a configuration of a type. */
function taken(type: string, given: Readonly<Record<string, Value>>): boolean {
  const resource = resources.find((one) => one.type === type);
  if (resource === undefined) throw new Error(`there is no ${type}`);
  const config = configOf(resource.schema, given);
  return validate(resource.schema, config).length === 0 && (resource.validate?.(config) ?? []).length === 0;
}

const DAYS = [Weekday.MON];

describe('a text or a policy is taken here exactly if the provider takes it', () => {
  it.each([
    'ab',
    'abc',
    'x'.repeat(255),
    'x'.repeat(256),
    ' abc',
    'abc ',
    'a\u0007bc',
    '数数数',
    'a b',
    '\u{1f600}\u{1f600}\u{1f600}',
  ])('identifier %j', (identifier) => {
    const { stack, acme } = organization();
    acme.addServiceAccount('ci', { identifier });
    expect(problems(stack).length === 0).toBe(taken('browserstack_service_account', { identifier }));
  });

  it.each(['', 'a', 'x'.repeat(40), 'x'.repeat(41), ' a', '\ta'])('team %j', (name) => {
    const { stack, acme } = organization();
    acme.addTeam('team', { name });
    expect(problems(stack).length === 0).toBe(taken('browserstack_team', { name }));
  });

  it.each(['a@b', 'a@b@c', 'a b@c', '@b', 'a@', 'a,b@c'])('address %j', (email) => {
    const { stack, acme } = organization();
    acme.addUser('u', { email, fullName: 'U' });
    expect(problems(stack).length === 0).toBe(taken('browserstack_user', { email, full_name: 'U' }));
  });

  it.each<[string, RotationPolicy]>([
    ['an age of nothing', RotationPolicy.every(Duration.days(0))],
    ['ten years', RotationPolicy.every(Duration.days(3650))],
    ['more', RotationPolicy.every(Duration.days(3651))],
    ['half as jitter', RotationPolicy.every(Duration.days(10)).jitter(Duration.days(5))],
    ['more as jitter', RotationPolicy.every(Duration.days(10)).jitter(Duration.days(6))],
    ['kept for as long', RotationPolicy.every(Duration.days(10)).keepAtLeast(Duration.days(10))],
    ['kept for less', RotationPolicy.every(Duration.days(10)).keepAtLeast(Duration.days(9))],
    ['due without an age', RotationPolicy.onDemand().adoptedAs(AdoptedKeyAge.DUE)],
    ['30 February', RotationPolicy.onDemand().adoptedAs(AdoptedKeyAge.since('2026-02-30'))],
    ['a moment', RotationPolicy.onDemand().adoptedAs(AdoptedKeyAge.since('2026-02-28T12:00:00Z'))],
    ['yesterday', RotationPolicy.onDemand().adoptedAs(AdoptedKeyAge.since('yesterday'))],
    ...(
      [
        { days: [] },
        { days: DAYS },
        { hours: '02:00-05:00' },
        { hours: '22:00-04:00' },
        { hours: '02:00-24:00' },
        { hours: '24:00-02:00' },
        { hours: '02:10-05:00' },
        { hours: '02:00-02:00' },
        { hours: 'night' },
        { timeZone: 'Europe/Berlin' },
        { timeZone: 'Europe/Bärlin' },
        { timeZone: 'UTC' },
        { timeZone: '+02:00' },
        { timeZone: '' },
        { blackoutDates: ['2026-12-24', '2026-12-20/2027-01-06'] },
        { blackoutDates: ['2026-12-32'] },
        { blackoutDates: ['2027-01-06/2026-12-20'] },
        { blackoutDates: ['2026-12-24/2026-12-25/2026-12-26'] },
      ] satisfies RotationWindow[]
    ).map((window): [string, RotationPolicy] => [
      JSON.stringify(window),
      RotationPolicy.every(Duration.days(30)).within(window),
    ]),
  ])('policy: %s', (_name, policy) => {
    const { stack, acme } = organization();
    acme.addServiceAccount('ci', { identifier: 'ci-1' }).rotateKey({ policy });
    const { window } = policy;
    const here = problems(stack).length === 0;
    const there = taken('browserstack_access_key', {
      username: 'ci_1',
      rotate_after_days: policy.maxAge?.toDays() ?? null,
      jitter_days: policy.spread?.toDays() ?? null,
      minimum_age_days: policy.minimumAge?.toDays() ?? null,
      adopted_key_age: policy.adoptedKeyAge?.value ?? null,
      window: window
        ? {
            days: window.days?.map(String) ?? null,
            hours: window.hours ?? null,
            time_zone: window.timeZone ?? null,
            blackout_dates: window.blackoutDates ?? null,
          }
        : null,
    });
    expect({ here }).toEqual({ here: there });
  });
});

describe('everything that is wrong', () => {
  it('is said at once, each with its path', () => {
    const { stack, acme } = organization({
      rotation: RotationPolicy.every(Duration.days(10)).jitter(Duration.days(6)),
      maxRotationsPerApply: 1.5,
      requestTimeout: 0,
    });
    acme.addTeam('team', { name: 'x'.repeat(41) }).addServiceAccount('ci', { identifier: ' a' });
    acme.addUser('u', { email: 'nobody', fullName: 'U' });
    expect(problems(stack)).toEqual([
      expect.stringMatching(/^\[stack\/acme\] A jitter of 6 days is more than half/u),
      expect.stringMatching(/^\[stack\/acme\] The limit of rotations must be a whole number/u),
      expect.stringMatching(/^\[stack\/acme\] The time to wait, in seconds, must be/u),
      expect.stringMatching(
        /^\[stack\/acme\/team\] The name "x+" must have 1 to 40 characters, and has 41\./u,
      ),
      expect.stringMatching(/^\[stack\/acme\/team\/ci\] The identifier " a" must have 3 to 255/u),
      expect.stringMatching(/^\[stack\/acme\/team\/ci\] The identifier " a" must not start or end/u),
      expect.stringMatching(/^\[stack\/acme\/u\] "nobody" must be one e-mail address/u),
    ]);
  });
});

describe('one thing, one owner', () => {
  it('across stacks, and across two Organizations of one name', () => {
    const app: App = newApp();
    for (const name of ['one', 'two']) {
      const { acme } = organization({}, new TerraformStack(app, name));
      acme.addServiceAccount('ci', { identifier: 'core-ci' });
    }
    new Organization(app.node.findChild('two') as TerraformStack, 'bolt', {
      name: 'Bolt GmbH',
    }).addServiceAccount('ci', {
      identifier: 'core-ci',
    });
    expect(() => app.synth()).toThrow(
      'one/acme/ci and two/acme/ci both declare the service account "core-ci". Keep one.',
    );
    expect(() => app.synth()).not.toThrow(/bolt/u);
  });
});

describe('the account that deploys', () => {
  it('does not rotate its own key', () => {
    const { stack, acme } = organization({ username: 'deployer_1' });
    ServiceAccount.fromUsername(acme, 'self', 'deployer_1').rotateKey();
    ServiceAccount.fromUsername(acme, 'other', 'robot_1').rotateKey();
    expect(problems(stack)).toEqual([
      expect.stringMatching(/^\[stack\/acme\/self\/key\] This rotates the key of deployer_1/u),
    ]);
  });
});

describe('a secret', () => {
  const variable = (stack: TerraformStack, id: string, config: object) =>
    new TerraformVariable(stack, id, { type: 'string', ...config }).stringValue;

  it('is sensitive, has no default in clear, and is more than clear text in a function', () => {
    const keys: readonly ((stack: TerraformStack) => string)[] = [
      (stack) => variable(stack, 'key', { sensitive: true }),
      (stack) => variable(stack, 'key', { sensitive: true, default: '' }),
      (stack) => variable(stack, 'key', {}),
      (stack) => variable(stack, 'key', { sensitive: true, default: 'CanaryKey12345678901' }),
      () => Fn.join('', ['CanaryKey', '12345678901']),
    ];
    const found = keys.map((key) => {
      const stack = newStack();
      organization({ accessKey: key(stack) }, stack);
      return problems(stack);
    });
    expect(found.map(({ length }) => length)).toEqual([0, 0, 1, 1, 1]);
    expect(found.flat()).toEqual([
      expect.stringContaining('The variable "key" of the access key is not sensitive'),
      expect.stringContaining('has a default in clear, which stands in cdk.tf.json'),
      expect.stringContaining('is made of nothing but clear text'),
    ]);
    expect(found.join().includes('Canary')).toBe(false);
  });

  it('in the environment of a command is a token, too', () => {
    const { stack, acme } = organization();
    const key = acme.addServiceAccount('ci', { identifier: 'ci-1' }).rotateKey({
      afterRotation: { command: 'true', environment: { GH_TOKEN: 'ghp_Canary', REGION: 'eu', KEYRING: 'x' } },
    });
    const fine = variable(stack, 'token', { sensitive: true });
    key.deliverTo(SecretSink.command({ name: 'a', command: 'true', environment: { GH_TOKEN: fine } }));
    key.deliverTo(
      SecretSink.command({
        name: 'b',
        command: 'true',
        environment: { API_KEY: variable(stack, 'open', {}) },
      }),
    );
    const found = problems(stack);
    expect(found).toEqual([
      expect.stringContaining('[stack/acme/ci/key] The environment variable GH_TOKEN is given in clear'),
      expect.stringContaining(
        '[stack/acme/ci/key/b] The variable "open" of the environment variable API_KEY is not sensitive',
      ),
    ]);
    expect(found.join().includes('Canary')).toBe(false);
  });
});
