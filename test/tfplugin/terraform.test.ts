// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are templates of Terraform's language
import { readdirSync } from 'node:fs';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { has } from '../helpers/engine.ts';
import { membersOf, until } from '../helpers/plugin/processes.ts';
import { EchoWorkspace } from '../helpers/plugin/terraform-run.ts';
import { describeWithTerraform } from '../helpers/terraform.ts';

// Real Terraform, the real packed program. What happens when things go wrong is what users remember.

describeWithTerraform('with real Terraform', () => {
  const workspace = new EchoWorkspace();

  beforeAll(async () => {
    workspace.write('');
    await workspace.install();
  });
  beforeEach(() => {
    workspace.env.TF_LOG = undefined;
  });
  afterAll(() => workspace.remove());

  const written = has('write-only arguments') ? '  written = "w"\n' : '';
  const thing = (attributes: string) =>
    workspace.write(`resource "echo_thing" "a" {\n  name = "a"\n${attributes}\n}\n`);
  const applied = () => workspace.run('apply', '-auto-approve', '-input=false');
  const inState = () => workspace.state()?.resources.flatMap(({ instances }) => instances) ?? [];
  const starting = async (run: { soFar(): string }) =>
    until(
      'the apply is under way',
      () => run.soFar().includes('Creating...') || run.soFar().includes('Modifying...'),
      50,
    );

  test('create, no changes, update, replace, import, destroy', async () => {
    thing(
      `  value = { a = [1, 0.1, "x", null], n = 123456789012345678901234567890 }\n${written}  rule { allow = true }`,
    );
    expect((await applied()).output).toContain('1 added');
    expect((await workspace.run('plan', '-detailed-exitcode')).code).toBe(0);
    thing('  value = tomap({ "__proto__" = "x" })\n  tags = ["b", "a"]\n  parts = [{ size = 1.5 }]');
    expect((await applied()).output).toContain('1 changed');
    expect((await workspace.run('plan', '-detailed-exitcode')).code).toBe(0);
    workspace.write('resource "echo_thing" "a" { name = "b" }\n');
    expect((await applied()).output).toContain('forces replacement');
    expect((await workspace.run('state', 'rm', 'echo_thing.a')).code).toBe(0);
    const { output } = await workspace.run('import', 'echo_thing.a', 'b');
    expect(output).toContain('Import successful');
    expect((await workspace.run('plan', '-detailed-exitcode')).code).toBe(0);
    expect((await workspace.run('destroy', '-auto-approve')).output).toContain('1 destroyed');
  });

  test('Ctrl-C during an apply of five seconds: it finishes, and the state is written', async () => {
    thing('  delay = 5000');
    const run = workspace.start('apply', '-auto-approve', '-input=false');
    await starting(run);
    // As a terminal does it: to the engine and its plugins alike.
    process.kill(-run.pid!, 'SIGINT');
    const { output } = await run.done;
    expect(output).toContain('Interrupt received');
    expect(output).not.toContain('did not respond');
    expect(inState()).toMatchObject([{ attributes: { id: 'id-a' } }]);
    await workspace.run('destroy', '-auto-approve');
  });

  test('trap 45: SIGTERM to the whole group during an apply: the state is written', async () => {
    thing('  delay = 2000');
    const run = workspace.start('apply', '-auto-approve', '-input=false');
    await starting(run);
    process.kill(-run.pid!, 'SIGTERM');
    const { output } = await run.done;
    expect(output).not.toContain('did not respond');
    expect(inState()).toMatchObject([{ attributes: { id: 'id-a' } }]);
    await workspace.run('destroy', '-auto-approve');
  });

  test('trap 46: Terraform killed during an apply leaves no orphan', async () => {
    thing('  delay = 60000');
    const run = workspace.start('apply', '-auto-approve', '-input=false', '-lock=false');
    await starting(run);
    expect(membersOf(run.pid!).length).toBeGreaterThan(1);
    run.kill('SIGKILL');
    // One second at most, and what a busy machine adds.
    await until('the provider ended', () => membersOf(run.pid!).length === 0, 10);
  });

  test.each(['crash', 'reject'])('trap 47: after a %s the user sees why, and no secret', async (fault) => {
    thing(`  fault = "${fault}"\n  secret = "v3ry-s3cret-k3y"`);
    const { code, output } = await applied();
    expect(code).toBe(1);
    expect(output).toContain('The provider broke');
    expect(output).toMatch(/on purpose with \*\*\*|nobody waits for \*\*\*/);
    expect(output).not.toContain('v3ry-s3cret-k3y');
  });

  test.each([undefined, 'TRACE'])(
    'trap 1, 48 and 49: noise on stdout and stderr harms nobody (TF_LOG %s)',
    async (level) => {
      workspace.env.TF_LOG = level;
      thing('  fault = "noise"');
      const { code, output } = await applied();
      expect(output).not.toContain('TERRAFORM CRASH');
      expect(code).toBe(0);
      if (level !== undefined)
        expect(output).toMatch(/\[TRACE\] +provider\.terraform-provider-echo.*applyResourceChange/);
      await workspace.run('destroy', '-auto-approve');
    },
  );

  test('trap 19: NaN is our error with the attribute, not a crash, and what was made is kept', async () => {
    thing('  fault = "nan"\n  delay = 1');
    const { code, output } = await applied();
    expect(output).not.toContain('TERRAFORM CRASH');
    expect(output).toContain('The provider made a value Terraform cannot take');
    expect(output).toMatch(/delay = 1/);
    expect(code).toBe(1);
    expect(inState()).toMatchObject([{ attributes: { id: 'id-a', delay: null } }]);
    thing('');
    await workspace.run('destroy', '-auto-approve');
  });

  test('trap 20: an attribute that the schema lacks is our error, and what was made is kept', async () => {
    thing('  fault = "extra"');
    expect((await applied()).output).toContain('The schema has no attribute surprise');
    expect(inState()).toMatchObject([{ attributes: { id: 'id-a', name: 'a' } }]);
    thing('');
    await workspace.run('destroy', '-auto-approve');
  });

  test('trap 43: a command with several launches ends every one of them at once', async () => {
    workspace.write('resource "echo_thing" "a" {\n  count = 3\n  name = "a${count.index}"\n}\n');
    const run = workspace.start('plan', '-input=false');
    const { output } = await run.done;
    expect(output).toContain('3 to add');
    expect(membersOf(run.pid!)).toEqual([]);
  });

  test.each([1, 10, 50])('100 things, made and then replaced, at parallelism %i', async (parallelism) => {
    workspace.write(
      'resource "echo_thing" "a" {\n  count = 100\n  name = "p@-${count.index}"\n  value = [count.index]\n}\n'.replace(
        '@',
        String(parallelism),
      ),
    );
    const flag = `-parallelism=${parallelism}`;
    const { output } = await workspace.run('apply', '-auto-approve', '-input=false', flag);
    expect(output).toContain('100 added');
    expect(new Set(inState().map(({ attributes }) => attributes.id)).size).toBe(100);
    expect((await workspace.run('plan', '-detailed-exitcode', flag)).code).toBe(0);
  });

  test('trap 7: all of this wrote nothing into the package', () => {
    expect(readdirSync(workspace.packageDirectory).sort()).toEqual([
      'package.json',
      'terraform-provider-echo_v0.1.0',
    ]);
  });
});
