import { execFile } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, describe, expect, it } from 'vitest';
import type { Endpoint } from '../../src/http/endpoint.ts';
import { NoAnswer } from '../../src/http/exchange.ts';
import { transportFailure } from '../../src/http/transport-failure.ts';
import { serviceAccounts } from '../../src/resources/service-account/index.ts';
import { teams } from '../../src/resources/team/index.ts';
import { caught } from '../helpers/caught.ts';
import { type RawServer, rawServer, sessionIn } from '../helpers/raw-server.ts';

const WRITE: Endpoint<unknown> = {
  method: 'POST',
  path: '/user/service-accounts',
  repeatable: false,
  budget: 'account-management',
};

const open: { close(): unknown }[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

async function failing(settings: Parameters<typeof sessionIn>[0], env: Record<string, string> = {}) {
  const session = await sessionIn(settings, { env });
  return caught(session.client.send(WRITE));
}

describe('where nothing was sent, nothing says that it was', () => {
  it.each([
    ['http_proxy', '127.0.0.1:9'],
    ['HTTP_PROXY', 'http://127.0.0.1:9'],
    ['HTTPS_PROXY', ' 127.0.0.1:9 '],
    ['HTTPS_PROXY', 'user:s3cret-pw@127.0.0.1:9'],
    ['HTTPS_PROXY', 'http://localhost:9'],
  ])(
    '%s=%s: a missing scheme means http, and the proxy is named that cannot be reached',
    async (variable, value) => {
      const base_url = variable.startsWith('HTTPS') ? 'https://example.invalid' : 'http://example.invalid';
      const problem = await failing({ base_url }, { [variable]: value });
      expect(problem).toMatchObject({ code: 'unreachable', summary: 'The proxy cannot be reached' });
      expect(problem.detail).toContain(`:9 (${variable})`);
      expect(problem.message).not.toContain('s3cret-pw');
    },
  );

  it.each([
    [407, 'It wants credentials'],
    [403, 'name example.invalid in NO_PROXY'],
  ])('a proxy that answers %s is named', async (status, advice) => {
    const proxy = createServer().on('connect', (_request, socket) => {
      socket.end(`HTTP/1.1 ${status} No\r\n\r\n`);
    });
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
    open.push(proxy);
    // A server that listens on TCP has such an address.
    const { port } = proxy.address() as AddressInfo;
    const problem = await failing(
      { base_url: 'https://example.invalid' },
      { HTTPS_PROXY: `http://127.0.0.1:${port}` },
    );
    expect(problem).toMatchObject({ code: 'unreachable', summary: 'The proxy refuses' });
    expect(problem.detail).toContain(`the proxy 127.0.0.1:${port} (HTTPS_PROXY) answered ${status}`);
    expect(problem.detail).toContain(advice);
  });

  it.each(['::::', 'ftp://127.0.0.1:21', 'http://', 'http://u:s3cret-pw@:80'])(
    'a proxy variable that names none (%s) is named, and its text is not repeated',
    async (value) => {
      const problem = await failing({ base_url: 'http://127.0.0.1:1' }, { HTTP_PROXY: value });
      expect(problem).toMatchObject({
        code: 'unreachable',
        summary: 'HTTP_PROXY is not the address of a proxy',
      });
      expect(problem.message).not.toContain('s3cret-pw');
    },
  );

  it.each([
    'http://127.0.0.1:0',
    'http://example.invalid',
    'https://127.0.0.1:1',
    'http://[::1]:1',
    'http://a..b:1',
  ])('base_url %s cannot be reached', async (base_url) => {
    const problem = await failing({ base_url });
    expect(['unreachable', 'invalid_input']).toContain(problem.code);
    expect(problem.message).not.toContain('was sent');
  });

  it('names the variables for a certificate that is not trusted', async () => {
    const cause = Object.assign(new Error('self-signed certificate in certificate chain'), {
      code: 'SELF_SIGNED_CERT_IN_CHAIN',
    });
    const { problem } = transportFailure(new NoAnswer(false, cause), 'GET /x', {
      baseUrl: 'https://api.browserstack.com',
      network: { dispatcher: () => Promise.reject(cause) },
      timeout: 1,
    });
    expect(problem.detail).toContain('NODE_EXTRA_CA_CERTS or SSL_CERT_FILE');
  });

  it('a bug stays a bug, and memory that is missing is no answer of the service', () => {
    const from = (cause: unknown) =>
      transportFailure(new NoAnswer(false, cause), 'PUT /x', {
        baseUrl: 'https://api.browserstack.com',
        network: { dispatcher: () => Promise.reject(cause) },
        timeout: 1,
      });
    for (const bug of [new ReferenceError('File is not defined'), new TypeError('x is no function')])
      expect(() => from(bug)).toThrow(bug);
    const { problem, effect } = from(new RangeError('WebAssembly.instantiate(): Out of memory'));
    expect(effect).toBe('none');
    expect(problem).toMatchObject({ code: 'unreachable', summary: 'The request could not be sent' });
    expect(problem.detail).toContain('nothing left this machine (RangeError: WebAssembly');
  });

  it.each(['ftp://127.0.0.1:21', 'http://[::1'])(
    'a list that a proxy variable stops (%s) says nothing of the credentials',
    async (value) => {
      const session = await sessionIn({ base_url: 'http://127.0.0.1:1' }, { env: { HTTP_PROXY: value } });
      for (const listed of [session.snapshot(teams).get(), session.snapshot(serviceAccounts).get()])
        expect((await caught(listed)).summary).toBe('HTTP_PROXY is not the address of a proxy');
    },
  );

  it.each([4_000_000, 1_200_000])(
    'says so of a real process that may use %s KiB of memory',
    async (limit) => {
      const server: RawServer = await rawServer((_request, response) => response.end('[]'));
      open.push(server);
      const entry = join(fileURLToPath(new URL('../..', import.meta.url)), 'dist/src/entry/cli.js');
      const { stdout } = await promisify(execFile)(
        'sh',
        ['-c', `ulimit -v ${limit}; "${process.execPath}" "${entry}" keys 2>&1; true`],
        {
          env: {
            PATH: process.env.PATH,
            HOME: '/nonexistent',
            BROWSERSTACK_USERNAME: 'x',
            BROWSERSTACK_ACCESS_KEY: 'y',
            BROWSERSTACK_API_URL: server.url,
            BROWSERSTACK_MAX_RETRIES: '0',
            BROWSERSTACK_REQUEST_BUDGET_DIRECTORY: 'off',
          },
        },
      );
      expect(stdout).toMatch(/memory/iu);
      expect(stdout).not.toMatch(/was sent|This is a bug/u);
    },
  );
});
