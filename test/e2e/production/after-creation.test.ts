// What was just made is known as it will be read: the next refresh finds nothing new, and nothing changes by itself.

import { afterEach, expect, it } from 'vitest';
import { describeWithTerraform } from '../../helpers/terraform.ts';
import { type Acme, acme, applied } from './acme.ts';

let world: Acme;
afterEach(() => world.close());

const teams = (count: number) => `
  resource "browserstack_team" "all" {
    count = ${count}
    name  = "Team \${count.index}"
  }
  output "teams" { value = browserstack_team.all }
`;
const lists = () => world.local.requests().filter(({ path }) => path === '/user/team_detail').length;

describeWithTerraform('right after a creation', () => {
  // Not of a key: Terraform 1.11 compares its two sensitive paths in random order and may answer 2 for equal states.
  it('no refresh finds drift in a team, an account or a person', async () => {
    world = await acme();
    const terraform = await world.workspace(`${teams(2)}
      resource "browserstack_service_account" "ci" {
        identifier = "payments-ci"
        team       = browserstack_team.all[0].name
      }
      resource "browserstack_user" "jane" {
        email     = "jane@acme.com"
        full_name = "Jane"
        team      = "Payments"
        products  = ["automate"]
      }
    `);
    await applied(terraform);
    const refreshed = await terraform.plan('-refresh-only');
    expect(refreshed.exitCode, refreshed.output).toBe(0);
    const planned = await terraform.plan();
    expect(planned.exitCode, planned.output).toBe(0);
    expect(terraform.stateText()).toMatch(/"created_at": ?"2/u);
  });

  it('teams made side by side share the lists that tell about them', async () => {
    world = await acme();
    const terraform = await world.workspace(teams(20));
    expect((await terraform.plan('-out=plan')).exitCode).toBe(2);
    world.local.clearRequests();
    const { exitCode, output } = await terraform.apply('plan');
    expect(exitCode, output).toBe(0);
    // The plan before each write looks once; ten are made at a time.
    expect(lists()).toBeLessThanOrEqual(1 + 6);
    expect((await terraform.plan('-refresh-only')).exitCode).toBe(0);
  });

  it('a list that cannot be read costs a warning, not the team', async () => {
    world = await acme({
      faults: [{ kind: 'status', status: 500, path: '/user/team_detail', nth: 3, times: 3 }],
    });
    const terraform = await world.workspace(teams(1));
    const output = await applied(terraform);
    expect(output).toContain('what else there is to know of it was not read');
    expect(world.local.teams().map(({ name }) => name)).toContain('Team 0');
    await applied(terraform);
    expect(terraform.stateText()).toMatch(/"created_at": ?"2/u);
    expect((await terraform.plan('-refresh-only')).exitCode).toBe(0);
  });
});
