// What a block names has to be there: told in the plan, where the plan can know.

import { afterEach, expect, it } from 'vitest';
import { describeWithTerraform } from '../../helpers/terraform.ts';
import { type Acme, acme, applied, flat } from './acme.ts';

let world: Acme;
afterEach(() => world.close());

const account = (team: string) => `resource "browserstack_service_account" "ci" {
  identifier          = "payments-ci"
  team                = ${team}
  deletion_protection = false
}
`;
const jane = (team: string) => `resource "browserstack_user" "jane" {
  email     = "jane@acme.com"
  full_name = "Jane"
  team      = ${team}
}
`;
const team = (name: string) => `resource "browserstack_team" "web" {
  name                = "${name}"
  deletion_protection = false
}
`;
const planned = async (hcl: string) => {
  const terraform = await world.workspace(hcl);
  const { exitCode, output } = await terraform.plan();
  return { exitCode, output: flat(output), terraform };
};

describeWithTerraform('a team that is named', () => {
  it.each([
    ['an account', account],
    ['a person', jane],
  ])('by %s and is nowhere is told in the plan', async (_who, block) => {
    world = await acme();
    const { exitCode, output } = await planned(block('"Paymnets"'));
    expect(exitCode).toBe(2);
    expect(output).toContain('There is no team "Paymnets"');
    expect(output).toContain('team = browserstack_team.NAME.name');
  });

  it('in another case is told which one is there', async () => {
    world = await acme();
    const { output } = await planned(account('"PAYMENTS"'));
    expect(output).toContain('There is "Payments", which differs in upper and lower case only');
  });

  it('and is there, or is made by the same plan, passes without a word', async () => {
    world = await acme();
    for (const hcl of [
      account('"Payments"') + jane('"Search"'),
      team('Web') + account('browserstack_team.web.name') + jane('browserstack_team.web.name'),
    ]) {
      const { exitCode, output } = await planned(hcl);
      expect(exitCode).toBe(2);
      expect(output).not.toContain('Warning');
    }
  });

  it('as it is changed is looked for, and as it stays is not', async () => {
    world = await acme();
    const { terraform } = await planned(account('"Payments"'));
    await applied(terraform);
    world.local.clearRequests();
    expect((await terraform.plan()).exitCode).toBe(0);
    expect(world.local.requests().map(({ path }) => path)).toEqual(['/user/service-accounts']);
    await terraform.write(account('"Nowhere"'));
    expect(flat((await terraform.plan()).output)).toContain('There is no team "Nowhere"');
  });

  it.each([
    ['"Nowhere"', 'refer to it, so that it is made first'],
    ['"PAYMENTS"', 'There is "Payments", which differs in upper and lower case only'],
  ])('and is nowhere deletes no account that would be made again there: %s', async (name, words) => {
    world = await acme();
    const { terraform } = await planned(account('"Payments"'));
    await applied(terraform);
    const username = world.usernameOf('payments-ci');
    await terraform.write(account(name));
    const { exitCode, output } = await terraform.apply();
    expect(exitCode).toBe(1);
    expect(flat(output)).toContain(
      'This plan would delete the object for it, and then the new one would be refused',
    );
    expect(flat(output)).toContain(words);
    expect(world.usernameOf('payments-ci')).toBe(username);
  });

  it('where teams cannot be listed is not missed', async () => {
    world = await acme({ faults: [{ kind: 'status', status: 403, path: '/user/team_detail', times: 100 }] });
    const { exitCode, output } = await planned(account('"Nowhere"'));
    expect(exitCode).toBe(2);
    expect(output).not.toContain('There is no team');
  });
});

describeWithTerraform('an account that is named', () => {
  const key = (username: string) => `resource "browserstack_access_key" "k" { username = ${username} }`;
  const pair = `resource "browserstack_credential_pair" "p" {
    username_a = "nobody_a"
    username_b = "nobody_b"
  }`;

  it.each([
    ['a key', key('"nobody"'), '"nobody"'],
    ['a pair', pair, '"nobody_a"'],
  ])('by %s and is nowhere is refused in the plan, for one request', async (_who, hcl, name) => {
    world = await acme();
    const terraform = await world.workspace(hcl);
    world.local.clearRequests();
    const { exitCode, output } = await terraform.plan();
    expect(exitCode).toBe(1);
    expect(flat(output)).toContain(`There is no service account ${name}`);
    expect(world.local.requests()).toHaveLength(1);
  });

  it('and is made by the same plan passes', async () => {
    world = await acme();
    const { exitCode, output } = await planned(
      account('"Payments"') + key('browserstack_service_account.ci.username'),
    );
    expect(exitCode).toBe(2);
    expect(output).not.toContain('There is no');
  });

  it('and exists passes, and the plan costs the one list', async () => {
    world = await acme();
    const accounts = `resource "browserstack_service_account" "many" {
  for_each   = toset(["ci-1", "ci-2", "ci-3", "ci-4", "ci-5"])
  identifier = each.key
}
`;
    const { terraform } = await planned(accounts);
    await applied(terraform);
    const usernames = world.local.accounts().map(({ username }) => username);
    const keys = usernames.map((username, i) => key(`"${username}"`).replace('"k"', `"k${i}"`));
    expect(keys).toHaveLength(5);
    await terraform.write(accounts + keys.join('\n'));
    world.local.clearRequests();
    expect((await terraform.plan()).exitCode).toBe(2);
    expect(world.local.requests()).toHaveLength(1);
  });
});
