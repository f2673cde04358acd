// What a command after a rotation finds in its environment, where it runs for real. The deployer's own key is in the
// environment of Terraform under the same name: no hook may ever take it for the new one.

import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TerraformStack } from 'cdktf';
import { afterEach, beforeEach, expect } from 'vitest';
import {
  HookRunner,
  KeyRotation,
  Organization,
  PluginMirror,
  RotatingCredential,
  ServiceAccount,
} from '../../constructs/index.ts';
import { itNeeds } from '../helpers/engine.ts';
import { OWNER_CANARY } from '../helpers/organization.ts';
import { describeWithTerraform } from '../helpers/terraform.ts';
import { openWorld, type World } from './world.ts';

let world: World;
beforeEach(async () => {
  world = await openWorld();
});
afterEach(() => world.close());

const heard = () => join(world.directory, 'heard');
const stop = () => join(world.directory, 'stop');

/** Tells what it finds, then fails if it is told to. */
const afterRotation = (name: string, runner?: HookRunner) => ({
  command: `echo "$NAME $BROWSERSTACK_USERNAME \${BROWSERSTACK_ACCESS_KEY-unset}" >> "$HEARD" && test ! -e "$STOP"`,
  environment: { NAME: name, HEARD: heard(), STOP: stop() },
  runner,
});

/** What the hooks found since the last time, by name. */
function found(): ReadonlyMap<string, { readonly username: string; readonly key: string }> {
  if (!existsSync(heard())) return new Map();
  const lines = readFileSync(heard(), 'utf8').trim().split('\n');
  rmSync(heard());
  return new Map(
    lines.map((line) => {
      const [name = '', username = '', key = ''] = line.split(' ');
      return [name, { username, key }] as const;
    }),
  );
}

type Runners = readonly (HookRunner | undefined)[];

/** An account and a pair, exported and not, for each runner; `instead` runs their commands. */
function hooks(stack: TerraformStack, turn: string, runners: Runners, instead: Runners | 'none' = runners) {
  const acme = new Organization(stack, 'acme', { name: 'Acme Inc.', pluginMirror: PluginMirror.NONE });
  const triggers = { turn };
  for (const [index, kind = 'default'] of runners.entries()) {
    const hook = (name: string) => (instead === 'none' ? undefined : afterRotation(name, instead[index]));
    for (const exportAccessKey of [false, true]) {
      const name = `${kind}-${exportAccessKey ? 'exported' : 'hidden'}`;
      const account = new ServiceAccount(acme, name, { identifier: name });
      new KeyRotation(account, 'key', {
        triggers,
        exportAccessKey,
        afterRotation: hook(name),
      });
      new RotatingCredential(acme, `${name}-pair`, {
        identifier: `${name}-pair`,
        triggers,
        exportAccessKey,
        afterRotation: hook(`${name}-pair`),
      });
    }
  }
}

const keysOf = (usernames: readonly string[]) =>
  world.local
    .accounts()
    .filter(({ username }) => usernames.includes(username))
    .map(({ accessKey }) => accessKey);

describeWithTerraform('a command after a rotation', () => {
  itNeeds('ephemeral resources')(
    'always finds the rotated account, or nothing, and never the deployer',
    async () => {
      const runners = [undefined, HookRunner.NULL_RESOURCE];
      for (const turn of ['1', '2']) {
        const { apply, plan } = await world.program((stack) => hooks(stack, turn, runners));
        const applied = await apply();
        expect(applied).toMatchObject({ exitCode: 0 });
        const seen = found();
        expect([...seen.keys()].sort()).toEqual(
          ['default', 'null_resource'].flatMap((kind) =>
            ['exported', 'exported-pair', 'hidden', 'hidden-pair'].map((rest) => `${kind}-${rest}`),
          ),
        );
        for (const [name, { username, key }] of seen) {
          const expected = name.startsWith('null_resource-hidden') ? '' : keysOf([username])[0];
          expect({ name, right: key === expected }).toEqual({ name, right: true });
          if (key !== '') expect(await world.answers(username, key)).toBe(200);
        }
        const hidden = [...seen]
          .filter(([name]) => name.includes('hidden'))
          .map(([, { username }]) => username);
        for (const secret of [...keysOf(hidden), OWNER_CANARY])
          expect([world.state().includes(secret), applied.output.includes(secret)]).toEqual([false, false]);
        expect(await plan()).toMatchObject({ exitCode: 0 });
      }
    },
  );

  itNeeds('ephemeral resources')(
    'that fails runs again until it succeeds, and nothing rotates again',
    async () => {
      const program = (turn: string) => world.program((stack) => hooks(stack, turn, [undefined]));
      await (await program('1')).apply();
      found();
      const { apply, plan } = await program('2');
      writeFileSync(stop(), '');
      expect(await apply()).toMatchObject({ exitCode: 1 });
      const { accessKey, username } = world.local
        .accounts()
        .find(({ identifier }) => identifier === 'default-hidden')!;
      for (const turn of [1, 2]) {
        found();
        if (turn === 2) rmSync(stop());
        expect(await plan()).toMatchObject({ exitCode: 2 });
        expect(await apply()).toMatchObject({ exitCode: turn === 2 ? 0 : 1 });
        const seen = found().get('default-hidden');
        expect([seen?.username, seen?.key === accessKey]).toEqual([username, true]);
      }
      expect(await plan()).toMatchObject({ exitCode: 0 });
      expect(await world.answers(username, accessKey)).toBe(200);
    },
  );

  itNeeds('ephemeral resources', 'moved across types')(
    'of one runner becomes one of the other, and goes away',
    async () => {
      const nulls = [HookRunner.NULL_RESOURCE];
      const types = () => JSON.parse(world.state()).resources.map(({ type }: { type: string }) => type);
      await (await world.program((stack) => hooks(stack, '1', nulls))).apply();
      expect(types()).toContain('null_resource');
      const { output } = await (
        await world.program((stack) => hooks(stack, '1', nulls, [undefined]))
      ).apply();
      expect(output).toMatch(/null_resource\.\S+ has moved to terraform_data\./u);
      expect(output).toContain('0 added, 0 changed, 0 destroyed');
      for (const instead of [nulls, 'none'] as const) {
        const { exitCode } = await (
          await world.program((stack) => hooks(stack, '1', nulls, instead))
        ).apply();
        expect(exitCode).toBe(0);
      }
      expect(types()).not.toContain('null_resource');
    },
  );
});
