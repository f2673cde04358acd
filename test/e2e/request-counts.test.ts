import { expect, it } from 'vitest';
import { organization } from '../helpers/organization.ts';
import { describeWithTerraform } from '../helpers/terraform.ts';

const FLEET = `
  resource "browserstack_team" "team" {
    count               = 20
    name                = "Team \${count.index}"
    deletion_protection = false
  }
  resource "browserstack_service_account" "account" {
    count               = 200
    identifier          = "account-\${count.index}"
    team                = browserstack_team.team[count.index % 20].name
    deletion_protection = false
  }
`;

describeWithTerraform('the number of requests', () => {
  it('of 200 accounts in 20 teams: 2 for a plan, 220 and a few lists for the apply', async () => {
    const acme = await organization();
    const requests = () => {
      const count = acme.local.requests().length;
      acme.local.clearRequests();
      return count;
    };
    try {
      const terraform = await acme.workspace(FLEET);
      expect((await terraform.plan('-out=plan')).exitCode).toBe(2);
      expect(requests()).toBe(2);
      expect((await terraform.terraform('apply', '-input=false', 'plan')).exitCode).toBe(0);
      expect(acme.local.accounts()).toHaveLength(200);
      // One list of each kind, and one of teams for each ten that were made side by side.
      expect(requests() - 220).toBeOneOf([4, 5, 6]);
      expect((await terraform.plan()).exitCode).toBe(0);
      expect(requests()).toBe(2);
    } finally {
      await acme.close();
    }
  });
});
