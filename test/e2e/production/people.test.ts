import { afterEach, expect, it } from 'vitest';
import { describeWithTerraform } from '../../helpers/terraform.ts';
import { type Acme, acme, applied, flat, seed } from './acme.ts';

let world: Acme;
afterEach(() => world.close());

const jane = (lines = '') => `
  resource "browserstack_user" "jane" {
    email     = "jane@acme.com"
    full_name = "Jane Doe"
    ${lines}
  }
`;
const JANE = {
  username: 'jane_1',
  access_key: 'JaneCanaryKey0000001',
  role: 'user' as const,
  team: 'Payments',
  full_name: 'Jane D.',
  email: 'jane@acme.com',
};
const people = () => world.local.users().filter(({ email }) => email === 'jane@acme.com');

describeWithTerraform('people', () => {
  it('are invited into a team that is made for them, given products, and never removed', async () => {
    world = await acme();
    const team = 'resource "browserstack_team" "web" { name = "Web" }';
    const inWeb = (products: string) =>
      team + jane(`team = browserstack_team.web.name\n products = [${products}]`);
    const terraform = await world.workspace(inWeb('"automate", "live_testing"'));
    await applied(terraform);
    expect(people()).toMatchObject([{ team: 'Web', role: 'user', status: 'pending' }]);
    expect((await terraform.plan()).exitCode).toBe(0);

    await applied(terraform, inWeb('"live_testing", "app_automate"'));
    expect((await terraform.plan()).exitCode).toBe(0);
    const shown = JSON.stringify(await terraform.show());
    expect(shown).toContain('"product_access":["app_automate","automate","live_testing"]');

    world.local.clearRequests();
    const left = flat(await applied(terraform, team));
    expect(left).toContain('jane@acme.com is no longer managed and stays in the organization');
    expect(world.local.requests().every(({ method }) => method === 'GET')).toBe(true);
    expect(people()).toHaveLength(1);
    expect((await terraform.plan()).exitCode).toBe(0);
  });

  it.each([{ kind: 'drop' }, { kind: 'status', status: 504 }] as const)(
    'are invited exactly once when the outcome is unclear (%o)',
    async (fault) => {
      world = await acme({ faults: [{ ...fault, path: '/user/create_user' }] });
      const terraform = await world.workspace(jane());
      await applied(terraform);
      expect(people()).toHaveLength(1);
      expect((await terraform.plan()).exitCode).toBe(0);
    },
  );

  it('are imported as they are, and another role or team is refused before anything happens', async () => {
    world = await acme({ seed: { ...seed, users: [...(seed.users ?? []), JANE] } });
    const block = 'import {\n to = browserstack_user.jane\n id = "jane@acme.com"\n}\n';
    const terraform = await world.workspace(block + jane('team = "Payments"'));
    expect(await applied(terraform)).toContain('1 imported, 0 added');
    expect((await terraform.plan()).exitCode).toBe(0);
    const before = world.local.users();
    for (const lines of ['team = "Search"', 'team = "Payments"\n role = "admin"']) {
      await terraform.write(jane(lines));
      const { exitCode, output } = await terraform.apply();
      expect(exitCode).toBe(1);
      expect(flat(output)).toContain('documents no call that changes it');
    }
    expect(world.local.users()).toEqual(before);
    await terraform.write(jane('team = "Payments"'));
    expect((await terraform.plan()).exitCode).toBe(0);
  });

  it('that others disabled or removed are shown as that', async () => {
    world = await acme({ seed: { ...seed, users: [...(seed.users ?? []), JANE] } });
    const terraform = await world.workspace(jane('team = "Payments"'));
    await terraform.terraform('import', '-input=false', 'browserstack_user.jane', 'jane@acme.com');
    await applied(terraform);
    await world.inConsole('POST', '/user/disable_user', { email: 'jane@acme.com' });
    const disabled = await terraform.plan();
    expect(disabled.exitCode).toBe(0);
    expect(flat(disabled.output)).toContain('jane@acme.com was disabled');
    await world.inConsole('DELETE', '/user/revoke_user', { email: 'jane@acme.com' });
    const gone = await terraform.plan();
    expect(gone.exitCode).toBe(2);
    expect(flat(gone.output)).toContain('if they were removed on purpose, take the block out');
  });
});
