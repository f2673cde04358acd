// Terraform's own verbs on what exists: -replace, taint, a trigger, a provisioner that fails. Nothing of ours asks for
// these replacements, so only the state says what is replaced.

import { afterEach, expect, it } from 'vitest';
import { describeWithTerraform, type Workspace } from '../../helpers/terraform.ts';
import { type Acme, account, acme, applied, flat } from './acme.ts';

let world: Acme;
afterEach(() => world.close());

const OPEN = 'deletion_protection = false';
const ACCOUNT = 'browserstack_service_account.ci';
const TEAM = 'browserstack_team.web';
const team = (lines = '') => `
  resource "browserstack_team" "web" {
    name = "Web"
    ${lines}
  }
`;

const refused = async (run: Promise<{ readonly exitCode: number; readonly output: string }>) => {
  const { exitCode, output } = await run;
  expect(exitCode, output).toBe(1);
  return flat(output);
};
const settled = async (terraform: Workspace) =>
  expect((await terraform.plan()).output).toContain('No changes.');
const destroyed = (terraform: Workspace, ...args: readonly string[]) =>
  terraform.terraform('destroy', '-auto-approve', '-input=false', ...args);
const deletions = () => world.local.requests().filter(({ method }) => method === 'DELETE');

/** Ways to ask for a replacement of `address`; each with the arguments that carry it out. */
const requests: readonly (readonly [string, (terraform: Workspace, address: string) => Promise<string[]>])[] =
  [
    ['-replace', async (_, address) => [`-replace=${address}`]],
    [
      'taint',
      async (terraform, address) => {
        await terraform.terraform('taint', address);
        return [];
      },
    ],
    [
      'taint, without a refresh',
      async (terraform, address) => {
        await terraform.terraform('taint', address);
        return ['-refresh=false'];
      },
    ],
    [
      '-replace in a saved plan',
      async (terraform, address) => {
        await terraform.terraform('plan', '-input=false', '-out=saved', `-replace=${address}`);
        return ['saved'];
      },
    ],
    [
      'taint, one object at a time',
      async (terraform, address) => {
        await terraform.terraform('taint', address);
        return ['-parallelism=1'];
      },
    ],
  ];

/** Engines show no warning of the second plan of a replacement, so -replace says itself what it does. */
const toldInPlan = ([arg]: readonly string[]) => arg !== 'saved' && !arg?.startsWith('-replace');

describeWithTerraform.each(requests)('an account replaced by %s', (_name, request) => {
  it('gets another user name and key; the plan says so and the next one is empty', async () => {
    world = await acme();
    const terraform = await world.workspace(account(`${OPEN}\n consumers = ["Jenkins"]`));
    await applied(terraform);
    const before = world.usernameOf('payments-ci');
    const args = await request(terraform, ACCOUNT);
    if (toldInPlan(args)) {
      const planned = flat((await terraform.plan(...args)).output);
      expect(planned).toContain('Service account "payments-ci" gets a new user name and a new key');
      expect(planned).toContain('Declared consumers: Jenkins.');
    }
    const { exitCode, output } = await terraform.apply(...args);
    expect(exitCode, output).toBe(0);
    expect(flat(output)).toContain(`${before} and its key are gone. Declared consumers: Jenkins.`);
    expect(world.local.accounts()).toHaveLength(1);
    expect(world.usernameOf('payments-ci')).not.toBe(before);
    await settled(terraform);
    expect((await destroyed(terraform)).exitCode).toBe(0);
    expect(world.local.accounts()).toEqual([]);
  });
});

describeWithTerraform.each(requests.filter(([name]) => !name.includes('saved')))(
  'a protected account asked to be replaced by %s',
  (name, request) => {
    it('is refused with the way to keep it, and that way works', async () => {
      world = await acme();
      const terraform = await world.workspace(account());
      await applied(terraform);
      const before = world.local.accounts();
      world.local.clearRequests();
      const args = await request(terraform, ACCOUNT);
      const said = await refused(terraform.plan(...args));
      expect(said).toContain('Service account "payments-ci" is protected against deletion');
      expect(said).not.toContain('import');
      expect(said).toContain(name === '-replace' ? 'leave out -replace' : 'terraform untaint ADDRESS');
      expect((await terraform.apply(...args)).exitCode).toBe(1);
      expect(deletions()).toEqual([]);
      if (name !== '-replace') await terraform.terraform('untaint', ACCOUNT);
      await settled(terraform);
      expect(world.local.accounts()).toEqual(before);
    });
  },
);

describeWithTerraform('a trigger', () => {
  const triggered = (value: string, lines: string) =>
    `resource "terraform_data" "release" { input = "${value}" }
    ${account(`${lines}\n lifecycle { replace_triggered_by = [terraform_data.release] }`)}`;

  it('replaces an account that is not protected, and is refused for one that is', async () => {
    world = await acme();
    const terraform = await world.workspace(triggered('a', OPEN));
    await applied(terraform);
    const before = world.usernameOf('payments-ci');
    await applied(terraform, triggered('b', OPEN));
    expect(world.usernameOf('payments-ci')).not.toBe(before);
    await applied(terraform, triggered('b', ''));
    await terraform.write(triggered('c', ''));
    expect(await refused(terraform.plan())).toContain('what replace_triggered_by refers to');
    await terraform.write(triggered('b', ''));
    await settled(terraform);
  });
});

describeWithTerraform('a provisioner that fails', () => {
  const provisioned = (command: string, lines = '') =>
    account(`${lines}\n provisioner "local-exec" { command = "${command}" }`);

  it('leaves an account that the next apply replaces, or destroy takes away', async () => {
    world = await acme();
    const terraform = await world.workspace(provisioned('exit 1', OPEN));
    expect((await terraform.apply()).exitCode).toBe(1);
    const [first] = world.local.accounts();
    expect((await terraform.apply()).exitCode).toBe(1);
    const [second, ...more] = world.local.accounts();
    expect(more).toEqual([]);
    expect(second?.username).not.toBe(first?.username);
    await applied(terraform, provisioned('true', OPEN));
    expect(world.local.accounts()).toHaveLength(1);
    await settled(terraform);
    await terraform.write(provisioned('exit 1', OPEN));
    await terraform.apply(`-replace=${ACCOUNT}`);
    expect((await destroyed(terraform)).exitCode).toBe(0);
    expect(world.local.accounts()).toEqual([]);
  });

  it('leaves a protected account that untaint keeps', async () => {
    world = await acme();
    const terraform = await world.workspace(provisioned('exit 1'));
    expect((await terraform.apply()).exitCode).toBe(1);
    const [made] = world.local.accounts();
    expect(await refused(terraform.apply())).toContain('terraform untaint ADDRESS');
    await terraform.terraform('untaint', ACCOUNT);
    await settled(terraform);
    expect(world.local.accounts()).toEqual([made]);
  });
});

describeWithTerraform('a team', () => {
  it.each(requests)('replaced by %s is told with what is lost, and made anew', async (_name, request) => {
    world = await acme();
    const inside = `resource "browserstack_service_account" "inside" {
      identifier = "web-ci"
      team       = browserstack_team.web.name
      ${OPEN}
    }`;
    const terraform = await world.workspace(team(OPEN) + inside);
    await applied(terraform);
    const args = await request(terraform, TEAM);
    if (toldInPlan(args)) {
      const planned = flat((await terraform.plan(...args)).output);
      expect(planned).toContain('Team "Web" is replaced by an empty one');
      expect(planned).toContain('0 people and the service account "web-ci" lose the team');
    }
    world.local.clearRequests();
    const { exitCode, output } = await terraform.apply(...args);
    expect(exitCode, output).toBe(0);
    expect(flat(output)).toContain('Team "Web" is a new, empty one');
    expect(deletions().map(({ path }) => path)).toEqual(['/user/delete_team']);
    expect(world.local.teams().map(({ name }) => name)).toContain('Web');
    // The account was moved to the organization with the old team; the next plan shows it and puts it back.
    await applied(terraform);
    await settled(terraform);
    expect((await destroyed(terraform)).exitCode).toBe(0);
    expect(world.local.teams().map(({ name }) => name)).not.toContain('Web');
  });

  it('that is protected is refused, tainted or asked for', async () => {
    world = await acme();
    const terraform = await world.workspace(team());
    await applied(terraform);
    expect(await refused(terraform.plan(`-replace=${TEAM}`))).toContain(
      'Team "Web" is protected against deletion',
    );
    await terraform.terraform('taint', TEAM);
    expect(await refused(terraform.plan())).toContain('terraform untaint ADDRESS');
    await terraform.terraform('untaint', TEAM);
    await settled(terraform);
  });
});

describeWithTerraform('a person', () => {
  const person = (lines = '') => `resource "browserstack_user" "jane" {
    email     = "jane@acme.com"
    full_name = "Jane"
    ${lines}
  }`;
  const JANE = 'browserstack_user.jane';

  it.each(requests)('asked to be replaced by %s stays, and nobody is invited', async (_name, request) => {
    world = await acme();
    const terraform = await world.workspace(person());
    await applied(terraform);
    const args = await request(terraform, JANE);
    if (toldInPlan(args))
      expect(flat((await terraform.plan(...args)).output)).toContain('jane@acme.com stays who they are');
    await terraform.write(person('products = ["automate"]'));
    world.local.clearRequests();
    if (args[0] === 'saved')
      await terraform.terraform('plan', '-input=false', '-out=saved', `-replace=${JANE}`);
    const { exitCode, output } = await terraform.apply(...args);
    expect(exitCode, output).toBe(0);
    expect(world.local.requests().filter(({ path }) => path === '/user/create_user')).toEqual([]);
    await settled(terraform);
    expect(terraform.stateText()).toContain('"automate"');
  });

  it('whose role cannot be changed is told so in the plan, also of a replacement', async () => {
    world = await acme();
    const terraform = await world.workspace(person());
    await applied(terraform);
    await terraform.write(person('role = "admin"'));
    for (const args of [[], [`-replace=${JANE}`]])
      expect(await refused(terraform.plan(...args))).toContain(
        'The role of jane@acme.com cannot be changed here',
      );
    await terraform.terraform('taint', JANE);
    expect(await refused(terraform.plan())).toContain('The role of jane@acme.com cannot be changed here');
  });
});

describeWithTerraform('many at once', () => {
  it('tainted objects of several kinds are replaced side by side', async () => {
    world = await acme();
    const many = `resource "browserstack_service_account" "all" {
      count      = 4
      identifier = "runner-\${count.index}"
      ${OPEN}
    }`;
    const terraform = await world.workspace(many + team(OPEN));
    await applied(terraform);
    const before = world.local.accounts().map(({ username }) => username);
    for (const index of [0, 1, 2, 3])
      await terraform.terraform('taint', `browserstack_service_account.all[${index}]`);
    await terraform.terraform('taint', TEAM);
    await applied(terraform);
    const after = world.local.accounts();
    expect(after).toHaveLength(4);
    expect(after.filter(({ username }) => before.includes(username))).toEqual([]);
    await settled(terraform);
  });
});
