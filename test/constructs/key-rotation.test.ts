import { DataResource, Fn, TerraformOutput, TerraformStack, TerraformVariable, Token } from 'cdktf';
import { describe, expect, it } from 'vitest';
import {
  AdoptedKeyAge,
  Duration,
  ExternalRotation,
  KeyRotation,
  type KeyRotationProps,
  Organization,
  RotationPolicy,
  ServiceAccount,
  Weekday,
} from '../../constructs/index.ts';
import { type Body, type SynthesizedStack, synth } from '../../constructs/testing/index.ts';
import { newApp, newStack, ON_CDKTN } from './stack.ts';

function rotation(props?: KeyRotationProps, stack = newStack()) {
  const acme = new Organization(stack, 'acme', { name: 'Acme Inc.' });
  const account = new ServiceAccount(acme, 'ci', { identifier: 'ci-1' });
  const key = new KeyRotation(account, 'key', props);
  return { stack, account, key };
}

const only = (stack: SynthesizedStack, type: string) => {
  const bodies = Object.values(stack.resources(type));
  expect(bodies).toHaveLength(1);
  return bodies[0];
};

describe('the key of the account it stands in', () => {
  it('asks for nothing but to be adopted, and shows nothing', () => {
    const { stack } = rotation();
    const synthesized = synth(stack);
    const [account] = Object.keys(synthesized.resources('browserstack_service_account'));
    expect(only(synthesized, 'browserstack_access_key')).toEqual({
      provider: expect.stringMatching(/^browserstack\.acme_Provider_/u),
      username: `\${browserstack_service_account.${account}.username}`,
    });
    expect(synthesized.outputs()).toEqual({});
    expect(Object.keys(synthesized.json.resource as object)).not.toContain('null_resource');
    expect(Object.keys(synthesized.json.provider as object)).toEqual(['browserstack']);
  });

  it('takes triggers and consumers', () => {
    const { stack } = rotation({ triggers: { rotation: '2' }, consumers: ['GitHub: acme/payments'] });
    expect(only(synth(stack), 'browserstack_access_key')).toMatchObject({
      triggers: { rotation: '2' },
      consumers: ['GitHub: acme/payments'],
    });
  });

  it('takes a whole policy', () => {
    const { stack } = rotation({
      policy: RotationPolicy.every(Duration.days(30))
        .keepAtLeast(Duration.days(2))
        .jitter(Duration.weeks(1))
        .within({
          days: [Weekday.TUE, Weekday.WED],
          hours: '02:00-05:00',
          timeZone: 'Europe/Berlin',
          blackoutDates: ['2026-12-24'],
        })
        .adoptedAs(AdoptedKeyAge.DUE),
      onExternalRotation: ExternalRotation.ERROR,
      rotateOnDestroy: true,
      escrowRecipient: 'age1recipient',
      escrowDirectory: '/var/escrow',
    });
    expect(only(synth(stack), 'browserstack_access_key')).toMatchObject({
      rotate_after_days: 30,
      minimum_age_days: 2,
      jitter_days: 7,
      window: {
        days: ['tue', 'wed'],
        hours: '02:00-05:00',
        time_zone: 'Europe/Berlin',
        blackout_dates: ['2026-12-24'],
      },
      adopted_key_age: 'due',
      on_external_rotation: 'error',
      rotate_on_destroy: true,
      escrow_recipient: 'age1recipient',
      escrow_directory: '/var/escrow',
    });
  });

  it('takes a hidden current key as a token only', () => {
    const stack = newStack();
    const { stringValue } = new TerraformVariable(stack, 'current', { type: 'string', sensitive: true });
    rotation({ currentAccessKey: stringValue }, stack);
    expect(only(synth(stack), 'browserstack_access_key')).toMatchObject({
      current_access_key: `\${var.current}`,
    });
    const clear = () => rotation({ currentAccessKey: 'CanaryKey12345678901' });
    expect(clear).toThrow(/given to "stack\/acme\/ci\/key" would stand in clear/u);
    expect(clear).not.toThrow(/CanaryKey/u);
  });

  it('may be that of an account managed elsewhere', () => {
    const stack = newStack();
    const acme = new Organization(stack, 'acme', { name: 'Acme Inc.' });
    new KeyRotation(ServiceAccount.fromUsername(acme, 'old', 'robot_1'), 'key');
    expect(only(synth(stack), 'browserstack_access_key')).toMatchObject({ username: 'robot_1' });
    expect(synth(stack).resources('browserstack_service_account')).toEqual({});
  });
});

describe('the key itself', () => {
  it('is not there unless exported, and the error says what to do', () => {
    const { key } = rotation();
    expect(() => key.accessKey).toThrow(
      /The key of "stack\/acme\/ci\/key" is not exported. Hand it over with deliverTo\(\).* exportAccessKey: true/u,
    );
  });

  it('is a token when exported', () => {
    const { stack, key } = rotation({ exportAccessKey: true });
    expect(Token.isUnresolved(key.accessKey)).toBe(true);
    expect(only(synth(stack), 'browserstack_access_key')).toMatchObject({ export_access_key: true });
  });

  it('may not be used in another stack, which would print it', () => {
    const app = newApp();
    const { stack, key } = rotation({ exportAccessKey: true }, new TerraformStack(app, 'owner'));
    const user = new TerraformStack(app, 'user');
    new DataResource(user, 'secret', { input: { key: key.accessKey } });
    expect(() => app.synth()).toThrow(/\[owner\/acme\/ci\/key\] The key is used in another stack/u);
    expect(stack.node.id).toBe('owner');
  });

  it('lets another stack use its fingerprint', () => {
    const app = newApp();
    const { key } = rotation({ exportAccessKey: true }, new TerraformStack(app, 'owner'));
    new DataResource(new TerraformStack(app, 'user'), 'mark', { input: { mark: key.keyFingerprint } });
    expect(() => app.synth()).not.toThrow();
  });
});

describe('outputs', () => {
  it('show user name, fingerprint and generation', () => {
    const { stack } = rotation({ outputs: true });
    const outputs = Object.entries(synth(stack).outputs());
    expect(outputs.map(([name, { value, sensitive }]) => [name, value, sensitive])).toEqual([
      [
        expect.stringMatching(/^acme_ci_key_fingerprint_/u),
        expect.stringMatching(/\.key_fingerprint\}$/u),
        undefined,
      ],
      [
        expect.stringMatching(/^acme_ci_key_generation_/u),
        expect.stringMatching(/\.generation\}$/u),
        undefined,
      ],
      [expect.stringMatching(/^acme_ci_key_username_/u), expect.stringMatching(/\.username\}$/u), undefined],
    ]);
  });

  it('mark the key as sensitive, always', () => {
    const { stack } = rotation({ outputs: true, exportAccessKey: true });
    const ofKey = Object.values(synth(stack).outputs()).filter(({ value }) =>
      /\.access_key\}$/u.test(String(value)),
    );
    expect(ofKey).toMatchObject([{ sensitive: true }]);
  });
});

describe('afterRotation', () => {
  const afterRotation = {
    command: `./publish.sh "\${NAME}"`,
    environment: { NAME: 'ci', camelCase: '%{x}' },
    workingDirectory: 'scripts',
  };

  it('runs a command when the key or the account changes, with all it needs in its environment', () => {
    const { stack } = rotation({ afterRotation });
    const synthesized = synth(stack);
    const [keyName] = Object.keys(synthesized.resources('browserstack_access_key'));
    const key = `browserstack_access_key.${keyName}`;
    const [[name, ephemeral]] = Object.entries(
      (synthesized.json.ephemeral as Body).browserstack_access_key as Record<string, Body>,
    ) as [[string, Body]];
    expect(ephemeral).toEqual({
      provider: `browserstack.${synthesized.providers('browserstack')[0]?.alias}`,
      username: `\${${key}.username}`,
      expected_fingerprint: `\${${key}.key_fingerprint}`,
    });
    expect(only(synthesized, 'terraform_data')).toEqual({
      triggers_replace: { account: `\${${key}.username}`, key: `\${${key}.key_fingerprint}` },
      provisioner: [
        {
          'local-exec': {
            command: './publish.sh "$${NAME}"',
            working_dir: 'scripts',
            environment: {
              NAME: 'ci',
              camelCase: '%%{x}',
              BROWSERSTACK_USERNAME: `\${${key}.username}`,
              BROWSERSTACK_ACCESS_KEY: `\${ephemeral.browserstack_access_key.${name}.access_key}`,
              BROWSERSTACK_KEY_GENERATION: `\${${key}.generation}`,
              BROWSERSTACK_KEY_FINGERPRINT: `\${${key}.key_fingerprint}`,
            },
          },
        },
      ],
    });
    expect(synthesized.providers('null')).toEqual([]);
  });

  it('may not be told another account', () => {
    expect(() =>
      rotation({ afterRotation: { command: 'true', environment: { BROWSERSTACK_ACCESS_KEY: 'x' } } }),
    ).toThrow('always gets BROWSERSTACK_ACCESS_KEY of the account: leave it out of its environment');
  });

  it('cannot be told a key that BrowserStack hides, unless it is exported', () => {
    const stack = newStack();
    const { stringValue } = new TerraformVariable(stack, 'current', { type: 'string', sensitive: true });
    const props = { currentAccessKey: stringValue, afterRotation: { command: 'true' } };
    expect(() => rotation(props, stack)).toThrow(
      'hides it from whoever looks it up. Set exportAccessKey: true',
    );
    const shown = newStack();
    const current = new TerraformVariable(shown, 'current', { type: 'string', sensitive: true });
    rotation({ ...props, currentAccessKey: current.stringValue, exportAccessKey: true }, shown);
    const hook = JSON.stringify(only(synth(shown), 'terraform_data'));
    expect(hook).toMatch(/"BROWSERSTACK_ACCESS_KEY":"\$\{browserstack_access_key\.[^}]+\.access_key\}"/u);
  });

  it('is not lost without a word where ephemeral blocks cannot be written', () => {
    const { stack } = rotation({ afterRotation });
    if (ON_CDKTN)
      expect(stack.toHclTerraform().hcl).toMatch(/ephemeral "browserstack_access_key" "\w+" \{\nusername =/u);
    else expect(() => stack.toHclTerraform()).toThrow('which cdktf 0.21 cannot write as HCL');
  });
});

describe('numbers in texts', () => {
  it('survive as a token made a string', () => {
    const { stack, key } = rotation();
    new TerraformOutput(stack, 'next', { value: Fn.format('generation %d', [key.generation]) });
    expect(synth(stack).outputs().next?.value).toMatch(
      /^\$\{format\("generation %d", browserstack_access_key\.\w+\.generation\)\}$/u,
    );
  });
});
