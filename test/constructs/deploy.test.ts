// The constructs with the real engine, against a local BrowserStack.

import { readFileSync } from 'node:fs';
import { type App, TerraformStack } from 'cdktf';
import { afterEach, beforeEach, expect, it } from 'vitest';
import {
  Duration,
  KeyRotation,
  type KeyRotationProps,
  Organization,
  RotationPolicy,
  ServiceAccount,
  Team,
} from '../../constructs/index.ts';
import {
  type Organization as LocalOrganization,
  OWNER_CANARY,
  organization,
} from '../helpers/organization.ts';
import { describeWithTerraform } from '../helpers/terraform.ts';
import { ready, stateFile, terraform } from './engine.ts';
import { appIn, newApp } from './stack.ts';

const MONTHLY = RotationPolicy.every(Duration.days(30));
const TEAM = `\${path.cwd} %{if true}`;
const ACCOUNT = `"quoted" \${user} 100%`;

let local: LocalOrganization;
beforeEach(async () => {
  local = await organization();
});
afterEach(() => local.close());

/** The same program, run again with other props: what an edit and `cdktf deploy` do. */
async function deploy(app: App, props: KeyRotationProps, protect = true) {
  const again = appIn(app.outdir);
  const stack = new TerraformStack(again, 'stack');
  const acme = new Organization(stack, 'acme', { name: 'Acme Inc.', deletionProtection: protect });
  const team = new Team(acme, 'x y', { name: TEAM });
  const account = new ServiceAccount(team, '1st', { identifier: ACCOUNT });
  new ServiceAccount(acme, 'xy', { identifier: 'organization wide' });
  new KeyRotation(account, 'key', props);
  const directory = await ready(stack, local.env);
  const applied = await terraform(directory, local.env, 'apply', '-input=false', '-auto-approve');
  expect(applied).toMatchObject({ exitCode: 0 });
  const planned = await terraform(directory, local.env, 'plan', '-input=false', '-detailed-exitcode');
  expect(planned).toMatchObject({ exitCode: 0 });
  return { directory, output: applied.output, state: readFileSync(stateFile(again), 'utf8') };
}

const accountOf = (identifier: string) => {
  const found = local.local.accounts().find((one) => one.identifier === identifier);
  if (found === undefined) throw new Error(`there is no account ${identifier}`);
  return found;
};

describeWithTerraform('a deployed stack', () => {
  it('makes exactly what is written, rotates in place, and goes when unprotected', async () => {
    const app = newApp();
    await deploy(app, { triggers: { rotation: '1' }, policy: MONTHLY });
    expect(local.local.teams().map(({ name }) => name)).toEqual([TEAM]);
    expect(local.local.accounts().map(({ identifier, team }) => [identifier, team ?? null])).toEqual(
      expect.arrayContaining([
        [ACCOUNT, TEAM],
        ['organization wide', null],
      ]),
    );
    const before = accountOf(ACCOUNT);
    const { directory } = await deploy(app, { triggers: { rotation: '2' }, policy: MONTHLY });
    const after = accountOf(ACCOUNT);
    expect(after.username).toBe(before.username);
    expect(after.accessKey === before.accessKey).toBe(false);

    const refused = await terraform(directory, local.env, 'destroy', '-input=false', '-auto-approve');
    expect(refused).toMatchObject({
      exitCode: 1,
      output: expect.stringContaining('protected against deletion'),
    });
    await deploy(app, { triggers: { rotation: '2' }, policy: MONTHLY }, false);
    const destroyed = await terraform(directory, local.env, 'destroy', '-input=false', '-auto-approve');
    expect(destroyed).toMatchObject({ exitCode: 0 });
    expect([...local.local.accounts(), ...local.local.teams()]).toEqual([]);
  });

  it('holds no key unless exported, then shows it nowhere but where asked', async () => {
    const app = newApp();
    const hidden = await deploy(app, { outputs: true });
    const { accessKey: key } = accountOf(ACCOUNT);
    const leaks = ({ output, state }: { output: string; state: string }) =>
      [key, OWNER_CANARY].map((one) => [output.includes(one), state.includes(one)]);
    expect(leaks(hidden)).toEqual([
      [false, false],
      [false, false],
    ]);
    const exported = await deploy(app, { outputs: true, exportAccessKey: true });
    expect(leaks(exported)).toEqual([
      [false, true],
      [false, false],
    ]);
    const { output } = await terraform(exported.directory, local.env, 'output', '-json');
    const outputs: { sensitive: boolean; value: unknown }[] = Object.values(JSON.parse(output));
    expect(outputs.filter(({ value }) => value === key).map(({ sensitive }) => sensitive)).toEqual([true]);
  });

  it('is renamed at every level at once, and moved: no account, no key and no protection is touched', async () => {
    const app = newApp();
    const program = async (names: readonly string[], moved: boolean) => {
      const stack = new TerraformStack(appIn(app.outdir), 'stack');
      const [acme = '', payments = '', ci = '', key = ''] = names;
      const organization = new Organization(stack, acme, { name: 'Acme Inc.' });
      const team = new Team(organization, payments, { name: 'Payments' });
      const account = new ServiceAccount(team, ci, { identifier: 'payments-ci' });
      const rotation = new KeyRotation(account, key, { rotateOnDestroy: true });
      if (moved)
        for (const [index, one] of [organization, team, account, rotation].entries())
          one.movedFrom(['acme', 'payments', 'ci', 'key'][index] ?? '');
      const directory = await ready(stack, local.env);
      return terraform(directory, local.env, 'apply', '-input=false', '-no-color', '-auto-approve');
    };
    await program(['acme', 'payments', 'ci', 'key'], false);
    const before = accountOf('payments-ci');
    const forgotten = await program(['acme', 'billing', 'ci', 'key'], false);
    expect(forgotten.exitCode).toBe(1);
    const moved = await program(['company', '1st', 'robot', 'rotation'], true);
    expect(moved.output).toContain('0 added, 0 changed, 0 destroyed');
    expect(accountOf('payments-ci')).toEqual(before);
    expect(local.local.teams()).toHaveLength(1);
  });

  it('is not made in another organization', async () => {
    const stack = new TerraformStack(newApp(), 'stack');
    new Team(new Organization(stack, 'bolt', { name: 'Bolt GmbH' }), 'core', { name: 'Core' });
    const directory = await ready(stack, local.env);
    const { exitCode, output } = await terraform(
      directory,
      local.env,
      'apply',
      '-input=false',
      '-auto-approve',
    );
    expect({ exitCode, output }).toMatchObject({
      exitCode: 1,
      output: expect.stringContaining('Wrong organization'),
    });
    expect(local.local.teams()).toEqual([]);
  });
});
