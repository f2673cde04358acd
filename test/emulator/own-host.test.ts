// Console and control API act for people and tools on this machine, not for a page that somebody else's site shows them.

import { type IncomingHttpHeaders, request as send } from 'node:http';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createLocalBrowserStack, type LocalBrowserStack } from '../../src/emulator/local-browserstack.ts';
import { organization, owner, seed } from './organization.ts';

let stack: LocalBrowserStack;
let port: number;
beforeEach(async () => {
  stack = await createLocalBrowserStack({ seed, rateLimit: 'off' });
  port = Number(new URL((await stack.listen()).url).port);
});
afterEach(() => stack.close());

/** `fetch` does not let anybody set Host and Origin; a browser under attack sets them. */
function ask(line: string, headers: Record<string, string> = {}, body?: string) {
  const [method, path] = line.split(' ');
  return new Promise<{ status: number; headers: IncomingHttpHeaders; text: string }>((resolve, reject) => {
    const request = send({ host: '127.0.0.1', port, method, path, headers }, (response) => {
      let text = '';
      response.on('data', (chunk) => {
        text += chunk;
      });
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, text }),
      );
    });
    request.on('error', reject);
    request.end(method === 'POST' ? body : undefined);
  });
}
const json = { 'Content-Type': 'application/json' };
const fault = JSON.stringify({ kind: 'status', status: 503 });
const doors = [
  'GET /',
  'GET /_local/requests',
  'GET /_local/console/members',
  'GET /_local/openapi.json',
  'GET /_local/nothing',
];

describe('a name that somebody points at this machine (DNS rebinding)', () => {
  const foreign = [
    'evil.example',
    'evil.example:80',
    'localhost.evil.example',
    '127.0.0.1.evil.example',
    'notlocalhost',
  ];
  test.each(foreign.flatMap((host) => doors.map((line) => [host, line])))(
    'Host: %s gets nothing at %s',
    async (host, line) => {
      await ask('GET /user/team_detail', { Authorization: `Basic ${btoa(owner)}` });
      const { status, text } = await ask(line, { Host: host });
      expect(status).toBe(403);
      expect(text).toContain('localhost');
      expect(text).not.toContain('olivia');
    },
  );
  test('Host: evil.example arms no fault and acts for no member', async () => {
    const headers = { ...json, Host: `evil.example:${port}`, Origin: `http://evil.example:${port}` };
    const act = JSON.stringify({ as: 'olivia', action: 'delete-account', username: 'webci_1' });
    expect((await ask('POST /_local/faults', headers, fault)).status).toBe(403);
    expect((await ask('POST /_local/console/act', headers, act)).status).toBe(403);
    expect((await ask('DELETE /_local/requests', headers)).status).toBe(403);
    expect(stack.accounts()).toHaveLength(3);
    expect((await ask('GET /user/team_detail', { Authorization: `Basic ${btoa(owner)}` })).status).toBe(200);
  });
  test.each([
    '127.0.0.1',
    'localhost',
    'LOCALHOST',
    'localhost.',
    'acme.localhost',
    '[::1]',
    '192.168.7.7',
    '10.0.0.1',
  ])('Host: %s is no such name', async (host) => {
    for (const line of doors.slice(0, -1))
      expect((await ask(line, { Host: `${host}:${port}` })).status).toBe(200);
  });
});

describe('a page of another origin, which a browser lets send what it calls simple', () => {
  const origins = [
    'https://evil.example',
    'null',
    'http://localhost:1',
    'https://127.0.0.1',
    'file://',
    'nonsense',
  ];
  test.each(origins)('Origin: %s is refused, whatever it sends', async (origin) => {
    for (const type of [
      'text/plain',
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=x',
      'application/json',
    ])
      for (const line of [
        'POST /_local/faults',
        'POST /_local/console/act',
        'POST /_local/console/sign-in',
        'DELETE /_local/faults',
      ])
        expect((await ask(line, { 'Content-Type': type, Origin: origin }, fault)).status).toBe(403);
    expect((await ask('GET /user/team_detail', { Authorization: `Basic ${btoa(owner)}` })).status).toBe(200);
  });
  test('the own origin is not', async () => {
    const headers = { ...json, Host: `localhost:${port}`, Origin: `http://localhost:${port}` };
    expect((await ask('POST /_local/faults', headers, fault)).status).toBe(200);
  });
});

describe('a body that is not called JSON', () => {
  test.each([
    'text/plain',
    'text/plain;charset=UTF-8',
    'application/x-www-form-urlencoded',
    'multipart/form-data',
    undefined,
  ])('is refused with a word on what to send: %s', async (type) => {
    const { status, text } = await ask(
      'POST /_local/faults',
      type === undefined ? {} : { 'Content-Type': type },
      fault,
    );
    expect(status).toBe(415);
    expect(JSON.parse(text).message).toContain('application/json');
  });
  test.each(['application/json', 'Application/JSON; charset=utf-8', 'application/vnd.api+json'])(
    '%s is',
    async (type) => {
      expect((await ask('POST /_local/faults', { 'Content-Type': type }, fault)).status).toBe(200);
    },
  );
  test('and an empty one needs no name', async () => {
    expect((await ask('DELETE /_local/faults')).status).toBe(200);
  });
});

test('the API answers under any name, as it does behind a proxy or in a container; its keys guard it', async () => {
  const headers = { Host: 'browserstack:4000', Authorization: `Basic ${btoa(owner)}` };
  expect((await ask('GET /user/team_detail', headers)).status).toBe(200);
});

test('a caller in this process is no browser', async () => {
  const client = await organization();
  expect((await client.ask(undefined, 'GET /_local/requests')).status).toBe(200);
});
