import { DataResource, type TerraformStack } from 'cdktf';
import { Construct } from 'constructs';
import { describe, expect, it } from 'vitest';
import {
  KeyRotation,
  Organization,
  RotatingCredential,
  ServiceAccount,
  Team,
} from '../../constructs/index.ts';
import { synth } from '../../constructs/testing/index.ts';
import { newStack } from './stack.ts';

/** An organization chart; the ids say what is renamed. */
function chart({ acme = 'acme', team = 'payments', ci = 'ci', key = 'key' } = {}) {
  const stack = newStack();
  const organization = new Organization(stack, acme, { name: 'Acme Inc.' });
  const payments = new Team(organization, team, { name: 'Payments' });
  const account = new ServiceAccount(payments, ci, { identifier: 'payments-ci' });
  const rotation = new KeyRotation(account, key);
  return { stack, organization, payments, account, rotation };
}

const TYPES = [
  'browserstack_team',
  'browserstack_service_account',
  'browserstack_access_key',
  'terraform_data',
];
const addresses = (stack: TerraformStack) => {
  const synthesized = synth(stack);
  return TYPES.flatMap((type) => Object.keys(synthesized.resources(type)).map((name) => `${type}.${name}`));
};
const moves = (stack: TerraformStack) =>
  (synth(stack).json.moved ?? []) as readonly { readonly from: string; readonly to: string }[];

/** Where each address of one program ends in another, along its `moved` blocks. */
function destinations(before: readonly string[], now: TerraformStack) {
  const next = new Map(moves(now).map(({ from, to }) => [from, to]));
  return before.map((address) => {
    let at = address;
    for (let to = next.get(at); to !== undefined; to = next.get(at)) at = to;
    return at;
  });
}

describe('what was renamed', () => {
  it.each(['organization', 'payments', 'account', 'rotation'] as const)(
    '%s takes its subtree along',
    (which) => {
      const names = { organization: 'acme', payments: 'team', account: 'ci', rotation: 'key' };
      const before = addresses(chart().stack);
      const now = chart({ [names[which]]: 'other 1' });
      now[which].movedFrom(
        { organization: 'acme', payments: 'payments', account: 'ci', rotation: 'key' }[which],
      );
      expect(destinations(before, now.stack)).toEqual(addresses(now.stack));
      const below = { organization: 3, payments: 3, account: 2, rotation: 1 };
      expect(moves(now.stack)).toHaveLength(below[which]);
    },
  );

  it('several times, in whichever order it was deployed, ends where it is now', () => {
    const now = chart({ acme: 'a3', team: 'p2', ci: 'c2' });
    now.organization.movedFrom('a2');
    now.organization.movedFrom('a1');
    now.payments.movedFrom('p1');
    now.account.movedFrom('c1');
    for (const acme of ['a1', 'a2', 'a3'])
      for (const team of ['p1', 'p2'])
        for (const ci of ['c1', 'c2'])
          expect(destinations(addresses(chart({ acme, team, ci }).stack), now.stack)).toEqual(
            addresses(now.stack),
          );
    const targets = moves(now.stack).map(({ to }) => to);
    expect(new Set(targets).size).toBe(targets.length); // Terraform refuses two moves to one address
  });

  it('includes what users put into it, and nothing whose name does not depend on its place', () => {
    const program = (id: string) => {
      const made = chart({ ci: id });
      new DataResource(made.account, 'note', {});
      new DataResource(made.account, 'fixed', {}).overrideLogicalId('fixed');
      return made;
    };
    const before = addresses(program('ci').stack);
    const now = program('robot');
    now.account.movedFrom('ci');
    expect(destinations(before, now.stack)).toEqual(addresses(now.stack));
    expect(moves(now.stack)).toHaveLength(3);
  });

  it('is written for HCL too', () => {
    const now = chart({ key: 'rotation' });
    now.rotation.movedFrom('key');
    const { hcl } = now.stack.toHclTerraform();
    expect(hcl).toMatch(
      /moved \{\s+from = browserstack_access_key\.acme_payments_ci_key_\w+\s+to = browserstack/u,
    );
  });
});

describe('what stood elsewhere', () => {
  it('is named by its former path, whatever happened around it', () => {
    const before = addresses(chart().stack);
    const stack = newStack();
    const acme = new Organization(stack, 'company', { name: 'Acme Inc.' });
    acme.movedFrom('acme');
    const payments = new Team(new Construct(acme, 'teams'), 'payments', { name: 'Payments' });
    payments.movedFrom('stack/acme/payments');
    new KeyRotation(new ServiceAccount(payments, 'ci', { identifier: 'payments-ci' }), 'key');
    expect(destinations(before, stack)).toEqual(addresses(stack));
  });

  it('may become a slot of a pair', () => {
    const before = addresses(chart().stack).filter((address) => address.includes('service_account'));
    const stack = newStack();
    const team = new Team(new Organization(stack, 'acme', { name: 'Acme Inc.' }), 'payments', {
      name: 'Payments',
    });
    const pair = new RotatingCredential(team, 'pair', { identifier: 'payments-ci' });
    pair.accountA.movedFrom('stack/acme/payments/ci');
    const [a] = Object.keys(synth(stack).resources('browserstack_service_account'));
    expect(destinations(before, stack)).toEqual([`browserstack_service_account.${a}`]);
  });
});

describe('a move that cannot be', () => {
  it('is refused at once', () => {
    const { payments } = chart();
    for (const from of ['payments', 'stack/acme/payments'])
      expect(() => payments.movedFrom(from)).toThrow('that is where it is');
    expect(() => payments.movedFrom('other/acme/payments')).toThrow(
      'Give its former id, or its former path in the same stack, which begins with "stack/"',
    );
  });

  it('is refused at synthesis where something still stands', () => {
    const { stack, organization, payments } = chart();
    new Team(organization, 'old', { name: 'Old' });
    payments.movedFrom('old');
    expect(() => synth(stack)).toThrow(
      'It is said to have moved from "stack/acme/old", but there is still a construct.',
    );
  });
});
