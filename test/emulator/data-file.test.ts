import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { asking, organization, owner } from './organization.ts';

let directory: string;
let file: string;
const children: ChildProcess[] = [];

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'local-browserstack-'));
  file = join(directory, 'organization.json');
});
afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  await rm(directory, { recursive: true });
});

test('the organization survives a restart, its keys included, and no user name comes twice', async () => {
  const first = await organization({ dataFile: file });
  const created = (await first.ask(owner, 'POST /user/service-accounts?identifier=payments')).body;
  const recycled = (await first.ask('webci_1:web-ci-key', 'PUT /automate/recycle_key.json')).body;
  await first.ask(owner, 'DELETE /user/service-accounts?username=nightly_1');
  await first.stack.close();

  const second = await organization({ dataFile: file });
  expect(second.stack.accounts()).toEqual(first.stack.accounts());
  expect((await second.ask(`webci_1:${recycled.new_key}`, 'GET /automate/plan.json')).status).toBe(200);
  const again = (await second.ask(owner, 'POST /user/service-accounts?identifier=payments-two')).body;
  expect(again.authkey).not.toBe(created.authkey);
  expect(again.username.split('_')[1]).not.toBe(created.username.split('_')[1]);
});

test('the file is for its owner only, and an answer to a write comes after it', async () => {
  const { ask } = await organization({ dataFile: file });
  const created = (await ask(owner, 'POST /user/service-accounts?identifier=payments')).body;
  expect(await readFile(file, 'utf8')).toContain(created.username);
  expect((await stat(file)).mode & 0o777).toBe(0o600);
});

test.each(['{', '{"version":2}', '[]'])(
  'a file that holds %s is a problem, not a fresh start',
  async (text) => {
    await writeFile(file, text);
    await expect(organization({ dataFile: file })).rejects.toMatchObject({ code: 'invalid_input' });
    expect(await readFile(file, 'utf8')).toBe(text);
  },
);

test('a folder that does not exist is a problem at the start', async () => {
  const dataFile = join(directory, 'nowhere', 'organization.json');
  await expect(organization({ dataFile })).rejects.toMatchObject({ code: 'invalid_input' });
});

test('a folder in place of a file is a problem at the start', async () => {
  await expect(organization({ dataFile: directory })).rejects.toThrow(
    `The data file ${directory} cannot be read`,
  );
});

test('a file that cannot be written is an error the caller sees', async () => {
  const { ask } = await organization({ dataFile: file });
  await rm(directory, { recursive: true });
  const reply = await ask(owner, 'POST /user/service-accounts?identifier=payments');
  expect(reply.status).toBe(500);
  expect(reply.text).not.toContain(directory);
  await import('node:fs/promises').then(({ mkdir }) => mkdir(directory));
});

test('killed at any moment, it has lost nothing it acknowledged', async () => {
  for (const round of [1, 2, 3, 4]) {
    const { child, ask } = await serve();
    const before = (await ask(owner, 'GET /user/service-accounts')).body.length;
    const acknowledged: string[] = [];
    const sent: string[] = [];
    const work = Array.from({ length: 4 }, async (_, client) => {
      for (let i = 0; ; i += 1) {
        const identifier = `round-${round}-${client}-${i}`;
        sent.push(identifier);
        try {
          const reply = await ask(owner, `POST /user/service-accounts?identifier=${identifier}`);
          if (reply.status === 200) acknowledged.push(identifier);
          if (acknowledged.length === 5 + round * 7) child.kill('SIGKILL');
        } catch {
          return; // The server is gone: what was not answered may or may not have happened.
        }
      }
    });
    await Promise.all(work);
    const { stack } = await organization({ dataFile: file });
    const kept = stack.accounts().map(({ identifier }) => identifier);
    expect(kept).toEqual(expect.arrayContaining(acknowledged));
    expect(new Set(kept).size).toBe(kept.length);
    expect(kept.slice(before).filter((identifier) => !sent.includes(identifier))).toEqual([]);
    await stack.close();
  }
});

async function serve() {
  const fixture = new URL('./serve.fixture.ts', import.meta.url).pathname;
  const child = spawn(process.execPath, ['--import', 'tsx', fixture, file], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  const [line] = await once(child.stdout, 'data');
  return { child, ask: asking(fetch, String(line).trim()) };
}

describe('one local BrowserStack per file', () => {
  const inUse = { code: 'conflict', summary: expect.stringMatching(/\.json is in use$/) };
  test('the second in this process is refused, by whatever name it calls the file', async () => {
    const first = await organization({ dataFile: file });
    await symlink(file, join(directory, 'link.json'));
    for (const name of [file, join(directory, '..', basename(directory), 'organization.json')])
      await expect(organization({ dataFile: name })).rejects.toMatchObject(inUse);
    await expect(organization({ dataFile: join(directory, 'link.json') })).rejects.toMatchObject(inUse);
    await first.ask(owner, 'POST /user/service-accounts?identifier=payments');
    await first.stack.close();
    const next = await organization({ dataFile: file });
    expect(next.stack.accounts().map(({ identifier }) => identifier)).toContain('payments');
    await next.stack.close();
  });
  test('the second process too, and neither loses what the first answered', async () => {
    const { child, ask } = await serve();
    await ask(owner, 'POST /user/service-accounts?identifier=one');
    await expect(organization({ dataFile: file })).rejects.toMatchObject(inUse);
    expect((await ask(owner, 'POST /user/service-accounts?identifier=two')).status).toBe(200);
    child.kill('SIGTERM');
    await once(child, 'exit');
    const next = await organization({ dataFile: file });
    expect(next.stack.accounts().map(({ identifier }) => identifier)).toEqual(
      expect.arrayContaining(['one', 'two']),
    );
    await next.stack.close();
  });
  test('a start that fails holds nothing', async () => {
    await writeFile(file, '{');
    await expect(organization({ dataFile: file })).rejects.toMatchObject({ code: 'invalid_input' });
    await rm(file);
    const next = await organization({ dataFile: file });
    await next.stack.close();
  });
  test('one whose file was taken over, while it was stopped, keeps nothing and says so', async () => {
    const { child, ask } = await serve();
    child.kill('SIGSTOP');
    const next = await organization({ dataFile: file });
    await next.ask(owner, 'POST /user/service-accounts?identifier=of-the-next');
    child.kill('SIGCONT');
    await expect
      .poll(async () => (await ask(owner, 'POST /user/service-accounts?identifier=of-the-first')).status, {
        timeout: 10_000,
      })
      .toBe(500);
    expect(await readFile(file, 'utf8')).toContain('of-the-next');
    expect(await readFile(file, 'utf8')).not.toContain('of-the-first');
    await next.stack.close();
  });
});
