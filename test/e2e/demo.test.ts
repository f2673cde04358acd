import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { ENGINE } from '../helpers/engine.ts';
import { describeWithTerraform } from '../helpers/terraform.ts';

const repository = join(dirname(fileURLToPath(import.meta.url)), '../..');
const demo = join(repository, 'examples/quickstart/demo/main.ts');

const leftovers = () => readdirSync(tmpdir()).filter((name) => name.startsWith('browserstack-iac-demo-'));

describeWithTerraform('npm run demo', () => {
  it('plays the whole story under the real engine and leaves nothing behind', async () => {
    const before = leftovers();
    const { exitCode, stdout, stderr } = await play(['--json']);
    expect(`${exitCode} ${stderr}`).toMatch(/^0 /u);
    const { ok, steps, requests } = JSON.parse(stdout);
    expect(ok).toBe(true);
    expect(steps.map(({ name }: { name: string }) => name)).toEqual([
      'deploy',
      'no-changes',
      'drift',
      'repair',
      'rotate',
      'protected',
      'destroy',
    ]);
    // Twice: once by somebody else, once by us.
    expect(requests['PUT /automate/recycle_key.json']).toBe(2);
    expect(requests['POST /user/service-accounts']).toBe(6);
    expect(stderr).toMatch(/the old key \w{4}•+ answers 401/u);
    expect(leftovers()).toEqual(before);
  });

  it('cleans up after Ctrl-C', async () => {
    const before = leftovers();
    const { exitCode, stdout } = await play(['--json'], (text, child) => {
      if (text.includes('$ cdktf deploy') || text.includes('apply')) child.kill('SIGINT');
    });
    expect(exitCode).toBe(130);
    expect(JSON.parse(stdout).ok).toBe(false);
    expect(leftovers()).toEqual(before);
  });
});

type Watch = (stderr: string, child: ReturnType<typeof spawn>) => void;

function play(args: readonly string[], watch: Watch = () => {}) {
  return new Promise<{ exitCode: number | null; stdout: string; stderr: string }>((resolve, reject) => {
    const engine = ENGINE === undefined ? {} : { TERRAFORM_BINARY_NAME: ENGINE };
    const child = spawn(process.execPath, ['--import', 'tsx', demo, ...args], {
      cwd: repository,
      env: { ...process.env, ...engine },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      stdout += chunk;
    });
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
      stderr += chunk;
      watch(stderr, child);
    });
    child.once('error', reject);
    child.once('close', (exitCode) => resolve({ exitCode, stdout, stderr }));
  });
}
