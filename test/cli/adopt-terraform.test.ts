import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { type Organization, organization } from '../helpers/organization.ts';
import { describeWithTerraform } from '../helpers/terraform.ts';
import { company } from './company.ts';
import { type Console, openConsole } from './console.ts';

let acme: Organization;
let shell: Console;
afterEach(async () => {
  await shell?.close();
  await acme?.close();
});

describeWithTerraform('adopting into Terraform', () => {
  it('imports 300 accounts and 20 teams, changes nothing, and leaves nothing to do', async () => {
    const seed = company();
    acme = await organization({ seed: { ...seed, users: [{ ...seed.users![0]!, username: 'owner_1' }] } });
    shell = await openConsole({}, { ...acme.env, BROWSERSTACK_ACCESS_KEY: 'owner-local-key-0001' });
    const work = await acme.workspace('', { BROWSERSTACK_ACCESS_KEY: 'owner-local-key-0001' });
    const { stdout, code } = await shell.run('adopt');
    expect(code).toBe(0);
    await writeFile(join(work.directory, 'adopted.tf'), stdout);
    const formatted = await work.terraform('fmt', '-check', '-diff', 'adopted.tf');
    expect(formatted.output).toBe('');

    acme.local.clearRequests();
    const planned = await work.plan();
    expect(planned.output).toContain('Plan: 320 to import, 0 to add, 0 to change, 0 to destroy.');
    expect(acme.local.requests()).toHaveLength(2);
    const before = acme.local.accounts();
    const applied = await work.apply();
    expect(applied.output).toContain('320 imported, 0 added, 0 changed, 0 destroyed');
    expect(acme.local.accounts()).toEqual(before);
    expect(await work.plan()).toMatchObject({ exitCode: 0 });

    const state = await work.terraform('show', '-json');
    await shell.write('state.json', state.stdout);
    const again = await shell.run('adopt', '--state', 'state.json', '--json');
    expect(JSON.parse(again.stdout).report).toMatchObject({ managed: 320, unmanaged: 0 });
  }, 300_000);
});
