import { afterEach, expect, it } from 'vitest';
import { describeWithTerraform } from '../../helpers/terraform.ts';
import { type Acme, account, acme, applied, flat } from './acme.ts';

let world: Acme;
afterEach(() => world.close());

const withKey = (incident: number) => `${account('deletion_protection = false')}
resource "browserstack_access_key" "ci" {
  username = browserstack_service_account.ci.username
  triggers = { incident = "${incident}" }
}`;
/** Before there was anything. */
const ONCE = { kind: 'stale-list', seconds: 3600, path: '/user/service-accounts' } as const;
const recycles = () => world.local.requests().filter(({ path }) => path.includes('recycle')).length;

describeWithTerraform('a list that shows an older world', () => {
  it('makes neither an account nor what was wished for its key be forgotten', async () => {
    world = await acme();
    const terraform = await world.workspace(withKey(1));
    await applied(terraform);
    const [before] = world.local.accounts();
    world.local.inject(ONCE);
    await applied(terraform, withKey(2));
    const [after] = world.local.accounts();
    expect(after).toMatchObject({ username: before?.username });
    expect(after?.accessKey === before?.accessKey).toBe(false);
    expect(recycles()).toBe(1);
    expect((await terraform.plan()).exitCode).toBe(0);
  });

  it('is an error as long as it lacks everything, and the state stays as it was', async () => {
    world = await acme();
    const two = `${withKey(1)}
resource "browserstack_service_account" "other" { identifier = "other" }`;
    const terraform = await world.workspace(two);
    await applied(terraform);
    const state = terraform.stateText();
    world.local.inject({ ...ONCE, times: 'always' });
    const failed = await terraform.apply();
    expect(failed.exitCode).toBe(1);
    expect(flat(failed.output)).toContain('The list of service accounts lacks most of what was there');
    expect(terraform.stateText()).toBe(state);
    world.local.clearFaults();
    expect((await terraform.plan()).exitCode).toBe(0);
  });
});
