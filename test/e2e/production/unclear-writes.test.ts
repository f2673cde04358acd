import { afterEach, expect, it } from 'vitest';
import type { FaultRule } from '../../../src/entry/emulator.ts';
import { describeWithTerraform } from '../../helpers/terraform.ts';
import { type Acme, account, acme, applied, flat } from './acme.ts';

let world: Acme;
afterEach(() => world.close());

const AFTER: readonly [string, FaultRule][] = [
  ['cuts the connection', { kind: 'drop' }],
  ['breaks off in the answer', { kind: 'reset' }],
  ['answers 504', { kind: 'status', status: 504 }],
  ['answers with a page', { kind: 'html' }],
];

describeWithTerraform('a write whose outcome is unclear', () => {
  it.each(AFTER)('makes exactly one account and one team when the service %s', async (_name, fault) => {
    world = await acme({ faults: [{ ...fault, method: 'POST', times: 2 }] });
    const terraform = await world.workspace(`
      resource "browserstack_team" "web" { name = "Web" }
      ${account('team = browserstack_team.web.name')}
    `);
    await applied(terraform);
    expect(world.local.accounts()).toMatchObject([{ identifier: 'payments-ci', team: 'Web' }]);
    expect(world.local.teams().filter(({ name }) => name === 'Web')).toHaveLength(1);
    expect((await terraform.plan()).exitCode).toBe(0);
  });

  it('makes none when nothing arrived, says what to look for, and then makes one', async () => {
    world = await acme({ faults: [{ kind: 'drop', when: 'before', method: 'POST' }] });
    const terraform = await world.workspace(account());
    const failed = await terraform.apply();
    expect(failed.exitCode).toBe(1);
    expect(flat(failed.output)).toContain('it is looked for first, and taken over if it is there');
    expect(world.local.accounts()).toEqual([]);
    await applied(terraform);
    expect(world.local.accounts()).toHaveLength(1);
    expect((await terraform.plan()).exitCode).toBe(0);
  });

  it('finds an account that was made only after its answer had been given up', async () => {
    world = await acme({ faults: [{ kind: 'slow', seconds: 2, method: 'POST' }] });
    // The built program, because here the time must pass for the service too.
    const terraform = await world.program(account(), { BROWSERSTACK_REQUEST_TIMEOUT: '1' });
    await applied(terraform);
    expect(world.local.accounts()).toHaveLength(1);
    expect((await terraform.plan()).exitCode).toBe(0);
  });

  it.each(AFTER)('deletes both once, without a failure, when the service %s', async (_name, fault) => {
    world = await acme();
    const terraform = await world.workspace(`
      resource "browserstack_team" "web" {
        name                = "Web"
        deletion_protection = false
      }
      ${account('team = browserstack_team.web.name\n deletion_protection = false')}
    `);
    await applied(terraform);
    world.local.inject({ ...fault, method: 'DELETE', times: 2 });
    await applied(terraform, '');
    expect(world.local.accounts()).toEqual([]);
    expect(world.local.teams().map(({ name }) => name)).toEqual(['Payments', 'Search']);
    expect((await terraform.plan()).exitCode).toBe(0);
  });

  it.each(AFTER)('changes in place once, and keeps the key, when the service %s', async (_name, fault) => {
    world = await acme({ behaviours: { update: 'put' } });
    const terraform = await world.workspace(account('team = "Payments"'), {
      BROWSERSTACK_ACCOUNT_CHANGES: 'in_place',
    });
    await applied(terraform);
    const [before] = world.local.accounts();
    world.local.inject({ ...fault, method: 'PUT' });
    await applied(terraform, account('team = "Search"'));
    expect(world.local.accounts()).toEqual([{ ...before, team: 'Search' }]);
    expect((await terraform.plan()).exitCode).toBe(0);
  });

  it('says of a deletion that did not happen that it did not, keeps the account, and then deletes it', async () => {
    world = await acme();
    const terraform = await world.workspace(account('deletion_protection = false'));
    await applied(terraform);
    world.local.inject({ kind: 'status', status: 503, when: 'before', method: 'DELETE', times: 2 });
    await terraform.write('');
    const failed = await terraform.apply();
    expect(failed.exitCode).toBe(1);
    expect(flat(failed.output)).toContain('does not show for certain that it is gone');
    expect(world.local.accounts()).toHaveLength(1);
    await applied(terraform);
    expect(world.local.accounts()).toEqual([]);
    expect((await terraform.plan()).exitCode).toBe(0);
  });

  it('deletes what somebody else deleted meanwhile', async () => {
    world = await acme();
    const terraform = await world.workspace(account('deletion_protection = false'));
    await applied(terraform);
    await terraform.write('');
    await terraform.plan('-out=plan');
    await world.inConsole('DELETE', '/user/service-accounts', {
      username: world.usernameOf('payments-ci') ?? '',
    });
    expect((await terraform.terraform('apply', '-input=false', 'plan')).exitCode).toBe(0);
    expect((await terraform.plan()).exitCode).toBe(0);
  });

  it('never doubles an account that was made between plan and apply', async () => {
    world = await acme();
    const terraform = await world.workspace(account());
    await terraform.plan('-out=plan');
    await world.inConsole('POST', '/user/service-accounts', { identifier: 'payments-ci' });
    const { exitCode } = await terraform.terraform('apply', '-input=false', 'plan');
    expect(exitCode).toBe(1);
    expect(world.local.accounts()).toHaveLength(1);
    const username = world.usernameOf('payments-ci') ?? '';
    const planned = await terraform.plan();
    expect(flat(planned.output)).toContain(`terraform import ADDRESS ${username}`);
    await terraform.terraform('import', '-input=false', 'browserstack_service_account.ci', username);
    expect((await terraform.plan()).exitCode).toBe(0);
  });

  it('names both accounts of one identifier and guesses at none', async () => {
    world = await acme({ behaviours: { 'duplicate-identifier': 'allow' } });
    for (const teamName of ['Payments', 'Search'])
      await world.inConsole('POST', '/user/service-accounts', { identifier: 'payments-ci', teamName });
    const [one, two] = world.local.accounts().map(({ username }) => username);
    const terraform = await world.workspace(account('team = "Search"'));
    const { exitCode, output } = await terraform.apply();
    expect(exitCode).toBe(1);
    expect(flat(output)).toContain(`${one} (team "Payments"), ${two} (team "Search")`);
    expect(world.local.accounts()).toHaveLength(2);
    const address = 'browserstack_service_account.ci';
    expect((await terraform.terraform('import', '-input=false', address, 'payments-ci')).exitCode).toBe(1);
    expect((await terraform.terraform('import', '-input=false', address, two ?? '')).exitCode).toBe(0);
    expect((await terraform.plan()).exitCode).toBe(0);
  });

  it('loses no account that was made when later steps go wrong', async () => {
    world = await acme();
    const terraform = await world.workspace(`
      resource "browserstack_team" "web" { name = "Web" }
      ${account('team = browserstack_team.web.name')}
      resource "browserstack_service_account" "nightly" {
        identifier = "nightly"
        depends_on = [browserstack_service_account.ci]
      }
      resource "browserstack_access_key" "ci" {
        username = browserstack_service_account.ci.username
      }
    `);
    // Team and account are made; then nothing answers any more, and the key cannot be adopted.
    const gone = { kind: 'status', status: 503, when: 'before', method: 'POST' } as const;
    world.local.inject({ ...gone, nth: 3, times: 'always' });
    const path = '/user/service-accounts';
    world.local.inject({ kind: 'missing-field', field: 'authkey', path, times: 'always' });
    expect((await terraform.apply()).exitCode).toBe(1);
    world.local.clearFaults();
    await applied(terraform);
    expect(world.local.accounts()).toHaveLength(2);
    expect((await terraform.plan()).exitCode).toBe(0);
  });
});
