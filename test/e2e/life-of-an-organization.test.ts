import { afterEach, beforeEach, expect, it } from 'vitest';
import { type Organization, organization } from '../helpers/organization.ts';
import { describeWithTerraform } from '../helpers/terraform.ts';

let acme: Organization;
beforeEach(async () => {
  acme = await organization();
});
afterEach(() => acme.close());

const accounts = () => acme.local.accounts().map(({ identifier, team }) => `${identifier}@${team ?? '-'}`);
const account = (identifier: string) => acme.local.accounts().find((one) => one.identifier === identifier);

const ORGANIZATION = (protect = true, trigger = '1') => `
  resource "browserstack_team" "payments" {
    name                = "Payments"
    deletion_protection = ${protect}
  }
  resource "browserstack_service_account" "ci" {
    identifier          = "payments-ci"
    team                = browserstack_team.payments.name
    deletion_protection = ${protect}
  }
  resource "browserstack_service_account" "nightly" {
    identifier          = "nightly"
    deletion_protection = ${protect}
  }
  resource "browserstack_access_key" "ci" {
    username = browserstack_service_account.ci.username
    triggers = { rotation = "${trigger}" }
  }
`;

describeWithTerraform('an organization under real Terraform', () => {
  it('is created, stays as it is, and is destroyed once unprotected', async () => {
    const terraform = await acme.workspace(ORGANIZATION());
    expect((await terraform.apply()).output).toContain('Apply complete! Resources: 4 added');
    expect(accounts()).toEqual(expect.arrayContaining(['payments-ci@Payments', 'nightly@-']));
    const again = await terraform.plan();
    expect(again.output).toContain('No changes');
    expect(again.exitCode).toBe(0);

    const refused = await terraform.terraform('plan', '-destroy', '-input=false');
    expect(refused.exitCode).toBe(1);
    expect(refused.output).toContain('Service account "payments-ci" is protected against deletion');
    expect(refused.output).toContain('deletion_protection = false');

    await terraform.write(ORGANIZATION(false));
    await terraform.apply();
    const destroyed = await terraform.terraform('destroy', '-auto-approve');
    expect(destroyed.output).toContain('Destroy complete! Resources: 4 destroyed');
    expect(accounts()).toEqual([]);
    expect(acme.local.teams()).toEqual([]);
  });

  it('refuses to delete a protected account whose block was removed', async () => {
    const terraform = await acme.workspace(ORGANIZATION());
    await terraform.apply();
    await terraform.write('');
    const { exitCode, output } = await terraform.plan();
    expect(exitCode).toBe(1);
    expect(output).toContain('is protected against deletion');
  });

  it('shows what happened behind its back, and repairs it', async () => {
    const terraform = await acme.workspace(ORGANIZATION());
    await terraform.apply();
    const owner = 'owner_1:OwnerCanaryKey000001';
    await send('DELETE', `/user/service-accounts?username=${account('nightly')?.username}`, owner);
    const ci = account('payments-ci');
    await send('PUT', '/automate/recycle_key.json', `${ci?.username}:${ci?.accessKey}`);
    const drift = await terraform.plan();
    expect(drift.exitCode).toBe(2);
    expect(drift.output).toContain('browserstack_service_account.nightly will be created');
    expect(drift.output).toContain('changed_elsewhere');
    await terraform.apply();
    expect(accounts()).toEqual(expect.arrayContaining(['payments-ci@Payments', 'nightly@-']));
    expect(account('payments-ci')?.accessKey).not.toBe(ci?.accessKey);
    expect((await terraform.plan()).exitCode).toBe(0);
  });

  it('rotates in place when a trigger changes, once, and says why in the plan', async () => {
    const terraform = await acme.workspace(ORGANIZATION());
    await terraform.apply();
    const before = account('payments-ci');
    acme.local.clearRequests();
    await terraform.write(ORGANIZATION(true, '2'));
    const plan = await terraform.plan();
    expect(plan.output).toMatch(/rotation_reason\s+= "trigger \\"rotation\\" changed"/u);
    expect(plan.output).toMatch(/generation\s+= 1 -> 2/u);
    expect(plan.output).toContain('0 to add, 1 to change, 0 to destroy');
    await terraform.apply();
    const after = account('payments-ci');
    expect(after?.username).toBe(before?.username);
    expect(after?.accessKey).not.toBe(before?.accessKey);
    expect(acme.local.requests().filter(({ path }) => path.includes('recycle'))).toHaveLength(1);
    expect((await terraform.plan()).exitCode).toBe(0);
  });

  it.each(['username', 'identifier'] as const)('imports by %s, and the next plan is empty', async (by) => {
    const first = await acme.workspace(ORGANIZATION());
    await first.apply();
    const terraform = await acme.workspace(ORGANIZATION());
    const ci = account('payments-ci');
    const nightly = account('nightly');
    await terraform.terraform('import', 'browserstack_team.payments', 'Payments');
    await terraform.terraform('import', 'browserstack_service_account.ci', String(ci?.[by]));
    await terraform.terraform('import', 'browserstack_service_account.nightly', String(nightly?.[by]));
    await terraform.terraform('import', 'browserstack_access_key.ci', String(ci?.[by]));
    await terraform.write(ORGANIZATION().replace(/triggers = .*/u, ''));
    const { output, exitCode } = await terraform.plan();
    expect(output).toContain('No changes');
    expect(exitCode).toBe(0);
  });

  it('keeps an account whose creation was answered by nothing', async () => {
    const terraform = await acme.workspace(ORGANIZATION());
    acme.local.inject({ kind: 'drop', method: 'POST', path: '/user/service-accounts', times: 2 });
    expect((await terraform.apply()).exitCode).toBe(0);
    expect(accounts()).toHaveLength(2);
    expect((await terraform.plan()).exitCode).toBe(0);
  });

  it('answers data sources from the same lists', async () => {
    const terraform = await acme.workspace(`
      ${ORGANIZATION()}
      data "browserstack_organization" "this" {}
      data "browserstack_teams" "all" { depends_on = [browserstack_team.payments] }
      data "browserstack_team" "payments" { name = browserstack_team.payments.name }
      data "browserstack_service_account" "ci" {
        identifier = "payments-ci"
        depends_on = [browserstack_service_account.ci]
      }
      data "browserstack_service_accounts" "payments" {
        team       = "Payments"
        depends_on = [browserstack_service_account.ci]
      }
      output "seen" {
        value = {
          organization = data.browserstack_organization.this.name
          teams        = data.browserstack_teams.all.names
          people       = data.browserstack_team.payments.user_count
          username     = data.browserstack_service_account.ci.username
          identifiers  = data.browserstack_service_accounts.payments.service_accounts[*].identifier
        }
      }
    `);
    expect((await terraform.apply()).exitCode).toBe(0);
    const { stdout } = await terraform.terraform('output', '-json', 'seen');
    expect(JSON.parse(stdout)).toEqual({
      organization: 'Acme Inc.',
      teams: ['Payments'],
      people: 0,
      username: account('payments-ci')?.username,
      identifiers: ['payments-ci'],
    });
  });
});

async function send(method: string, path: string, credentials: string): Promise<void> {
  const authorization = `Basic ${Buffer.from(credentials).toString('base64')}`;
  const body = method === 'PUT' ? { body: '{}' } : {};
  const response = await fetch(acme.url + path, { method, headers: { authorization }, ...body });
  expect(response.status).toBe(200);
}
