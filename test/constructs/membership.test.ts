import { TerraformStack } from 'cdktf';
import { Construct } from 'constructs';
import { describe, expect, it } from 'vitest';
import { DeletionPolicy, KeyRotation, Organization, ServiceAccount, Team } from '../../constructs/index.ts';
import { synth } from '../../constructs/testing/index.ts';
import { newApp, newStack } from './stack.ts';

const newOrganization = () => new Organization(newStack(), 'acme', { name: 'Acme Inc.' });
const synthesized = (organization: Organization) => synth(TerraformStack.of(organization));
const accounts = (organization: Organization) =>
  Object.values(synthesized(organization).resources('browserstack_service_account'));

describe('an account belongs to what it stands in', () => {
  it('to the team, and waits for it', () => {
    const acme = newOrganization();
    const payments = new Team(acme, 'payments', { name: 'Payments' });
    const ci = new ServiceAccount(payments, 'ci', { identifier: 'payments-ci' });
    expect(ci.team).toBe(payments);
    const [name] = Object.keys(synthesized(acme).resources('browserstack_team'));
    expect(accounts(acme)).toEqual([
      {
        identifier: 'payments-ci',
        team: `\${browserstack_team.${name}.name}`,
        provider: expect.stringMatching(/^browserstack\.acme_Provider_/u),
      },
    ]);
  });

  it('to the organization', () => {
    const acme = newOrganization();
    const nightly = new ServiceAccount(acme, 'nightly', { identifier: 'nightly' });
    expect(nightly.team).toBeUndefined();
    expect(accounts(acme)).toEqual([
      { identifier: 'nightly', provider: expect.stringMatching(/^browserstack\.acme_Provider_/u) },
    ]);
  });

  it('to a team that is managed elsewhere, by name', () => {
    const acme = newOrganization();
    const legacy = Team.fromTeamName(acme, 'legacy', 'Legacy');
    new ServiceAccount(legacy, 'ci', { identifier: 'legacy-ci' });
    expect(accounts(acme)).toMatchObject([{ identifier: 'legacy-ci', team: 'Legacy' }]);
    expect(synthesized(acme).resources('browserstack_team')).toEqual({});
  });

  it('to the team around a construct made for grouping', () => {
    const acme = newOrganization();
    const payments = new Team(acme, 'payments', { name: 'Payments' });
    const group = new Construct(payments, 'robots');
    const ci = new ServiceAccount(group, 'ci', { identifier: 'payments-ci' });
    expect(ci.team).toBe(payments);
    expect(ci.organization).toBe(acme);
  });
});

describe('in a wrong place it says where it may stand', () => {
  it.each([
    [
      'a team outside of an organization',
      () => new Team(newStack(), 'core', { name: 'Core' }),
      'Team "stack/core" may only stand in an Organization of its stack',
    ],
    [
      'an account outside of an organization',
      () => new ServiceAccount(newStack(), 'ci', { identifier: 'ci-1' }),
      'ServiceAccount "stack/ci" may only stand in a Team or an Organization of its stack',
    ],
    [
      'a rotation outside of an account',
      () => new KeyRotation(newOrganization(), 'key'),
      'KeyRotation "stack/acme/key" stands in the Organization "stack/acme", but it may only stand in a ServiceAccount',
    ],
  ])('%s', (_name, make, message) => {
    expect(make).toThrow(message);
  });

  it('a team in a team, leaving nothing behind', () => {
    const acme = newOrganization();
    const outer = new Team(acme, 'outer', { name: 'Outer' });
    expect(() => new Team(outer, 'inner', { name: 'Inner' })).toThrow(
      'Team "stack/acme/outer/inner" stands in the Team "stack/acme/outer", but it may only stand in an Organization',
    );
    expect(outer.node.tryFindChild('inner')).toBeUndefined();
  });

  it('an account in an account', () => {
    const ci = new ServiceAccount(newOrganization(), 'ci', { identifier: 'ci-1' });
    expect(() => new ServiceAccount(ci, 'other', { identifier: 'ci-2' })).toThrow(
      'stands in the ServiceAccount "stack/acme/ci", but it may only stand in a Team or an Organization',
    );
  });

  it('a team in another stack than its organization', () => {
    const app = newApp();
    const acme = new Organization(new TerraformStack(app, 'one'), 'acme', { name: 'Acme Inc.' });
    const inner = new TerraformStack(acme, 'two');
    expect(() => new Team(inner, 'core', { name: 'Core' })).toThrow(
      'may only stand in an Organization of its stack',
    );
  });
});

describe('protection against deletion', () => {
  it('is left to the provider, which protects, when nobody says', () => {
    const acme = newOrganization();
    new Team(acme, 'core', { name: 'Core' });
    expect(Object.values(synthesized(acme).resources('browserstack_team'))).toEqual([
      { name: 'Core', provider: expect.stringMatching(/^browserstack\.acme_Provider_/u) },
    ]);
  });

  it('is what the organization says, unless one says otherwise', () => {
    const acme = new Organization(newStack(), 'acme', { name: 'Acme Inc.', deletionProtection: false });
    const core = new Team(acme, 'core', { name: 'Core' });
    new ServiceAccount(core, 'ci', { identifier: 'core-ci' });
    new ServiceAccount(core, 'audit', { identifier: 'core-audit', deletionProtection: true });
    expect(accounts(acme)).toMatchObject([
      { identifier: 'core-audit', deletion_protection: true },
      { identifier: 'core-ci', deletion_protection: false },
    ]);
    expect(Object.values(synthesized(acme).resources('browserstack_team'))).toMatchObject([
      { deletion_protection: false },
    ]);
  });
});

describe('the end of an account or a team', () => {
  it('may be to be abandoned; and who uses an account may be said', () => {
    const acme = newOrganization();
    const deletionPolicy = DeletionPolicy.ABANDON;
    const core = new Team(acme, 'core', { name: 'Core', deletionPolicy });
    new ServiceAccount(core, 'ci', {
      identifier: 'core-ci',
      deletionPolicy,
      consumers: ['GitHub: acme/core'],
    });
    expect(Object.values(synthesized(acme).resources('browserstack_team'))).toMatchObject([
      { deletion_policy: 'abandon' },
    ]);
    expect(accounts(acme)).toMatchObject([{ deletion_policy: 'abandon', consumers: ['GitHub: acme/core'] }]);
  });
});

describe('one thing, one owner', () => {
  it('names both paths of a team and of an account that are declared twice', () => {
    const acme = newOrganization();
    const one = new Team(acme, 'one', { name: 'Core' });
    const two = new Team(acme, 'two', { name: 'Core' });
    new ServiceAccount(one, 'ci', { identifier: 'core-ci' });
    new ServiceAccount(two, 'robot', { identifier: 'core-ci' });
    expect(() => synthesized(acme)).toThrow(
      'stack/acme/one and stack/acme/two both declare the team "Core". Keep one.',
    );
    expect(() => synthesized(acme)).toThrow(
      'stack/acme/one/ci and stack/acme/two/robot both declare the service account "core-ci". Keep one.',
    );
  });

  it('names both rotations of one key', () => {
    const acme = newOrganization();
    const ci = new ServiceAccount(acme, 'ci', { identifier: 'core-ci' });
    new KeyRotation(ci, 'key');
    new KeyRotation(ci, 'spare');
    new KeyRotation(ServiceAccount.fromUsername(acme, 'old', 'robot_1'), 'key');
    new KeyRotation(ServiceAccount.fromUsername(acme, 'old-again', 'robot_1'), 'key');
    expect(() => synthesized(acme)).toThrow(
      'stack/acme/ci/key and stack/acme/ci/spare both rotate the key of "stack/acme/ci". Keep one.',
    );
    expect(() => synthesized(acme)).toThrow('both rotate the key of "robot_1"');
  });

  it('lets two organizations have a team of the same name', () => {
    const stack = newStack();
    for (const name of ['Acme Inc.', 'Bolt GmbH'])
      new Team(new Organization(stack, name, { name }), 'core', { name: 'Core' });
    expect(Object.keys(synth(stack).resources('browserstack_team'))).toHaveLength(2);
  });
});
