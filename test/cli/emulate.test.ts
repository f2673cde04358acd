import { mkdir, readdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Console, openConsole } from './console.ts';

let shell: Console;
beforeEach(async () => {
  shell = await openConsole();
});
afterEach(() => shell.close());

/** Runs `emulate`, does something with its first output, and ends it as Ctrl-C would. */
async function emulating(argv: readonly string[], act: (output: string) => Promise<void>) {
  const end = new AbortController();
  let begun: (text: string) => void = () => {};
  const output = new Promise<string>((resolve) => {
    begun = resolve;
  });
  const ended = shell.runWith({ signal: end.signal, stdout: (text) => begun(text) }, 'emulate', ...argv);
  try {
    await act(await Promise.race([output, ended.then(({ stderr }) => Promise.reject(new Error(stderr)))]));
  } finally {
    end.abort();
  }
  return ended;
}

const asOwner = { authorization: `Basic ${btoa('owner_local:owner-local-key-0001')}` };

describe('emulate', () => {
  it('prints its URL as the first line for machines, and ends cleanly', async () => {
    let url = '';
    const ended = await emulating(['--json'], async (output) => {
      expect(Object.keys(JSON.parse(output))).toEqual(['version', 'ok', 'problems', 'url']);
      url = JSON.parse(output).url;
      const answer = await fetch(`${url}/user/service-accounts`, { headers: asOwner });
      expect(answer.status).toBe(200);
    });
    expect(ended).toMatchObject({ code: 0 });
    await expect(fetch(url)).rejects.toThrow();
  });

  it('tells people who is there and how to point Terraform at it', async () => {
    await emulating([], async (output) => {
      expect(output).toMatch(/^Local BrowserStack: http:\/\/127\.0\.0\.1:\d+\n/u);
      expect(output).toContain('orgadmin_local');
      expect(output).toMatch(/export BROWSERSTACK_API_URL=http:\/\/127\.0\.0\.1:\d+\n/u);
      expect(output).toContain('export BROWSERSTACK_ACCESS_KEY=owner-local-key-0001');
    });
  });

  it('starts from a seed, whose keys it does not print', async () => {
    await shell.write('seed.json', {
      organization: { name: 'Umbrella' },
      users: [{ username: 'boss', access_key: 'canary-key-4711', role: 'owner' }],
      service_accounts: [{ identifier: 'ci', access_key: 'canary-key-4712' }],
    });
    await emulating(['--seed', 'seed.json'], async (output) => {
      expect(output).toContain('"Umbrella", 0 teams, 1 service account;');
      expect(output.includes('canary-key')).toBe(false);
    });
  });

  it('tells what is in a data file, whoever seeded it, and no key of it', async () => {
    await shell.write('seed.json', {
      organization: { name: 'Umbrella' },
      users: [{ username: 'boss', access_key: 'canary-key-4711', role: 'owner' }],
    });
    await emulating(['--seed', 'seed.json', '--data', 'data.json', '--json'], async (output) => {
      const authorization = `Basic ${btoa('boss:canary-key-4711')}`;
      const invite = `${JSON.parse(output).url}/user/create_user?email=a@example.com&full_name=Ada`;
      expect(await fetch(invite, { method: 'POST', headers: { authorization } })).toMatchObject({
        status: 200,
      });
    });
    await emulating(['--data', 'data.json'], async (output) => {
      expect(output).toContain('"Umbrella", 0 teams, 0 service accounts;');
      expect(output.includes('canary-key')).toBe(false);
      expect(output.match(/^ {2}\S.*\(see data\.json\)$/gmu)).toEqual([
        expect.stringContaining('boss'),
        expect.stringContaining('export BROWSERSTACK_ACCESS_KEY'),
      ]);
    });
  });

  it('says why it failed, asked for a log or not', async () => {
    await mkdir(join(shell.cwd, 'kept'));
    const ended = await emulating(['--data', 'kept/data.json', '--json'], async (output) => {
      await rm(join(shell.cwd, 'kept'), { recursive: true });
      const line = `${JSON.parse(output).url}/user/create_team?team_name=Web`;
      expect(await fetch(line, { method: 'POST', headers: asOwner })).toMatchObject({ status: 500 });
      await mkdir(join(shell.cwd, 'kept'));
    });
    expect(ended).toMatchObject({ code: 0 });
    expect(ended.stderr).toContain('ENOENT');
  });

  it('takes rate limit, behaviours, faults and a data file', async () => {
    await shell.write('faults.json', [{ kind: 'status', status: 503, when: 'before' }]);
    const argv = ['--rate-limit', 'off', '--behaviour', 'throttled-answer=json', '--data', 'data.json'];
    await emulating([...argv, '--faults', 'faults.json', '--json'], async (output) => {
      const { url } = JSON.parse(output);
      const statuses: number[] = [];
      for (let i = 0; i < 8; i += 1)
        statuses.push((await fetch(`${url}/user/service-accounts`, { headers: asOwner })).status);
      expect(statuses).toEqual([503, 200, 200, 200, 200, 200, 200, 200]);
    });
    expect((await stat(join(shell.cwd, 'data.json'))).isFile()).toBe(true);
  });

  it('reports everything that is wrong with its options at once', async () => {
    await shell.write('seed.json', { organisation: {} });
    const broken = await shell.run(
      ...['emulate', '--behaviour', 'frob=1', '--seed', 'seed.json', '--faults', 'none.json', '--json'],
    );
    expect(broken).toMatchObject({ code: 1 });
    const { problems } = JSON.parse(broken.stdout);
    const paths = problems.map(({ path }: { path: string }) => path);
    expect(paths).toContain('--behaviour');
    expect(paths.some((path: string) => path.startsWith('seed.json'))).toBe(true);
    expect(paths).toContain('none.json');
    for (const argv of [
      ['--rate-limit', 'fast'],
      ['--port', '-1'],
      ['--port', 'x'],
      ['--port', '80000'],
    ])
      expect(await shell.run('emulate', ...argv)).toMatchObject({ code: 1 });
    const { stderr } = await shell.run('emulate', '--port', '65536');
    expect(stderr).toContain('Not a port [invalid_input]\n  at --port');
  });

  it('lists its guesses', async () => {
    const listed = await shell.run('emulate', '--list-behaviours');
    expect(listed).toMatchObject({ code: 0 });
    expect(listed.stdout).toContain('throttled-answer=');
    const asJson = await shell.run('emulate', '--list-behaviours', '--json');
    expect(JSON.parse(asJson.stdout).behaviours.length).toBeGreaterThan(10);
  });
});

describe('provider install', () => {
  const version = 'registry.terraform.io/browserstack-iac/browserstack/0.1.0';
  const binary = `${version}/linux_amd64/terraform-provider-browserstack_v0.1.0`;

  it('copies the built provider once, and says what to write', async () => {
    await shell.write(`dist/provider-mirror/${binary}`, '#!/bin/sh\n');
    await shell.write(`dist/provider-mirror/${version}/linux_amd64/package.json`, '{}');
    const installed = await shell.run('provider', 'install');
    expect(installed).toMatchObject({ code: 0 });
    expect(installed.stdout).toContain('source  = "browserstack-iac/browserstack"');
    const target = join(shell.cwd, 'terraform.d/plugins', binary);
    expect(await readFile(target, 'utf8')).toBe('#!/bin/sh\n');
    const tofus = target.replace('registry.terraform.io', 'registry.opentofu.org');
    expect(await readFile(tofus, 'utf8')).toBe('#!/bin/sh\n');
    const again = await shell.run('provider', 'install', '--json');
    expect(JSON.parse(again.stdout)).toMatchObject({ platforms: ['linux_amd64'], changed: [] });
    await shell.write(`dist/provider-mirror/${binary}`, '#!/bin/sh\nexit 1\n');
    const changed = await shell.run('provider', 'install', '--json');
    expect(JSON.parse(changed.stdout).changed).toHaveLength(1);
    expect((await readdir(join(target, '..'))).sort()).toEqual([
      'package.json',
      'terraform-provider-browserstack_v0.1.0',
    ]);
  });

  it('leaves no code cache of an earlier build beside the provider', async () => {
    const place = `dist/provider-mirror/${version}/linux_amd64`;
    await shell.write(`dist/provider-mirror/${binary}`, '');
    await shell.write(`${place}/1-v8-x64.cache`, '');
    await shell.run('provider', 'install');
    await rm(join(shell.cwd, place, '1-v8-x64.cache'));
    await shell.write(`${place}/2-v8-x64.cache`, '');
    expect(await shell.run('provider', 'install')).toMatchObject({ code: 0 });
    for (const address of [binary, binary.replace('registry.terraform.io', 'registry.opentofu.org')])
      expect((await readdir(join(shell.cwd, 'terraform.d/plugins', address, '..'))).sort()).toEqual([
        '2-v8-x64.cache',
        'terraform-provider-browserstack_v0.1.0',
      ]);
  });

  it('tells how to make another directory known', async () => {
    await shell.write(`dist/provider-mirror/${binary}`, '');
    const installed = await shell.run('provider', 'install', '--dir', 'mirror');
    expect(installed.stdout).toContain(`path    = "${join(shell.cwd, 'mirror')}"`);
  });

  it('says that it must be built first', async () => {
    const missing = await shell.run('provider', 'install');
    expect(missing).toMatchObject({ code: 1 });
    expect(missing.stderr).toContain('npm run build');
  });
});
