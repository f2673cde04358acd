// What only Terraform knows, in the disguises that cdktf gives it: a number inside a text most of all, which it
// resolves by itself only where nothing else stands before it.

import { TerraformVariable, Token } from 'cdktf';
import type { IConstruct } from 'constructs';
import { describe, expect, it } from 'vitest';
import {
  AdoptedKeyAge,
  KeyRotation,
  Organization,
  RotatingCredential,
  RotationPolicy,
  ServiceAccount,
  Team,
} from '../../constructs/index.ts';
import { synth } from '../../constructs/testing/index.ts';
import { newStack } from './stack.ts';

// biome-ignore-start lint/suspicious/noTemplateCurlyInString: templates of Terraform
function newOrganization() {
  const stack = newStack();
  const variable = new TerraformVariable(stack, 'n', { type: 'any' });
  return { stack, variable, acme: new Organization(stack, 'acme', { name: 'Acme Inc.' }) };
}

describe('a number that only Terraform knows, written into a text', () => {
  it.each([
    ['after a minus', (n: number) => `gen-${n}`, 'gen-${var.n}'],
    ['after two', (n: number) => `gen--${n}-x`, 'gen--${var.n}-x'],
    ['after a plus, a dot, a bar', (n: number) => `+${n}.${n}|${n}`, '+${var.n}.${var.n}|${var.n}'],
    ['between digits', (n: number) => `1${n}5`, '1${var.n}5'],
    ['before an exponent', (n: number) => `${n}e5`, '${var.n}e5'],
    ['alone', (n: number) => `${n}`, '${var.n}'],
    ['beside a template', (n: number) => `\${x}${n}`, '$${x}${var.n}'],
  ])('%s, is resolved', (_where, write, expected) => {
    const { stack, variable, acme } = newOrganization();
    new Team(acme, 'team', { name: write(variable.numberValue) });
    const [team] = Object.values(synth(stack).resources('browserstack_team'));
    expect(team).toMatchObject({ name: expected });
  });

  it('is resolved on every attribute of every construct', () => {
    const stack = newStack();
    const text = `x-${new TerraformVariable(stack, 'n', { type: 'number' }).numberValue}`;
    const policy = {
      triggers: { [text]: text },
      consumers: [text],
      policy: RotationPolicy.onDemand()
        .within({ hours: text, timeZone: text, blackoutDates: [text] })
        .adoptedAs(AdoptedKeyAge.since(text)),
    };
    const environment = { [text]: text };
    const afterRotation = { command: text, environment, workingDirectory: text };
    const acme = new Organization(stack, 'acme', { name: text, username: text, baseUrl: text });
    const ci = new ServiceAccount(new Team(acme, 'team', { name: text }), 'ci', {
      identifier: text,
      consumers: [text],
    });
    new KeyRotation(ci, 'key', { ...policy, escrowRecipient: text, escrowDirectory: text, afterRotation });
    new KeyRotation(ServiceAccount.fromUsername(acme, 'old', text), 'key');
    new ServiceAccount(Team.fromTeamName(acme, 'legacy', text), 'ci', { identifier: 'plain' });
    new RotatingCredential(acme, 'pair', { ...policy, identifier: text, afterRotation });
    const json = JSON.stringify(synth(stack).json);
    expect(json).not.toMatch(/e\+\d/u);
    expect(json.match(/x-\$\{var\.n\}/gu)?.length).toBeGreaterThanOrEqual(30);
  });

  it('claims no name, and is no id', () => {
    const { stack, variable, acme } = newOrganization();
    const name = `core-${variable.numberValue}`;
    for (const id of ['one', 'two']) new Team(acme, id, { name });
    expect(() => synth(stack)).not.toThrow();
    expect(() => new Team(acme, name, { name: 'Core' })).toThrow('The id of Team is a token');
  });
});

describe('a list, a map or a computed number that only Terraform knows', () => {
  it.each([
    ['a list', ({ listValue }: TerraformVariable) => `${listValue}`],
    ['a list of numbers', ({ value }: TerraformVariable) => `n-${Token.asNumberList(value)}`],
    ['an element of a list', ({ listValue }: TerraformVariable) => `${listValue[0]}-ci`],
    ['something computed', ({ numberValue }: TerraformVariable) => `list ${-numberValue}`],
    ['a map', ({ value }: TerraformVariable) => `${Token.asStringMap(value)}`],
    ['a key of a map', ({ value }: TerraformVariable) => `${Object.keys(Token.asNumberMap(value))}`],
  ])('is refused inside a text: %s', (_what, write) => {
    const { variable, acme } = newOrganization();
    const make = () => new Team(acme, 'team', { name: write(variable) });
    expect(make).toThrow(
      /A text has (a list|something computed).* in it that only Terraform knows.*Fn\.join/u,
    );
    expect(
      () => new ServiceAccount(acme, 'ci', { identifier: 'ci-1', consumers: [write(variable), 'x'] }),
    ).toThrow('that only Terraform knows');
  });

  it('stays what it is where a list or a map belongs', () => {
    const { stack, variable, acme } = newOrganization();
    const account = new ServiceAccount(acme, 'ci', { identifier: 'ci-1', consumers: variable.listValue });
    new KeyRotation(account, 'key', {
      triggers: Token.asStringMap(variable.value),
      consumers: variable.listValue,
    });
    const synthesized = synth(stack);
    expect(Object.values(synthesized.resources('browserstack_service_account'))).toMatchObject([
      { consumers: '${var.n}' },
    ]);
    expect(Object.values(synthesized.resources('browserstack_access_key'))).toMatchObject([
      { consumers: '${var.n}', triggers: '${var.n}' },
    ]);
  });
});

describe('a template in a name', () => {
  const warnings = ({ node }: IConstruct) =>
    node.metadata.filter(({ type }) => type.endsWith('warn')).map(({ data }) => String(data));

  it.each(['${var.stage}', 'ci-${stage}', '%{ if true }x%{ endif }'])('warns: %s', (name) => {
    const { acme } = newOrganization();
    const team = new Team(acme, 'team', { name });
    expect(warnings(team)).toEqual([
      expect.stringMatching(
        /^The name of "stack\/acme\/team" has a template in it, ".*nothing in it is evaluated/u,
      ),
    ]);
  });

  it('does not warn of tokens, nor of what is no template', () => {
    const { variable, acme } = newOrganization();
    const names = ['costs $5 {net}', 'plain', variable.stringValue, `a-${variable.numberValue}`];
    const teams = names.map((name, index) => new Team(acme, `team${index}`, { name }));
    expect(teams.flatMap(warnings)).toEqual([]);
  });

  it('warns of every kind of name', () => {
    const name = '${x}';
    const acme = new Organization(newStack(), 'acme', { name, username: name });
    const ci = new ServiceAccount(acme, 'ci', { identifier: name });
    const old = ServiceAccount.fromUsername(acme, 'old', name);
    const legacy = Team.fromTeamName(acme, 'legacy', name);
    expect([acme, ci, old, legacy].map((one) => warnings(one).length)).toEqual([2, 1, 1, 1]);
  });
});
// biome-ignore-end lint/suspicious/noTemplateCurlyInString: see above
