import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { keyFingerprint } from '../../src/resources/access-key/index.ts';
import { Secret } from '../../src/secret.ts';
import { type Console, openConsole } from './console.ts';

const KEY = 'Qz7CanaryKeyOfCi0001';
const OTHER = 'Qz7CanaryKeyOfNight1';
const seed = {
  organization: { name: 'Acme Inc.' },
  users: [{ username: 'owner_1', access_key: 'OwnerCanaryKey000001', role: 'owner' as const }],
  teams: [{ name: 'Payments' }],
  service_accounts: [
    { identifier: 'ci', username: 'ci_1', access_key: KEY, team: 'Payments' },
    { identifier: 'nightly', username: 'nightly_1', access_key: OTHER },
  ],
};

let shell: Console;
beforeEach(async () => {
  const owner = { BROWSERSTACK_USERNAME: 'owner_1', BROWSERSTACK_ACCESS_KEY: 'OwnerCanaryKey000001' };
  shell = await openConsole({ seed }, { BROWSERSTACK_REQUEST_BURST: '1000', ...owner });
  const { stdout } = await shell.run('keys', '--json');
  await shell.write('keys.json', stdout);
  shell.requests();
});
afterEach(async () => {
  // Whatever a scan does, it asks nobody and shows no key.
  expect(shell.requests()).toEqual([]);
  await shell.close();
});

const write = (path: string, content: string | Buffer) => {
  const file = join(shell.cwd, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content);
};
const git = (...args: readonly string[]) =>
  execFileSync(
    'git',
    ['-c', 'user.name=J', '-c', 'user.email=j@acme.test', '-c', 'commit.gpgsign=false', ...args],
    { cwd: join(shell.cwd, 'repo'), encoding: 'utf8' },
  ).trim();

async function scan(...argv: readonly string[]) {
  const ended = await shell.run('scan', ...argv);
  for (const key of [KEY, OTHER]) expect(`${ended.stdout}${ended.stderr}`.includes(key)).toBe(false);
  return ended;
}
async function found(...argv: readonly string[]) {
  const { code, stdout } = await scan('--keys', 'keys.json', '--json', ...argv);
  const json = JSON.parse(stdout);
  expect(code).toBe(json.found.length > 0 ? 2 : 0);
  return json.found.map(
    ({
      file,
      line,
      column,
      identifier,
    }: {
      file: string;
      line: number;
      column: number;
      identifier: string;
    }) => `${file}:${line}:${column} ${identifier}`,
  );
}

describe('scan', () => {
  const base64 = (text: string) => Buffer.from(text).toString('base64');

  it.each<[string, string | Buffer, readonly string[]]>([
    ['in clear', `a\nkey = "${KEY}"\n`, ['f:2:8 ci']],
    ['in a URL', `https://ci_1:${KEY}@hub.browserstack.com/wd/hub`, ['f:1:14 ci']],
    ['twice, and another', `${KEY} ${KEY}\n${OTHER}`, ['f:1:1 ci', 'f:1:22 ci', 'f:2:1 nightly']],
    [
      'after an escape',
      `{"a":"x\\n${KEY}","b":"\\u0022${KEY}","c":"ci_1%3A${KEY}"}`,
      ['f:1:10 ci', 'f:1:43 ci', 'f:1:77 ci'],
    ],
    ['in an Authorization header', `\nAuthorization: Basic ${base64(`ci_1:${KEY}`)}`, ['f:2:22 ci']],
    ['in a Secret of Kubernetes', `data:\n  access_key: ${base64(KEY)}\n`, ['f:2:15 ci']],
    ['in UTF-16', Buffer.from(`\ufeffa\nx=${KEY}\n`, 'utf16le'), ['f:2:6 ci']],
    [
      'between bytes that are no text',
      Buffer.concat([Buffer.from([0, 255, 10, 0]), Buffer.from(KEY), Buffer.from([0])]),
      ['f:2:2 ci'],
    ],
    ['as a part of something longer', `x${KEY} ${KEY}9 ${KEY.slice(1)}`, []],
    ['in another case', KEY.toLowerCase(), []],
    ['nowhere', '', []],
  ])('finds a key %s', async (_, content, expected) => {
    write('f', content);
    expect(await found('f')).toEqual(expected);
  });

  it('finds one wherever the pieces of a large file end', async () => {
    for (const before of [1 << 20, (1 << 20) - 10, (1 << 20) - 20, (1 << 20) - 21]) {
      write('f', `${'.'.repeat(before - 1)}\n${KEY}\n${'A'.repeat(3 << 20)}\n${OTHER}`);
      expect(await found('f')).toEqual(['f:2:1 ci', 'f:4:1 nightly']);
    }
  });

  it('does not find a key that was rotated since', async () => {
    write('f', KEY);
    const keys = [{ username: 'ci_1', fingerprint: keyFingerprint('ci_1', new Secret(OTHER)) }];
    await shell.write('keys.json', { version: 1, keys });
    expect(await found('f')).toEqual([]);
  });

  it('says whose it is, who uses it, and what ends it, from a state', async () => {
    write('repo/src/a.ts', `const key = '${KEY}';`);
    const resource = JSON.parse(
      readFileSync(new URL('../fixtures/managed-key.json', import.meta.url), 'utf8'),
    );
    Object.assign(resource.instances[0].attributes, {
      username: 'ci_1',
      identifier: 'payments "ci"\u202e',
      key_fingerprint: keyFingerprint('ci_1', new Secret(KEY)),
    });
    const state = {
      version: 4,
      terraform_version: '1.11.4',
      serial: 1,
      lineage: 'x',
      outputs: {},
      resources: [resource],
    };
    await shell.write('terraform.tfstate', state);
    const { code, stdout } = await scan('--state', 'terraform.tfstate', 'repo');
    expect(code).toBe(2);
    for (const said of [
      'repo/src/a.ts:1:14',
      '"payments \\"ci\\"\\u202e"',
      '"GitHub: acme/payments"',
      'browserstack-iac rotate ci_1',
      '1 key found in 1 place: 1 file searched for 1 key',
    ])
      expect(stdout).toContain(said);
  });

  it('takes the files that git would, and none behind a link', async () => {
    write('outside', KEY);
    for (const name of ['tracked', 'new', 'ignored.env', 'deep/er/x', 'gone']) write(`repo/${name}`, KEY);
    git('init', '--quiet');
    write('repo/.gitignore', '*.env\n');
    git('add', 'tracked', 'gone', '.gitignore');
    rmSync(join(shell.cwd, 'repo/gone'));
    symlinkSync('../outside', join(shell.cwd, 'repo/link'));
    expect(await found('repo')).toEqual(['repo/deep/er/x:1:1 ci', 'repo/new:1:1 ci', 'repo/tracked:1:1 ci']);
    // One that is named is searched, ignored or not.
    expect(await found('repo/ignored.env')).toEqual(['repo/ignored.env:1:1 ci']);
  });

  it('finds what only the past has: removed files, messages, what no branch reaches', async () => {
    write('repo/config.yml', `# hello\nkey: ${KEY}\n`);
    git('init', '--quiet', '--initial-branch', 'main');
    git('add', '--all');
    git('commit', '--quiet', '--message', 'first');
    const first = git('rev-parse', 'HEAD');
    git('rm', '--quiet', 'config.yml');
    git('commit', '--quiet', '--message', `remove ${OTHER}`);
    const second = git('rev-parse', 'HEAD');
    expect(await found('repo')).toEqual([]);
    const { stdout } = await scan('--keys', 'keys.json', '--history', '--json', 'repo');
    const places = JSON.parse(stdout).found.map(
      ({ file, commit, line }: { file: string; commit: string; line: number }) => ({ file, commit, line }),
    );
    expect(places).toEqual(
      expect.arrayContaining([
        { file: 'config.yml', commit: first, line: 2 },
        expect.objectContaining({ file: null, commit: second }),
      ]),
    );
    expect(places).toHaveLength(2);
    git('update-ref', '-d', 'refs/heads/main');
    git('reflog', 'expire', '--expire=now', '--all');
    const { code, stdout: text } = await scan('--keys', 'keys.json', '--history', 'repo');
    expect(code).toBe(2);
    expect(text).toContain('an object of git that no commit has');
  });

  it('writes SARIF, which names no key', async () => {
    write('a b/c#d.txt', `\n\n${KEY}`);
    expect(await scan('--keys', 'keys.json', '--sarif', 'scan.sarif', 'a b')).toMatchObject({ code: 2 });
    const text = readFileSync(join(shell.cwd, 'scan.sarif'), 'utf8');
    expect(text.includes(KEY)).toBe(false);
    const [result] = JSON.parse(text).runs[0].results;
    expect(result.locations[0].physicalLocation).toEqual({
      artifactLocation: { uri: 'a%20b/c%23d.txt' },
      region: { startLine: 3 },
    });
    expect(result.partialFingerprints['scan/v1']).toMatch(/^[0-9a-f]{64}$/u);
  });
});

describe('scan refuses', () => {
  it.each<[string, object | string, readonly string[], string]>([
    ['to look for nothing', {}, [], 'There is no key to look for'],
    ['a list of something else', '{"a":1}', ['--keys', 'k'], 'k is not a list of keys'],
    ['a list that is no JSON', 'key', ['--keys', 'k'], 'k is not a list of keys'],
    ['an empty list', { version: 1, keys: [] }, ['--keys', 'k'], 'There is no key to look for'],
    [
      'rows without a fingerprint',
      { version: 1, keys: [{ username: 'a' }, 3] },
      ['--keys', 'k'],
      'Its row 2 has no user name',
    ],
    [
      'a path that is not there',
      { version: 1, keys: [{ username: 'a', fingerprint: '0'.repeat(16) }] },
      ['--keys', 'k', 'nowhere'],
      'nowhere cannot be read',
    ],
    [
      'history without git',
      { version: 1, keys: [{ username: 'a', fingerprint: '0'.repeat(16) }] },
      ['--keys', 'k', '--history'],
      '. is in no git repository',
    ],
  ])('%s', async (_, list, argv, said) => {
    await shell.write('k', list);
    const { code, stderr } = await scan(...argv);
    expect(code).toBe(1);
    expect(stderr).toContain(said);
  });

  it('to be green where something was not searched', async () => {
    write('repo/a', 'x');
    chmodSync(join(shell.cwd, 'repo/a'), 0o000);
    const { code, stdout } = await scan('--keys', 'keys.json', 'repo');
    // Root reads everything.
    if (process.getuid?.() === 0) expect(code).toBe(0);
    else expect([code, stdout]).toEqual([1, expect.stringContaining('Not searched')]);
  });
});
