// What users test their programs with. Vitest here; the same objects are Jest's.

import { TerraformProvider, testingMatchers } from 'cdktf';
import { describe, expect, it } from 'vitest';
import { Duration, l1, Organization, RotationPolicy, SecretSink } from '../../constructs/index.ts';
import { matchers, synth } from '../../constructs/testing/index.ts';
import type {} from '../../constructs/testing/vitest.d.ts';
import { newStack } from './stack.ts';

expect.extend(matchers);

function organization() {
  const stack = newStack();
  const acme = new Organization(stack, 'acme', {
    name: 'Acme Inc.',
    rotation: RotationPolicy.every(Duration.days(90)),
  });
  return { stack, acme };
}

/** What a failed expectation says. */
function said(expectation: () => void): string {
  try {
    expectation();
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error('it did not fail');
}

describe('matchers', () => {
  it('toRotateWithin: every key, and which are too old', () => {
    const { stack, acme } = organization();
    acme.addServiceAccount('nightly').rotateKey();
    expect(synth(stack)).toRotateWithin(Duration.days(90));
    expect(synth(stack)).not.toRotateWithin(Duration.days(89));
    acme.addServiceAccount('forgotten');
    expect(said(() => expect(synth(stack)).toRotateWithin(Duration.days(90)))).toBe(
      'expected every key of "stack" to be rotated within 90 days; there is\n' +
        '  stack/acme/forgotten: The key of "forgotten" is not rotated, and RequireRotation asks for at most 90 days. ' +
        'Rotate it: account.rotateKey({ policy: RotationPolicy.every(Duration.days(90)) }).',
    );
  });

  it('toKeepKeysOutOfState: neither exported, nor in a target, nor by a binding', () => {
    const { stack, acme } = organization();
    acme.addServiceAccount('nightly').rotateKey();
    expect(synth(stack)).toKeepKeysOutOfState();
    const binding = organization();
    new l1.accessKey.AccessKey(binding.stack, 'raw', {
      username: 'x',
      exportAccessKey: true,
      provider: binding.acme.provider,
    });
    expect(said(() => expect(synth(binding.stack)).toKeepKeysOutOfState())).toContain(
      'browserstack_access_key.raw: export_access_key is set',
    );
    class Github extends TerraformProvider {}
    const provider = new Github(stack, 'github', { terraformResourceType: 'github' });
    const sink = {
      target: 'github: acme',
      type: 'github_actions_secret',
      attributes: {},
      secretArgument: 'plaintext_value',
      provider,
    };
    acme
      .addServiceAccount('shown')
      .rotateKey({ exportAccessKey: true })
      .deliverTo(SecretSink.resource(sink), { allowSecretInState: true });
    expect(said(() => expect(synth(stack)).toKeepKeysOutOfState())).toBe(
      'expected no key of "stack" to stand in the state; there is\n' +
        '  stack/acme/shown/key: exportAccessKey is true\n' +
        '  stack/acme/shown/key/github: acme: github: acme holds the key in the state',
    );
  });

  it('toDeliverTo: what is delivered where', () => {
    const { stack, acme } = organization();
    const vault = SecretSink.vaultKv2({ mount: 'secret' });
    expect(said(() => expect(synth(stack)).toDeliverTo('vault: secret/ci'))).toContain('nothing of the kind');
    acme.addServiceAccount('nightly').rotateKey().deliverTo(vault.path('nightly'));
    expect(synth(stack)).toDeliverTo('vault: secret/nightly');
    expect(said(() => expect(synth(stack)).toDeliverTo('vault: secret/ci'))).toMatch(
      /^expected "stack" to deliver to "vault: secret\/ci"; there is\n {2}stack\/acme\/nightly\/key\/vault: secret--nightly: vault: secret\/nightly$/u,
    );
    expect(said(() => expect(synth(stack)).not.toDeliverTo('vault: secret/nightly'))).toContain(
      'expected not: "stack" to deliver',
    );
  });

  it('toManageServiceAccount: by identifier, and by team', () => {
    const { stack, acme } = organization();
    acme.addTeam('payments').addServiceAccount('ci');
    expect(synth(stack)).toManageServiceAccount('payments-ci');
    expect(synth(stack)).toManageServiceAccount('payments-ci', 'payments');
    expect(said(() => expect(synth(stack)).toManageServiceAccount('payments-ci', 'search'))).toBe(
      'expected "stack" to manage the service account "payments-ci" in the team "search"; there is\n' +
        '  stack/acme/payments/ci: "payments-ci" of payments',
    );
  });

  it('have no name of cdktf, whose own can be used beside them', () => {
    const theirs = [
      'toHaveResource',
      'toHaveDataSource',
      'toHaveProvider',
      'toBeValidTerraform',
      'toPlanSuccessfully',
    ];
    expect(Object.keys(matchers).filter((name) => theirs.includes(name) || name in testingMatchers)).toEqual(
      [],
    );
  });
});

describe('synth', () => {
  it('runs the validations, and finds what was made', () => {
    const { stack, acme } = organization();
    acme
      .addServiceAccount('nightly')
      .rotateKey()
      .deliverTo(SecretSink.vaultKv2({ mount: 'kv' }).path('a'));
    const made = synth(stack);
    expect(Object.keys(made.ephemerals('vault_kv_secret_v2'))).toHaveLength(1);
    expect([made.providers('browserstack').length, Object.keys(made.dataSources('x')).length]).toEqual([
      1, 0,
    ]);
    acme.addTeam('x'.repeat(41));
    expect(() => synth(stack)).toThrow('must have 1 to 40 characters');
  });

  it('makes a snapshot that is the same on every machine, and short enough to read', () => {
    const { stack, acme } = organization();
    acme
      .addServiceAccount('nightly')
      .rotateKey()
      .deliverTo(SecretSink.vaultKv2({ mount: 'kv' }).path('a'));
    const snapshot = JSON.stringify(synth(stack).json, null, 2);
    expect(snapshot).not.toContain(process.cwd());
    expect(snapshot).not.toMatch(/: "\//);
    expect(snapshot.split('\n').length).toBeLessThan(150);
  });
});
