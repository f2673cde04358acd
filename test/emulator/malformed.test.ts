// Nothing that can be sent makes the server fall over, tell its insides, or answer 500.

import { connect } from 'node:net';
import fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';
import { createLocalBrowserStack, type LocalBrowserStack } from '../../src/emulator/local-browserstack.ts';
import { operations } from '../../src/emulator/routes/index.ts';
import { asking, organization, owner, seed } from './organization.ts';

let stack: LocalBrowserStack | undefined;
afterEach(() => stack?.close());

const INSIDES = /\bat .*:\d+:\d+|node_modules|\.ts:|Error:|undefined/;

/** Bytes as they are on the wire, which no HTTP client would send. */
async function raw(text: string | Buffer): Promise<string> {
  stack ??= await createLocalBrowserStack({ seed, rateLimit: 'off' });
  const { port } = new URL((await stack.listen()).url);
  return new Promise((resolve, reject) => {
    let answer = '';
    const socket = connect(Number(port), '127.0.0.1', () => socket.end(text));
    socket.on('data', (chunk) => {
      answer += chunk;
    });
    socket.on('close', () => resolve(answer));
    // Whoever answers before it has read everything may also reset the connection.
    socket.on('error', (error) => (answer === '' ? reject(error) : resolve(answer)));
  });
}
const basic = `Authorization: Basic ${Buffer.from(owner).toString('base64')}`;
const request = (line: string, headers: string[] = [], body = '') =>
  `${line} HTTP/1.1\r\n${['Host: x', 'Connection: close', basic, ...headers].join('\r\n')}\r\n\r\n${body}`;

describe('on the wire', () => {
  test.each([
    ['no HTTP at all', 'hello\r\n\r\n', 400],
    ['bytes', Buffer.from([0x16, 0x03, 0x01, 0x00, 0xff, 0x0d, 0x0a, 0x0d, 0x0a]), 400],
    ['no host', 'GET /user/team_detail HTTP/1.1\r\nConnection: close\r\n\r\n', 400],
    ['a nonsense host', request('GET /user/team_detail').replace('Host: x', 'Host: a b/c?d'), 400],
    [
      'a host that is no address',
      request('GET /user/team_detail').replace('Host: x', 'Host: 1.2.3.4.5'),
      400,
    ],
    ['two lengths', request('POST /v1/projects', ['Content-Length: 3', 'Content-Length: 4'], 'abcd'), 400],
    ['a header split by injection', request('GET /user/team_detail', ['X: a\nb\0c']), 400],
    ['path traversal', request('GET /user/../../etc/passwd'), 404],
    ['encoded traversal', request('GET /user/%2e%2e/%2e%2e/etc/passwd'), 404],
    ['encoded slashes', request('DELETE /user/service-accounts/..%2f..%2fetc'), 404],
    ['a broken escape in the path', request('DELETE /user/service-accounts/%ff'), 400],
    ['a header of 20 kB', request('GET /user/team_detail', [`X: ${'a'.repeat(20_000)}`]), 431],
    ['a name of 12,000 characters', request(`POST /user/create_team?team_name=${'a'.repeat(12_000)}`), 422],
    ['an absolute path to elsewhere', request('GET http://example.com/user/nothing'), 404],
    ['an unknown method', request('BREW /user/team_detail'), 400],
    ['TRACE', request('TRACE /user/team_detail'), 404],
  ])('%s', async (_, bytes, status) => {
    const answer = await raw(bytes);
    expect(answer).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
    expect(answer).not.toMatch(INSIDES);
    expect((await raw(request('GET /user/team_detail'))).startsWith('HTTP/1.1 200')).toBe(true);
  });
});

describe('in requests', () => {
  const form = 'application/x-www-form-urlencoded';
  test.each([
    ['bad JSON', 'application/json', '{"identifier": ', 400],
    ['JSON that is a list', 'application/json', '["identifier"]', 422],
    ['JSON that is null', 'application/json', 'null', 422],
    ['a nested identifier', 'application/json', '{"identifier":{"a":1}}', 422],
    ['deep JSON', 'application/json', '['.repeat(50_000), 400],
    ['a wrong encoding', 'application/json', new Uint8Array([0x22, 0xff, 0xfe, 0x22]), 400],
    ['UTF-16', 'application/json', Buffer.from('{"identifier":"abc"}', 'utf16le'), 400],
    ['a broken escape', form, 'identifier=%zz', 400],
    ['2 MB', form, `identifier=${'a'.repeat(2_000_000)}`, 413],
    ['a 10,000 character name', form, `identifier=${'a'.repeat(10_000)}`, 422],
    ['control characters', form, 'identifier=abc%0d%0aSet-Cookie:%20x', 422],
    ['prototype pollution', 'application/json', '{"__proto__":{"identifier":"abc"}}', 422],
  ])('%s', async (_, type, body, status) => {
    const { ask, stack: local } = await organization();
    const reply = await ask(owner, 'POST /user/service-accounts', {
      headers: { 'Content-Type': type },
      body,
    });
    expect(reply.status).toBe(status);
    expect(reply.text).not.toMatch(INSIDES);
    expect(local.accounts()).toHaveLength(3);
  });

  const long = 'a'.repeat(10_000);
  const json = (body: object) => ({
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });
  const sessionOf = (options: object) => ({
    capabilities: {
      alwaysMatch: { 'bstack:options': { userName: 'nightly_1', accessKey: 'nightly-key', ...options } },
    },
  });
  test.each([
    ['a person of 10,000 characters', 'POST /user/create_user', { email: 'a@b', full_name: long }, 422],
    [
      'a person with control characters',
      'POST /user/create_user',
      { email: 'a@b', full_name: 'a\0b\r\nc' },
      422,
    ],
    [
      'an address of 10,000 characters',
      'POST /user/create_user',
      { email: `${long}@b`, full_name: 'A' },
      422,
    ],
    ['an address with a NUL', 'POST /user/create_user', { email: 'a\0@b', full_name: 'A' }, 422],
    ['a project of 10,000 characters', 'POST /v1/projects', { name: long, products: ['automate'] }, 422],
    ['a project with control characters', 'POST /v1/projects', { name: 'a\0b', products: ['automate'] }, 422],
    ['a session of 10,000 characters', 'POST /wd/hub/session', sessionOf({ sessionName: long }), 400],
    ['a build of 10,000 characters', 'POST /wd/hub/session', sessionOf({ buildName: long }), 400],
    ['a build with control characters', 'POST /wd/hub/session', sessionOf({ buildName: 'a\0b' }), 400],
  ])('%s', async (_, line, body, status) => {
    const { ask, stack: local } = await organization();
    const reply = await ask(owner, line, json(body));
    expect(reply.status).toBe(status);
    expect(reply.text).not.toMatch(INSIDES);
    expect([local.users().length, local.sessions().length]).toEqual([4, 0]);
  });

  test('a name in an answer never becomes a header or markup', async () => {
    const { ask } = await organization();
    const reply = await ask(owner, `POST /user/create_team?team_name=${encodeURIComponent('<b>"x"</b>')}`);
    expect(reply.headers.get('content-type')).toContain('application/json');
    expect(reply.body.message).toBe('<b>"x"</b> successfully created.');
  });

  test('whatever is sent to whatever call: 2xx or 4xx, never insides', async () => {
    const { ask } = await organization();
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string(),
      fc.constantFrom('', '%', '%00', '__proto__', '[]'),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...operations),
        fc.constantFrom(owner, 'uma:uma-key', 'nightly_1:nightly-key', 'x:y', ':', ''),
        fc.array(
          fc.tuple(
            fc.constantFrom('identifier', 'teamName', 'team_name', 'username', 'email', 'role', 'page'),
            text,
          ),
        ),
        fc.constantFrom(
          'application/json',
          form,
          'text/plain',
          'nonsense',
          'application/json; charset=utf-16',
        ),
        fc.oneof(text, fc.json()),
        async ({ method, path }, credentials, parameters, type, body) => {
          const filled = path.replaceAll(
            /\{\w+\}/g,
            () => encodeURIComponent(parameters[0]?.[1] ?? 'x') || 'x',
          );
          const query = parameters.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('&');
          const sent = method === 'GET' ? {} : { headers: { 'Content-Type': type }, body: body };
          // Rotations of the callers' own keys would only lock this test out.
          if (path.includes('recycle_key')) return;
          const reply = await ask(credentials, `${method} ${filled}?${query}`, sent);
          expect(reply.status).toBeLessThan(500);
          expect(reply.text).not.toMatch(/\bat .*:\d+:\d+|node_modules/);
        },
      ),
      { numRuns: 600, seed: 20260301 },
    );
  });

  test.each(['Basic', 'Basic !!!!', 'Basic YQ==', 'Bearer abc', `Basic ${'QQ'.repeat(5000)}`, 'basic'])(
    'the authorization %s is a 401',
    async (authorization) => {
      const { ask } = await organization();
      expect((await ask(undefined, 'GET /user/team_detail', { headers: { authorization } })).status).toBe(
        401,
      );
    },
  );

  test.each([
    ['POST /_local/faults', '{', 400],
    ['POST /_local/faults', '{"kind":"drop","path":7}', 400],
    ['POST /_local/console/act', '7', 403],
    ['POST /_local/console/act', '{"as":"olivia","action":"__proto__"}', 404],
    ['POST /_local/console/act', '{"as":"olivia","action":"create-account","identifier":{"a":1}}', 422],
    ['GET /_local/../_local/nothing', undefined, 404],
  ])('the control API: %s %s', async (line, body, status) => {
    const { ask } = await organization();
    expect((await ask(undefined, line, body === undefined ? {} : { body })).status).toBe(status);
  });
});

test('a client that sends half a body and leaves does no harm', async () => {
  stack = await createLocalBrowserStack({ seed, rateLimit: 'off' });
  const { url } = await stack.listen();
  const { port } = new URL(url);
  await new Promise<void>((resolve) => {
    const socket = connect(Number(port), '127.0.0.1', () => {
      const headers = ['Content-Type: application/json', 'Content-Length: 1000'];
      socket.write(request('POST /user/service-accounts', headers, '{"identifier":'), () => {
        socket.destroy();
        resolve();
      });
    });
  });
  expect((await asking(fetch, url)(owner, 'GET /user/service-accounts')).body).toHaveLength(3);
});
