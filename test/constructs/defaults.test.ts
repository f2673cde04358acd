// What is said once, around many: policies, owners, names, protection.

import { TerraformVariable, Token } from 'cdktf';
import { Construct } from 'constructs';
import { describe, expect, it } from 'vitest';
import {
  AdoptedKeyAge,
  Duration,
  KeyRotation,
  Naming,
  Organization,
  type OrganizationProps,
  Product,
  RotatingCredential,
  RotationPolicy,
  ServiceAccount,
  ServiceAccountFleet,
  Team,
  User,
  UserRole,
  Weekday,
} from '../../constructs/index.ts';
import { synth } from '../../constructs/testing/index.ts';
import { GRANTABLE } from '../../src/resources/user/products.ts';
import { newStack } from './stack.ts';

const MONTHLY = RotationPolicy.every(Duration.days(30));
const WEEKLY = RotationPolicy.every(Duration.weeks(1));

function organization(props: Partial<OrganizationProps> = {}) {
  const stack = newStack();
  const acme = new Organization(stack, 'acme', { name: 'Acme Inc.', ...props });
  const bodies = (type: string) => Object.values(synth(stack).resources(`browserstack_${type}`));
  return { stack, acme, bodies };
}

// biome-ignore-start lint/suspicious/noTemplateCurlyInString: templates of Terraform
describe('a policy', () => {
  it('is another one after each method, and tells what it is', () => {
    const window = { days: Weekday.MON_FRI, hours: '09:00-16:00', timeZone: 'Europe/Berlin' };
    const policy = MONTHLY.jitter(Duration.days(7))
      .within(window)
      .keepAtLeast(Duration.days(1))
      .adoptedAs(AdoptedKeyAge.since('2026-01-31'));
    expect(String(policy.maxAge)).toBe('30 days');
    expect(String(policy.minimumAge)).toBe('1 day');
    expect(policy.spread?.toDays()).toBe(7);
    expect(policy.window?.days?.map(String)).toEqual(['mon', 'tue', 'wed', 'thu', 'fri']);
    expect(policy.adoptedKeyAge?.value).toBe('2026-01-31');
    expect([MONTHLY.spread, MONTHLY.window, RotationPolicy.onDemand().maxAge]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });

  it('is made of durations that are whole days, or known to Terraform', () => {
    for (const days of [-1, 1.5, Number.NaN, Number.POSITIVE_INFINITY])
      expect(() => Duration.days(days)).toThrow('whole number of days from 0');
    const { stack, acme, bodies } = organization();
    const { numberValue } = new TerraformVariable(stack, 'days', { type: 'number' });
    expect(() => Duration.weeks(numberValue)).toThrow('use days');
    acme
      .addServiceAccount('ci', { identifier: 'ci-1' })
      .rotateKey({ policy: RotationPolicy.every(Duration.days(numberValue)) });
    expect(bodies('access_key')).toMatchObject([{ rotate_after_days: '${var.days}' }]);
  });

  it.each([
    ['everyDays', 'policy: RotationPolicy.every(Duration.days(…))'],
    ['window', 'Weekday.MON'],
    ['jitterDays', '.jitter('],
  ])('is not lost where a program of version 0.1.0 says %s', (name, instead) => {
    const { acme } = organization();
    const account = acme.addServiceAccount('ci', { identifier: 'ci-1' });
    expect(() => account.rotateKey({ [name]: 30 })).toThrow(
      `"stack/acme/ci/key" is given what is part of its rotation policy now: ${name} →`,
    );
    expect(() => acme.addRotatingCredential('pair', { [name]: 30 })).toThrow(instead);
  });
});

describe('what an organization says', () => {
  it('holds for all keys in it, unless a team or a key says otherwise', () => {
    const { acme, bodies } = organization({ rotation: MONTHLY });
    const payments = acme.addTeam('payments', { rotation: WEEKLY });
    const key = acme.addServiceAccount('nightly').rotateKey();
    new ServiceAccount(new Construct(payments, 'robots'), 'ci').rotateKey();
    payments.addServiceAccount('manual').rotateKey({ policy: RotationPolicy.onDemand() });
    payments.addRotatingCredential('pair');
    const days = (type: string) => bodies(type).map(({ rotate_after_days }) => rotate_after_days);
    expect(days('access_key')).toEqual([30, undefined, 7]);
    expect(days('credential_pair')).toEqual([7]);
    expect(key.policy).toBe(MONTHLY);
  });

  it('names owners, whom plans show beside the consumers', () => {
    const { acme, bodies } = organization({ owner: 'platform@acme.test' });
    const payments = acme.addTeam('payments', { owner: 'payments@acme.test' });
    payments.addServiceAccount('ci', { consumers: ['GitHub: acme/payments'] }).rotateKey();
    acme.addServiceAccount('nightly', { owner: 'night@acme.test' }).rotateKey();
    acme.addServiceAccount('plain');
    for (const type of ['service_account', 'access_key'])
      expect(bodies(type).map(({ consumers }) => consumers)).toEqual(
        expect.arrayContaining([
          ['owner: night@acme.test'],
          ['GitHub: acme/payments', 'owner: payments@acme.test'],
        ]),
      );
    expect(bodies('service_account')).toContainEqual(
      expect.objectContaining({ identifier: 'plain', consumers: ['owner: platform@acme.test'] }),
    );
  });

  it('adds owners to consumers that only Terraform knows', () => {
    const { stack, acme, bodies } = organization({ owner: 'platform@acme.test' });
    const { listValue } = new TerraformVariable(stack, 'users', { type: 'list(string)' });
    acme.addServiceAccount('nightly', { consumers: listValue });
    expect(bodies('service_account')).toMatchObject([
      { consumers: '${concat(var.users, ["owner: platform@acme.test"])}' },
    ]);
  });

  it('protects, or does not, unless one says otherwise', () => {
    const { acme, bodies } = organization({ deletionProtection: false });
    const payments = acme.addTeam('payments', { deletionProtection: true });
    payments.addServiceAccount('ci');
    acme.addServiceAccount('nightly');
    expect(bodies('service_account').map(({ deletion_protection }) => deletion_protection)).toEqual([
      false,
      true,
    ]);
  });

  it('makes names of ids', () => {
    const identifiers = (naming?: Naming) => {
      const { acme, bodies } = organization({ naming });
      const team = acme.addTeam('payments');
      team.addServiceAccount('deploy');
      team.addRotatingCredential('pair');
      acme.addServiceAccount('nightly');
      return [...bodies('service_account'), ...bodies('team')].map(
        ({ identifier, name }) => identifier ?? name,
      );
    };
    const rest = (prefix: string) => [`${prefix}deploy`, `${prefix}pair-a`, `${prefix}pair-b`, 'payments'];
    expect(identifiers()).toEqual(['nightly', ...rest('payments-')]);
    expect(identifiers(Naming.ID)).toEqual(['nightly', ...rest('')]);
    expect(identifiers(Naming.pattern('acme-{team}-{id}', 'acme-{id}'))).toEqual([
      'acme-nightly',
      ...rest('acme-payments-'),
    ]);
    expect(() => Naming.pattern('{team}', '{id}')).toThrow('has no {id}');
  });
});

describe('a fleet', () => {
  it('makes an account and a key of each member, spread over half of the age', () => {
    const { acme, bodies } = organization({ rotation: MONTHLY });
    const fleet = new ServiceAccountFleet(acme.addTeam('payments'), 'ci', {
      members: [
        { identifier: 'ci-1', owner: 'one@acme.test' },
        { identifier: 'ci-2', consumers: ['Jenkins'] },
      ],
      consumers: ['GitHub'],
    });
    expect(fleet.accounts.map(({ identifier }) => identifier)).toEqual(['ci-1', 'ci-2']);
    expect(bodies('access_key')).toMatchObject([
      { rotate_after_days: 30, jitter_days: 15, consumers: ['GitHub', 'owner: one@acme.test'] },
      { rotate_after_days: 30, jitter_days: 15, consumers: ['Jenkins'] },
    ]);
    expect(bodies('service_account').every(({ team }) => String(team).includes('browserstack_team'))).toBe(
      true,
    );
  });

  it('keeps what is said about spreading', () => {
    const jitter = (rotation: RotationPolicy, stagger?: Duration) => {
      const { acme, bodies } = organization({ rotation });
      new ServiceAccountFleet(acme, 'ci', { members: [{ identifier: 'ci-1' }], stagger });
      return bodies('access_key')[0]?.jitter_days;
    };
    expect(jitter(MONTHLY, Duration.days(3))).toBe(3);
    expect(jitter(MONTHLY.jitter(Duration.days(5)))).toBe(5);
    expect(jitter(RotationPolicy.onDemand())).toBe(undefined);
  });

  it('does not depend on the order of its members, and refuses one twice', () => {
    const names = (...identifiers: readonly string[]) => {
      const { stack, acme } = organization();
      new ServiceAccountFleet(acme, 'ci', { members: identifiers.map((identifier) => ({ identifier })) });
      return Object.keys(synth(stack).resources('browserstack_service_account')).sort();
    };
    expect(names('b-1', 'a-1')).toEqual(names('a-1', 'b-1'));
    expect(() => names('a-1', 'a-1')).toThrow("already a Construct with name 'a-1'");
  });
});

describe('people', () => {
  it('stand in a team or in the organization', () => {
    const { acme, bodies } = organization();
    acme.addTeam('payments').addUser('jane', { email: 'jane@acme.test', fullName: 'Jane Doe' });
    acme.addUser('joe', {
      email: 'joe@acme.test',
      fullName: 'Joe Bloggs',
      role: UserRole.ADMIN,
      products: [Product.AUTOMATE],
    });
    expect(bodies('user')).toMatchObject([
      { email: 'joe@acme.test', role: 'admin', products: ['automate'] },
      { email: 'jane@acme.test', full_name: 'Jane Doe', team: expect.stringContaining('browserstack_team.') },
    ]);
    expect(Object.values(Product).sort()).toEqual([...GRANTABLE].sort());
  });

  it('are invited once', () => {
    const { stack, acme } = organization();
    for (const [id, email] of [
      ['a', 'Jane@acme.test'],
      ['b', 'jane@acme.test'],
    ] as const)
      acme.addUser(id, { email, fullName: 'Jane' });
    expect(() => synth(stack)).toThrow(
      'stack/acme/a and stack/acme/b both invite "jane@acme.test". Keep one.',
    );
  });
});

describe('what a construct tells', () => {
  it('is what the resource knows', () => {
    const { acme } = organization();
    const key = acme.addServiceAccount('nightly').rotateKey();
    const pair = acme.addRotatingCredential('pair');
    const team = acme.addTeam('payments');
    const person = acme.addUser('jane', { email: 'jane@acme.test', fullName: 'Jane' });
    const of = [key, pair].flatMap((one) => [
      one.username,
      one.keyFingerprint,
      one.keyVersion,
      one.generation,
      one.rotatedAt,
      one.rotationDueAt,
      one.rotationStatus,
      one.rotationReason,
    ]);
    const more = [key.escrowedAccessKey, pair.activeSlot, pair.idleUsername, pair.idleKeyFingerprint];
    for (const value of [
      ...of,
      ...more,
      pair.idleSlotStatus,
      team.createdAt,
      team.userCount,
      person.status,
      person.username,
    ])
      expect(Token.isUnresolved(value)).toBe(true);
  });

  it('is which noun it is, whichever class made it', () => {
    const { acme } = organization();
    const team = acme.addTeam('payments');
    const account = team.addServiceAccount('ci');
    const key = account.rotateKey();
    const pair = team.addRotatingCredential('pair');
    const person = team.addUser('jane', { email: 'jane@acme.test', fullName: 'Jane' });
    const fleet = new ServiceAccountFleet(team, 'fleet', { members: [] });
    const guards = [
      Organization.isOrganization,
      Team.isTeam,
      ServiceAccount.isServiceAccount,
      KeyRotation.isKeyRotation,
      RotatingCredential.isRotatingCredential,
      User.isUser,
      ServiceAccountFleet.isServiceAccountFleet,
    ];
    for (const [index, one] of [acme, team, account, key, pair, person, fleet].entries())
      expect(guards.map((is) => is(one))).toEqual(guards.map((_, other) => other === index));
    expect(Team.isTeam(Team.fromTeamName(acme, 'legacy', 'Legacy'))).toBe(true);
    expect(ServiceAccount.isServiceAccount(ServiceAccount.fromUsername(acme, 'old', 'robot_1'))).toBe(true);
    for (const one of [acme, team, account, key, pair, person]) expect(one.node.defaultChild).toBeDefined();
  });
});

describe('what exists already', () => {
  it('is taken over by an import', () => {
    const { stack, acme } = organization();
    const team = acme.addTeam('payments', { name: 'Payments' });
    const account = team.addServiceAccount('ci');
    const person = acme.addUser('jane', { email: 'jane@acme.test', fullName: 'Jane' });
    for (const one of [team, account, person]) one.adopt();
    acme.addServiceAccount('twin').adopt('twin_4f2a');
    const { import: imports } = synth(stack).json as { import: readonly { id: string; to: string }[] };
    expect(imports.map(({ id, to }) => [id, to.split('.')[0]])).toEqual(
      expect.arrayContaining([
        ['Payments', 'browserstack_team'],
        ['payments-ci', 'browserstack_service_account'],
        ['jane@acme.test', 'browserstack_user'],
        ['twin_4f2a', 'browserstack_service_account'],
      ]),
    );
  });

  it('is looked up by its identifier', () => {
    const { stack, acme, bodies } = organization();
    const old = ServiceAccount.fromIdentifier(acme, 'old', 'nightly');
    old.rotateKey();
    const [[name, source]] = Object.entries(synth(stack).dataSources('browserstack_service_account')) as [
      [string, object],
    ];
    expect(source).toMatchObject({ identifier: 'nightly' });
    expect(bodies('access_key')).toMatchObject([
      { username: `\${data.browserstack_service_account.${name}.username}` },
    ]);
  });
});
// biome-ignore-end lint/suspicious/noTemplateCurlyInString: see above
