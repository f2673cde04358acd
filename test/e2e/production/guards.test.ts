import { afterEach, expect, it } from 'vitest';
import { describeWithTerraform } from '../../helpers/terraform.ts';
import { type Acme, account, acme, applied, flat, seed, TEAM_ADMIN } from './acme.ts';

let world: Acme;
afterEach(() => world.close());

const refusedTo = async (run: Promise<{ readonly exitCode: number; readonly output: string }>) => {
  const { exitCode, output } = await run;
  expect(exitCode).toBe(1);
  return flat(output);
};

describeWithTerraform('protection', () => {
  it('refuses deletion, destroy and replacement in the plan; the two steps lead out', async () => {
    world = await acme();
    const terraform = await world.workspace(account('consumers = ["Jenkins"]'));
    await applied(terraform);
    const before = world.local.accounts();
    world.local.clearRequests();

    await terraform.write('');
    expect(await refusedTo(terraform.plan())).toContain('deletion_protection = false');
    expect(await refusedTo(terraform.terraform('destroy', '-auto-approve', '-input=false'))).toContain(
      'Declared consumers: Jenkins.',
    );
    await terraform.write(account('team = "Search"'));
    expect(await refusedTo(terraform.apply())).toContain('This plan would replace it');
    expect(world.local.accounts()).toEqual(before);
    expect(world.local.requests().map(({ method }) => method)).not.toContain('DELETE');

    await applied(terraform, account('consumers = ["Jenkins"]\n deletion_protection = false'));
    await terraform.write(account('team = "Search"\n deletion_protection = false'));
    const replacing = flat((await terraform.plan()).output);
    expect(replacing).toContain('gets a new user name and a new key');
    expect(replacing).toContain('Declared consumers: Jenkins.');
    await applied(terraform);
    expect(world.local.accounts()).toMatchObject([{ identifier: 'payments-ci', team: 'Search' }]);
    expect((await terraform.plan()).exitCode).toBe(0);
    expect((await terraform.terraform('destroy', '-auto-approve', '-input=false')).exitCode).toBe(0);
    expect(world.local.accounts()).toEqual([]);
  });

  it.each([
    [
      'identifier',
      account('consumers = ["Jenkins"]'),
      'payments-ci',
      'billing-ci',
      'identifier = "payments-ci"',
    ],
    ['team', account('team = "Payments"'), '"Payments"', '"Search"', 'team = "Payments"'],
    ['no team', account(''), 'payments-ci"', 'payments-ci"\n team = "Search"', 'no team'],
    ['name', 'resource "browserstack_team" "web" {\n name = "Web"\n}', 'Web', 'Site', 'name = "Web"'],
  ])(
    'lifted in one step with a new %s is told what to put back, and that leads out',
    async (_attribute, hcl, from, to, back) => {
      world = await acme();
      const terraform = await world.workspace(hcl);
      await applied(terraform);
      const open = (text: string) => text.replace(/\{\n/u, '{\n deletion_protection = false\n');
      const changed = open(hcl.replace(from, to));
      await terraform.write(changed);
      expect(await refusedTo(terraform.plan())).toContain(
        `deletion_protection = false counts once it is applied: (1) put back ${back}, (2) apply, (3) then change it again`,
      );
      await applied(terraform, open(hcl));
      await applied(terraform, changed);
      expect((await terraform.plan()).exitCode).toBe(0);
    },
  );

  it('lets go of what is abandoned, and deletes nothing', async () => {
    world = await acme();
    const terraform = await world.workspace(account('deletion_policy = "abandon"'));
    await applied(terraform);
    expect(flat(await applied(terraform, ''))).toContain('is no longer managed and lives on');
    expect(world.local.accounts()).toHaveLength(1);
    expect((await terraform.plan()).exitCode).toBe(0);
  });
});

describeWithTerraform('guards', () => {
  it('touch nothing in another organization', async () => {
    world = await acme();
    const provider = 'provider "browserstack" { organization = "Other Inc." }';
    const terraform = await world.workspace(provider + account());
    expect(await refusedTo(terraform.apply())).toContain('Wrong organization');
    expect(world.local.accounts()).toEqual([]);
    await applied(terraform, provider.replace('Other Inc.', 'Acme Inc.') + account());
    expect(world.local.accounts()).toHaveLength(1);
    expect((await terraform.plan()).exitCode).toBe(0);
  });

  it('keep the account that the provider runs on', async () => {
    world = await acme({
      seed: {
        ...seed,
        service_accounts: [
          { identifier: 'payments-ci', username: 'self_1', access_key: 'SelfCanaryKey0000001' },
        ],
      },
      behaviours: { 'service-account-as-caller': 'as-admin' },
    });
    const env = { BROWSERSTACK_USERNAME: 'self_1', BROWSERSTACK_ACCESS_KEY: 'SelfCanaryKey0000001' };
    const terraform = await world.workspace(account('deletion_protection = false'), env);
    const address = 'browserstack_service_account.ci';
    expect((await terraform.terraform('import', '-input=false', address, 'self_1')).exitCode).toBe(0);
    await applied(terraform);
    expect(await refusedTo(terraform.terraform('destroy', '-auto-approve', '-input=false'))).toContain(
      'is the one this provider runs on',
    );
    expect(world.local.accounts()).toHaveLength(1);
    expect((await terraform.plan()).exitCode).toBe(0);
  });

  it('take nothing for deleted that a Team Admin only cannot see', async () => {
    world = await acme();
    const owner = await world.workspace(account('team = "Search"'));
    await applied(owner);
    const asTeamAdmin = `
      provider "browserstack" {
        username   = "${TEAM_ADMIN.BROWSERSTACK_USERNAME}"
        access_key = "${TEAM_ADMIN.BROWSERSTACK_ACCESS_KEY}"
      }
    `;
    await owner.write(asTeamAdmin + account('team = "Search"'));
    const said = await refusedTo(owner.apply());
    expect(said).toContain('cannot be seen with these credentials');
    expect(said).toContain('Team Admin of "Payments" only');
    expect(world.local.accounts()).toHaveLength(1);
    await owner.write(account('team = "Search"'));
    expect((await owner.plan()).exitCode).toBe(0);
  });

  it('name an API that is not enabled', async () => {
    world = await acme({ seed: { ...seed, organization: { name: 'Acme Inc.', api_enabled: false } } });
    const terraform = await world.workspace(account());
    expect(await refusedTo(terraform.plan())).toContain(
      'The API for service accounts is not available with these credentials',
    );
  });

  it('say what to do with teams that belong to the identity provider', async () => {
    world = await acme({
      faults: [{ kind: 'status', status: 422, when: 'before', path: '/user/create_team' }],
    });
    const terraform = await world.workspace('resource "browserstack_team" "web" { name = "Web" }');
    expect(await refusedTo(terraform.apply())).toContain('SCIM');
    expect(world.local.teams()).toHaveLength(2);
    await terraform.write('data "browserstack_team" "web" { name = "Payments" }');
    expect((await terraform.plan()).exitCode).toBe(0);
  });
});
