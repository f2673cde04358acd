import { expect, it } from 'vitest';
import {
  Duration,
  KeyRotation,
  Organization,
  RotatingCredential,
  RotationPolicy,
  Team,
} from '../../constructs/index.ts';
import { synth } from '../../constructs/testing/index.ts';
import { newStack } from './stack.ts';

function newTeam() {
  const stack = newStack();
  const acme = new Organization(stack, 'acme', { name: 'Acme Inc.', deletionProtection: false });
  return { stack, acme, team: new Team(acme, 'payments', { name: 'Payments' }) };
}

it('makes two accounts of the team, and one credential of both', () => {
  const { stack, team } = newTeam();
  const credential = new RotatingCredential(team, 'ci', {
    identifier: `\${ci}`,
    policy: RotationPolicy.every(Duration.days(30)),
    outputs: true,
  });
  const synthesized = synth(stack);
  const accounts = Object.entries(synthesized.resources('browserstack_service_account'));
  expect(
    accounts.map(([, { identifier, deletion_protection }]) => [identifier, deletion_protection]),
  ).toEqual([
    ['$${ci}-a', false],
    ['$${ci}-b', false],
  ]);
  const [a, b] = accounts.map(([name]) => name);
  expect(Object.values(synthesized.resources('browserstack_credential_pair'))).toEqual([
    {
      provider: expect.stringMatching(/^browserstack\.acme_Provider_/u),
      username_a: `\${browserstack_service_account.${a}.username}`,
      username_b: `\${browserstack_service_account.${b}.username}`,
      rotate_after_days: 30,
    },
  ]);
  expect(Object.values(synthesized.outputs())).toHaveLength(3);
  expect(credential.accountA.team).toBe(team);
  expect(() => credential.accessKey).toThrow('The key of "stack/acme/payments/ci" is not exported');
});

it('hands its key over as sensitive, when exported', () => {
  const { stack, acme } = newTeam();
  const credential = new RotatingCredential(acme, 'ci', {
    identifier: 'ci',
    exportAccessKey: true,
    outputs: true,
  });
  expect(credential.accessKey).not.toBe('');
  const outputs = Object.values(synth(stack).outputs());
  expect(outputs.filter(({ value }) => /\.access_key\}$/u.test(String(value)))).toMatchObject([
    { sensitive: true },
  ]);
});

it('waits for its consumers when asked to', () => {
  const { stack, team } = newTeam();
  new RotatingCredential(team, 'ci', {
    identifier: 'ci',
    policy: RotationPolicy.every(Duration.days(30)),
    waitForAdoption: true,
  });
  expect(Object.values(synth(stack).resources('browserstack_credential_pair'))).toMatchObject([
    { rotate_after_days: 30, wait_for_adoption: true },
  ]);
});

it('owns the keys of its accounts', () => {
  const { stack, team } = newTeam();
  const credential = new RotatingCredential(team, 'ci', { identifier: 'ci' });
  new KeyRotation(credential.accountA, 'key');
  expect(() => synth(stack)).toThrow(
    'stack/acme/payments/ci and stack/acme/payments/ci/a/key both rotate the key of "stack/acme/payments/ci/a"',
  );
});

it('stands where an account may stand', () => {
  expect(() => new RotatingCredential(newStack(), 'ci', { identifier: 'ci' })).toThrow(
    'RotatingCredential "stack/ci" may only stand in a Team or an Organization of its stack',
  );
});
