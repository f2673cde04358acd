// What every sink must do, whoever wrote it: the credential gets there whole, at first and after each change, leaves no
// trace in state, plan or output, and a write that was refused is not forgotten. Deployed for real, all sinks at once.

import type { TerraformStack } from 'cdktf';
import { expect } from 'vitest';
import {
  Duration,
  type ISecretSink,
  KeyRotation,
  Organization,
  PluginMirror,
  RotationPolicy,
} from '../../constructs/index.ts';
import { OWNER_CANARY } from '../helpers/organization.ts';
import type { World } from './world.ts';

export interface SinkUnderTest {
  readonly name: string;
  readonly sink: ISecretSink;
  /** What the target holds, as JSON with both halves; nothing when it holds nothing. */
  holds(): string | undefined;
  /** Whether its provider takes a write that was refused for made: otherwise the next apply makes it. */
  readonly recordsRefused?: boolean;
  /** Somebody puts something else there; absent where it cannot be read back, so that nobody would see it. */
  overwrite?(text: string): void;
}

interface Held {
  readonly username: string;
  readonly access_key: string;
}

/** One account that delivers to all of them. */
export async function expectSinks(world: World, sinks: readonly SinkUnderTest[]): Promise<void> {
  const { accountOf, deployed } = tools(world, sinks);
  let deployment = await deployed('one');
  expect(await deployment.apply()).toMatchObject({ exitCode: 0 });
  await expectDelivered(world, sinks);
  expect(await deployment.plan()).toMatchObject({ exitCode: 0 });

  const before = accountOf().accessKey;
  deployment = await deployed('two');
  const rotated = await deployment.apply();
  expect(rotated).toMatchObject({ exitCode: 0 });
  expect(accountOf().accessKey === before).toBe(false);
  await expectDelivered(world, sinks);
  expect(await deployment.plan()).toMatchObject({ exitCode: 0 });
  for (const secret of [before, accountOf().accessKey, OWNER_CANARY])
    expect([world.state().includes(secret), rotated.output.includes(secret)]).toEqual([false, false]);

  // Another account, with another user name.
  deployment = await deployed('two', 'ci-2');
  expect(await deployment.apply()).toMatchObject({ exitCode: 0 });
  await expectDelivered(world, sinks);
}

/** What was refused, or changed by hand, is seen by every plan and stops every apply, until it is mended. */
export async function expectProofs(world: World, sinks: readonly SinkUnderTest[]): Promise<void> {
  const { deployed } = tools(world, sinks);
  await (await deployed('one')).apply();
  const deployment = await deployed('two');
  world.stores.refusing = true;
  expect(await deployment.apply()).toMatchObject({ exitCode: 1 });
  world.stores.refusing = false;
  const recording = sinks.filter(({ recordsRefused }) => recordsRefused);
  const mends = await expectAllSeen(deployment, recording);
  // Each message names the command that mends it.
  expect(await deployment.apply(...mends)).toMatchObject({ exitCode: 0 });
  await expectDelivered(world, sinks);
  expect(await deployment.plan()).toMatchObject({ exitCode: 0 });

  for (const { overwrite } of sinks)
    overwrite?.('{"username":"somebody","access_key":"HandWritten000000001"}');
  expect(await expectAllSeen(deployment, sinks)).toHaveLength(sinks.length);
}

function tools(world: World, sinks: readonly SinkUnderTest[]) {
  const deployed = (turn: string, identifier = 'ci-1') =>
    world.program((stack) => build(stack, sinks, turn, identifier));
  const accountOf = () => {
    const [account] = world.local.accounts();
    if (account === undefined) throw new Error('there is no account');
    return account;
  };
  return { deployed, accountOf };
}

function build(
  stack: TerraformStack,
  sinks: readonly SinkUnderTest[],
  turn: string,
  identifier: string,
): void {
  const acme = new Organization(stack, 'acme', {
    name: 'Acme Inc.',
    deletionProtection: false,
    rotation: RotationPolicy.every(Duration.days(30)),
    pluginMirror: PluginMirror.NONE,
  });
  const key = new KeyRotation(acme.addServiceAccount('ci', { identifier }), 'key', { triggers: { turn } });
  for (const { sink } of sinks) key.deliverTo(sink);
}

async function expectDelivered(world: World, sinks: readonly SinkUnderTest[]): Promise<void> {
  for (const { name, holds } of sinks) {
    const held: Held = JSON.parse(holds() ?? '{}');
    expect([name, await world.answers(held.username, held.access_key)]).toEqual([name, 200]);
  }
}

async function expectAllSeen(
  deployment: Awaited<ReturnType<World['program']>>,
  sinks: readonly SinkUnderTest[],
): Promise<readonly string[]> {
  const planned = await deployment.plan();
  expect(planned.exitCode).toBe(2);
  const { exitCode, output } = await deployment.apply();
  expect(exitCode).toBe(1);
  for (const { sink } of sinks)
    for (const text of [planned.output, output])
      expect(text.replace(/[│\s]+/gu, ' ')).toContain(`${sink.target} does not hold the key of`);
  return [...new Set(output.match(/-replace=[\w.-]+\.[\w-]+/gu))];
}
