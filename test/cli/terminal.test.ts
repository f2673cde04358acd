import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Console, openConsole } from './console.ts';

const EVIL = 'ci\x1b[2J\x1b[31m\u202Egnp\u200B\x9b8m';
const SEEN = 'ci\\u001b[2J\\u001b[31m\\u202egnp\\u200b\\u009b8m';

let shell: Console;
beforeEach(async () => {
  shell = await openConsole({
    seed: {
      organization: { name: 'Acme Inc.' },
      users: [{ username: 'owner_local', access_key: 'owner-local-key-0001', role: 'owner' }],
      service_accounts: [{ identifier: EVIL, username: 'evil_1', access_key: 'canary-key-4711-evil' }],
    },
  });
});
afterEach(() => shell.close());

const terminal = { isTTY: { stdout: true, stderr: true } };

test('what comes from the service reaches no terminal as commands, in colour or without', async () => {
  for (const isTTY of [terminal.isTTY, { stdout: false, stderr: false }]) {
    const { stdout, stderr } = await shell.runWith({ isTTY }, 'keys');
    const text = stdout + stderr;
    expect(text).toContain('\\u202egnp');
    for (const command of ['\x1b[2J', '\u202E', '\u200B', '\x9b']) expect(text).not.toContain(command);
  }
});

test('nor does what stands on the command line or in a file; our own colours do', async () => {
  const { stderr } = await shell.runWith(terminal, 'plan', `${EVIL}.json`);
  expect(stderr).toContain(SEEN);
  expect(stderr).not.toContain(EVIL);
  expect(stderr).toMatch(/^\x1b\[31m\x1b\[1mError:\x1b\[22m\x1b\[39m /u);
});

test.each(['hcl', 'cdktf'])(
  'nor does it hide in a file: adopt writes %s that can be read',
  async (format) => {
    const { code } = await shell.run('adopt', '--format', format, '--out', `adopted.${format}`);
    expect(code).toBe(0);
    const text = await readFile(join(shell.cwd, `adopted.${format}`), 'utf8');
    // Each language has an escape of its own.
    expect(text).toMatch(/202e\}?gnp/u);
    for (const command of ['\x1b[2J', '\u202E', '\u200B', '\x9b']) expect(text).not.toContain(command);
  },
);

test('a machine reads the names as they are', async () => {
  const { stdout } = await shell.run('keys', '--json');
  expect(stdout).not.toContain('\u202E');
  expect(JSON.stringify(JSON.parse(stdout))).toContain(JSON.stringify(EVIL).slice(1, -1));
});
