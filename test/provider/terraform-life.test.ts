// Real Terraform against the toy: replacing, importing, moving, upgrading, ephemeral values.

import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { itNeeds } from '../helpers/engine.ts';
import { describeWithTerraform } from '../helpers/terraform.ts';
import { madeThing } from './toy-thing.ts';
import { ToyWorkspace } from './toy-workspace.ts';

const thing = (body = '', name = 'a') => `resource "toy_thing" "t" {\n  name = "${name}"\n${body}\n}\n`;
const contains = (text: string) => expect.stringContaining(text);

describeWithTerraform('real Terraform, further', () => {
  let work: ToyWorkspace;
  beforeEach(async () => {
    work = await ToyWorkspace.open();
  });
  afterEach(() => work.remove());

  it('trap 33: a replacement is planned more than once, and everything computed is new', async () => {
    work.write(thing());
    await work.apply();
    const actions: string[] = [];
    work.toy.plan = async ({ action }) => {
      actions.push(action);
      return undefined;
    };
    work.write(`${thing('', 'b')}\noutput "id" {\n  value = toy_thing.t.id\n}`);
    const planned = await work.plan();
    expect(planned.output).toContain('forces replacement');
    expect(planned.output).toMatch(/id = (\(known after apply\)|"thing-1" -> \(known after apply\))/);
    expect(actions).toEqual(['replace', 'create']);
    expect(await work.apply()).toMatchObject({
      code: 0,
      output: contains('1 added, 0 changed, 1 destroyed'),
    });
    expect(work.first?.attributes).toMatchObject({ id: 'thing-2', name: 'b', revision: 1 });
  });

  it('trap 36: a path that did not change may be listed; one that does not exist is our error', async () => {
    work.write(thing());
    await work.apply();
    work.toy.plan = async ({ prior }) => (prior ? { replaces: [['note'], ['size']] } : undefined);
    expect(await work.plan()).toMatchObject({ code: 0 });
    work.toy.plan = async ({ prior }) => (prior ? { replaces: [['nowhere']] } : undefined);
    expect(await work.plan()).toMatchObject({ code: 1, output: contains('nowhere must exist to require') });
  });

  itNeeds('ephemeral resources', 'write-only arguments')(
    'trap 37: an ephemeral resource opens at plan and at apply, and is closed each time',
    async () => {
      work.write(
        `ephemeral "toy_token" "e" {\n  id = "x"\n}\n${thing('  password = ephemeral.toy_token.e.name')}`,
      );
      expect(await work.apply()).toMatchObject({ code: 0 });
      const opened = ['open x', 'close 7'];
      expect(work.toy.log).toEqual([...opened, 'open x', 'create a token of x', 'close 7']);
    },
  );

  it('trap 38: an import starts from an id and ends in a configuration without a diff', async () => {
    work.toy.things.set('thing-9', madeThing({ name: 'old', size: 4, note: 'n' }, undefined, 'thing-9', ''));
    work.write('import {\n  to = toy_thing.t\n  id = "thing-9"\n}');
    const generated = path.join(work.directory, 'generated.tf');
    await work.plan(`-generate-config-out=${generated}`);
    expect(readFileSync(generated, 'utf8')).toMatch(/name += "old"/);
    expect(await work.apply()).toMatchObject({ code: 0, output: contains('1 imported, 0 added, 0 changed') });
    expect(work.first?.attributes).toMatchObject({ id: 'thing-9', size: 4 });
    expect(await work.plan()).toMatchObject({ code: 0 });
  });

  it('trap 38: an import of what does not exist is an error that says so', async () => {
    work.write(thing());
    expect(await work.run('import', 'toy_thing.t', 'thing-8')).toMatchObject({
      code: 1,
      output: contains('No thing "thing-8"'),
    });
  });

  itNeeds('moved across types')(
    'trap 39: state of another type is taken over without the remote',
    async () => {
      work.write('resource "terraform_data" "old" {}');
      await work.apply();
      const id = String(work.first?.attributes.id);
      work.toy.things.set(id, madeThing({ name: 'moved' }, undefined, id, ''));
      work.write(`moved {\n  from = terraform_data.old\n  to = toy_thing.t\n}\n${thing('', 'moved')}`);
      expect(await work.apply()).toMatchObject({
        code: 0,
        output: contains('0 added, 0 changed, 0 destroyed'),
      });
      expect(work.first?.attributes).toMatchObject({ id, name: 'moved' });
    },
  );

  it('trap 40: older state is upgraded step by step, newer state is refused', async () => {
    work.write(thing());
    await work.apply();
    const stateFile = path.join(work.directory, 'terraform.tfstate');
    const edit = (change: (instance: Record<string, unknown>) => Record<string, unknown>) => {
      const state = JSON.parse(readFileSync(stateFile, 'utf8'));
      state.resources[0].instances = state.resources[0].instances.map(change);
      state.serial += 1;
      writeFileSync(stateFile, JSON.stringify(state));
    };
    edit(() => ({ schema_version: 0, attributes: { id: 'thing-1', title: 'a', gone: [1] } }));
    expect(await work.plan()).toMatchObject({ code: 0 });
    edit((instance) => ({ ...instance, schema_version: 9 }));
    expect(await work.plan()).toMatchObject({ code: 1, output: contains('newer provider version') });
  });

  itNeeds('write-only arguments')('trap 41: nothing secret is kept beside the state', async () => {
    work.write(thing('  password = "hush-2"'));
    await work.apply();
    expect(JSON.stringify(work.state)).not.toContain('hush-2');
    expect(work.first).not.toHaveProperty('private');
  });

  it('trap 42: a problem inside a list is shown at its line, inside a set at the attribute', async () => {
    work.write(
      thing('  rules = [\n    { port = 1 },\n    { port = 99999 },\n  ]\n  step {\n    command = ""\n  }'),
    );
    const { output } = await work.run('validate');
    expect(output).toContain('Must be between 1 and 65535, is 99999.');
    expect(output).toContain('rules[1].port: Must be between');
    expect(output).toMatch(/\d+: +{ port = 99999 },/);
    expect(output).toMatch(/\d+: +command = ""/);
    expect(output).toContain('Must have 1 to 50 characters, has 0.');
  });

  it('reads data sources, calls functions and reports what does not exist', async () => {
    work.write(
      `${thing()}data "toy_thing" "d" {\n  id = toy_thing.t.id\n}\noutput "o" {\n  value = provider::toy::shout(data.toy_thing.d.name)\n}`,
    );
    expect(await work.apply()).toMatchObject({ code: 0, output: contains('o = "A"') });
    work.write('data "toy_thing" "d" {\n  id = "thing-7"\n}');
    expect(await work.plan()).toMatchObject({ code: 1, output: contains('No thing "thing-7"') });
    work.write('output "o" {\n  value = provider::toy::shout("")\n}');
    expect(await work.plan()).toMatchObject({ code: 1, output: contains('Nothing to shout') });
  });

  it('plans with a provider block that is not known yet, and says what cannot be done', async () => {
    work.write(`${thing()}resource "terraform_data" "p" {}`, '  prefix = terraform_data.p.id');
    expect(await work.plan()).toMatchObject({ code: 2, output: contains('2 to add') });
    expect(await work.apply()).toMatchObject({ code: 0 });
    work.write(
      `${thing()}resource "terraform_data" "p" {\n  triggers_replace = "again"\n}`,
      '  prefix = terraform_data.p.id',
    );
    const { output } = await work.plan();
    expect(output).toContain('toy_thing was not refreshed');
    expect(output).toContain('1 to add, 0 to change, 1 to destroy');
  });
});
