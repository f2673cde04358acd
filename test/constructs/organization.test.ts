import { TerraformVariable } from 'cdktf';
import { expect, it } from 'vitest';
import { AccountChanges, l1, Organization, ServiceAccount, Team } from '../../constructs/index.ts';
import { synth } from '../../constructs/testing/index.ts';
import { newStack } from './stack.ts';

it('configures the provider once, guarded by the name of the organization, without credentials', () => {
  const stack = newStack();
  new Organization(stack, 'acme', { name: 'Acme Inc.' });
  expect(synth(stack).json).toEqual({
    provider: { browserstack: [{ organization: 'Acme Inc.', alias: 'acme_Provider_0316613D' }] },
    terraform: {
      backend: expect.anything(),
      required_providers: {
        browserstack: { source: 'browserstack-iac/browserstack', version: expect.stringMatching(/^\d/u) },
      },
    },
  });
});

it('passes settings on, and leaves the guard out when told to', () => {
  const stack = newStack();
  new Organization(stack, 'acme', {
    name: 'Acme Inc.',
    guard: false,
    username: 'olivia',
    baseUrl: 'http://127.0.0.1:1',
    maxRotationsPerApply: 3,
    accountChanges: AccountChanges.IN_PLACE,
    requestTimeout: 7,
  });
  expect(synth(stack).providers('browserstack')).toEqual([
    {
      alias: expect.any(String),
      username: 'olivia',
      base_url: 'http://127.0.0.1:1',
      max_rotations_per_apply: 3,
      account_changes: 'in_place',
      request_timeout: 7,
    },
  ]);
});

it('takes an access key as a token and refuses one in clear', () => {
  const stack = newStack();
  const variable = new TerraformVariable(stack, 'key', { type: 'string', sensitive: true });
  new Organization(stack, 'acme', { name: 'Acme Inc.', accessKey: variable.stringValue });
  expect(synth(stack).providers('browserstack')).toMatchObject([{ access_key: `\${var.key}` }]);

  const clear = () =>
    new Organization(newStack(), 'acme', { name: 'Acme Inc.', accessKey: 'CanaryKey12345678901' });
  expect(clear).toThrow(/given to "stack\/acme" would stand in clear.*BROWSERSTACK_ACCESS_KEY/u);
  expect(clear).not.toThrow(/CanaryKey/u);
});

it('gives each organization of a stack a provider with an alias, and its members that provider', () => {
  const stack = newStack();
  for (const name of ['Acme Inc.', 'Bolt GmbH']) {
    const organization = new Organization(stack, name, { name });
    const team = new Team(organization, 'team', { name: 'Core' });
    new ServiceAccount(team, 'ci', { identifier: 'core-ci' });
  }
  const synthesized = synth(stack);
  const [first, second] = synthesized.providers('browserstack');
  expect(first).toEqual({ organization: 'Acme Inc.', alias: expect.stringMatching(/^AcmeInc_Provider_/u) });
  expect(second).toEqual({ organization: 'Bolt GmbH', alias: expect.stringMatching(/^BoltGmbH_Provider_/u) });
  for (const type of ['browserstack_team', 'browserstack_service_account'])
    expect(Object.values(synthesized.resources(type)).map(({ provider }) => provider)).toEqual([
      `browserstack.${first?.alias}`,
      `browserstack.${second?.alias}`,
    ]);
});

it('lets nothing of ours use a default provider that is not there', () => {
  const stack = newStack();
  const acme = new Organization(stack, 'acme', { name: 'Acme Inc.' });
  new l1.team.Team(stack, 'homeless', { name: 'Core' });
  new l1.dataBrowserstackTeams.DataBrowserstackTeams(acme, 'all', {});
  new l1.dataBrowserstackTeams.DataBrowserstackTeams(acme, 'its own', { provider: acme.provider });
  for (const path of ['stack/homeless', 'stack/acme/all'])
    expect(() => synth(stack)).toThrow(`${path} names no provider, and this stack has no default one`);
  expect(() => synth(stack)).not.toThrow(/its own/u);
  new l1.provider.BrowserstackProvider(stack, 'default', {});
  expect(() => synth(stack)).not.toThrow();
});

it('takes over a provider that was made by hand, and comes second to it', () => {
  const stack = newStack();
  const provider = new l1.provider.BrowserstackProvider(stack, 'provider', { username: 'by-hand' });
  const acme = Organization.fromOrganizationAttributes(stack, 'acme', {
    provider,
    deletionProtection: false,
  });
  new Team(acme, 'core', { name: 'Core' });
  new Organization(stack, 'bolt', { name: 'Bolt GmbH' });
  const synthesized = synth(stack);
  expect(synthesized.providers('browserstack')).toEqual([
    { username: 'by-hand' },
    { organization: 'Bolt GmbH', alias: expect.any(String) },
  ]);
  expect(Object.values(synthesized.resources('browserstack_team'))).toEqual([
    { name: 'Core', deletion_protection: false, provider: 'browserstack' },
  ]);
});

it('is found from everything inside it', () => {
  const acme = new Organization(newStack(), 'acme', { name: 'Acme Inc.' });
  const team = new Team(acme, 'core', { name: 'Core' });
  expect(Organization.of(team)).toBe(acme);
  expect(team.organization).toBe(acme);
  expect(() => Organization.of(newStack())).toThrow('"stack" stands in no Organization');
});
