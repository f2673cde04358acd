import { rm } from 'node:fs/promises';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { itNeeds } from '../helpers/engine.ts';
import { describeWithTerraform } from '../helpers/terraform.ts';
import { Bench, buildMirror, FIRST_KEY, HAND_OVER, OWNER_KEY } from './bench/bench.ts';
import type { Workbench } from './bench/workbench.ts';

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
const recycles = () => bench.local.requests().filter(({ path }) => path.includes('recycle')).length;

describeWithTerraform('a key that is handed over', () => {
  itNeeds('write-only arguments')(
    'reaches its consumer, at first and after a rotation, and stands nowhere else',
    async () => {
      const terraform = await bench.workspace(KEY(TRIGGER('first')) + HAND_OVER, { trace: true });
      expect((await terraform.apply()).exitCode).toBe(0);
      expect(bench.vault.secrets.get('payments')).toBe(FIRST_KEY);

      await terraform.write(KEY(TRIGGER('leaked in build 42')) + HAND_OVER);
      const plan = await terraform.plan();
      expect(plan.output).toContain('rotation_reason      = "trigger \\"reason\\" changed"');
      expect(plan.output).toMatch(/generation +=? 1 -> 2/u);
      expect(plan.output).toMatch(/secret_wo_version = \d+ -> \(known after apply\)/u);
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
    },
  );

  it('and is exported stands under sensitive paths only, in the plan of its rotation too', async () => {
    const exported = (reason: string) => KEY(`${TRIGGER(reason)}\n export_access_key = true`);
    const terraform = await bench.workspace(exported('first'));
    await terraform.apply();
    await terraform.write(exported('second'));
    const { exitCode, output } = await terraform.plan();
    expect(exitCode).toBe(2);
    expect(output).toMatch(/access_key += \(sensitive value\)/u);
    expect(output.includes(FIRST_KEY)).toBe(false);
    const planned = (await terraform.json('plan')) as PlanDocument;
    const [change] = planned.resource_changes;
    expect(change?.change.before_sensitive).toMatchObject({ access_key: true });
    expect(change?.change.after_sensitive).toMatchObject({ access_key: true });
    const places = pathsOf(planned, FIRST_KEY);
    expect(places).toEqual([
      '.resource_changes.0.change.before.access_key',
      expect.stringMatching(/^\.prior_state\..*\.values\.access_key$/u),
    ]);
  });

  itNeeds('write-only arguments')(
    'is not handed over when it is another one than the plan knew',
    async () => {
      const terraform = await bench.workspace(KEY(TRIGGER('first')) + HAND_OVER);
      await terraform.apply();
      await rotateElsewhere();
      const { exitCode, output } = await terraform.run('plan', '-input=false', '-refresh=false');
      expect(exitCode).toBe(1);
      expect(output).toContain('is not the expected one');
      expect((await terraform.apply()).exitCode).toBe(0);
      expect(bench.vault.secrets.get('payments')).toBe(bench.key());
      expect(recycles()).toBe(0);
    },
  );
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
    const both = await Promise.all([1, 2].map(() => bench.workspace(KEY(TRIGGER('a')))));
    const prepare = async (terraform: Workbench) => {
      await terraform.apply();
      await terraform.write(KEY(TRIGGER('b')));
      return terraform.plan();
    };
    const plans = await Promise.all(both.map(prepare));
    expect(plans.map(({ exitCode }) => exitCode)).toEqual([2, 2]);
    bench.local.clearRequests();
    const effective = () =>
      bench.local.requests().filter(({ path, status }) => path.includes('recycle') && status === 200).length;
    await Promise.all(both.map((terraform) => terraform.applyPlan()));
    expect(effective()).toBe(1);
    expect(bench.key() === FIRST_KEY).toBe(false);
    const applied = await Promise.all(both.map((terraform) => terraform.apply()));
    expect(applied.map(({ exitCode }) => exitCode)).toEqual([0, 0]);
    const planned = await Promise.all(both.map((terraform) => terraform.plan()));
    expect(planned.map(({ exitCode }) => exitCode)).toEqual([0, 0]);
    const [one, two] = await Promise.all(both.map((terraform) => terraform.attributes()));
    expect(one?.key_fingerprint).toBe(two?.key_fingerprint);
    expect(effective()).toBe(1);
  });
});

interface PlanDocument {
  readonly resource_changes: readonly {
    readonly change: { readonly before_sensitive: unknown; readonly after_sensitive: unknown };
  }[];
}

/** Where in a document a text stands. */
function pathsOf(value: unknown, wanted: string, path = ''): readonly string[] {
  if (typeof value === 'string') return value.includes(wanted) ? [path] : [];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => pathsOf(inner, wanted, `${path}.${name}`));
}

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
