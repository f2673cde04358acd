import { readdir } from 'node:fs/promises';
import { afterEach, expect, it } from 'vitest';
import { describeWithTerraform } from '../../helpers/terraform.ts';
import { type Acme, acme, flat } from './acme.ts';

let world: Acme;
afterEach(() => world.close());

const accounts = (count: number) => `
  resource "browserstack_service_account" "all" {
    count      = ${count}
    identifier = "account-\${count.index}"
  }
`;
const requests = () => {
  const { length } = world.local.requests();
  world.local.clearRequests();
  return length;
};

describeWithTerraform('the number of requests', () => {
  it('of a refresh is 1, for 1, 100 and 1,000 accounts; making N takes N and the list', async () => {
    world = await acme();
    const terraform = await world.program(accounts(1));
    let made = 0;
    for (const count of [1, 100, 1000]) {
      await terraform.write(accounts(count));
      expect((await terraform.plan('-out=plan')).exitCode).toBe(2);
      requests();
      expect((await terraform.terraform('apply', '-input=false', 'plan')).exitCode).toBe(0);
      expect(requests()).toBe(count - made + 1);
      expect((await terraform.plan()).exitCode).toBe(0);
      expect(requests()).toBe(1);
      made = count;
    }
    expect(world.local.accounts()).toHaveLength(1000);
  }, 600_000);

  it('of credentials that are refused is 1 too, however many objects ask', async () => {
    world = await acme();
    const terraform = await world.workspace(accounts(60));
    expect((await terraform.apply()).exitCode).toBe(0);
    requests();
    await terraform.write(`provider "browserstack" { access_key = "wrong" }\n${accounts(60)}`);
    const { exitCode, output } = await terraform.plan();
    expect(exitCode).toBe(1);
    expect(flat(output)).toContain('Wrong BrowserStack credentials');
    expect(requests()).toBe(1);
  });

  it('is told in the plan, and keeps to a real limit over all processes of a run', async () => {
    // 40 times faster than real, and the server a little faster still: it counts from when a request arrives, which on a
    // busy machine is later than it was sent by more than is between two of them.
    world = await acme({ rateLimit: 60 });
    const terraform = await world.program(accounts(20), {
      BROWSERSTACK_REQUEST_BURST: '5',
      BROWSERSTACK_REQUESTS_PER_MINUTE: String(15 * 40),
      BROWSERSTACK_MAX_RETRIES: '0',
    });
    const planned = flat((await terraform.plan('-out=plan')).output);
    expect(planned.match(/This plan needs at least 11 requests/gu)).toHaveLength(1);
    const done = await terraform.terraform('apply', '-input=false', 'plan');
    expect(done.exitCode).toBe(0);
    expect(done.output).not.toContain('Warning');
    expect((await terraform.plan()).exitCode).toBe(0);
    expect(world.local.accounts()).toHaveLength(20);
    expect(new Set(world.local.requests().map(({ status }) => status))).toEqual(new Set([200]));
    // The processes of a run know of each other through one file.
    expect(await readdir(world.budgets)).toEqual([expect.stringMatching(/^[0-9a-f]{24}\.json$/u)]);
  });
});
