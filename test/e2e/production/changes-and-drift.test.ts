import { afterEach, expect, it } from 'vitest';
import { describeWithTerraform } from '../../helpers/terraform.ts';
import { type Acme, account, acme, applied, flat } from './acme.ts';

let world: Acme;
afterEach(() => world.close());

const IN_PLACE = { BROWSERSTACK_ACCOUNT_CHANGES: 'in_place' };

describeWithTerraform('account_changes = "in_place"', () => {
  it('moves and renames the same, protected account', async () => {
    world = await acme({ behaviours: { update: 'put' } });
    const terraform = await world.workspace(account('team = "Payments"'), IN_PLACE);
    await applied(terraform);
    const [before] = world.local.accounts();
    await terraform.write(account('team = "Search"').replace('payments-ci', 'search-ci'));
    const planned = await terraform.plan();
    expect(planned.output).toContain('1 to change, 0 to destroy');
    await applied(terraform);
    expect(world.local.accounts()).toEqual([{ ...before, identifier: 'search-ci', team: 'Search' }]);
    expect((await terraform.plan()).exitCode).toBe(0);
    await applied(terraform, account('').replace('payments-ci', 'search-ci'));
    expect(world.local.accounts()).toEqual([{ ...before, identifier: 'search-ci', team: null }]);
    expect((await terraform.plan()).exitCode).toBe(0);
  });

  it('says how to go back where the service does not know the call', async () => {
    world = await acme();
    const terraform = await world.workspace(account('team = "Payments"'), IN_PLACE);
    await applied(terraform);
    const before = world.local.accounts();
    await terraform.write(account('team = "Search"'));
    const { exitCode, output } = await terraform.apply();
    expect(exitCode).toBe(1);
    expect(flat(output)).toContain('set account_changes = "replace" in the provider block');
    expect(world.local.accounts()).toEqual(before);
    await terraform.write(account('team = "Payments"'));
    expect((await terraform.plan()).exitCode).toBe(0);
  });
});

describeWithTerraform('drift', () => {
  it('is shown as a move, and the account stays protected', async () => {
    world = await acme({ behaviours: { update: 'put' } });
    const terraform = await world.workspace(account('team = "Payments"'));
    await applied(terraform);
    const username = world.usernameOf('payments-ci') ?? '';
    await world.inConsole('PUT', '/user/service-accounts', { username, teamName: 'Search' });
    const { exitCode, output } = await terraform.plan();
    expect(exitCode).toBe(1);
    expect(flat(output)).toContain('is protected against deletion');
    await terraform.write(account('team = "Search"'));
    const followed = await terraform.plan();
    expect(followed.output).not.toContain('to destroy');
    expect(flat(followed.output)).toContain('was moved from team "Payments" to team "Search"');
    await applied(terraform);
    expect((await terraform.plan()).exitCode).toBe(0);
    expect(world.usernameOf('payments-ci')).toBe(username);
  });

  it('is shown as a deletion, and made again only by an apply that says so', async () => {
    world = await acme();
    const terraform = await world.workspace(account());
    await applied(terraform);
    const username = world.usernameOf('payments-ci') ?? '';
    await world.inConsole('DELETE', '/user/service-accounts', { username });
    const { exitCode, output } = await terraform.plan();
    expect(exitCode).toBe(2);
    expect(flat(output)).toContain('If it is created again it gets another user name and another key');
    await applied(terraform);
    expect(world.local.accounts()).toHaveLength(1);
    expect((await terraform.plan()).exitCode).toBe(0);
  });

  it('is shown as another account of the same identifier, which is never doubled', async () => {
    world = await acme();
    const terraform = await world.workspace(account());
    await applied(terraform);
    const username = world.usernameOf('payments-ci') ?? '';
    await world.inConsole('DELETE', '/user/service-accounts', { username });
    await world.inConsole('POST', '/user/service-accounts', { identifier: 'payments-ci' });
    const { exitCode, output } = await terraform.apply();
    expect(exitCode).toBe(1);
    expect(flat(output)).toContain('exists already');
    expect(world.local.accounts()).toHaveLength(1);
    const address = 'browserstack_service_account.ci';
    const again = world.usernameOf('payments-ci') ?? '';
    await terraform.terraform('state', 'rm', address);
    expect((await terraform.terraform('import', '-input=false', address, again)).exitCode).toBe(0);
    expect((await terraform.plan()).exitCode).toBe(0);
  });

  it('of what was taken out and is gone already needs no protection', async () => {
    world = await acme();
    const terraform = await world.workspace(
      `resource "browserstack_team" "web" { name = "Web" }\n${account()}`,
    );
    await applied(terraform);
    const username = world.usernameOf('payments-ci') ?? '';
    await world.inConsole('DELETE', '/user/service-accounts', { username });
    await world.inConsole('DELETE', '/user/delete_team', { team_name: 'Web' });
    await terraform.write('');
    const planned = flat((await terraform.plan()).output);
    expect(planned).toContain('Service account "payments-ci" is gone');
    expect(planned).toContain('Team "Web" is gone');
    await applied(terraform);
    expect((await terraform.plan()).exitCode).toBe(0);
    expect(world.local.accounts()).toEqual([]);
  });
});
