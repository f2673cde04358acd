import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { commands } from '../../src/cli/commands/index.ts';
import { type Console, openConsole } from './console.ts';

const CANARY = 'canary-key-4711';

let shell: Console;
beforeEach(async () => {
  shell = await openConsole();
});
afterEach(() => shell.close());

describe('the command line', () => {
  it('helps', async () => {
    const help = await shell.run('--help');
    expect(help).toMatchObject({ code: 0, stderr: '' });
    for (const { name } of commands) {
      expect(help.stdout).toContain(`  ${name}`);
      expect(await shell.run(name, '--help')).toMatchObject({ code: 0, stderr: '' });
    }
    expect(help.stdout).not.toContain('--access-key <');
    expect(await shell.run('--version')).toMatchObject({ code: 0, stdout: '0.1.0\n' });
  });

  it('ends with 1 and a hint for what it does not know', async () => {
    const unknown = await shell.run('aply');
    expect(unknown).toMatchObject({ code: 1, stdout: '' });
    expect(unknown.stderr).toContain('Did you mean apply?');
    expect(await shell.run('plan', '--frob')).toMatchObject({ code: 1 });
    expect(await shell.run('plan', 'a', 'b')).toMatchObject({ code: 1 });
    expect(await shell.run('provider', 'remove')).toMatchObject({ code: 1 });
    expect(await shell.run()).toMatchObject({ code: 1 });
  });

  it('tells machines what it did not understand', async () => {
    const said = async (...argv: string[]) => {
      const { code, stdout, stderr } = await shell.run(...argv, '--json');
      const { ok, problems } = JSON.parse(stdout);
      expect({ code, ok, count: problems.length, shown: stderr !== '' }).toEqual({
        ...{ code: 1, ok: false, count: 1, shown: true },
      });
      return `${problems[0].code}: ${problems[0].summary}`;
    };
    expect(await said('aply')).toContain("invalid_input: unknown command 'aply'");
    expect(await said('plan', '--frob')).toBe("invalid_input: unknown option '--frob'");
    expect(await said('plan', 'a', 'b')).toContain("invalid_input: too many arguments for 'plan'");
    expect(await said('rotate')).toBe("invalid_input: missing required argument 'account'");
    expect((await shell.run('plan', '--frob')).stderr).toContain('Run "browserstack-iac help"');
  });

  it('says where it cannot write, and that this is no bug', async () => {
    await shell.synth({ browserstack_team: { a: { name: 'A' } } });
    await shell.write(
      'dist/provider-mirror/registry.terraform.io/browserstack-iac/browserstack/0.1.0/any/x',
      '',
    );
    for (const argv of [
      ['plan', '--out', 'no/such/directory/plan'],
      ['plan', '--out', 'cdktf.out'],
      ['adopt', '--out', 'no/such/directory/adopted.tf'],
      ['provider', 'install', '--dir', 'cdktf.out/stacks/acme/cdk.tf.json'],
    ]) {
      const refused = await shell.run(...argv, '--json');
      expect(refused.code).toBe(1);
      const [problem] = JSON.parse(refused.stdout).problems;
      expect(problem).toMatchObject({ code: 'invalid_input' });
      expect(problem.summary).toContain(argv.at(-1));
    }
  });

  it('never takes a key as an argument, and does not repeat it', async () => {
    const refused = await shell.run('plan', '--access-key', CANARY);
    expect(refused).toMatchObject({ code: 1 });
    expect(refused.stderr).toContain('An access key is never an argument');
    expect((refused.stdout + refused.stderr).includes(CANARY)).toBe(false);
  });

  it('reports every problem at once, for people and for machines', async () => {
    await shell.synth({
      browserstack_team: { a: { name: '' }, b: { name: 'x'.repeat(41) } },
      browserstack_service_account: { c: { identifier: 'ab', team: `\${var.team}` } },
    });
    const broken = await shell.run('plan', '--json');
    expect(broken).toMatchObject({ code: 1 });
    const { ok, problems } = JSON.parse(broken.stdout);
    expect(ok).toBe(false);
    const places = problems.map(({ code, path }: { code: string; path: string }) => `${code} ${path}`);
    expect(places).toContain('invalid_input browserstack_team.a.name');
    expect(places).toContain('invalid_input browserstack_team.b.name');
    expect(places).toContain('invalid_input browserstack_service_account.c.team');
    expect(broken.stderr).toContain('at browserstack_team.a.name');
  });

  it('prints control characters of the outside world harmlessly', async () => {
    await shell.synth({ browserstack_team: { a: { name: 'a\u001b[31mred\u202e' } } });
    const planned = await shell.run('plan');
    expect(planned.stdout).not.toContain('\u001b');
    expect(planned.stdout).not.toContain('\u202e');
  });

  it('colours for a terminal, unless NO_COLOR', async () => {
    await shell.synth({ browserstack_team: { a: { name: 'A' } } });
    const green = '\u001b[32m';
    const red = '\u001b[31m';
    const onTerminal = { isTTY: { stdout: true, stderr: false } };
    expect((await shell.runWith(onTerminal, 'plan')).stdout).toContain(green);
    expect((await shell.run('plan')).stdout).not.toContain(green);
    expect((await shell.runWith(onTerminal, 'rotate', 'nobody')).stderr).not.toContain(red);
    const errorsOnTerminal = { isTTY: { stdout: false, stderr: true } };
    expect((await shell.runWith(errorsOnTerminal, 'rotate', 'nobody')).stderr).toContain(red);
  });
});

it('masks a key that the service repeats', async () => {
  const server = createServer((_, answer) => {
    answer.writeHead(422, { 'content-type': 'application/json' });
    answer.end(JSON.stringify({ message: `what is ${CANARY}?` }));
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const odd = await openConsole({}, { BROWSERSTACK_ACCESS_KEY: CANARY });
  try {
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const { stdout, stderr } = await odd.run('keys', '--json', '--base-url', url);
    for (const text of [stdout, stderr]) {
      expect(text).toContain('what is ***?');
      expect(text.includes(CANARY)).toBe(false);
    }
  } finally {
    await odd.close();
    server.close();
  }
});

describe('credentials', () => {
  const oneTeam = { browserstack_team: { a: { name: 'A' } } };

  it('come from options, the provider block, the environment, in this order', async () => {
    await shell.synth(oneTeam, { provider: { browserstack: [{ username: 'nobody' }] } });
    expect(await shell.run('plan')).toMatchObject({ code: 1 });
    expect(shell.local.requests().at(-1)?.username).toBe('nobody');
    expect(await shell.run('plan', '--username', 'owner_local')).toMatchObject({ code: 2 });
    await shell.run('plan', '--username', '%{x}');
    expect(shell.local.requests().at(-1)?.username).toBe('%{x}');
  });

  it('may come from standard input', async () => {
    await shell.synth(oneTeam, { provider: { browserstack: { access_key: 'wrong' } } });
    expect((await shell.run('plan')).stderr).toContain('[unauthorized]');
    const given = { stdin: async () => Buffer.from('owner-local-key-0001\n') };
    expect(await shell.runWith(given, 'plan', '--access-key-stdin')).toMatchObject({ code: 2 });
  });

  it('stand in for a variable that only Terraform knows', async () => {
    await shell.synth(oneTeam, { provider: { browserstack: { access_key: `\${var.key}` } } });
    expect(await shell.run('plan')).toMatchObject({ code: 2 });
  });

  it('are never guessed to belong elsewhere: an unknown base URL is a problem', async () => {
    await shell.synth(oneTeam, { provider: { browserstack: { base_url: `\${var.url}` } } });
    const lonely = await openConsole({}, { BROWSERSTACK_API_URL: '' });
    try {
      await lonely.synth(oneTeam, { provider: { browserstack: { base_url: `\${var.url}` } } });
      expect((await lonely.run('plan')).stderr).toContain('at provider.browserstack.base_url');
    } finally {
      await lonely.close();
    }
    expect(await shell.run('plan')).toMatchObject({ code: 2 });
  });

  it('go nowhere when the environment names no URL', async () => {
    await shell.synth(oneTeam);
    for (const BROWSERSTACK_API_URL of ['nonsense', 'http://127.0.0.1:99999', 'ftp://x']) {
      const lonely = await openConsole({}, { BROWSERSTACK_API_URL });
      try {
        await lonely.synth(oneTeam);
        const refused = await lonely.run('plan', '--json');
        expect(JSON.parse(refused.stdout).problems).toMatchObject([
          { code: 'invalid_input', path: 'provider.browserstack.base_url' },
        ]);
      } finally {
        await lonely.close();
      }
    }
  });

  it('are not repeated when they are refused', async () => {
    await shell.synth(oneTeam, { provider: { browserstack: { access_key: CANARY } } });
    for (const argv of [['plan'], ['plan', '--json'], ['drift'], ['apply', '--auto-approve']]) {
      const refused = await shell.run(...argv);
      expect(refused).toMatchObject({ code: 1 });
      expect((refused.stdout + refused.stderr).includes(CANARY)).toBe(false);
    }
  });
});

describe('guards', () => {
  it('refuse another organization before anything is touched', async () => {
    await shell.synth(
      { browserstack_team: { a: { name: 'A' } } },
      {
        provider: { browserstack: [{ organization: 'Other Inc.' }] },
      },
    );
    const refused = await shell.run('apply', '--auto-approve');
    expect(refused).toMatchObject({ code: 1 });
    expect(refused.stderr).toContain('Other Inc.');
    expect(shell.local.teams().map(({ name }) => name)).toEqual(['Core']);
  });
});
