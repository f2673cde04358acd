// What HTTP clients of other makers need of a server, found by use of them.

import { connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import { afterEach, describe, expect, test } from 'vitest';
import { createLocalBrowserStack, type LocalBrowserStack } from '../../src/emulator/local-browserstack.ts';
import { asking, openSession, organization, owner, seed } from './organization.ts';

let stack: LocalBrowserStack | undefined;
afterEach(async () => {
  await stack?.close();
  stack = undefined;
});
async function listening() {
  stack = await createLocalBrowserStack({ seed, rateLimit: 'off' });
  const { url } = await stack.listen();
  return { stack, url, port: Number(new URL(url).port), ask: asking(fetch, url) };
}
const basic = `Basic ${btoa(owner)}`;

describe('401 carries a challenge, without which the client of Java throws', () => {
  test.each([
    'GET /user/service-accounts',
    'GET /automate/plan.json',
    'PUT /automate/recycle_key.json',
    'POST /v1/projects',
    'GET /v1/projects/1/accesses',
    'GET /audit/v1/logs',
    'POST /wd/hub/session',
  ])('%s', async (line) => {
    const { ask } = await organization();
    const sent = line.startsWith('POST') ? { body: JSON.stringify({ capabilities: {} }) } : {};
    const reply = await ask('olivia:wrong', line, sent);
    expect([reply.status, reply.headers.get('www-authenticate')]).toEqual([401, 'Basic realm="Application"']);
  });
  test('a session whose capabilities hold the wrong key', async () => {
    const reply = await openSession(await organization(), 'nightly_1:wrong');
    expect([reply.status, reply.headers.get('www-authenticate')]).toEqual([401, 'Basic realm="Application"']);
  });
  test.each([undefined, 'Access denied.'])('a fault, as a page or in the words %s', async (message) => {
    const fault = { kind: 'status', status: 401, ...(message === undefined ? {} : { message }) } as const;
    const { ask } = await organization({ faults: [fault] });
    const reply = await ask(owner, 'GET /user/service-accounts');
    expect([reply.status, reply.headers.get('www-authenticate')]).toEqual([401, 'Basic realm="Application"']);
  });
});

describe('a body that is too large', () => {
  /** Sends bodies one after another on one connection, as clients that keep it do. */
  async function inARow(port: number, bodies: readonly Buffer[], path = '/user/service-accounts') {
    const answers: string[] = [];
    const socket = connect(port, '127.0.0.1');
    const problems: Error[] = [];
    socket.on('error', (error) => problems.push(error));
    for (const body of bodies) {
      const head = [
        `POST ${path} HTTP/1.1`,
        'Host: localhost',
        `Authorization: ${basic}`,
        'Content-Type: application/x-www-form-urlencoded',
        `Content-Length: ${body.length}`,
      ];
      socket.write(`${head.join('\r\n')}\r\n\r\n`);
      socket.write(body);
      answers.push(
        await new Promise<string>((resolve, reject) => {
          let text = '';
          const onData = (chunk: Buffer) => {
            text += chunk;
            const length = Number(/content-length: (\d+)/i.exec(text)?.[1] ?? Number.NaN);
            if (text.length < text.indexOf('\r\n\r\n') + 4 + length) return;
            socket.off('data', onData);
            resolve(text);
          };
          socket.on('data', onData);
          socket.once('close', () => reject(new Error('the connection was cut')));
        }),
      );
    }
    socket.destroy();
    expect(problems).toEqual([]);
    return answers;
  }
  const large = Buffer.from(`identifier=${'a'.repeat(8_000_000)}`);

  test('is answered 413, and the connection goes on as it says', async () => {
    const { port } = await listening();
    const [first, second, third] = await inARow(port, [large, Buffer.from('identifier=payments'), large]);
    expect(first).toMatch(/^HTTP\/1\.1 413 [\s\S]*too large/);
    expect(first).not.toMatch(/^connection: close/im);
    expect(second).toMatch(/^HTTP\/1\.1 200 /);
    expect(third).toMatch(/^HTTP\/1\.1 413 /);
  });
  test('to the hub and the control API too', async () => {
    const { url } = await listening();
    const headers = { 'Content-Type': 'application/json' };
    for (const path of ['/wd/hub/session', '/_local/faults', '/v1/projects']) {
      const init = { method: 'POST', headers: { ...headers, Authorization: basic }, body: large };
      const response = await fetch(url + path, init);
      expect([path, response.status]).toEqual([path, 413]);
      expect(await response.text()).toContain('too large');
    }
  });
  test("is in nobody's way when nobody read it", async () => {
    const { port } = await listening();
    const [first, second] = await inARow(port, [large, Buffer.from('identifier=payments')], '/user/nothing');
    expect(first).toMatch(/^HTTP\/1\.1 404 /);
    expect(second).toMatch(/^HTTP\/1\.1 404 /);
  });
});

describe('what is too long or no HTTP is answered with a page, not by the bare line of Node', () => {
  test.each([
    ['a query', `/user/service-accounts?identifier=${'a'.repeat(20_000)}`, 414],
    ['a query of a megabyte', `/user/service-accounts?identifier=${'a'.repeat(1_000_000)}`, 414],
    ['a path', `/user/${'a'.repeat(20_000)}`, 414],
    ['a query to the console', `/?${'a'.repeat(20_000)}`, 414],
  ])('%s', async (_, path, status) => {
    const { url, ask } = await listening();
    const reply = await fetch(url + path, { headers: { Authorization: basic } });
    expect(reply.status).toBe(status);
    expect(await reply.text()).toContain('<center>nginx</center>');
    expect((await ask(owner, 'GET /user/service-accounts')).status).toBe(200);
  });
  test.each([
    [
      'a header of 20 kB',
      `GET /user/team_detail HTTP/1.1\r\nHost: x\r\nX: ${'a'.repeat(20_000)}\r\n\r\n`,
      431,
    ],
    ['a header of a megabyte', `GET / HTTP/1.1\r\nHost: x\r\nX: ${'a'.repeat(1_000_000)}\r\n\r\n`, 431],
    ['no HTTP', 'hello\r\n\r\n', 400],
    ['two lengths', 'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab', 400],
  ])('%s', async (_, bytes, status) => {
    const { port } = await listening();
    const text = await new Promise<string>((resolve) => {
      let answer = '';
      const socket = connect(port, '127.0.0.1', () => socket.write(bytes));
      socket.on('data', (chunk) => {
        answer += chunk;
        if (answer.includes('</html>')) socket.destroy();
      });
      socket.on('error', () => {});
      socket.on('close', () => resolve(answer));
    });
    expect(text).toMatch(new RegExp(`^HTTP/1\\.1 ${status} [\\s\\S]*<center>nginx</center>`));
  });
  test('in this process the same', async () => {
    const { ask } = await organization();
    expect((await ask(owner, `GET /user/team_detail?x=${'a'.repeat(20_000)}`)).status).toBe(414);
  });
});

describe('bodies', () => {
  const form = () => {
    const data = new FormData();
    data.set('identifier', 'from-a-form');
    data.set('teamName', 'Web');
    return data;
  };
  const json = JSON.stringify({ identifier: 'from-json', teamName: 'Web' });
  const typed = (type: string, body: string) => ({ headers: { 'Content-Type': type }, body });
  test.each<[string, () => RequestInit]>([
    ['multipart/form-data', () => ({ body: form() })],
    ['application/json', () => typed('application/json', json)],
    ['application/vnd.api+json', () => typed('application/vnd.api+json; charset=utf-8', json)],
    ['application/merge-patch+json', () => typed('Application/Merge-Patch+JSON', json)],
    ['text/json', () => typed('text/json', json)],
    ['a form', () => ({ body: new URLSearchParams({ identifier: 'from-a-form', teamName: 'Web' }) })],
    ['a form without a name', () => ({ body: Buffer.from('identifier=from-a-form&teamName=Web') })],
  ])('%s is read', async (_, init) => {
    const client = await organization();
    expect((await client.ask(owner, 'POST /user/service-accounts', init())).status).toBe(200);
    expect(client.stack.accounts().at(-1)).toMatchObject({
      identifier: expect.stringMatching(/^from-/),
      team: 'Web',
    });
  });
  test.each<[string, () => RequestInit, number]>([
    [
      'a file in place of a text',
      () => {
        const data = form();
        data.set('identifier', new Blob(['abc']), 'a.txt');
        return { body: data };
      },
      422,
    ],
    ['a multipart body that is none', () => typed('multipart/form-data; boundary=x', 'identifier=abc'), 400],
    ['a multipart body without boundary', () => typed('multipart/form-data', 'identifier=abc'), 400],
    [
      'a nested name',
      () => {
        const data = form();
        data.set('user[name]', 'x');
        return { body: data };
      },
      422,
    ],
    ['+json that is none', () => typed('application/vnd.api+json', '{'), 400],
  ])('%s is told', async (_, init, status) => {
    const { ask, stack: local } = await organization();
    expect((await ask(owner, 'POST /user/service-accounts', init())).status).toBe(status);
    expect(local.accounts()).toHaveLength(3);
  });
});

test('localhost is this machine in both of its addresses', async () => {
  const six = Object.values(networkInterfaces())
    .flat()
    .some((one) => one?.address === '::1');
  const { port } = await listening();
  for (const host of ['127.0.0.1', 'localhost', ...(six ? ['[::1]'] : [])]) {
    const ask = asking(fetch, `http://${host}:${port}`);
    expect([host, (await ask(owner, 'GET /user/service-accounts')).status]).toEqual([host, 200]);
  }
});

describe('lists of builds and sessions', () => {
  async function withBuilds() {
    const client = await organization();
    const ids: string[] = [];
    for (const name of ['one', 'two', 'three']) {
      const { sessionId } = (await openSession(client, owner, { buildName: name })).body.value;
      ids.push(sessionId);
    }
    await client.ask(undefined, `DELETE /wd/hub/session/${ids[0]}`);
    return client;
  }
  const names = (body: { automation_build: { name: string } }[]) =>
    body.map((one) => one.automation_build.name);
  test.each([
    ['', ['three', 'two', 'one']],
    ['?limit=2', ['three', 'two']],
    ['?limit=1&offset=1', ['two']],
    ['?offset=3', []],
    ['?status=running', ['three', 'two']],
    ['?status=done', ['one']],
    ['?status=failed', []],
    ['?status=running&limit=1&offset=1', ['two']],
  ])('builds.json%s', async (query, expected) => {
    const { ask } = await withBuilds();
    expect(names((await ask(owner, `GET /automate/builds.json${query}`)).body)).toEqual(expected);
  });
  const wrong = [
    'limit=0',
    'limit=-1',
    'limit=abc',
    'limit=101',
    'limit=1.5',
    'limit=1e1',
    'limit=0x1',
    'limit=',
    'offset=-1',
    'offset=x',
    'status=nonsense',
    'status=',
  ];
  test.each(wrong)('%s is refused, of sessions too', async (query) => {
    const { ask } = await withBuilds();
    const [{ automation_build: build }] = (await ask(owner, 'GET /automate/builds.json')).body;
    for (const path of ['/automate/builds.json', `/automate/builds/${build.hashed_id}/sessions.json`]) {
      const reply = await ask(owner, `GET ${path}?${query}`);
      expect(reply.status).toBe(422);
      expect(reply.body.message).toContain(query.split('=')[0]);
    }
  });
  test.each(wrong)('%s is passed over where the switch says so', async (query) => {
    const { ask } = await organization({ behaviours: { 'bad-list-parameter': 'ignore' } });
    expect((await ask(owner, `GET /automate/builds.json?${query}`)).status).toBe(200);
  });
  test.each([
    'GET /user/user_detail?role=king',
    'GET /user/user_detail?status=asleep',
    'GET /user/user_detail?product_access=teleport',
    'GET /user/v2/user-detail?page=0x1',
  ])('%s is refused alike', async (line) => {
    const { ask } = await organization();
    expect((await ask(owner, line)).status).toBe(422);
    const tolerant = await organization({ behaviours: { 'bad-list-parameter': 'ignore' } });
    expect((await tolerant.ask(owner, line)).status).toBe(200);
  });
});

describe('scripts on the hub', () => {
  test.each(['sync', 'async'])('execute/%s says that there is no browser', async (kind) => {
    const client = await organization();
    const { sessionId } = (await openSession(client, owner)).body.value;
    for (const script of ['return 1', 'throw new Error("x")', 'return document.title', '']) {
      const body = JSON.stringify({ script, args: [] });
      const reply = await client.ask(undefined, `POST /wd/hub/session/${sessionId}/execute/${kind}`, {
        body,
      });
      expect(reply.status).toBe(404);
      expect(reply.body.value).toMatchObject({
        error: 'unknown command',
        message: expect.stringContaining('no browser'),
      });
    }
  });
  test('orders to BrowserStack are carried out', async () => {
    const client = await organization();
    const { sessionId } = (await openSession(client, owner)).body.value;
    const script = 'browserstack_executor: {"action":"setSessionName","arguments":{"name":"renamed"}}';
    const body = JSON.stringify({ script, args: [] });
    const reply = await client.ask(undefined, `POST /wd/hub/session/${sessionId}/execute/sync`, { body });
    expect([reply.status, reply.body.value, client.stack.sessions()[0]?.name]).toEqual([
      200,
      null,
      'renamed',
    ]);
  });
});
