// Terraform's own verbs on keys and pairs: replace, taint, replace_triggered_by, a failed provisioner, a username that
// is known only during apply, create_before_destroy. Each phase is a process of its own, as in life.

import { rm } from 'node:fs/promises';
import { stripVTControlCharacters } from 'node:util';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import type { FaultRule } from '../../src/entry/emulator.ts';
import { keyFingerprint } from '../../src/resources/access-key/index.ts';
import { Secret } from '../../src/secret.ts';
import { describeWithTerraform } from '../helpers/terraform.ts';
import { Bench, buildMirror, FIRST_KEY } from './bench/bench.ts';
import type { Workbench } from './bench/workbench.ts';

vi.setConfig({ testTimeout: 240_000, hookTimeout: 240_000 });

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

const RECYCLE = '/automate/recycle_key.json';
const KEY = 'browserstack_access_key.ci';
const PAIR = 'browserstack_credential_pair.ci';
const key = (more = '', name = 'ci') => `
resource "browserstack_access_key" "${name}" {
  username          = "payments_1"
  rotate_after_days = 30
  ${more}
}
`;
const pair = (more = '') => `
resource "browserstack_credential_pair" "ci" {
  username_a = "payments_1"
  username_b = "payments_2"
  ${more}
}
`;
const trigger = (reason: string, more = '') => `triggers = { reason = "${reason}" }\n  ${more}`;
const CREATE_FIRST = 'lifecycle { create_before_destroy = true }';

const recycles = () =>
  bench.local.requests().filter(({ path, status }) => path === RECYCLE && status === 200).length;
/** As one line, whatever frames and wraps it. */
const flat = (output: string) => stripVTControlCharacters(output).replaceAll(/[\s│╷╵]+/gu, ' ');

/** A key that was rotated once, ten days ago. */
async function rotatedTenDaysAgo(more = ''): Promise<Workbench> {
  const terraform = await bench.workspace(key(trigger('one', more)));
  await terraform.apply();
  await terraform.write(key(trigger('two', more)));
  expect((await terraform.apply()).exitCode).toBe(0);
  bench.advance(10);
  bench.local.clearRequests();
  return terraform;
}

const dates = async (terraform: Workbench, type?: string) => {
  const { generation, rotated_at, schedule_base, rotation_due_at } = await terraform.attributes(type);
  return { generation, rotated_at, schedule_base, rotation_due_at };
};

async function works(terraform: Workbench, type?: string): Promise<boolean> {
  const { username, key_fingerprint: fingerprint } = await terraform.attributes(type);
  return keyFingerprint(String(username), new Secret(bench.key(String(username)))) === fingerprint;
}

/** Rotated once, on the tenth day, and nothing is left to do. */
async function expectRotatedOnce(terraform: Workbench, more: object = {}) {
  expect(recycles()).toBe(1);
  expect(await terraform.attributes()).toMatchObject({
    generation: 3,
    rotated_at: '2026-03-12T09:00:00.000Z',
    ...more,
    rotation_cause: 'replace_requested',
    rotation_pending: null,
  });
  expect(await works(terraform)).toBe(true);
  expect((await terraform.plan()).exitCode).toBe(0);
}

describeWithTerraform('a key whose replacement is asked for', () => {
  it('is rotated once, and goes on counting', async () => {
    const terraform = await rotatedTenDaysAgo();
    const { exitCode, output } = await terraform.apply(`-replace=${KEY}`);
    expect(exitCode, output).toBe(0);
    expect(flat(output)).toContain('The access key of "payments-ci" was rotated because its replacement');
    await expectRotatedOnce(terraform);
  });

  it('is rotated once by a saved plan', async () => {
    const terraform = await rotatedTenDaysAgo();
    await terraform.run('plan', '-input=false', '-out=plan', `-replace=${KEY}`);
    const { resource_changes: changes } = (await terraform.json('plan')) as {
      resource_changes: { change: { after_unknown: object } }[];
    };
    // Whether it rotates is what is not known yet: Terraform plans the new object as if there were no old one.
    expect(changes[0]?.change.after_unknown).toMatchObject({
      key_fingerprint: true,
      key_version: true,
      generation: true,
      rotation_cause: true,
    });
    expect((await terraform.applyPlan()).exitCode).toBe(0);
    await expectRotatedOnce(terraform);
  });

  it('is rotated once by replace_triggered_by, each time', async () => {
    const timed = (time: number) =>
      `resource "terraform_data" "timer" { input = ${time} }` +
      key(trigger('two', 'lifecycle { replace_triggered_by = [terraform_data.timer] }'));
    const terraform = await rotatedTenDaysAgo();
    await terraform.write(timed(1));
    await terraform.apply();
    bench.local.clearRequests();
    const { generation } = await terraform.attributes();
    await terraform.write(timed(2));
    expect((await terraform.apply()).exitCode).toBe(0);
    await expectRotatedOnce(terraform, { generation: Number(generation) + 1 });
  });

  it('is rotated once although it would also be rotated for a trigger, and as it is destroyed', async () => {
    const terraform = await rotatedTenDaysAgo('rotate_on_destroy = true');
    await terraform.write(key(trigger('three', 'rotate_on_destroy = true')));
    expect((await terraform.apply(`-replace=${KEY}`)).exitCode).toBe(0);
    await expectRotatedOnce(terraform);
    expect((await terraform.attributes()).rotation_reason).toBe(
      'replacement requested; trigger "reason" changed',
    );
  });

  it.each<[string, FaultRule[]]>([
    ['the call is refused', [{ kind: 'status', status: 503, when: 'before', path: RECYCLE, times: 1 }]],
    [
      'the account cannot be listed',
      [{ kind: 'status', status: 503, when: 'before', path: '/user/service-accounts', times: 12 }],
    ],
    [
      'the answer is lost, and nothing can be seen',
      [
        { kind: 'drop', path: RECYCLE, times: 1 },
        { kind: 'status', status: 503, when: 'before', path: '/user/service-accounts', times: 60 },
        { kind: 'status', status: 503, when: 'before', path: '/automate/plan.json', times: 60 },
      ],
    ],
  ])('is rotated once when the apply fails half-way, because %s', async (_why, faults) => {
    const terraform = await rotatedTenDaysAgo();
    const before = await dates(terraform);
    await terraform.run('plan', '-input=false', '-out=plan', `-replace=${KEY}`);
    bench.inject(...faults);
    expect((await terraform.applyPlan()).exitCode).toBe(1);
    bench.local.clearFaults();
    expect(await dates(terraform)).toEqual(before);
    const { exitCode, output } = await terraform.apply();
    expect(exitCode, output).toBe(0);
    expect(recycles()).toBe(1);
    expect(await terraform.attributes()).toMatchObject({ generation: 3, rotation_pending: null });
    expect(await works(terraform)).toBe(true);
    expect((await terraform.plan()).exitCode).toBe(0);
  });

  it('is not rotated again when somebody else did that since the last apply', async () => {
    const terraform = await rotatedTenDaysAgo();
    await rotateElsewhere();
    bench.local.clearRequests();
    expect((await terraform.apply(`-replace=${KEY}`)).exitCode).toBe(0);
    expect(recycles()).toBe(0);
    expect(await terraform.attributes()).toMatchObject({ generation: 3, rotation_cause: 'external' });
    expect(await works(terraform)).toBe(true);
  });

  it('is rotated as soon as it is old enough, where it is too young', async () => {
    const young = 'minimum_age_days = 20';
    const terraform = await rotatedTenDaysAgo(young);
    const before = await dates(terraform);
    expect((await terraform.apply(`-replace=${KEY}`)).exitCode).toBe(0);
    expect(recycles()).toBe(0);
    expect(await dates(terraform)).toEqual(before);
    expect(await terraform.attributes()).toMatchObject({
      rotation_cause: 'replace_requested',
      rotation_pending: 'replacement requested; held back by minimum_age_days until 2026-03-22T09:00:00.000Z',
    });
    expect((await terraform.plan()).exitCode).toBe(0);
    bench.advance(10);
    expect((await terraform.apply()).exitCode).toBe(0);
    await expectRotatedOnce(terraform, { rotated_at: '2026-03-22T09:00:00.000Z' });
  });
});

describeWithTerraform('a key whose object is replaced without that being asked for', () => {
  it('keeps age and count when it is tainted, and the plan says so', async () => {
    const terraform = await rotatedTenDaysAgo();
    const before = await dates(terraform);
    for (const options of [[], ['-refresh=false']]) {
      await terraform.run('taint', KEY);
      const plan = await terraform.run('plan', '-input=false', '-no-color', ...options);
      expect(flat(plan.output)).toContain('is tainted, and nothing is rotated');
      expect((await terraform.apply(...options)).exitCode).toBe(0);
      expect(await dates(terraform)).toEqual(before);
    }
    expect(recycles()).toBe(0);
    expect((await terraform.plan()).exitCode).toBe(0);
  });

  it('is rotated once, not once more for each failure of a provisioner', async () => {
    const provisioned = (command: string) =>
      key(trigger('two', `provisioner "local-exec" { command = "${command}" }`));
    const terraform = await bench.workspace(provisioned('true'));
    await terraform.apply();
    await terraform.write(provisioned('false'));
    expect((await terraform.apply(`-replace=${KEY}`)).exitCode).toBe(1);
    for (let run = 0; run < 2; run += 1) expect((await terraform.apply()).exitCode).toBe(1);
    await terraform.write(provisioned('true'));
    expect((await terraform.apply()).exitCode).toBe(0);
    expect(recycles()).toBe(1);
    expect(await terraform.attributes()).toMatchObject({ generation: 2 });
    expect(await works(terraform)).toBe(true);
  });

  it('is rotated for a trigger that changes at the same time', async () => {
    const terraform = await rotatedTenDaysAgo();
    await terraform.run('taint', KEY);
    await terraform.write(key(trigger('three')));
    expect((await terraform.apply()).exitCode).toBe(0);
    expect(recycles()).toBe(1);
    expect(await terraform.attributes()).toMatchObject({ generation: 3, rotation_cause: 'trigger' });
  });

  it('keeps age and count when its user name is known only during apply, and is the same', async () => {
    const deferred = (version: number) => `
resource "terraform_data" "account" {
  input            = "payments_1"
  triggers_replace = ${version}
}
resource "browserstack_access_key" "ci" {
  username          = terraform_data.account.output
  rotate_after_days = 30
  triggers          = { reason = "two" }
}
`;
    const terraform = await rotatedTenDaysAgo();
    await terraform.write(deferred(1));
    const before = await dates(terraform);
    for (const version of [1, 2]) {
      await terraform.write(deferred(version));
      const { exitCode, output } = await terraform.apply();
      expect(exitCode, output).toBe(0);
      expect(output).toMatch(/[12] destroyed/u);
      expect(await dates(terraform)).toEqual(before);
    }
    expect(recycles()).toBe(0);
    expect((await terraform.plan()).exitCode).toBe(0);
  });

  it.each(['', CREATE_FIRST])(
    'is alive in state when it is renamed and not known as the same: %s',
    async (order) => {
      const block = (name: string, version: number) => `
resource "terraform_data" "account" {
  input            = "payments_1"
  triggers_replace = ${version}
  ${order}
}
resource "browserstack_access_key" "${name}" {
  username          = terraform_data.account.output
  rotate_on_destroy = true
  export_access_key = true
}
output "key" {
  value     = browserstack_access_key.${name}.access_key
  sensitive = true
}
`;
      const terraform = await bench.workspace(block('ci', 1));
      await terraform.apply();
      await terraform.write(block('nightly', 2));
      const { exitCode, output } = await terraform.apply();
      expect(flat(output)).toContain('The access key of "payments-ci" is rotated as it is destroyed');
      // The plan could not know, and the engine orders the two as it likes: whoever is late says what happened.
      expect(exitCode, output).toBe(1);
      expect(flat(output)).toMatch(/had an object already|was not rotated, and its age starts anew/u);
      expect(output).not.toContain('bug in the provider');
      for (let run = 0; run < 3 && (await terraform.plan()).exitCode !== 0; run += 1) await terraform.apply();
      expect((await terraform.plan()).exitCode).toBe(0);
      expect(await works(terraform)).toBe(true);
      const { values } = (await terraform.json()) as { values: { outputs: { key: { value: string } } } };
      expect(values.outputs.key.value === bench.key()).toBe(true);
    },
  );

  it('is alive in state when it was killed for an object that turns out to be the same', async () => {
    const block = (version: number) => `
resource "terraform_data" "account" {
  input            = "payments_1"
  triggers_replace = ${version}
}
resource "browserstack_access_key" "ci" {
  username          = terraform_data.account.output
  rotate_on_destroy = true
  export_access_key = true
}
`;
    const terraform = await bench.workspace(block(1));
    await terraform.apply();
    await terraform.write(block(2));
    expect((await terraform.apply()).exitCode).toBe(0);
    expect(recycles()).toBe(1);
    expect((await terraform.attributes()).access_key === bench.key()).toBe(true);
    expect((await terraform.plan()).exitCode).toBe(0);
  });

  it('is refused when its block was renamed, until the moved block is there', async () => {
    const terraform = await rotatedTenDaysAgo();
    const before = await dates(terraform);
    await terraform.write(key(trigger('two'), 'renamed'));
    for (let time = 0; time < 3; time += 1) {
      const { exitCode, output } = await terraform.plan();
      expect(exitCode).toBe(1);
      expect(output).toContain('moved {');
    }
    await terraform.write(
      `${key(trigger('two'), 'renamed')}moved {\n from = ${KEY}\n to = browserstack_access_key.renamed\n}`,
    );
    expect((await terraform.apply()).exitCode).toBe(0);
    expect(await dates(terraform)).toEqual(before);
    expect(recycles()).toBe(0);
  });

  it('is refused when a second block is to manage it', async () => {
    const terraform = await rotatedTenDaysAgo();
    await terraform.write(key(trigger('two')) + key('', 'again'));
    const { exitCode, output } = await terraform.plan();
    expect(exitCode).toBe(1);
    expect(flat(output)).toContain('Another block manages the access key of payments_1');
  });
});

describeWithTerraform('a key whose new object is made before the old one is destroyed', () => {
  it('is not rotated by a request, and the apply says so and how its age is kept', async () => {
    const terraform = await rotatedTenDaysAgo(CREATE_FIRST);
    const before = await dates(terraform);
    const { exitCode, output } = await terraform.apply(`-replace=${KEY}`);
    expect(exitCode).toBe(1);
    expect(recycles()).toBe(0);
    expect(flat(output)).toContain('was not rotated, and its age starts anew');
    const advised = /adopted_key_age = "[^"]+"/u.exec(flat(output))?.[0] ?? '';
    expect(advised).toContain(String(before.schedule_base));
    await terraform.write(key(trigger('two', `${advised}\n  ${CREATE_FIRST}`)));
    expect((await terraform.apply()).exitCode).toBe(0);
    expect((await dates(terraform)).rotation_due_at).toBe(before.rotation_due_at);
    expect((await terraform.plan()).exitCode).toBe(0);
    expect(await works(terraform)).toBe(true);
  });

  it('is alive in state, whatever it was to do when it is destroyed', async () => {
    const terraform = await rotatedTenDaysAgo(
      `rotate_on_destroy = true\n export_access_key = true\n ${CREATE_FIRST}`,
    );
    for (const options of [[`-replace=${KEY}`], [], []]) {
      await terraform.apply(...options);
      expect((await terraform.attributes()).access_key === bench.key()).toBe(true);
    }
    expect(recycles()).toBe(0);
    expect((await terraform.plan()).exitCode).toBe(0);
  });
});

describeWithTerraform('a key that is to die with its object', () => {
  const dying = key('rotate_on_destroy = true\n export_access_key = true');

  it('is told in the plan', async () => {
    const terraform = await bench.workspace(dying);
    await terraform.apply();
    await terraform.write('');
    const { output } = await terraform.plan();
    expect(flat(output)).toContain('The access key of "payments-ci" is rotated as it is destroyed');
    expect((await terraform.applyPlan()).exitCode).toBe(0);
    expect(recycles()).toBe(1);
    expect(bench.key() === FIRST_KEY).toBe(false);
  });

  it('is not killed for the block that was renamed, nor for a pair that takes it over', async () => {
    const terraform = await bench.workspace(dying);
    await terraform.apply();
    for (const next of [dying.replace('"ci"', '"renamed"'), pair()]) {
      await terraform.write(next);
      for (let time = 0; time < 2; time += 1) {
        const { exitCode, output } = await terraform.plan();
        expect(exitCode).toBe(1);
        expect(flat(output)).toContain('payments_1');
      }
      expect((await terraform.apply()).exitCode).toBe(1);
      expect(bench.key() === FIRST_KEY).toBe(true);
      expect((await terraform.attributes()).access_key === FIRST_KEY).toBe(true);
    }
    // What the message advises for a pair: first switch it off, then change over.
    await terraform.write(key('export_access_key = true'));
    await terraform.apply();
    await terraform.write(pair());
    expect((await terraform.apply()).exitCode).toBe(0);
    expect(recycles()).toBe(0);
    expect(await works(terraform, 'browserstack_credential_pair')).toBe(true);
  });
});

describeWithTerraform('a pair', () => {
  const TYPE = 'browserstack_credential_pair';
  async function switchedOnce(more = ''): Promise<Workbench> {
    const terraform = await bench.workspace(pair(trigger('one', more)));
    await terraform.apply();
    await terraform.write(pair(trigger('two', more)));
    expect((await terraform.apply()).exitCode).toBe(0);
    bench.advance(10);
    bench.local.clearRequests();
    return terraform;
  }

  it('changes places once when its replacement is asked for', async () => {
    const terraform = await switchedOnce();
    expect(await terraform.attributes(TYPE)).toMatchObject({ active_slot: 'b', generation: 2 });
    expect((await terraform.apply(`-replace=${PAIR}`)).exitCode).toBe(0);
    expect(recycles()).toBe(1);
    expect(await terraform.attributes(TYPE)).toMatchObject({
      active_slot: 'a',
      username: 'payments_1',
      generation: 3,
      rotation_cause: 'replace_requested',
      idle_slot_status: 'retired',
    });
    expect(await works(terraform, TYPE)).toBe(true);
    expect((await terraform.plan()).exitCode).toBe(0);
  });

  it('changes places when its time has come, where the retired credential is protected', async () => {
    const terraform = await switchedOnce('rotate_after_days = 30');
    expect((await terraform.apply(`-replace=${PAIR}`)).exitCode).toBe(0);
    expect(recycles()).toBe(0);
    expect(await terraform.attributes(TYPE)).toMatchObject({
      active_slot: 'b',
      generation: 2,
      rotation_cause: 'replace_requested',
    });
    bench.advance(21);
    expect((await terraform.apply()).exitCode).toBe(0);
    expect(recycles()).toBe(1);
    expect(await terraform.attributes(TYPE)).toMatchObject({ active_slot: 'a', rotation_pending: null });
  });

  it('keeps everything when it is tainted', async () => {
    const terraform = await switchedOnce();
    const before = await terraform.attributes(TYPE);
    await terraform.run('taint', PAIR);
    expect((await terraform.apply()).exitCode).toBe(0);
    expect(recycles()).toBe(0);
    const { rotation_reason, rotation_cause, ...kept } = await terraform.attributes(TYPE);
    expect(before).toMatchObject(kept);
    expect([rotation_reason, rotation_cause]).toEqual([null, null]);
    expect((await terraform.plan()).exitCode).toBe(0);
  });

  it('changes places once when the apply fails half-way', async () => {
    const terraform = await switchedOnce();
    await terraform.run('plan', '-input=false', '-out=plan', `-replace=${PAIR}`);
    bench.inject({ kind: 'status', status: 503, when: 'before', path: RECYCLE, times: 1 });
    expect((await terraform.applyPlan()).exitCode).toBe(1);
    expect(await terraform.attributes(TYPE)).toMatchObject({ active_slot: 'b', generation: 2 });
    expect((await terraform.apply()).exitCode).toBe(0);
    expect(recycles()).toBe(1);
    expect(await terraform.attributes(TYPE)).toMatchObject({ active_slot: 'a', generation: 3 });
    expect((await terraform.plan()).exitCode).toBe(0);
  });
});

async function rotateElsewhere(): Promise<void> {
  await bench.local.fetch(
    new Request(`http://local${RECYCLE}`, {
      method: 'PUT',
      headers: {
        authorization: `Basic ${btoa(`payments_1:${bench.key()}`)}`,
        'content-type': 'application/json',
      },
      body: '{}',
    }),
  );
}
