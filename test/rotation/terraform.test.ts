import { rm } from 'node:fs/promises';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { describeWithTerraform } from '../helpers/terraform.ts';
import { Bench, buildMirror, FIRST_KEY, OWNER_KEY } from './bench/bench.ts';

// Real Terraform, several times per test, on machines that do other things too.
vi.setConfig({ testTimeout: 240_000 });

let mirror: string;
let bench: Bench;
beforeAll(async () => {
  mirror = await buildMirror();
});
afterAll(() => rm(mirror, { recursive: true, force: true }));
beforeEach(async () => {
  bench = await Bench.open(mirror);
});
afterEach(() => bench.close());

const KEY = (more = '') => `
resource "browserstack_access_key" "ci" {
  username = "payments_1"
  ${more}
}
`;
const TRIGGER = (reason: string) => `triggers = { reason = "${reason}" }`;
const HAND_OVER = `
ephemeral "browserstack_access_key" "ci" {
  username             = browserstack_access_key.ci.username
  expected_fingerprint = browserstack_access_key.ci.key_fingerprint
}
resource "vault_secret" "ci" {
  name              = "payments"
  secret_wo         = ephemeral.browserstack_access_key.ci.access_key
  secret_wo_version = browserstack_access_key.ci.generation
}
`;
const recycles = () => bench.local.requests().filter(({ path }) => path.includes('recycle')).length;

describeWithTerraform('a key that is handed over', () => {
  it('reaches its consumer, at first and after a rotation, and stands nowhere else', async () => {
    const terraform = await bench.workspace(KEY(TRIGGER('first')) + HAND_OVER, { trace: true });
    expect((await terraform.apply()).exitCode).toBe(0);
    expect(bench.vault.secrets.get('payments')).toBe(FIRST_KEY);

    await terraform.write(KEY(TRIGGER('leaked in build 42')) + HAND_OVER);
    const plan = await terraform.plan();
    expect(plan.output).toContain('rotation_reason      = "trigger \\"reason\\" changed"');
    expect(plan.output).toMatch(/generation +=? 1 -> 2/u);
    expect(plan.output).toMatch(/secret_wo_version = 1 -> 2/u);
    const planned = JSON.stringify(await terraform.json('plan'));
    expect((await terraform.applyPlan()).exitCode).toBe(0);
    expect(bench.vault.secrets.get('payments')).toBe(bench.key());
    expect(bench.key()).not.toBe(FIRST_KEY);
    expect(recycles()).toBe(1);
    expect((await terraform.plan()).exitCode).toBe(0);

    const everywhere = [
      terraform.seen(),
      planned,
      JSON.stringify(await terraform.json()),
      terraform.stateText(),
    ];
    for (const canary of [FIRST_KEY, bench.key(), OWNER_KEY])
      expect(everywhere.map((text) => text.includes(canary))).toEqual([false, false, false, false]);
  });

  it('is not handed over when it is another one than the plan knew', async () => {
    const terraform = await bench.workspace(KEY(TRIGGER('first')) + HAND_OVER);
    await terraform.apply();
    await rotateElsewhere();
    const { exitCode, output } = await terraform.run('plan', '-input=false', '-refresh=false');
    expect(exitCode).toBe(1);
    expect(output).toContain('is not the expected one');
    expect((await terraform.apply()).exitCode).toBe(0);
    expect(bench.vault.secrets.get('payments')).toBe(bench.key());
    expect(recycles()).toBe(0);
  });
});

describeWithTerraform('a plan', () => {
  it('rotates for nothing but a changed trigger or age: policies and triggers come and go', async () => {
    const terraform = await bench.workspace(KEY());
    await terraform.apply();
    const steps = [
      TRIGGER('first'),
      `${TRIGGER('first')}\n rotate_after_days = 30`,
      `rotate_after_days = 10\n minimum_age_days = 2\n jitter_days = 3`,
      `rotate_after_days = 30\n window = { days = ["mon"], hours = "02:00-05:00", time_zone = "Europe/Berlin" }`,
      `consumers = ["payments"]\n on_external_rotation = "warn"`,
      '',
    ];
    for (const step of steps) {
      await terraform.write(KEY(step));
      const { output } = await terraform.apply();
      expect(output).toContain('0 added, 1 changed, 0 destroyed');
      expect(output).not.toContain('known after apply');
    }
    expect((await terraform.plan()).exitCode).toBe(0);
    expect(recycles()).toBe(0);
    expect((await terraform.attributes()).generation).toBe(1);
  });

  it('made before the due date does not rotate when it is applied after it', async () => {
    const terraform = await bench.workspace(KEY('rotate_after_days = 30'));
    await terraform.apply();
    await terraform.write(KEY('rotate_after_days = 30\n consumers = ["payments"]'));
    bench.advance(29);
    await terraform.plan();
    bench.advance(5);
    expect((await terraform.applyPlan()).exitCode).toBe(0);
    expect(recycles()).toBe(0);
    const due = await terraform.plan();
    expect(due.output).toContain('due since 2026-04-01T09:00:00.000Z (rotate_after_days = 30)');
  });

  it('that rotates still does a day later, once, however often it is applied', async () => {
    const terraform = await bench.workspace(KEY('rotate_after_days = 30'));
    await terraform.apply();
    bench.advance(31);
    expect((await terraform.plan()).exitCode).toBe(2);
    bench.advance(1);
    expect((await terraform.applyPlan()).exitCode).toBe(0);
    const again = await terraform.applyPlan();
    expect(again.output).toContain('Saved plan is stale');
    expect(recycles()).toBe(1);
    expect(await terraform.attributes()).toMatchObject({
      generation: 2,
      rotated_at: '2026-04-03T09:00:00.000Z',
      rotation_due_at: '2026-05-01T09:00:00.000Z',
    });
    expect((await terraform.plan()).exitCode).toBe(0);
  });

  it('holds a trigger back while the key is young, and does not lose it', async () => {
    const young = (build: number) => KEY(`${TRIGGER(`build ${build}`)}\n minimum_age_days = 7`);
    const terraform = await bench.workspace(young(1));
    await terraform.apply();
    await terraform.write(young(2));
    await terraform.apply();
    expect(recycles()).toBe(1);
    await terraform.write(young(3));
    bench.advance(1);
    const held = await terraform.apply();
    expect(held.exitCode).toBe(0);
    expect(held.output).toContain('is held back');
    expect(recycles()).toBe(1);
    bench.advance(7);
    expect((await terraform.apply()).exitCode).toBe(0);
    expect(recycles()).toBe(2);
  });

  it('over the cap is refused, with the list', async () => {
    const both = (reason: string) => `
provider "browserstack" { max_rotations_per_apply = 1 }
resource "browserstack_access_key" "all" {
  for_each = toset(["payments_1", "payments_2"])
  username = each.key
  ${TRIGGER(reason)}
}
`;
    const terraform = await bench.workspace(both('first'));
    await terraform.apply();
    await terraform.write(both('second'));
    const { exitCode, output } = await terraform.plan();
    expect(exitCode).toBe(1);
    expect(output).toContain('payments_1, payments_2');
    expect((await terraform.apply('-target=browserstack_access_key.all["payments_1"]')).exitCode).toBe(0);
    expect((await terraform.apply()).exitCode).toBe(0);
    expect(recycles()).toBe(2);
  });
});

describeWithTerraform('two applies at once from two state files', () => {
  it('rotate once', async () => {
    const [one, two] = [await bench.workspace(KEY(TRIGGER('a'))), await bench.workspace(KEY(TRIGGER('a')))];
    for (const terraform of [one, two]) {
      await terraform.apply();
      await terraform.write(KEY(TRIGGER('b')));
      expect((await terraform.plan()).exitCode).toBe(2);
    }
    bench.local.clearRequests();
    const before = bench.key();
    await Promise.all([one.applyPlan(), two.applyPlan()]);
    const effective = bench.local
      .requests()
      .filter(({ path, status }) => path.includes('recycle') && status === 200);
    expect(effective).toHaveLength(1);
    expect(bench.key()).not.toBe(before);
    for (const terraform of [one, two]) {
      expect((await terraform.apply()).exitCode).toBe(0);
      expect((await terraform.plan()).exitCode).toBe(0);
    }
    expect((await one.attributes()).key_fingerprint).toBe((await two.attributes()).key_fingerprint);
    const twice = bench.local
      .requests()
      .filter(({ path, status }) => path.includes('recycle') && status === 200);
    expect(twice).toHaveLength(1);
  });
});

async function rotateElsewhere(): Promise<void> {
  const credential = btoa(`payments_1:${bench.key()}`);
  await bench.local.fetch(
    new Request('http://local/automate/recycle_key.json', {
      method: 'PUT',
      headers: { authorization: `Basic ${credential}`, 'content-type': 'application/json' },
      body: '{}',
    }),
  );
  bench.local.clearRequests();
}
