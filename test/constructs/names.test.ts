import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DataResource, Fn, TerraformOutput, TerraformVariable } from 'cdktf';
import { Construct } from 'constructs';
import { describe, expect, it } from 'vitest';
import { KeyRotation, Organization, ServiceAccount, Team } from '../../constructs/index.ts';
import { literal } from '../../constructs/synthesis/literal.ts';
import { synth } from '../../constructs/testing/index.ts';
import { describeWithTerraform } from '../helpers/terraform.ts';
import { terraform } from './engine.ts';
import { newStack } from './stack.ts';

/** Ids that cdktf would write alike: it drops what Terraform names cannot hold. */
const LOOK_ALIKES = ['x y', 'xy', 'x.y', 'é', 'è', '数', 'x@y', '1st', '2nd', '-'];
const TERRAFORM_NAME = /^[A-Za-z_][A-Za-z0-9_-]*$/u;

describe('ids taken from user data', () => {
  it('never lose a team, an account or a key, at any depth', () => {
    const stack = newStack();
    for (const outer of LOOK_ALIKES) {
      const organization = new Organization(stack, outer, { name: outer });
      for (const inner of LOOK_ALIKES) {
        const team = new Team(organization, inner, { name: inner });
        const ci = new ServiceAccount(team, inner, { identifier: `ci ${inner}` });
        new KeyRotation(ci, inner, { outputs: true });
      }
    }
    const synthesized = synth(stack);
    const names = ['browserstack_team', 'browserstack_service_account', 'browserstack_access_key'].map(
      (type) => Object.keys(synthesized.resources(type)),
    );
    const squared = LOOK_ALIKES.length ** 2;
    expect(names.map(({ length }) => length)).toEqual([squared, squared, squared]);
    expect(Object.keys(synthesized.outputs())).toHaveLength(3 * squared);
    const aliases = synthesized
      .providers('browserstack')
      .flatMap(({ alias }) => (alias ? [String(alias)] : []));
    expect(new Set(aliases).size).toBe(LOOK_ALIKES.length);
    for (const name of [...names.flat(), ...Object.keys(synthesized.outputs()), ...aliases])
      expect(name).toMatch(TERRAFORM_NAME);
  });

  it('that cdktf leaves out altogether are an error with both paths', () => {
    const acme = new Organization(newStack(), 'acme', { name: 'Acme Inc.' });
    new ServiceAccount(acme, 'ci', { identifier: 'ci-1' });
    new ServiceAccount(new Construct(acme, 'Default'), 'ci', { identifier: 'ci-2' });
    expect(() => synth(acme.node.scope as never)).toThrow(
      /stack\/acme\/ci\/Resource and stack\/acme\/Default\/ci\/Resource would both be browserstack_service_account\.acme_ci_/u,
    );
  });

  it('collide no longer unnoticed in the rest of the stack either', () => {
    const stack = newStack();
    new Organization(stack, 'acme', { name: 'Acme Inc.' });
    for (const id of ['x y', 'xy']) new DataResource(stack, id);
    for (const id of ['x y', 'xy'])
      new TerraformOutput(new Construct(stack, `${id}-outputs`), 'Default', { value: id });
    expect(() => synth(stack)).toThrow('stack/x y and stack/xy would both be terraform_data.xy in Terraform');
    expect(() => synth(stack)).toThrow('would both be output.xy-outputs in Terraform');
  });

  it('must be known when the program runs', () => {
    const stack = newStack();
    const acme = new Organization(stack, 'acme', { name: 'Acme Inc.' });
    const { stringValue } = new TerraformVariable(stack, 'id', { type: 'string' });
    expect(() => new Team(acme, stringValue, { name: 'Core' })).toThrow('The id of Team is a token');
    expect(() => new Organization(stack, stringValue, { name: 'Bolt' })).toThrow(
      'The id of Organization is a token',
    );
  });
});

// biome-ignore-start lint/suspicious/noTemplateCurlyInString: templates of Terraform, as users may type them
const HOSTILE = [
  '${path.cwd}',
  '%{ if true }yes%{ endif }',
  '$${path.cwd}',
  '%%{ if true }',
  '$$${path.cwd}',
  'costs $5 {net} 100% {sure}',
  'ends with $',
  '"quotes" and \\backslash\\ and\nnew line',
  '${',
];

describe('texts from user data', () => {
  it('reach every attribute as text', () => {
    const stack = newStack();
    const evil = '${file("/etc/passwd")}%{for x in []}';
    const harmless = '$${file("/etc/passwd")}%%{for x in []}';
    const acme = new Organization(stack, 'acme', { name: evil, username: evil, baseUrl: evil });
    const ci = new ServiceAccount(new Team(acme, 'team', { name: evil }), 'ci', { identifier: evil });
    new KeyRotation(ci, 'key', { triggers: { [evil]: evil, camelCase: '' }, consumers: [evil] });
    new KeyRotation(ServiceAccount.fromUsername(acme, 'old', evil), 'key');
    new ServiceAccount(Team.fromTeamName(acme, 'legacy', evil), 'ci', { identifier: 'plain' });
    const synthesized = synth(stack);
    expect(synthesized.providers('browserstack')).toEqual([
      { alias: expect.any(String), organization: harmless, username: harmless, base_url: harmless },
    ]);
    expect(Object.values(synthesized.resources('browserstack_team'))).toMatchObject([{ name: harmless }]);
    expect(Object.values(synthesized.resources('browserstack_service_account'))).toMatchObject([
      { identifier: 'plain', team: harmless },
      { identifier: harmless },
    ]);
    const [old, key] = Object.values(synthesized.resources('browserstack_access_key'));
    expect(key).toMatchObject({ triggers: { [harmless]: harmless, camelCase: '' }, consumers: [harmless] });
    expect(old).toMatchObject({ username: harmless });
  });

  it('leave tokens alone, also in the middle of text', () => {
    const stack = newStack();
    const { stringValue } = new TerraformVariable(stack, 'stage', { type: 'string' });
    const acme = new Organization(stack, 'acme', { name: 'Acme Inc.' });
    new Team(acme, 'one', { name: `\${x} ${stringValue} %{y}` });
    new Team(acme, 'two', { name: Fn.upper(stringValue) });
    expect(Object.values(synth(stack).resources('browserstack_team'))).toMatchObject([
      { name: '$${x} ${var.stage} %%{y}' },
      { name: '${upper(var.stage)}' },
    ]);
  });
});

describeWithTerraform('hostile texts', () => {
  it('come out of Terraform as they went in', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'browserstack-iac-literal-'));
    try {
      const output = Object.fromEntries(
        HOSTILE.map((text, index) => [`o${index}`, { value: literal(text) }]),
      );
      writeFileSync(join(directory, 'main.tf.json'), JSON.stringify({ output }));
      expect(await terraform(directory, {}, 'apply', '-auto-approve')).toMatchObject({ exitCode: 0 });
      const { outputs } = JSON.parse(readFileSync(join(directory, 'terraform.tfstate'), 'utf8'));
      expect(HOSTILE.map((_, index) => outputs[`o${index}`].value)).toEqual(HOSTILE);
    } finally {
      rmSync(directory, { recursive: true, force: true });
    }
  });
});
// biome-ignore-end lint/suspicious/noTemplateCurlyInString: see above
