// What a plan over the cap says, with real Terraform: every key, and ways out that work.

import { rm } from 'node:fs/promises';
import { stripVTControlCharacters } from 'node:util';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { openScene } from '../docs/scene.ts';
import { engine } from '../helpers/engine.ts';
import { describeWithTerraform } from '../helpers/terraform.ts';
import { Bench, buildMirror } from './bench/bench.ts';

vi.setConfig({ testTimeout: 240_000 });

const COUNT = 14;
const names = Array.from({ length: COUNT }, (_, index) => `fleet_${String(index + 1).padStart(2, '0')}`);
const fleet = names.map((username) => ({ identifier: username.replace('_', '-'), username }));

const keys = (more: string, usernames = names) => `
provider "browserstack" { max_rotations_per_apply = 3 }
resource "browserstack_access_key" "all" {
  for_each = toset(${JSON.stringify(usernames)})
  username = each.key
  ${more}
}
`;
const trigger = (reason: string, usernames = names) => keys(`triggers = { reason = "${reason}" }`, usernames);
/** As one line, whatever frames and wraps it. */
const flat = (output: string) => stripVTControlCharacters(output).replaceAll(/[\s│]+/gu, ' ');

describeWithTerraform('a plan over the cap', () => {
  let mirror: string;
  let bench: Bench;
  beforeAll(async () => {
    mirror = await buildMirror();
  });
  afterAll(() => rm(mirror, { recursive: true, force: true }));
  beforeEach(async () => {
    bench = await Bench.open(mirror, { service_accounts: fleet });
  });
  afterEach(() => bench.close());

  const recycles = () => bench.local.requests().filter(({ path }) => path.includes('recycle')).length;

  it('names every key, more of them than an engine asks about at once, and is one error', async () => {
    const terraform = await bench.workspace(trigger('first'));
    await terraform.apply();
    await terraform.write(trigger('second'));
    const { exitCode, output } = await terraform.plan();
    expect(exitCode).toBe(1);
    expect(output.match(/Error:/gu)).toHaveLength(1);
    expect(flat(output)).toContain(`and ${COUNT} are to be rotated`);
    expect(flat(output)).toContain(`which the plan names, ${names.join(', ')}.`);
    expect(output).not.toContain('rotate-due');
    expect(recycles()).toBe(0);
  });

  it('is applied in portions, by -target or -exclude', async () => {
    const few = names.slice(0, 5);
    const terraform = await bench.workspace(trigger('first', few));
    await terraform.apply();
    await terraform.write(trigger('second', few));
    const [one, ...others] = few.map((name) => `browserstack_access_key.all["${name}"]`);
    const canExclude = engine.name === 'OpenTofu' && engine.minor >= 9;
    const portion = canExclude
      ? [`-exclude=${one}`, `-exclude=${others[0]}`]
      : others.slice(0, 3).map((address) => `-target=${address}`);
    expect((await terraform.apply(...portion)).exitCode).toBe(0);
    expect(recycles()).toBe(3);
    expect((await terraform.apply()).exitCode).toBe(0);
    expect((await terraform.plan()).exitCode).toBe(0);
    expect(recycles()).toBe(5);
  });
});

describeWithTerraform('a plan over the cap for the age of its keys', () => {
  it('is got under it by the command that it names', async () => {
    const scene = await openScene({ service_accounts: fleet.slice(0, 5) });
    try {
      await scene.write('main.tf', keys('rotate_after_days = 30', names.slice(0, 5)));
      await scene.shell('terraform apply -auto-approve');
      scene.pass(31);
      const output = flat(await scene.shell('terraform plan'));
      const [command = ''] =
        /terraform state pull \| browserstack-iac rotate-due --state - --max 3/u.exec(output) ?? [];
      // On a clock that skips its waits not all are asked about in time; the first test waits for all.
      expect(output).toMatch(/for their age fleet_0\d, fleet_0\d/u);
      expect(await scene.shell(`${command} --yes`)).toContain('3 rotated, 2 left.');
      expect(await scene.shell('terraform apply -auto-approve')).toContain('Apply complete!');
      expect(scene.local.requests().filter(({ path }) => path.includes('recycle'))).toHaveLength(5);
    } finally {
      await scene.close();
    }
  });
});
