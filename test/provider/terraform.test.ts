// Real Terraform against the toy, served inside the test: the traps of planning and applying, one by one.

import { afterEach, beforeEach, expect, it } from 'vitest';
import { Problem } from '../../src/errors.ts';
import { unknown } from '../../src/schema/value.ts';
import { has, itNeeds } from '../helpers/engine.ts';
import { describeWithTerraform } from '../helpers/terraform.ts';
import type { ThingState } from './toy-schema.ts';
import { ToyWorkspace } from './toy-workspace.ts';

const everything = `
resource "toy_thing" "t" {
  name     = "a"
  tags     = { k = "v", "__proto__" = "w" }
  words    = ["y", "x", "x"]
  secret   = "hush-1"
${has('write-only arguments') ? '  password = "hush-2"' : ''}
  settings = { mode = "fast" }
  rules    = [{ port = 1 }, { port = 2 }]
  labels   = [{ key = "one" }, { key = "two", value = "v" }]
  limits   = { cpu = { max = 2 } }
  step { command = "ls" }
  step { command = "rm" }
  probe {}
}`;
const thing = (body = '') => `resource "toy_thing" "t" {\n  name = "a"\n${body}\n}\n`;
const contains = (text: string) => expect.stringContaining(text);

describeWithTerraform('real Terraform', () => {
  let work: ToyWorkspace;
  beforeEach(async () => {
    work = await ToyWorkspace.open();
  });
  afterEach(() => work.remove());

  it('trap 26: create, no change, update, no change, destroy', async () => {
    work.write(everything);
    expect(await work.apply()).toMatchObject({ code: 0, output: contains('1 added') });
    expect(work.first?.attributes).toMatchObject({
      id: 'thing-1',
      size: 1,
      settings: { level: 3, seen: 'saw fast' },
      rules: [{ handle: 'h1' }, { handle: 'h2' }],
      limits: { cpu: { unit: 'piece' } },
      step: [{ ordinal: 1 }, { ordinal: 2 }],
      probe: { path: '/' },
      born: null,
    });
    expect(await work.plan()).toMatchObject({ code: 0 });
    work.write(everything.replace('{ port = 2 }', '{ port = 2 }, { port = 3 }').replace('"two"', '"too"'));
    expect(await work.apply()).toMatchObject({ code: 0, output: contains('1 changed') });
    expect(await work.plan()).toMatchObject({ code: 0 });
    expect(await work.run('destroy', '-auto-approve')).toMatchObject({ code: 0 });
    expect(work.toy.things.size).toBe(0);
  });

  it('trap 26: a delete is asked about, and can be refused in the plan', async () => {
    work.write(thing());
    await work.apply();
    work.toy.plan = async ({ action }) => {
      if (action === 'delete') throw new Problem({ code: 'refused', summary: 'It is protected' });
      return undefined;
    };
    work.write('');
    expect(await work.plan()).toMatchObject({ code: 1, output: contains('Error: It is protected') });
  });

  it('trap 27: a plan that is not as configured is our error, with the path', async () => {
    work.toy.plan = async ({ planned }) => ({ planned: { ...planned!, note: 'other' } });
    work.write(thing('  note = "n"'));
    const { code, output } = await work.plan();
    expect(code).toBe(1);
    expect(output).toContain(
      'note must be as configured (or as it is already). Promised: "n". Came: "other".',
    );
    expect(output).not.toContain('Provider produced');
  });

  it('trap 28: a plan that says nothing is our error', async () => {
    work.toy.plan = async () => ({ planned: null as never });
    work.write(thing());
    const { output } = await work.plan();
    expect(output).toContain('(the whole object) must be planned, it is configured');
    expect(output).not.toContain('Provider produced');
  });

  itNeeds('write-only arguments')(
    'trap 29: a write-only value a noun gives back reaches neither plan nor state',
    async () => {
      work.toy.plan = async ({ planned, config }) =>
        planned && { planned: { ...planned, password: config?.password ?? null } };
      work.toy.distort = (state) => ({ ...state, password: 'hush' });
      work.write(thing('  password = "hush"'));
      expect(await work.apply()).toMatchObject({ code: 0 });
      work.write(thing('  password = "hush"\n  note = "n"'));
      expect(await work.apply()).toMatchObject({ code: 0, output: contains('1 changed') });
      expect(work.first?.attributes).toMatchObject({ id: 'thing-1', note: 'n', password: null });
      expect(work.toy.log[0]).toBe('create a hush');
    },
  );

  it('trap 30: create fails after the object was made: it is in state', async () => {
    work.toy.midway = async (_step, op) => {
      op.save([...work.toy.things.values()][0] as ThingState);
      throw new Problem({ code: 'unreachable', summary: 'The line is dead' });
    };
    work.write(thing());
    expect(await work.apply()).toMatchObject({ code: 1, output: contains('Error: The line is dead') });
    expect(work.first).toMatchObject({ status: 'tainted', attributes: { id: 'thing-1' } });
  });

  it('trap 30: update fails: the stored state stays, and nothing is tainted', async () => {
    work.write(thing('  note = "old"'));
    await work.apply();
    work.toy.midway = () => Promise.reject(new Problem({ code: 'unreachable', summary: 'The line is dead' }));
    work.write(thing('  note = "new"'));
    expect(await work.apply()).toMatchObject({ code: 1 });
    expect(work.first).not.toHaveProperty('status');
    expect(work.first?.attributes).toMatchObject({ id: 'thing-1', note: 'old' });
    expect(await work.plan()).toMatchObject({ code: 2 });
  });

  it('trap 31: whatever is thrown has an address, and a line of the configuration', async () => {
    work.toy.midway = () => Promise.reject(new TypeError('x is not a function'));
    work.write(thing());
    const { output } = await work.apply();
    expect(output).toContain('Error: Internal error');
    expect(output).toContain('with toy_thing.t');
    expect(output).not.toContain('rpc error');
  });

  it('trap 32: an update that answers an unknown id keeps the id', async () => {
    work.write(thing());
    await work.apply();
    work.toy.distort = (state, step) => (step === 'update' ? { ...state, id: unknown } : state);
    work.write(thing('  note = "n"'));
    const { code, output } = await work.apply();
    expect(code).toBe(1);
    expect(output).toContain('id must be known now, and is still unknown');
    expect(output).not.toContain('Provider returned invalid result');
    expect(work.first).toMatchObject({ attributes: { id: 'thing-1', note: 'n' } });
  });

  it('trap 32: a planned value that changed is our error', async () => {
    work.toy.distort = (state) => ({ ...state, size: 2 });
    work.write(thing());
    const { output } = await work.apply();
    expect(output).toContain('size must be as planned. Promised: 1. Came: 2.');
    expect(output).not.toContain('Provider produced');
  });
});
