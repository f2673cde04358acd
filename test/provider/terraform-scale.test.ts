// Real Terraform with 1,000 objects at once: each made exactly once, and none seen as changed afterwards.

import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { addressOf } from '../helpers/engine.ts';
import { describeWithTerraform } from '../helpers/terraform.ts';
import { TOY_ADDRESS } from './toy-provider.ts';
import { madeThing } from './toy-thing.ts';
import { ToyWorkspace } from './toy-workspace.ts';

const COUNT = 1000;
const many = `resource "toy_thing" "t" {\n  count = ${COUNT}\n  name  = "n\${count.index}"\n  rules = [{ port = 1 }]\n}\n`;

describeWithTerraform('1,000 objects in real Terraform', () => {
  let work: ToyWorkspace;
  beforeEach(async () => {
    work = await ToyWorkspace.open();
  });
  afterEach(() => work.remove());

  it.each(['1', '10', '50'])(
    'apply at parallelism %s',
    async (parallelism) => {
      // Writing the state file a thousand times is Terraform's own, and most of the time; in memory it is not.
      work.write(`terraform {\n  backend "inmem" {}\n}\n${many}`);
      expect(await work.run('init', '-input=false')).toMatchObject({ code: 0 });
      const { code, output } = await work.apply(`-parallelism=${parallelism}`);
      expect(code).toBe(0);
      expect(output).toContain(`${COUNT} added, 0 changed, 0 destroyed`);
      const names = [...work.toy.things.values()].map(({ name }) => name);
      expect([names.length, new Set(names).size]).toEqual([COUNT, COUNT]);
    },
    300_000,
  );

  it.each(['1', '10', '50'])(
    'plan without changes at parallelism %s',
    async (parallelism) => {
      work.write(many);
      writeState(work);
      const { code, output } = await work.plan(`-parallelism=${parallelism}`);
      expect(output).toContain('No changes');
      expect(code).toBe(0);
    },
    300_000,
  );
});

function writeState(work: ToyWorkspace): void {
  const instances = Array.from({ length: COUNT }, (_, index) => {
    const id = work.toy.nextId();
    const made = madeThing({ name: `n${index}`, rules: [{ port: 1, handle: 'h1' }] }, undefined, id, '');
    work.toy.things.set(id, made);
    return { index_key: index, schema_version: 2, attributes: made };
  });
  const resource = {
    mode: 'managed',
    type: 'toy_thing',
    name: 't',
    provider: `provider["${addressOf(TOY_ADDRESS)}"]`,
    instances,
  };
  const state = {
    version: 4,
    terraform_version: '1.0.0',
    serial: 1,
    lineage: 'toy',
    outputs: {},
    resources: [resource],
  };
  writeFileSync(path.join(work.directory, 'terraform.tfstate'), JSON.stringify(state));
}
