// What a delivery is at synthesis: what it makes, what it refuses, what it says.

import {
  DataResource,
  Fn,
  TerraformOutput,
  TerraformProvider,
  TerraformStack,
  TerraformVariable,
  Token,
} from 'cdktf';
import type { Construct } from 'constructs';
import { describe, expect, it } from 'vitest';
import {
  BrowserstackFunctions,
  Delivery,
  Duration,
  EphemeralAccessKey,
  type ISecretSink,
  type KeyRotationProps,
  Organization,
  SecretSink,
} from '../../constructs/index.ts';
import { type Body, synth } from '../../constructs/testing/index.ts';
import { newApp, newStack } from './stack.ts';

// biome-ignore-start lint/suspicious/noTemplateCurlyInString: expressions of Terraform
function rotation(props?: KeyRotationProps, stack = newStack()) {
  const acme = new Organization(stack, 'acme', { name: 'Acme Inc.' });
  return { stack, acme, key: acme.addServiceAccount('ci', { identifier: 'ci-1' }).rotateKey(props) };
}

class SomeProvider extends TerraformProvider {}

const vault = SecretSink.vaultKv2({ mount: 'secret' });
const one = (bodies: { readonly [name: string]: Body }) => {
  expect(Object.keys(bodies)).toHaveLength(1);
  return Object.entries(bodies)[0] as [string, Body];
};
const ephemerals = (stack: TerraformStack, type: string) =>
  (synth(stack).json.ephemeral as { [type: string]: { [name: string]: Body } })[type] ?? {};

describe('a delivery to Vault', () => {
  it('writes both halves without a trace, and reads them back after they were written', () => {
    const { stack, key } = rotation();
    const delivery = key.deliverTo(vault.path('browserstack/ci'));
    const synthesized = synth(stack);
    const [keyName] = one(synthesized.resources('browserstack_access_key'));
    const [handed, ephemeral] = one(ephemerals(stack, 'browserstack_access_key'));
    const [name, secret] = one(synthesized.resources('vault_kv_secret_v2'));
    const at = `browserstack_access_key.${keyName}`;
    expect(ephemeral).toMatchObject({
      username: `\${${at}.username}`,
      expected_fingerprint: `\${${at}.key_fingerprint}`,
    });
    expect(secret).toEqual({
      mount: 'secret',
      name: 'browserstack/ci',
      data_json_wo: `\${jsonencode({"username" = ${at}.username, "access_key" = ephemeral.browserstack_access_key.${handed}.access_key})}`,
      data_json_wo_version: `\${${at}.key_version}`,
    });
    const [stored, readBack] = one(ephemerals(stack, 'vault_kv_secret_v2'));
    expect(readBack).toEqual({
      mount: `\${trimsuffix(vault_kv_secret_v2.${name}.path, "/data/browserstack/ci")}`,
      name: `\${vault_kv_secret_v2.${name}.name}`,
    });
    const [, proof] = one(synthesized.resources('browserstack_key_delivery'));
    expect(proof).toMatchObject({
      username: `\${${at}.username}`,
      key_fingerprint: `\${${at}.key_fingerprint}`,
      stored_wo: `\${ephemeral.vault_kv_secret_v2.${stored}.data_json}`,
      store: 'vault: secret/browserstack/ci',
      mend: expect.stringContaining(`terraform apply -replace=vault_kv_secret_v2.${name} `),
    });
    expect(synthesized.json.terraform).toMatchObject({
      required_providers: { vault: { source: 'hashicorp/vault' } },
    });
    expect(synthesized.providers('vault')).toEqual([]);
    expect([delivery.isVerified, Delivery.isDelivery(delivery), key.deliveries]).toEqual([
      true,
      true,
      [delivery],
    ]);
    expect(Token.isUnresolved(delivery.confirmedAt)).toBe(true);
  });

  it('of a pair says which account is idle, so that its credential is not ended while the store holds it', () => {
    const { stack, acme } = rotation();
    acme.addRotatingCredential('pair').deliverTo(vault.path('pair'));
    const [, proof] = one(synth(stack).resources('browserstack_key_delivery'));
    expect(proof.idle_username).toMatch(/^\$\{browserstack_credential_pair\.\w+\.idle_username\}$/u);
  });

  it('takes other names of fields, another provider, and no proof', () => {
    const { stack, key } = rotation();
    const provider = new SomeProvider(stack, 'vault', {
      terraformResourceType: 'vault',
      terraformProviderSource: 'hashicorp/vault',
    });
    const fields = { usernameField: 'BROWSERSTACK_USERNAME', accessKeyField: 'BROWSERSTACK_ACCESS_KEY' };
    key.deliverTo(SecretSink.vaultKv2({ mount: 'kv', provider, ...fields }).path('a'));
    const delivery = key.deliverTo(vault.path('b'), { verify: false, id: 'unproven' });
    const synthesized = synth(stack);
    const [, proof] = one(synthesized.resources('browserstack_key_delivery'));
    expect(proof).toMatchObject({
      username_field: 'BROWSERSTACK_USERNAME',
      access_key_field: 'BROWSERSTACK_ACCESS_KEY',
    });
    expect(
      Object.values(synthesized.resources('vault_kv_secret_v2')).map(({ provider: used }) => used),
    ).toEqual(expect.arrayContaining(['vault', undefined]));
    expect(synthesized.providers('vault')).toHaveLength(1);
    expect(delivery.node.id).toBe('unproven');
    expect(() => delivery.confirmedAt).toThrow('Nothing confirms the delivery to "vault: secret/b"');
    for (const usernameField of ['a"b', 'access_key'])
      expect(() => key.deliverTo(SecretSink.vaultKv2({ mount: 'kv', usernameField }).path('c'))).toThrow(
        /cannot be the field|Both halves/u,
      );
  });

  it('happens once to one target', () => {
    const { stack, acme, key } = rotation();
    key.deliverTo(vault.path('ci'));
    acme.addServiceAccount('other').rotateKey().deliverTo(vault.path('ci'));
    expect(() => synth(stack)).toThrow(/both deliver to "vault: secret\/ci". Keep one\./u);
  });
});

describe('a target', () => {
  it('that would hold the key in the state is refused, unless allowed', () => {
    const { stack, key } = rotation({ exportAccessKey: true });
    const provider = new SomeProvider(stack, 'github', {
      terraformResourceType: 'github',
      terraformProviderSource: 'integrations/github',
    });
    const sink = SecretSink.resource({
      target: 'github: acme/ci',
      type: 'github_actions_secret',
      attributes: { repository: 'ci', secret_name: 'BROWSERSTACK' },
      secretArgument: 'plaintext_value',
      provider,
    });
    expect(() => key.deliverTo(sink)).toThrow(
      /github: acme\/ci would hold the key in the state of Terraform, in clear.*allowSecretInState: true/u,
    );
    key.deliverTo(sink, { allowSecretInState: true, id: 'allowed' });
    const [, secret] = one(synth(stack).resources('github_actions_secret'));
    expect(secret.plaintext_value).toMatch(
      /^\$\{jsonencode\(\{"username" = .*\.username, "access_key" = browserstack_access_key\.\w+\.access_key\}\)\}$/u,
    );
    const hidden = rotation();
    expect(() => hidden.key.deliverTo(sink, { allowSecretInState: true })).toThrow(
      'set exportAccessKey: true',
    );
  });

  it('that only Terraform knows needs an id', () => {
    const { stack, key } = rotation();
    const { stringValue } = new TerraformVariable(stack, 'path', { type: 'string' });
    expect(() => key.deliverTo(vault.path(stringValue))).toThrow('give the delivery an id of its own');
    key.deliverTo(vault.path(stringValue), { id: 'vault' });
    const [, secret] = one(synth(stack).resources('vault_kv_secret_v2'));
    expect(secret.name).toBe('${var.path}');
  });

  it('that is not read back says so, and what proves it instead', () => {
    const { key } = rotation();
    const delivery = key.deliverTo(SecretSink.githubActions().repository('acme/ci'));
    expect(delivery.isVerified).toBe(false);
    expect(delivery.node.metadata.map(({ data }) => data)).toContainEqual(
      expect.stringContaining('"GitHub Actions: --repo=acme/ci" is not verified. A command writes it'),
    );
    for (const repository of ['acme/ci; rm -rf /', 'a b'])
      expect(() => SecretSink.githubActions().repository(repository)).toThrow(
        'cannot be the name of a target',
      );
  });

  it('may be of anybody: one interface', () => {
    class Drawer implements ISecretSink {
      public readonly target = 'drawer';
      public bind(scope: Construct, { accessKey, keyVersion }: Parameters<ISecretSink['bind']>[1]) {
        const writer = new DataResource(scope, 'Resource', { triggersReplace: { version: keyVersion } });
        writer.addOverride('value_wo', accessKey);
        return { writer };
      }
    }
    const { stack, key } = rotation();
    expect(key.deliverTo(new Drawer()).isVerified).toBe(false);
    const [, drawer] = one(synth(stack).resources('terraform_data'));
    expect(drawer.value_wo).toMatch(/^\$\{ephemeral\./u);
  });
});

describe('an ephemeral value', () => {
  it('may stand where Terraform keeps nothing', () => {
    const { stack, key } = rotation();
    const { accessKey } = key.ephemeralKey();
    new DataResource(stack, 'hook', {
      provisioners: [{ type: 'local-exec', command: 'true', environment: { KEY: accessKey } }],
    });
    new SomeProvider(stack, 'p', { terraformResourceType: 'p' }).addOverride('token', accessKey);
    expect(() => synth(stack)).not.toThrow();
  });

  it('is refused where Terraform would keep it, with the path', () => {
    const { stack, acme, key } = rotation();
    const { accessKey } = key.ephemeralKey();
    new DataResource(stack, 'data', { input: { key: `x${accessKey}` } });
    new TerraformOutput(stack, 'output', { value: Fn.jsonencode({ key: accessKey }) });
    acme.addServiceAccount('other').rotateKey({ triggers: { key: accessKey } });
    for (const where of [
      'stack/data: "input.key"',
      'stack/output: "value"',
      'stack/acme/other/key/Resource: "triggers.key"',
    ])
      expect(() => synth(stack)).toThrow(`${where} would keep an ephemeral value in the state`);
  });

  it('does not cross a stack', () => {
    const app = newApp();
    const { key } = rotation({}, new TerraformStack(app, 'owner'));
    new DataResource(new TerraformStack(app, 'user'), 'hook', {
      provisioners: [
        { type: 'local-exec', command: 'true', environment: { KEY: key.ephemeralKey().accessKey } },
      ],
    });
    expect(() => app.synth()).toThrow(
      'an ephemeral value is used in another stack. It lives in one run only',
    );
  });

  it('written as text is refused where a function of cdktf would deliver the text', () => {
    const { stack, key } = rotation();
    key.ephemeralKey();
    const typed = new DataResource(stack, 'typed');
    typed.addOverride(
      'value_wo',
      Fn.jsonencode({ key: '${ephemeral.browserstack_access_key.ci.access_key}' }),
    );
    expect(() => synth(stack)).toThrow(/stack\/typed: "value_wo" holds "\$\{ephemeral\.…\}" as text/u);
  });

  it('can be had for any account', () => {
    const stack = newStack();
    const acme = new Organization(stack, 'acme', { name: 'Acme Inc.' });
    new EphemeralAccessKey(acme, 'robot', { username: 'robot_1', provider: acme.provider });
    const [, block] = one(ephemerals(stack, 'browserstack_access_key'));
    expect(block).toEqual({ username: 'robot_1', provider: expect.stringMatching(/^browserstack\./u) });
  });
});

describe('functions of the provider', () => {
  it('are written with everything in their arguments as text', () => {
    const { stack, key } = rotation();
    const of = (value: string) => {
      const output = new TerraformOutput(stack, `o${Math.abs(value.length)}`, { value, sensitive: true });
      const { value: written } = Object.values(synth(stack).outputs())[0] as Body;
      stack.node.tryRemoveChild(output.node.id);
      return written;
    };
    expect(of(BrowserstackFunctions.hubUrl('a"b\\c\n${x}%{y}', key.keyFingerprint))).toBe(
      `\${provider::browserstack::hub_url("a\\"b\\\\c\\n$\${x}%%{y}", browserstack_access_key.acme_ci_key_755F3146.key_fingerprint)}`,
    );
    expect(of(BrowserstackFunctions.credentialJson(`ci-${key.username}`, 'k'))).toBe(
      '${provider::browserstack::credential_json(join("", ["ci-", browserstack_access_key.acme_ci_key_755F3146.username]), "k")}',
    );
    expect(of(BrowserstackFunctions.keyFingerprint('', ''))).toBe(
      '${provider::browserstack::key_fingerprint("", "")}',
    );
    expect(
      of(
        BrowserstackFunctions.rotationDueAt('a', '2026-01-01T00:00:00Z', Duration.days(30), Duration.days(7)),
      ),
    ).toBe('${provider::browserstack::rotation_due_at("a", "2026-01-01T00:00:00Z", 30, 7)}');
  });
});
// biome-ignore-end lint/suspicious/noTemplateCurlyInString: see above
