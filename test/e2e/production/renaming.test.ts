// One object, two addresses: a block that was renamed, imported a second time, or left half replaced. Whatever is
// refused, the advice it is refused with is followed here, and works.

import { afterEach, expect, it } from 'vitest';
import { itNeeds } from '../../helpers/engine.ts';
import { describeWithTerraform, type Workspace } from '../../helpers/terraform.ts';
import { type Acme, acme, applied, flat } from './acme.ts';

let world: Acme;
afterEach(() => world.close());

const OPEN = 'deletion_protection = false';
const account = (label: string, lines = '') => `
  resource "browserstack_service_account" "${label}" {
    identifier = "payments-ci"
    ${lines}
  }
`;
const team = (label: string, lines = '', name = 'Web') => `
  resource "browserstack_team" "${label}" {
    name = "${name}"
    ${lines}
  }
`;
const importing = (to: string, id: string) => `
  import {
    to = ${to}
    id = "${id}"
  }
`;
const inOrder = 'lifecycle { create_before_destroy = true }';

const refused = async (run: Promise<{ readonly exitCode: number; readonly output: string }>) => {
  const { exitCode, output } = await run;
  expect(exitCode, output).toBe(1);
  return output;
};
const settled = async (terraform: Workspace) =>
  expect((await terraform.plan()).output).toContain('No changes.');
const destroyed = (terraform: Workspace, ...args: readonly string[]) =>
  terraform.terraform('destroy', '-auto-approve', '-input=false', ...args);

/** The block of this kind that a message advises, with these in place of what stands for them. */
function advised(output: string, kind: 'moved' | 'import', names: Readonly<Record<string, string>>): string {
  const plain = output.replaceAll(/^[│╷╵] ?/gmu, '');
  const [block] = new RegExp(`^  ${kind} \\{$[\\s\\S]*?^  \\}$`, 'mu').exec(plain) ?? [];
  if (block === undefined) throw new Error(`no ${kind} block is advised:\n${output}`);
  return Object.entries(names).reduce((text, [name, value]) => text.replaceAll(name, value), `\n${block}\n`);
}

describeWithTerraform('a renamed block', () => {
  it('of a protected account is refused with a moved block before anything else, and that keeps it', async () => {
    world = await acme();
    const terraform = await world.workspace(account('ci'));
    await applied(terraform);
    const before = world.local.accounts();
    await terraform.write(account('pipeline'));
    const said = await refused(terraform.plan());
    expect(flat(said)).toMatch(/If its block was (only )?renamed or moved, write: moved/u);
    expect(said).not.toContain('import {');
    const moved = advised(said, 'moved', {
      OLD_ADDRESS: 'browserstack_service_account.ci',
      NEW_ADDRESS: 'browserstack_service_account.pipeline',
    });
    const output = await applied(terraform, account('pipeline') + moved);
    expect(output).toContain('0 added, 0 changed, 0 destroyed');
    expect(world.local.accounts()).toEqual(before);
    await settled(terraform);
  });

  it('of a protected team too', async () => {
    world = await acme();
    const terraform = await world.workspace(team('web'));
    await applied(terraform);
    await terraform.write(team('site'));
    const said = await refused(terraform.plan());
    const moved = advised(said, 'moved', {
      OLD_ADDRESS: 'browserstack_team.web',
      NEW_ADDRESS: 'browserstack_team.site',
    });
    expect(await applied(terraform, team('site') + moved)).toContain('0 added, 0 changed, 0 destroyed');
    await settled(terraform);
  });

  it('of an account that may be deleted is told with what dies, and with the moved block that keeps it', async () => {
    world = await acme();
    const terraform = await world.workspace(account('ci', OPEN));
    await applied(terraform);
    const before = world.local.accounts();
    await terraform.write(account('pipeline', OPEN));
    const said = (await terraform.plan()).output;
    expect(flat(said)).toContain('renamed or moved, nothing is lost with: moved');
    const moved = advised(said, 'moved', {
      OLD_ADDRESS: 'browserstack_service_account.ci',
      NEW_ADDRESS: 'browserstack_service_account.pipeline',
    });
    await applied(terraform, account('pipeline', OPEN) + moved);
    expect(world.local.accounts()).toEqual(before);
  });

  it('and applied all the same, ends with one account and nothing to do', async () => {
    world = await acme();
    const terraform = await world.workspace(account('ci', OPEN));
    await applied(terraform);
    await terraform.write(account('pipeline', OPEN));
    await terraform.apply();
    await applied(terraform);
    expect(world.local.accounts()).toHaveLength(1);
    await settled(terraform);
  });

  it('of a person is not an invitation', async () => {
    world = await acme();
    const person = (label: string) =>
      `resource "browserstack_user" "${label}" {\n email = "jane@acme.com"\n full_name = "Jane"\n}\n`;
    const terraform = await world.workspace(person('jane'));
    await applied(terraform);
    await terraform.write(person('jd'));
    expect(flat((await terraform.plan()).output)).toContain('moved { from = OLD_ADDRESS');
    world.local.clearRequests();
    await terraform.apply();
    expect(world.local.users().filter(({ email }) => email === 'jane@acme.com')).toHaveLength(1);
  });
});

describeWithTerraform('what is imported at a second address', () => {
  it('is not destroyed at the first', async () => {
    world = await acme();
    const terraform = await world.workspace(account('ci', OPEN) + team('web', OPEN));
    await applied(terraform);
    const username = world.usernameOf('payments-ci') ?? '';
    await terraform.write(
      account('pipeline', OPEN) +
        importing('browserstack_service_account.pipeline', username) +
        team('site', OPEN) +
        importing('browserstack_team.site', 'Web'),
    );
    const said = await refused(terraform.apply());
    expect(said).toContain('This plan destroys service account "payments-ci" at one address');
    expect(said).toContain('This plan destroys team "Web" at one address');
    expect(world.local.accounts()).toHaveLength(1);
    expect(world.local.teams().map(({ name }) => name)).toContain('Web');
    await terraform.write(
      account('pipeline', OPEN) +
        team('site', OPEN) +
        advised(said, 'moved', {
          OLD_ADDRESS: 'browserstack_service_account.ci',
          NEW_ADDRESS: 'browserstack_service_account.pipeline',
        }) +
        advised(said, 'moved', {
          OLD_ADDRESS: 'browserstack_team.web',
          NEW_ADDRESS: 'browserstack_team.site',
        }),
    );
    expect(await applied(terraform)).toContain('0 added, 0 changed, 0 destroyed');
    await settled(terraform);
  });

  it('may be forgotten at the first, when it is abandoned there', async () => {
    world = await acme();
    const terraform = await world.workspace(account('ci', 'deletion_policy = "abandon"'));
    await applied(terraform);
    const username = world.usernameOf('payments-ci') ?? '';
    await applied(
      terraform,
      account('pipeline') + importing('browserstack_service_account.pipeline', username),
    );
    expect(world.usernameOf('payments-ci')).toBe(username);
    await settled(terraform);
  });

  it('and replaced at the first is kept', async () => {
    world = await acme();
    const terraform = await world.workspace(account('ci', OPEN));
    await applied(terraform);
    const username = world.usernameOf('payments-ci') ?? '';
    await terraform.write(
      account('ci', `${OPEN}\n team = "Search"`) +
        account('pipeline') +
        importing('browserstack_service_account.pipeline', username),
    );
    await refused(terraform.apply());
    expect(world.usernameOf('payments-ci')).toBe(username);
  });
});

describeWithTerraform('two blocks', () => {
  it.each([
    ['one identifier', account('a') + account('b')],
    [
      'identifiers that differ in case only',
      account('a') + account('b').replace('payments-ci', 'Payments-CI'),
    ],
    ['one team name', team('a') + team('b')],
    ['team names that differ in case only', team('a') + team('b', '', 'WEB')],
  ])('with %s are refused in the plan', async (_name, hcl) => {
    world = await acme();
    const terraform = await world.workspace(hcl);
    expect(await refused(terraform.plan())).toContain('Two blocks make a');
    expect(world.local.accounts()).toEqual([]);
  });

  it('of which one exists are refused in the plan, and nothing is lost', async () => {
    world = await acme();
    const terraform = await world.workspace(account('a', OPEN) + team('a', OPEN));
    await applied(terraform);
    await terraform.write(account('a', OPEN) + account('b', OPEN) + team('a', OPEN) + team('b', OPEN));
    const said = flat(await refused(terraform.plan()));
    expect(said).toMatch(/Another block (of this configuration has|makes a) service account "payments-ci"/u);
    expect(said).toMatch(/Another block (of this configuration has|makes a) team "Web"/u);
  });
});

describeWithTerraform('what exists already', () => {
  it('is imported with the block that the plan advises', async () => {
    world = await acme({
      seed: {
        organization: { name: 'Acme Inc.' },
        users: [{ username: 'owner_1', access_key: 'OwnerCanaryKey000001', role: 'owner' }],
        teams: [{ name: 'Web' }],
        service_accounts: [{ identifier: 'Payments-CI', username: 'paymentsci_1' }],
      },
    });
    const terraform = await world.workspace(
      account('ci').replace('payments-ci', 'Payments-CI') + team('web'),
    );
    const said = await refused(terraform.plan());
    expect(said.indexOf('moved {')).toBeLessThan(said.indexOf('import {'));
    const [first, second] = ['A team', 'A service account'].map((start) => said.slice(said.indexOf(start)));
    await terraform.write(
      account('ci').replace('payments-ci', 'Payments-CI') +
        team('web') +
        advised(first ?? '', 'import', { ADDRESS: 'browserstack_team.web' }) +
        advised(second ?? '', 'import', { ADDRESS: 'browserstack_service_account.ci' }),
    );
    expect(await applied(terraform)).toContain('2 imported, 0 added, 0 changed, 0 destroyed');
    await settled(terraform);
  });

  it('and differs in case only is told so', async () => {
    world = await acme({
      seed: {
        organization: { name: 'Acme Inc.' },
        users: [{ username: 'owner_1', access_key: 'OwnerCanaryKey000001', role: 'owner' }],
        teams: [{ name: 'WEB' }],
        service_accounts: [{ identifier: 'Payments-CI', username: 'paymentsci_1' }],
      },
    });
    const terraform = await world.workspace(account('ci') + team('web'));
    const said = flat(await refused(terraform.plan()));
    expect(said).toContain('write identifier = "Payments-CI" if it is meant');
    expect(said).toContain('write name = "WEB" if it is meant');
  });
});

describeWithTerraform('create_before_destroy', () => {
  const moving = (lines: string) => account('ci', `${OPEN}\n ${lines}`);

  it.each([
    ['another team', 'team = "Search"', []],
    ['-replace', '', ['-replace=browserstack_service_account.ci']],
  ])(
    'of an account replaced by %s fails, and the way out that is told leads out',
    async (_n, lines, args) => {
      world = await acme();
      const terraform = await world.workspace(moving(inOrder));
      await applied(terraform);
      const before = world.usernameOf('payments-ci');
      await terraform.write(moving(`${lines}\n ${inOrder}`));
      const failed = flat(await refused(terraform.apply(...args)));
      expect(failed).toContain('take that out of the lifecycle, then: terraform destroy -target=ADDRESS');
      expect(world.usernameOf('payments-ci')).toBe(before);
      const planned = flat((await terraform.plan()).output);
      expect(planned).toContain('terraform destroy -target=ADDRESS');

      await terraform.write(moving(lines));
      const left = await destroyed(terraform, '-target=browserstack_service_account.ci');
      expect(left.exitCode, left.output).toBe(0);
      expect(world.local.accounts()).toEqual([]);
      await applied(terraform);
      expect(world.local.accounts()).toHaveLength(1);
      await settled(terraform);
    },
  );

  it('half done is no obstacle to destroy', async () => {
    world = await acme();
    const terraform = await world.workspace(moving(inOrder));
    await applied(terraform);
    await terraform.write(moving(`team = "Search"\n ${inOrder}`));
    await refused(terraform.apply());
    const { exitCode, output } = await destroyed(terraform);
    expect(exitCode, output).toBe(0);
    expect(world.local.accounts()).toEqual([]);
  });

  it('of a team that keeps its name: the same', async () => {
    world = await acme();
    const terraform = await world.workspace(team('web', `${OPEN}\n ${inOrder}`));
    await applied(terraform);
    await terraform.terraform('taint', 'browserstack_team.web');
    await refused(terraform.apply());
    expect((await destroyed(terraform)).exitCode).toBe(0);
    expect(world.local.teams().map(({ name }) => name)).not.toContain('Web');
  });

  it('of a team that gets another name works, as names do not collide', async () => {
    world = await acme();
    const terraform = await world.workspace(team('web', `${OPEN}\n ${inOrder}`));
    await applied(terraform);
    await applied(terraform, team('web', `${OPEN}\n ${inOrder}`, 'Site'));
    const names = world.local.teams().map(({ name }) => name);
    expect(names).toContain('Site');
    expect(names).not.toContain('Web');
    await settled(terraform);
  });

  it('leaves everything as it was once the run has begun to write', async () => {
    world = await acme();
    const terraform = await world.workspace(moving(inOrder));
    await applied(terraform);
    const before = world.usernameOf('payments-ci');
    await terraform.write(moving(`team = browserstack_team.web.name\n ${inOrder}`) + team('web'));
    expect(flat(await refused(terraform.apply()))).toContain(
      'A service account "payments-ci" exists already',
    );
    expect(world.usernameOf('payments-ci')).toBe(before);
    expect(terraform.stateText()).not.toContain('deposed');
  });
});

describeWithTerraform('what protection advises', () => {
  itNeeds('removed blocks with lifecycle')('to stop managing an object leaves it alone', async () => {
    world = await acme();
    const terraform = await world.workspace(account('ci') + team('web'));
    await applied(terraform);
    await terraform.write('');
    const said = await refused(terraform.plan());
    const [block] = /^\s*removed \{[\s\S]*?^\s*\}\n\s*\}$/mu.exec(said.replaceAll(/^[│╷╵] ?/gmu, '')) ?? [];
    const removed = (address: string) => `\n${block?.replace('ADDRESS', address)}\n`;
    await applied(terraform, removed('browserstack_service_account.ci') + removed('browserstack_team.web'));
    expect(world.local.accounts()).toHaveLength(1);
    expect(world.local.teams().map(({ name }) => name)).toContain('Web');
    await terraform.write('');
    await settled(terraform);
  });
});
