// Two organizations in one stack: one that leaves the program takes nobody with it. And what version 0.1.0 deployed,
// whose first organization used the default provider, goes over without a change.

import { readFileSync } from 'node:fs';
import { type App, TerraformStack } from 'cdktf';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type l1, Organization, ServiceAccount } from '../../constructs/index.ts';
import { acme, type Organization as LocalOrganization, organization } from '../helpers/organization.ts';
import { describeWithTerraform } from '../helpers/terraform.ts';
import { ready, stateFile, terraform } from './engine.ts';
import { appIn, newApp } from './stack.ts';

const NAMES = ['Acme Inc.', 'Bolt GmbH'];

let locals: readonly LocalOrganization[];
beforeEach(async () => {
  locals = await Promise.all(
    NAMES.map((name) => organization({ seed: { ...acme, organization: { name } } })),
  );
});
afterEach(() => Promise.all(locals.map((local) => local.close())));

interface Program {
  readonly names: readonly string[];
  /** Whether each organization has an account. */
  readonly accounts?: boolean;
  /** As version 0.1.0 would have synthesized it. */
  readonly firstIsDefault?: boolean;
}

/** Synthesizes the program into the same place, and returns how to run the engine there. */
async function program(app: App, { names, accounts = true, firstIsDefault = false }: Program) {
  const stack = new TerraformStack(appIn(app.outdir), 'stack');
  for (const name of names) {
    const made = new Organization(stack, name, { name, baseUrl: locals[NAMES.indexOf(name)]?.url });
    if (accounts) new ServiceAccount(made, 'ci', { identifier: 'ci-1' });
    if (firstIsDefault && name === names[0])
      (made.provider as l1.provider.BrowserstackProvider).alias = undefined;
  }
  const env = { ...locals[0]?.env };
  const directory = await ready(stack, env);
  return {
    plan: () => terraform(directory, env, 'plan', '-input=false', '-no-color'),
    apply: () => terraform(directory, env, 'apply', '-input=false', '-no-color', '-auto-approve'),
  };
}

/** Alias of the provider of each resource in state; empty for the default one. */
const aliases = (app: App) =>
  JSON.parse(readFileSync(stateFile(app), 'utf8'))
    .resources.map(({ provider }: { provider: string }) => provider.split('"].')[1] ?? '')
    .sort();

describeWithTerraform('two organizations', () => {
  it('are not mistaken for each other when one of them is removed from the program', async () => {
    const app = newApp();
    await (await program(app, { names: NAMES })).apply();
    const before = aliases(app);
    expect(before).toHaveLength(2);
    for (const gone of NAMES) {
      const left = await program(app, { names: NAMES.filter((name) => name !== gone) });
      const { exitCode, output } = await left.apply();
      expect({ exitCode, output }).toMatchObject({
        exitCode: 1,
        output: expect.stringContaining('Provider configuration not present'),
      });
    }
    expect(aliases(app)).toEqual(before);
    expect(locals.map(({ local }) => local.accounts().length)).toEqual([1, 1]);
  });

  it('of version 0.1.0 get their providers without a change, and protection holds meanwhile', async () => {
    const app = newApp();
    await (await program(app, { names: NAMES, firstIsDefault: true })).apply();
    expect(aliases(app)).toEqual(['', expect.stringMatching(/^BoltGmbH_Provider/u)]);

    const emptied = await program(app, { names: NAMES, accounts: false });
    expect(await emptied.plan()).toMatchObject({
      exitCode: 1,
      output: expect.stringContaining('protected against deletion'),
    });
    const applied = await (await program(app, { names: NAMES })).apply();
    expect(applied.output).toContain('0 added, 0 changed, 0 destroyed');
    expect(aliases(app)).toEqual([
      expect.stringMatching(/^AcmeInc_Provider/u),
      expect.stringMatching(/^BoltGmbH_Provider/u),
    ]);
  });
});
