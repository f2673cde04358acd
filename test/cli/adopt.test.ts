import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CANARY, company } from './company.ts';
import { type Console, openConsole } from './console.ts';
import { synthesizeAdopted } from './synth.ts';

let shell: Console;
beforeEach(async () => {
  shell = await openConsole({ seed: company() });
});
afterEach(() => shell.close());

describe('adopt', () => {
  it('writes what exists, after which there is nothing to do', async () => {
    const adopted = await shell.run('adopt', '--format', 'json', '--out', 'adopted.tf.json');
    expect(adopted).toMatchObject({ code: 0, stdout: '' });
    expect(adopted.stderr).toContain(
      'Declared and there: 0. There, but declared nowhere: 320. Written: 320.',
    );
    expect(adopted.stderr).toContain('At organization level, in no team: 43');
    const planned = await shell.run('plan', '--json');
    expect(planned).toMatchObject({ code: 2 });
    expect(JSON.parse(planned.stdout).counts).toMatchObject({ adopt: 320, create: 0, unmanaged: 0 });
    expect(JSON.parse(planned.stdout).cost).toMatchObject({ writes: 0, requests: 0 });
    expect(await shell.run('apply', '--auto-approve')).toMatchObject({ code: 0 });
    expect(JSON.parse((await shell.run('plan', '--json')).stdout).counts).toMatchObject({
      'no-op': 320,
      adopt: 0,
    });
    const again = await shell.run('adopt', '--json');
    expect(JSON.parse(again.stdout).report).toMatchObject({ managed: 320, unmanaged: 0, selected: 0 });
  });

  it('overwrites no file', async () => {
    await shell.write('adopted.tf', 'resource "browserstack_team" "mine" {}');
    const refused = await shell.run('adopt', '--out', 'adopted.tf');
    expect(refused.code).toBe(1);
    expect(refused.stderr).toContain('adopted.tf exists already');
    expect(await readFile(join(shell.cwd, 'adopted.tf'), 'utf8')).toContain('mine');
    expect(shell.requests()).toEqual([]);
  });

  it('writes only what the stack lacks, refers to what it has, and never takes its names', async () => {
    await shell.synth({ browserstack_team: { team_1: { name: 'Team 0' }, mine: { name: 'Team 1' } } });
    const adopted = await shell.run(
      'adopt',
      '--match',
      'Team 1',
      '--match',
      'Team 2',
      '--match',
      'CI-Account 41',
    );
    expect(adopted.stdout).toContain('resource "browserstack_team" "team_2"');
    expect(adopted.stdout).not.toContain('"Team 1"');
    expect(adopted.stdout).toContain('  team       = browserstack_team.mine.name');
    await shell.synth({ browserstack_team: { team_2: { name: 'Team 0' } } });
    const renamed = await shell.run('adopt', '--match', 'Team 2');
    expect(renamed.stdout).toContain('resource "browserstack_team" "team_2_2"');
  });

  it('filters by kind, name and team', async () => {
    const names = async (...filters: readonly string[]) => {
      const { stdout } = await shell.run('adopt', '--json', ...filters);
      return JSON.parse(stdout).objects.map(({ name }: { name: string }) => name);
    };
    expect(await names('--kinds', 'team')).toHaveLength(20);
    expect(await names('--match', 'CI-*', '--exclude', '*1', '--kinds', 'service_account')).not.toContain(
      'CI-Account 21',
    );
    const team = await names('--team', 'Team 3');
    expect(team).toContain('Team 3');
    expect(team.length).toBeGreaterThan(5);
  });

  it('takes what Terraform manages from its state', async () => {
    const resources = [
      {
        address: 'module.a.browserstack_team.t["x"]',
        mode: 'managed',
        type: 'browserstack_team',
        values: { name: 'Team 0', deletion_protection: false, user_count: 0, parallels: null },
      },
    ];
    await shell.write('state.json', {
      format_version: '1.0',
      values: { root_module: { child_modules: [{ resources }] } },
    });
    const adopted = await shell.run('adopt', '--state', 'state.json', '--kinds', 'team', '--json');
    expect(JSON.parse(adopted.stdout).report).toMatchObject({ managed: 1, unmanaged: 319, selected: 19 });
    await shell.write('state.json', { format_version: '1.2', planned_values: {} });
    expect((await shell.run('adopt', '--state', 'state.json')).stderr).toContain('terraform show -json');
  });

  it('contains no key, in no format', async () => {
    for (const format of ['hcl', 'cdktf', 'json']) {
      const { stdout, stderr } = await shell.run('adopt', '--format', format);
      expect((stdout + stderr).includes(CANARY)).toBe(false);
      expect(stdout).toContain('user_42');
    }
    const { stdout } = await shell.run('adopt', '--json');
    expect(stdout.includes(CANARY)).toBe(false);
  });

  it('writes a CDKTF program that imports what exists', async () => {
    await mkdir(join(shell.cwd, 'app'));
    await shell.run('adopt', '--format', 'cdktf', '--out', 'app/adopted.ts');
    const synthesized = await synthesizeAdopted(join(shell.cwd, 'app'));
    const stack = JSON.parse(await readFile(synthesized, 'utf8'));
    expect(stack.import).toHaveLength(320);
    const ids = stack.import.map(({ id }: { id: string }) => id);
    expect(ids).toContain("T it's $${here}");
    expect(ids).toContain('T a "quoted" %%{if}');
    const planned = await shell.run('plan', synthesized, '--json');
    expect(JSON.parse(planned.stdout).counts).toMatchObject({ adopt: 320, create: 0, unmanaged: 0 });
  }, 240_000);
});
