// Names in decomposed Unicode, as a Mac types them: Terraform composes every text, the service keeps and compares what
// it was given.

import { afterEach, expect, it } from 'vitest';
import { describeWithTerraform } from '../../helpers/terraform.ts';
import { type Acme, acme, applied, flat } from './acme.ts';

let world: Acme;
afterEach(() => world.close());

const TEAM = 'Équipe Zürich';
const IDENTIFIER = 'dépôt-ci';
const apart = (text: string) => text.normalize('NFD');
const OPEN = 'deletion_protection = false';

const seed = {
  organization: { name: apart('Société Générale') },
  users: [
    { username: 'owner_1', access_key: 'OwnerCanaryKey000001', role: 'owner' as const },
    { username: 'zoe_1', access_key: 'ZoeCanaryKey00000001', role: 'user' as const, team: apart(TEAM) },
    { username: 'lead_1', access_key: 'LeadCanaryKey0000001', role: 'admin' as const, team: apart(TEAM) },
  ],
  teams: [{ name: apart(TEAM) }, { name: 'Search' }],
  service_accounts: [
    { identifier: apart(IDENTIFIER), username: 'depot_1', team: apart(TEAM) },
    { identifier: 'nightly', username: 'nightly_1' },
  ],
};

const team = (lines = OPEN) => `resource "browserstack_team" "zurich" {
  name = "${TEAM}"
  ${lines}
}
`;
const account = (lines = OPEN) => `resource "browserstack_service_account" "depot" {
  identifier = "${IDENTIFIER}"
  team       = "${TEAM}"
  ${lines}
}
`;
const importing = (to: string, id: string) => `import {\n to = ${to}\n id = "${id}"\n}\n`;

describeWithTerraform('what is spelled otherwise by the service', () => {
  it.each([
    ['composed', TEAM, IDENTIFIER],
    ['decomposed', apart(TEAM), apart(IDENTIFIER)],
  ])(
    'is imported by a %s name, by block and by command, and nothing is left to do',
    async (_n, name, identifier) => {
      expect(TEAM).not.toBe(apart(TEAM));
      world = await acme({ seed });
      const terraform = await world.workspace(
        team() +
          account() +
          importing('browserstack_team.zurich', name) +
          importing('browserstack_service_account.depot', identifier),
      );
      expect(await applied(terraform)).toContain('2 imported, 0 added, 2 changed, 0 destroyed');
      expect((await terraform.plan()).output).toContain('No changes.');
      const other = await world.workspace(team() + account());
      for (const [address, id] of [
        ['browserstack_team.zurich', name],
        ['browserstack_service_account.depot', identifier],
      ]) {
        const { exitCode, output } = await other.terraform('import', '-input=false', address ?? '', id ?? '');
        expect(exitCode, output).toBe(0);
      }
      await applied(other);
      expect((await other.plan()).output).toContain('No changes.');
    },
  );

  it('is found by data sources, drift, and the guard of the organization', async () => {
    world = await acme({ seed });
    const terraform = await world.workspace(`
      provider "browserstack" { organization = "Société Générale" }
      data "browserstack_team" "t" { name = "${TEAM}" }
      data "browserstack_service_account" "a" { identifier = "${IDENTIFIER}" }
      data "browserstack_service_accounts" "in" { team = "${TEAM}" }
      data "browserstack_users" "in" { team = "${TEAM}" }
      output "found" {
        value = [
          data.browserstack_team.t.user_count,
          data.browserstack_service_account.a.username,
          length(data.browserstack_service_accounts.in.service_accounts),
          length(data.browserstack_users.in.users),
        ]
      }
    `);
    await applied(terraform);
    expect(JSON.parse((await terraform.terraform('output', '-json', 'found')).stdout)).toEqual([
      2,
      'depot_1',
      1,
      2,
    ]);
  });

  it('exists already, as the plan says', async () => {
    world = await acme({ seed });
    const terraform = await world.workspace(team() + account());
    const said = flat((await terraform.plan()).output);
    expect(said).toContain(`A team "${TEAM}" exists already`);
    expect(said).toContain(`A service account "${IDENTIFIER}" exists already`);
    expect(said).not.toContain('upper and lower case');
  });

  it('is addressed as the service spells it: accounts are made in the team, and the team is deleted', async () => {
    world = await acme({ seed });
    const member = `resource "browserstack_service_account" "new" {
      identifier = "neu-ci"
      team       = browserstack_team.zurich.name
      ${OPEN}
    }
    resource "browserstack_user" "new" {
      email     = "new@acme.com"
      full_name = "New"
      team      = browserstack_team.zurich.name
    }
    `;
    const terraform = await world.workspace(team() + importing('browserstack_team.zurich', TEAM));
    await applied(terraform);
    await applied(terraform, team() + member);
    expect(world.local.accounts()).toContainEqual(
      expect.objectContaining({ identifier: 'neu-ci', team: apart(TEAM) }),
    );
    expect((await terraform.plan()).output).toContain('No changes.');
    const { exitCode, output } = await terraform.terraform('destroy', '-auto-approve', '-input=false');
    expect(exitCode, output).toBe(0);
    expect(world.local.teams().map(({ name }) => name)).toEqual(['Search']);
  });

  it('is the own team of its Team Admin', async () => {
    world = await acme({ seed });
    const lead = { BROWSERSTACK_USERNAME: 'lead_1', BROWSERSTACK_ACCESS_KEY: 'LeadCanaryKey0000001' };
    const terraform = await world.workspace(
      account() + importing('browserstack_service_account.depot', 'depot_1'),
      lead,
    );
    await applied(terraform);
    await world.inConsole('DELETE', '/user/service-accounts', { username: 'depot_1' });
    const { exitCode, output } = await terraform.plan();
    expect(exitCode, output).toBe(2);
    expect(output).toContain('is gone');
  });
});
