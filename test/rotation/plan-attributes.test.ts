// What a plan says about rotation in its attributes, where reviewers and policies read it.

import { afterEach, beforeEach, expect, it } from 'vitest';
import { openScene, type Scene } from '../docs/scene.ts';
import { describeWithTerraform } from '../helpers/terraform.ts';

let scene: Scene;
beforeEach(async () => {
  scene = await openScene({
    teams: [{ name: 'Payments' }],
    service_accounts: [
      { identifier: 'payments-ci', username: 'ci_1', team: 'Payments' },
      { identifier: 'blue', username: 'blue_1', team: 'Payments' },
      { identifier: 'green', username: 'green_1', team: 'Payments' },
    ],
  });
});
afterEach(() => scene.close());

type Attributes = Readonly<Record<string, unknown>>;

const key = (more: string) => `
resource "browserstack_access_key" "it" {
  username = "ci_1"
  ${more}
}
`;
const pair = (more: string) => `
resource "browserstack_credential_pair" "it" {
  username_a = "blue_1"
  username_b = "green_1"
  ${more}
}
`;
const trigger = (reason: string, more = '') => `triggers = { reason = "${reason}" }\n  ${more}`;

interface Change {
  readonly actions: readonly string[];
  readonly after: Attributes;
  readonly after_unknown: Attributes;
}

async function planned(hcl: string): Promise<Change> {
  await scene.write('main.tf', hcl);
  await scene.shell('terraform plan -out=plan');
  const { resource_changes: changes } = JSON.parse(await scene.shell('terraform show -json plan'));
  return changes[0].change;
}

async function applied(hcl: string): Promise<Attributes> {
  await scene.write('main.tf', hcl);
  expect(await scene.shell('terraform apply -auto-approve')).toContain('Apply complete!');
  const { values } = JSON.parse(await scene.shell('terraform show -json'));
  return values.root_module.resources[0].values;
}

const nothing = { rotation_reason: null, rotation_cause: null, rotation_pending: null };
const recycles = () => scene.local.requests().filter(({ path }) => path.includes('recycle')).length;

const rotateElsewhere = async () => {
  const [found] = scene.local.accounts();
  await scene.local.fetch(
    new Request('http://local/automate/recycle_key.json', {
      method: 'PUT',
      headers: {
        authorization: `Basic ${btoa(`${found?.username}:${found?.accessKey}`)}`,
        'content-type': 'application/json',
      },
      body: '{}',
    }),
  );
};

describeWithTerraform('a plan of a key', () => {
  it('has the names that people know', async () => {
    expect(await applied(key(''))).toMatchObject({ identifier: 'payments-ci', team: 'Payments' });
    const { after } = await planned(key(trigger('one')));
    expect(after).toMatchObject({ identifier: 'payments-ci', team: 'Payments' });
    expect((await planned(key(trigger('two')))).after).toMatchObject({ identifier: 'payments-ci' });
  });

  it('has the cause of a rotation, and none where nothing rotates', async () => {
    expect((await planned(key(trigger('one')))).after).toMatchObject(nothing);
    await applied(key(trigger('one', 'rotate_after_days = 30')));
    const { after } = await planned(key(trigger('two', 'rotate_after_days = 30')));
    expect(after).toMatchObject({ rotation_cause: 'trigger', rotation_reason: 'trigger "reason" changed' });
    await applied(key(trigger('two', 'rotate_after_days = 30')));
    expect((await planned(key(trigger('two', 'rotate_after_days = 30')))).actions).toEqual(['no-op']);

    const policy = key(trigger('two', 'rotate_after_days = 20'));
    expect((await planned(policy)).after).toMatchObject(nothing);
    expect(await applied(policy)).toMatchObject(nothing);

    scene.pass(31);
    expect((await planned(policy)).after).toMatchObject({ rotation_cause: 'age', rotation_pending: null });
    await applied(policy);
    await rotateElsewhere();
    expect(await applied(policy)).toMatchObject({
      rotation_cause: 'external',
      rotation_reason: 'rotated elsewhere',
    });
    await rotateElsewhere();
    const again = key(trigger('two', 'rotate_after_days = 20\n on_external_rotation = "rotate"'));
    expect((await planned(again)).after).toMatchObject({ rotation_cause: 'external', generation: 6 });
  });

  it('has a rotation that is held back, once, until it happens or is taken back', async () => {
    const young = (reason: string) => key(trigger(reason, 'minimum_age_days = 7'));
    await applied(young('one'));
    await applied(young('two'));
    const held = {
      rotation_reason: null,
      rotation_cause: 'trigger',
      rotation_pending:
        'trigger "reason" changed; held back by minimum_age_days until 2026-03-09T09:00:00.000Z',
    };
    expect((await planned(young('three'))).after).toMatchObject({ ...held, generation: 2 });
    expect(await applied(young('three'))).toMatchObject(held);
    expect((await planned(young('three'))).actions).toEqual(['no-op']);
    expect((await planned(young('two'))).after).toMatchObject(nothing);
    scene.pass(8);
    expect((await planned(young('three'))).after).toMatchObject({
      rotation_cause: 'trigger',
      rotation_pending: null,
      generation: 3,
    });
    await applied(young('three'));
    expect(recycles()).toBe(2);
  });

  it('has a rotation that waits for its window', async () => {
    // The 2nd of March is a Monday.
    const waits = key('rotate_after_days = 30\n window = { days = ["thu"], hours = "02:00-05:00" }');
    await applied(waits);
    scene.pass(32);
    const { actions, after } = await planned(waits);
    expect(actions).toEqual(['update']);
    expect(after).toMatchObject({
      rotation_cause: 'age',
      rotation_pending: 'due since 2026-04-02T02:00:00.000Z; waits for its window',
      generation: 1,
    });
    await applied(waits);
    expect((await planned(waits)).actions).toEqual(['no-op']);
    scene.pass(5.75);
    expect((await planned(waits)).after).toMatchObject({
      rotation_cause: 'age',
      rotation_pending: null,
      generation: 2,
    });
  });
});

describeWithTerraform('a plan of a pair', () => {
  it('has both names, which change places, and the cause', async () => {
    expect(await applied(pair(trigger('one')))).toMatchObject({
      identifier: 'blue',
      idle_identifier: 'green',
      team: 'Payments',
      ...nothing,
    });
    const { after } = await planned(pair(trigger('two')));
    expect(after).toMatchObject({
      identifier: 'green',
      idle_identifier: 'blue',
      team: 'Payments',
      rotation_cause: 'trigger',
    });
    expect(await applied(pair(trigger('two')))).toMatchObject({
      identifier: 'green',
      rotation_cause: 'trigger',
    });
  });

  it('has a switch that is held back', async () => {
    const held = (reason: string) => pair(trigger(reason, 'rotate_after_days = 30'));
    await applied(held('one'));
    await applied(held('two'));
    const { after } = await planned(held('three'));
    expect(after).toMatchObject({
      identifier: 'green',
      rotation_cause: 'trigger',
      rotation_pending: expect.stringMatching(
        /^trigger "reason" changed; held back until it is due \(2026-04-01/u,
      ),
    });
    expect(await applied(held('three'))).toMatchObject({ generation: 2 });
    expect((await planned(held('three'))).actions).toEqual(['no-op']);
  });
});
