// What must hold for an organization, as aspects: on the app, a stack or below; all that break a rule, at once, each
// with who answers, why and what to do.

import { Aspects, TerraformProvider, TerraformStack } from 'cdktf';
import type { IConstruct } from 'constructs';
import { describe, expect, it } from 'vitest';
import {
  Duration,
  ForbidKeyInState,
  KeyRotation,
  NamePattern,
  Organization,
  ProtectDeletion,
  RequireConsumers,
  RequireDelivery,
  RequireOwner,
  RequireRotation,
  RequireTeam,
  type RotatedKey,
  RotationPolicy,
  Rule,
  Rules,
  SecretSink,
  ServiceAccount,
} from '../../constructs/index.ts';
import { synth } from '../../constructs/testing/index.ts';
import { newApp, newStack } from './stack.ts';

const every = (days: number) => RotationPolicy.every(Duration.days(days));

/** The sentences of a failed synthesis that came from rules, in the order of the tree. */
function broken(stack: TerraformStack, rule: Rule | Rules, on: IConstruct = stack): readonly string[] {
  Aspects.of(on).add(rule);
  try {
    synth(stack);
    return [];
  } catch (error) {
    const lines = (error as Error).message.split('\n').filter((line) => line.startsWith('  ['));
    return lines.map((line) => line.trim());
  }
}

function organization(props: object = {}, stack = newStack()) {
  return { stack, acme: new Organization(stack, 'acme', { name: 'Acme Inc.', ...props }) };
}

describe('each rule', () => {
  it('RequireRotation: no key gets older', () => {
    const { stack, acme } = organization({ owner: 'platform@acme.test' });
    const team = acme.addTeam('payments', { rotation: every(90) });
    team.addServiceAccount('fine').rotateKey();
    team.addRotatingCredential('pair');
    acme.addServiceAccount('none');
    acme.addServiceAccount('late').rotateKey({ policy: every(91) });
    acme.addServiceAccount('never').rotateKey();
    acme.addRotatingCredential('lazy');
    ServiceAccount.fromUsername(acme, 'elsewhere', 'robot_1');
    expect(broken(stack, new RequireRotation(Duration.days(90)))).toEqual([
      expect.stringMatching(
        /^\[stack\/acme\/none\] The key of "none" is not rotated, .* at most 90 days \(platform@acme\.test answers for it\)\. Rotate it: .*Duration\.days\(90\)/u,
      ),
      expect.stringMatching(/^\[stack\/acme\/late\/key\] This key may get 91 days old/u),
      expect.stringMatching(/^\[stack\/acme\/never\/key\] No age makes this key due/u),
      expect.stringMatching(/^\[stack\/acme\/lazy\] No age makes this key due/u),
    ]);
  });

  it('ForbidKeyInState: neither exported nor in a target', () => {
    const { stack, acme } = organization();
    acme
      .addServiceAccount('fine')
      .rotateKey()
      .deliverTo(SecretSink.vaultKv2({ mount: 'kv' }).path('fine'));
    const key = acme.addServiceAccount('shown').rotateKey({ exportAccessKey: true });
    class Github extends TerraformProvider {}
    const provider = new Github(stack, 'github', { terraformResourceType: 'github' });
    const sink = {
      target: 'github: acme',
      type: 'github_actions_secret',
      attributes: {},
      secretArgument: 'plaintext_value',
    };
    key.deliverTo(SecretSink.resource({ ...sink, provider }), { allowSecretInState: true });
    expect(broken(stack, new ForbidKeyInState())).toEqual([
      expect.stringMatching(
        /^\[stack\/acme\/shown\/key\] exportAccessKey puts this key into the state.*deliverTo\(\) instead/u,
      ),
      expect.stringMatching(/^\[stack\/acme\/shown\/key\] github: acme holds this key in the state/u),
    ]);
  });

  it('RequireDelivery: a rotation reaches somebody', () => {
    const { stack, acme } = organization();
    acme
      .addServiceAccount('a-1')
      .rotateKey()
      .deliverTo(SecretSink.command({ name: 'x', command: 'true' }));
    acme.addServiceAccount('b-1').rotateKey({ afterRotation: { command: 'true' } });
    acme.addServiceAccount('c-1').rotateKey();
    expect(broken(stack, new RequireDelivery())).toEqual([
      expect.stringContaining('[stack/acme/c-1/key] A rotation of this key reaches nobody'),
    ]);
  });

  it('RequireTeam, RequireConsumers, RequireOwner, NamePattern: of each account', () => {
    const rules = () =>
      Rules.all(
        new RequireTeam(),
        new RequireConsumers(),
        new RequireOwner(),
        new NamePattern('[a-z]+-[a-z]+'),
      );
    const fine = organization();
    const team = fine.acme.addTeam('payments', { owner: 'payments@acme.test' });
    team.addServiceAccount('ci', { consumers: ['Jenkins'] });
    expect(broken(fine.stack, rules())).toEqual([]);
    const { stack, acme } = organization();
    acme.addServiceAccount('CI1');
    expect(broken(stack, rules())).toEqual([
      expect.stringContaining('[stack/acme/CI1] "CI1" belongs to no team'),
      expect.stringContaining('[stack/acme/CI1] Nobody knows who uses "CI1"'),
      expect.stringContaining('[stack/acme/CI1] Nobody answers for "CI1"'),
      expect.stringContaining('[stack/acme/CI1] "CI1" is not named like [a-z]+-[a-z]+'),
    ]);
  });

  it('ProtectDeletion: whoever took the protection away', () => {
    const { stack, acme } = organization({ deletionProtection: false });
    acme.addTeam('safe', { deletionProtection: true }).addServiceAccount('ci');
    acme.addServiceAccount('bare');
    expect(broken(stack, new ProtectDeletion())).toEqual([
      expect.stringMatching(/^\[stack\/acme\/bare\] It is not protected against deletion, which is final/u),
    ]);
  });
});

describe('rules', () => {
  it('on an app are asked in each of its stacks, although cdktf asks aspects of stacks only', () => {
    const app = newApp();
    for (const name of ['one', 'two'])
      organization({}, new TerraformStack(app, name)).acme.addServiceAccount(`${name}-ci`);
    Aspects.of(app).add(Rules.all(new RequireTeam()));
    expect(() => app.synth()).toThrow('[one] one/acme/one-ci: "one-ci" belongs to no team');
    expect(broken(app.node.findChild('two') as TerraformStack, new RequireOwner(), app)).toEqual([
      expect.stringContaining('[two] two/acme/two-ci: "two-ci" belongs to no team'),
      expect.stringContaining('[two] two/acme/two-ci: Nobody answers for "two-ci"'),
    ]);
  });

  it('below a stack hold there only, except where told, and may warn instead', () => {
    const { stack, acme } = organization();
    const payments = acme.addTeam('payments');
    const legacy = payments.addServiceAccount('legacy');
    payments.addServiceAccount('ci');
    acme.addServiceAccount('outside');
    expect(broken(stack, new RequireOwner({ except: [legacy] }), payments)).toEqual([
      expect.stringContaining('[stack/acme/payments/ci] Nobody answers'),
    ]);
    const warned = organization();
    const account = warned.acme.addServiceAccount('bare');
    expect(broken(warned.stack, new RequireOwner({ warnOnly: true }))).toEqual([]);
    expect(account.node.metadata.map(({ data }) => data)).toContainEqual(
      expect.stringContaining('Nobody answers for "bare"'),
    );
  });

  it('say the same however often the stack is synthesized', () => {
    const { stack, acme } = organization();
    acme.addServiceAccount('bare');
    const rule = new RequireOwner();
    expect(broken(stack, rule)).toHaveLength(1);
    expect(broken(stack, rule)).toHaveLength(1);
  });

  it('can be of anybody: what a key is told can be read', () => {
    class Monthly extends Rule {
      public problemsOf(construct: IConstruct): string[] {
        if (!KeyRotation.isKeyRotation(construct)) return [];
        return construct.policy?.maxAge?.toDays() === 30
          ? []
          : [`${construct.account.node.id} is not monthly`];
      }
    }
    const { stack, acme } = organization({ rotation: every(30) });
    acme.addServiceAccount('a-1').rotateKey();
    const key: RotatedKey = acme.addServiceAccount('b-1').rotateKey({ policy: every(31) });
    expect(broken(stack, new Monthly())).toEqual(['[stack/acme/b-1/key] b-1 is not monthly']);
    expect(String(key.policy?.maxAge)).toBe('31 days');
  });
});
