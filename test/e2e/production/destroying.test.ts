// `terraform destroy` begins with a plan of changes. What refuses a change must not be the end of it.

import { afterEach, expect, it } from 'vitest';
import { itNeeds } from '../../helpers/engine.ts';
import { describeWithTerraform } from '../../helpers/terraform.ts';
import { type Acme, account, acme, applied, flat, seed } from './acme.ts';

let world: Acme;
afterEach(() => world.close());

const OPEN = 'deletion_protection = false';
const taken = { ...seed, service_accounts: [{ identifier: 'theirs', username: 'theirs_1' }] };
const person = (lines = '') => `resource "browserstack_user" "jane" {
  email     = "jane@acme.com"
  full_name = "Jane"
  ${lines}
}`;
const another = (identifier: string) => `resource "browserstack_service_account" "another" {
  identifier = "${identifier}"
}`;

/** What is applied, and what then stands in the configuration as everything is to go. */
const refusals: readonly (readonly [string, string, string])[] = [
  ['an account that somebody else has', '', another('theirs')],
  ['a team that somebody else has', '', 'resource "browserstack_team" "t" { name = "Search" }'],
  ['a role that cannot be changed', person(), person('role = "admin"')],
  ['two blocks with one identifier', '', another('payments-ci')],
  ['an owner who is to be invited', '', person('role = "owner"')],
  ['a data source that finds nothing', '', 'data "browserstack_team" "t" { name = "Nowhere" }'],
];

describeWithTerraform('destroy, stopped by', () => {
  it.each(refusals)('%s, names the way past it, and that works', async (_name, before, after) => {
    world = await acme({ seed: taken });
    const terraform = await world.workspace(account(OPEN) + before);
    await applied(terraform);
    await terraform.write(account(OPEN) + after);
    const stopped = await terraform.terraform('destroy', '-auto-approve', '-input=false');
    expect(stopped.exitCode).toBe(1);
    expect(flat(stopped.output)).toContain('terraform destroy -refresh=false (tofu …)');
    expect(world.usernameOf('payments-ci')).toBeDefined();
    const gone = await terraform.terraform('destroy', '-auto-approve', '-input=false', '-refresh=false');
    expect(gone.exitCode, gone.output).toBe(0);
    expect(world.usernameOf('payments-ci')).toBeUndefined();
    expect(world.usernameOf('theirs')).toBe('theirs_1');
  });

  itNeeds('ephemeral resources')('a key that is not there, names the way past it', async () => {
    world = await acme();
    const terraform = await world.workspace(account(OPEN));
    await applied(terraform);
    await terraform.write(`${account(OPEN)}
      ephemeral "browserstack_access_key" "k" { username = "nobody_1" }`);
    const stopped = await terraform.terraform('destroy', '-auto-approve', '-input=false');
    expect(stopped.exitCode).toBe(1);
    expect(flat(stopped.output)).toContain('terraform destroy -refresh=false');
    const gone = await terraform.terraform('destroy', '-auto-approve', '-input=false', '-refresh=false');
    expect(gone.exitCode, gone.output).toBe(0);
  });

  it('a protection names the way to lift it: that is no change that stands in the way', async () => {
    world = await acme();
    const terraform = await world.workspace(account());
    await applied(terraform);
    const { exitCode, output } = await terraform.terraform('destroy', '-auto-approve', '-input=false');
    expect(exitCode).toBe(1);
    expect(output).not.toContain('-refresh=false');
  });
});
