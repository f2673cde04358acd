// What the guide about engines says works, on each engine that the environment names, and refused where it says so:
//   BROWSERSTACK_IAC_ENGINES=/opt/tofu-1.12/tofu:/opt/terraform-1.5/terraform npx vitest run test/engines
// Without that variable, the one engine under test.

import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ENGINE, FEATURES, type Feature, has, versionOf } from '../helpers/engine.ts';
import { type Organization, organization } from '../helpers/organization.ts';
import { describeWithTerraform, type Workspace } from '../helpers/terraform.ts';

const programs = (process.env.BROWSERSTACK_IAC_ENGINES ?? ENGINE ?? '').split(delimiter).filter(Boolean);

const seed = {
  organization: { name: 'Acme Inc.' },
  users: [{ username: 'owner_1', access_key: 'OwnerCanaryKey000001', role: 'owner' as const }],
  teams: [{ name: 'Payments' }],
  service_accounts: [{ identifier: 'payments-ci', username: 'ci_1', team: 'Payments' }],
};

/** Whether the feature works in this directory. */
const PROBES: Readonly<Record<Feature, (work: Workspace) => Promise<boolean>>> = {
  'provider functions': ({ write, plan }) =>
    write('output "hub" { value = provider::browserstack::hub_url("a", "b") }').then(() => made(plan())),

  'moved across types': async ({ write, plan }) => {
    await write('resource "terraform_data" "old" {}');
    await plan('-out=ignored');
    await write(`moved {
  from = terraform_data.old
  to   = browserstack_team.new
}
resource "browserstack_team" "new" { name = "New" }`);
    // Only an engine that knows such moves plans on where nothing stands in state yet.
    return made(plan());
  },

  'removed blocks with lifecycle': async ({ write, apply, plan }) => {
    await write('resource "browserstack_team" "gone" { name = "Gone" }');
    await apply();
    await write(`removed {
  from = browserstack_team.gone
  lifecycle { destroy = false }
}`);
    return made(plan());
  },

  'ephemeral resources': async ({ write, plan }) => {
    await write('ephemeral "browserstack_access_key" "ci" { username = "ci_1" }');
    return made(plan());
  },

  'write-only arguments': async ({ write, plan }) => {
    await write(`resource "browserstack_access_key" "ci" { username = "ci_1" }
resource "browserstack_key_delivery" "ci" {
  username        = "ci_1"
  key_fingerprint = browserstack_access_key.ci.key_fingerprint
  stored_wo       = "something"
  store           = "a store"
}`);
    return made(plan());
  },

  'generated configuration with read-only nested attributes': async ({ write, plan, directory }) => {
    await write(`import {
  to       = browserstack_team.payments
  id       = "Payments"
  provider = browserstack
}`);
    const generated = join(directory, 'generated.tf');
    // An engine that crashes has an exit code of its own.
    return (await made(plan(`-generate-config-out=${generated}`))) && existsSync(generated);
  },

  'import by identity': async ({ write, plan }) => {
    await write(`import {
  to       = browserstack_access_key.ci
  identity = { username = "ci_1" }
}
resource "browserstack_access_key" "ci" { username = "ci_1" }`);
    return made(plan());
  },

  actions: async ({ write, plan }) => {
    await write(`action "browserstack_rotate_access_key" "leak" {
  config {
    username = "ci_1"
    reason   = "It leaked."
  }
}`);
    return made(plan());
  },

  'list resources': async ({ write, terraform, directory }) => {
    await write('provider "browserstack" {}');
    const query = 'list "browserstack_team" "all" {\n  provider = browserstack\n}\n';
    await writeFile(join(directory, 'teams.tfquery.hcl'), query);
    const { exitCode, output } = await terraform('query');
    return exitCode === 0 && output.includes('Payments');
  },
};

/** Nothing refused; whether there is something to do is not asked. */
async function made(finished: ReturnType<Workspace['plan']>): Promise<boolean> {
  return (await finished).exitCode !== 1;
}

describeWithTerraform('engines', () => {
  let world: Organization;
  beforeEach(async () => {
    world = await organization({ seed });
  });
  afterEach(() => world.close());

  describe.each(programs)('%s', (program) => {
    const version = versionOf(program);

    it('is an engine', () => expect(version).toBeDefined());

    it('makes, plans no change, changes, and ends a team and what is in it', async () => {
      const work = await world.workspace(life(90), {}, program);
      expect(await work.apply()).toMatchObject({ exitCode: 0 });
      expect(await work.plan()).toMatchObject({ exitCode: 0 });
      await work.write(life(30));
      expect(await work.apply()).toMatchObject({ exitCode: 0 });
      expect(await work.plan()).toMatchObject({ exitCode: 0 });
      expect(world.local.teams().map(({ name }) => name)).toEqual(['Payments', 'Search']);
      expect(await work.terraform('destroy', '-auto-approve')).toMatchObject({ exitCode: 0 });
      expect(world.local.teams().map(({ name }) => name)).toEqual(['Payments']);
      expect(world.local.accounts().map(({ identifier }) => identifier)).toEqual(['payments-ci']);
    });

    it.each(Object.keys(FEATURES) as Feature[])('%s', async (feature) => {
      const work = await world.workspace('', {}, program);
      expect(await PROBES[feature](work)).toBe(version !== undefined && has(feature, version));
    });
  });
});

const life = (days: number) => `
resource "browserstack_team" "search" {
  name                = "Search"
  deletion_protection = false
}
resource "browserstack_service_account" "ci" {
  identifier          = "search-ci"
  team                = browserstack_team.search.name
  deletion_protection = false
}
resource "browserstack_access_key" "ci" {
  username          = browserstack_service_account.ci.username
  rotate_after_days = ${days}
}
`;
