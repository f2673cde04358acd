// The stories of examples/, as their readers run them: synthesized, deployed, and deployed again when time has passed.

import { resolve } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { describeWithTerraform } from '../helpers/terraform.ts';
import { openScene, type Scene } from './scene.ts';

let scene: Scene;
afterEach(() => scene.close());

/** Synthesizes a story into the scene and initializes its stack. Returns how to run the engine in it. */
async function deployed(story: string) {
  scene = await openScene({});
  // In the directory of the scene, where cdktf puts the state.
  const output = await scene.shell(
    `CDKTF_OUTDIR=out node --import "${import.meta.resolve('tsx')}" "${resolve('examples', story, 'main.ts')}" &&
     terraform -chdir=out/stacks/${story} init -no-color`,
  );
  expect(output).toContain('has been successfully initialized');
  return (command: string) => scene.shell(`terraform -chdir=out/stacks/${story} ${command} -no-color`);
}

const rotated = () => scene.local.requests().filter(({ path }) => path.includes('recycle')).length;
const keys = () =>
  new Map(scene.local.accounts().map(({ identifier, accessKey }) => [identifier, accessKey]));

describeWithTerraform('the story', () => {
  it('key-rotation rotates both keys when they are due, and not before', async () => {
    const terraform = await deployed('key-rotation');
    expect(await terraform('apply -auto-approve')).toContain('Resources: 6 added');
    scene.pass(70);
    expect(await terraform('plan')).toContain('No changes');
    const before = keys();
    // A Tuesday, shortly after two in Berlin, and every key is older than 90 days.
    scene.pass(28 + 15.4 / 24);
    const plan = await terraform('plan');
    expect(plan).toContain('0 to add, 2 to change, 0 to destroy');
    expect(plan).toMatch(/rotation_reason += "due since/u);
    expect(await terraform('apply -auto-approve')).toContain('2 changed');
    expect(rotated()).toBe(2);
    for (const [identifier, key] of keys()) expect(key === before.get(identifier)).toBe(false);
    expect(await terraform('plan')).toContain('No changes');
  });

  it('rotating-credential lets its accounts take turns, one new key at a time', async () => {
    const terraform = await deployed('rotating-credential');
    await terraform('apply -auto-approve');
    const first = keys();
    scene.pass(31);
    await terraform('apply -auto-approve');
    const second = keys();
    expect(second.get('payments-ci-a') === first.get('payments-ci-a')).toBe(true);
    expect(second.get('payments-ci-b') === first.get('payments-ci-b')).toBe(false);
    scene.pass(30);
    await terraform('apply -auto-approve');
    const third = keys();
    expect(third.get('payments-ci-a') === second.get('payments-ci-a')).toBe(false);
    expect(third.get('payments-ci-b') === second.get('payments-ci-b')).toBe(true);
    expect(rotated()).toBe(2);
  });
});
