// HTTP/2 as others write it: beside grpc-js (all tests here) and grpc-go (each engine), nghttp2 in curl.

import { execFile, execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import http2 from 'node:http2';
import net from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, describe, expect, test } from 'vitest';
import { useEchoProgram } from '../helpers/plugin/echo-program.ts';

const echo = useEchoProgram();
const directory = mkdtempSync(join(tmpdir(), 'foreign-'));
afterAll(() => rmSync(directory, { recursive: true }));

const CURL = (() => {
  try {
    return execFileSync('curl', ['--version'], { encoding: 'utf8' }).includes('nghttp2');
  } catch {
    return false;
  }
})();

describe.skipIf(!CURL)('curl with nghttp2 (skipped where there is none)', () => {
  test.each([
    ['/grpc.health.v1.Health/Check', '0'],
    ['/tfplugin6.Provider/GetProviderSchema', '0'],
    ['/tfplugin6.Provider/Nothing', '12'],
  ])('%s ends with status %s, over a socket and over mutual TLS', async (path, status) => {
    const message = join(directory, 'message');
    writeFileSync(message, Buffer.alloc(5));
    const ask = (...where: readonly string[]) =>
      promisify(execFile)('curl', [
        ...['--silent', '--show-error', '--output', '/dev/null', '--dump-header', '-', '--request', 'POST'],
        ...['--header', 'content-type: application/grpc', '--header', 'te: trailers'],
        ...['--data-binary', `@${message}`, ...where],
      ]);
    const plain = await echo.launch({ tls: false });
    const [, , , socket = ''] = plain.firstLine.split('|');
    const over = await ask('--http2-prior-knowledge', '--unix-socket', socket, `http://localhost${path}`);
    expect(over.stdout).toMatch(new RegExp(`^HTTP/2 200 [^]*grpc-status: ${status}\r\n`, 'u'));
    plain.kill();
    const plugin = await echo.start();
    const files = { key: 'key.pem', cert: 'cert.pem', cacert: 'server.pem' };
    const [key, cert, cacert] = Object.values(files).map((name) => join(directory, name));
    writeFileSync(key ?? '', plugin.clientCertificate.keyPem);
    writeFileSync(cert ?? '', plugin.clientCertificate.certificatePem);
    const server = Buffer.from(plugin.handshake[5] ?? '', 'base64').toString('base64');
    const lines = server.match(/.{1,64}/gu)?.join('\n');
    writeFileSync(cacert ?? '', `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`);
    const trust = ['--key', key ?? '', '--cert', cert ?? '', '--cacert', cacert ?? ''];
    const mutual = await ask(
      '--unix-socket',
      plugin.handshake[3] ?? '',
      ...trust,
      `https://localhost${path}`,
    );
    expect(mutual.stdout).toMatch(new RegExp(`grpc-status: ${status}\r\n`, 'u'));
    expect(await plugin.shutdown()).toBe(0);
  });
});

function connected(path: string): http2.ClientHttp2Session {
  const socket = net.connect(path).on('error', () => undefined);
  const client = http2.connect('http://localhost', { createConnection: () => socket });
  return client.on('error', () => undefined);
}

describe('what a client may do and few do', () => {
  async function session() {
    const plugin = await echo.launch({ tls: false });
    const [, , , socket = ''] = plugin.firstLine.split('|');
    const client = connected(socket);
    await once(client, 'connect');
    const ask = (headers: http2.OutgoingHttpHeaders) =>
      client.request({
        ':method': 'POST',
        ':path': '/grpc.health.v1.Health/Check',
        'content-type': 'application/grpc',
        te: 'trailers',
        ...headers,
      });
    const statusOf = (stream: http2.ClientHttp2Stream) =>
      new Promise<string>((resolve) => {
        const tell = (headers: http2.IncomingHttpHeaders) => {
          if (headers['grpc-status'] !== undefined) resolve(String(headers['grpc-status']));
        };
        stream
          .on('response', tell)
          .on('trailers', tell)
          .on('error', () => resolve('reset'))
          .resume();
      });
    return { plugin, client, ask, statusOf };
  }

  test('a message byte by byte, pings and settings in between', async () => {
    const { plugin, client, ask, statusOf } = await session();
    const stream = ask({});
    const status = statusOf(stream);
    for (const byte of Buffer.alloc(5)) {
      stream.write(Buffer.from([byte]));
      await new Promise<void>((resolve, reject) =>
        client.ping((error) => (error === null ? resolve() : reject(error))),
      );
      await new Promise<void>((resolve) => client.settings({ initialWindowSize: 1000 }, () => resolve()));
    }
    stream.end();
    expect(await status).toBe('0');
    client.destroy();
    plugin.kill();
  });

  test('a window of one byte: the answer comes, in as many frames', async () => {
    const { plugin, client, ask, statusOf } = await session();
    await new Promise<void>((resolve) => client.settings({ initialWindowSize: 1 }, () => resolve()));
    const stream = ask({ ':path': '/tfplugin6.Provider/GetMetadata' });
    let frames = 0;
    stream.on('data', () => frames++);
    const status = statusOf(stream);
    stream.end(Buffer.alloc(5));
    expect(await status).toBe('0');
    expect(frames).toBeGreaterThan(5);
    client.destroy();
    plugin.kill();
  });

  test('a time limit ends a call that takes longer', async () => {
    const { plugin, client, ask, statusOf } = await session();
    const stream = ask({ ':path': '/grpc.health.v1.Health/Watch', 'grpc-timeout': '50m' });
    stream.end(Buffer.alloc(5));
    expect(['4', '0']).toContain(await statusOf(stream));
    client.destroy();
    plugin.kill();
  });

  test('another content type, another method of HTTP, no path of ours', async () => {
    const { plugin, client, ask } = await session();
    const status = async (headers: http2.OutgoingHttpHeaders) => {
      const stream = ask(headers);
      const answer = new Promise<number | undefined>((resolve) =>
        stream.on('response', (head) => resolve(head[':status'])),
      );
      stream
        .on('error', () => undefined)
        .resume()
        .end(Buffer.alloc(5));
      return answer;
    };
    expect(await status({ 'content-type': 'application/json' })).toBe(415);
    expect(await status({ ':path': '/' })).toBe(200);
    expect(await status({ ':path': `/${'x'.repeat(5000)}\u00e9` })).toBe(200);
    client.destroy();
    plugin.kill();
  });

  test('a refusal comes before the request was sent, and the rest of it harms nobody', async () => {
    const { plugin, client, ask } = await session();
    for (const headers of [{ ':path': '/tfplugin6.Provider/Nothing' }, { 'content-type': 'text/plain' }]) {
      const stream = ask(headers);
      const broken: unknown[] = [];
      stream.on('error', (error) => broken.push(error)).resume();
      await once(stream, 'response');
      // By now the server has said all it has to say.
      await new Promise<void>((resolve) => client.ping(() => resolve()));
      await new Promise<void>((resolve) => client.ping(() => resolve()));
      stream.write(Buffer.alloc(100_000));
      stream.end(Buffer.alloc(5));
      await once(stream, 'close');
      expect(broken).toEqual([]);
      expect(stream.rstCode).toBe(http2.constants.NGHTTP2_NO_ERROR);
    }
    client.destroy();
    plugin.kill();
  });

  test('a client that leaves in the middle of everything leaves the server as it was', async () => {
    const plugin = await echo.launch({ tls: false });
    const [, , , socket = ''] = plugin.firstLine.split('|');
    for (let round = 0; round < 50; round++) {
      const client = connected(socket);
      const stream = client.request({
        ':method': 'POST',
        ':path': '/tfplugin6.Provider/GetProviderSchema',
        'content-type': 'application/grpc',
      });
      stream.on('error', () => undefined);
      stream.write(Buffer.alloc(round % 7));
      if (round % 2 === 0) stream.end(Buffer.alloc(5 - Math.min(5, round % 7)));
      await new Promise((resolve) => setImmediate(resolve));
      if (round % 3 === 0) stream.close(http2.constants.NGHTTP2_CANCEL);
      client.destroy();
    }
    const last = connected(socket);
    await once(last, 'connect');
    await new Promise<void>((resolve, reject) =>
      last.ping((error) => (error === null ? resolve() : reject(error))),
    );
    last.destroy();
    expect(plugin.stderr()).toBe('');
    plugin.kill();
  });
});
