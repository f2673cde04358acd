import { X509Certificate } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { certificatePem, makeCertificate } from '../../src/tfplugin/certificate.ts';
import { handshakeLine, readHandshakeRequest } from '../../src/tfplugin/handshake.ts';
import { socketPaths } from '../../src/tfplugin/socket-path.ts';
import { buildPlugin } from '../helpers/plugin/build-plugin.ts';
import { connect } from '../helpers/plugin/client.ts';
import { useEchoProgram } from '../helpers/plugin/echo-program.ts';
import { endpointOf, launch } from '../helpers/plugin/stand-in.ts';

const echo = useEchoProgram();
const cookie = 'd602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2';

test('the line names protocol 6, a socket, grpc and a certificate, and the server answers there', async () => {
  const plugin = await echo.start();
  expect(plugin.handshake.slice(0, 3)).toEqual(['1', '6', 'unix']);
  expect(plugin.handshake[4]).toBe('grpc');
  const schema = await plugin.client.call('getProviderSchema', {});
  expect([...schema.resourceSchemas.keys()]).toEqual(['echo_thing']);
  expect(await plugin.shutdown()).toBe(0);
});

test('trap 1: what is printed before the handshake does not come before it', async () => {
  const { firstLine, stdout, kill } = await echo.launch({ env: { ECHO_FAULT: 'early-noise' } });
  expect(firstLine).toMatch(/^1\|6\|/);
  expect(stdout()).not.toContain('hello');
  kill();
});

test('trap 2: the line ends with a line end, in one write', async () => {
  const { firstLine, kill } = await echo.launch();
  expect(firstLine).toMatch(/^[^\n]+\n$/);
  kill();
});

test('trap 3: the certificate is unpadded base64 of the DER, whatever its length', async () => {
  const lengths = new Set<number>();
  for (let round = 0; round < 60; round++) {
    const { der } = makeCertificate(new Date('2026-01-01T00:00:00Z'));
    lengths.add(der.length % 3);
    const field = handshakeLine({ network: 'unix', path: '/x' }, der).trimEnd().split('|')[5] ?? '';
    expect(field).toMatch(/^[A-Za-z0-9+/]+$/);
    expect(Buffer.from(field, 'base64').equals(der)).toBe(true);
  }
  // Otherwise the loop proved nothing about padding.
  expect(lengths.size).toBeGreaterThan(1);
});

test('trap 4: a certificate is sent whenever the engine sent one', async () => {
  const { firstLine, kill } = await echo.launch();
  const certificate = new X509Certificate(Buffer.from(firstLine.trimEnd().split('|')[5] ?? '', 'base64'));
  expect(certificate.subject).toBe('CN=localhost');
  expect(certificate.checkHost('localhost')).toBe('localhost');
  expect(certificate.ca).toBe(true);
  expect(certificate.verify(certificate.publicKey)).toBe(true);
  kill();
});

test('a certificate of any length is written so that OpenSSL reads it', () => {
  for (let length = 1; length < 400; length++) {
    const bytes = Buffer.alloc(length, length);
    const lines = certificatePem(bytes).trimEnd().split('\n');
    const body = lines.slice(1, -1);
    for (const line of body) expect(line).toMatch(/^[A-Za-z0-9+/=]{1,64}$/);
    expect(Buffer.from(body.join(''), 'base64')).toEqual(bytes);
  }
});

test('the certificate is valid now, in UTC, and another one each time', () => {
  const now = new Date('2049-06-01T12:00:00Z');
  const [one, two] = [makeCertificate(now), makeCertificate(now)].map(({ der }) => new X509Certificate(der));
  expect(Date.parse(one!.validFrom)).toBe(Date.parse('2049-05-31T12:00:00Z'));
  // Past 2049 the other form of time is needed.
  expect(new Date(one!.validTo).getUTCFullYear()).toBe(2059);
  expect(one!.serialNumber).not.toBe(two!.serialNumber);
  expect(one!.publicKey.equals(two!.publicKey)).toBe(false);
});

test('trap 5: a package.json of type "module" around the package does not break it', async () => {
  const outer = mkdtempSync(path.join(tmpdir(), 'module-'));
  writeFileSync(path.join(outer, 'package.json'), '{"type":"module"}');
  const file = await buildPlugin(path.join(outer, 'terraform.d/plugins/x'));
  const { firstLine, kill } = await launch(file);
  expect(firstLine).toMatch(/^1\|6\|/);
  kill();
  rmSync(outer, { recursive: true });
});

test('trap 7: nothing is ever written beside the executable', async () => {
  const before = readdirSync(echo.directory);
  const plugin = await echo.start({ cwd: echo.directory, env: { TF_LOG: 'TRACE' } });
  await plugin.client.call('getProviderSchema', {});
  await plugin.shutdown();
  expect(readdirSync(echo.directory)).toEqual(before);
});

test('trap 11: a temporary directory with too long a name, or none at all, falls back to /tmp', async () => {
  const long = mkdtempSync(path.join(tmpdir(), 'x'.repeat(90)));
  // Whoever may write everywhere may still make no socket in /proc.
  for (const TMPDIR of [long, '/does/not/exist', '/proc']) {
    const plugin = await echo.start({ env: { TMPDIR } });
    expect(plugin.handshake[3]).toMatch(/^\/tmp\/tfp-/);
    await plugin.client.call('getProviderSchema', {});
    expect(await plugin.shutdown()).toBe(0);
  }
  rmSync(long, { recursive: true });
  expect(socketPaths(['/does/not/exist'])).toEqual([]);
});

test('trap 12: only this user may open the socket, and it is gone after the process', async () => {
  const plugin = await echo.start();
  const socket = plugin.handshake[3] ?? '';
  expect(statSync(socket).mode & 0o077).toBe(0);
  await plugin.shutdown();
  expect(existsSync(socket)).toBe(false);
});

test('trap 13: a first connection, also over TCP, does not end the process', async () => {
  const plugin = await echo.start({ env: { ECHO_NETWORK: 'tcp' } });
  expect(plugin.handshake[2]).toBe('tcp');
  expect(plugin.handshake[3]).toMatch(/^127\.0\.0\.1:1\d{4}$/);
  await plugin.client.call('getProviderSchema', {});
  expect(await plugin.shutdown()).toBe(0);
});

test('TCP takes the next port when one is taken, and is refused without TLS', async () => {
  const env = { ECHO_NETWORK: 'tcp', PLUGIN_MIN_PORT: '23450', PLUGIN_MAX_PORT: '23459' };
  const [one, two] = [await echo.start({ env }), await echo.start({ env })];
  expect(one.handshake[3]).not.toBe(two.handshake[3]);
  const { firstLine, exited } = await echo.launch({ tls: false, env });
  expect(firstLine).toMatch(/^No TCP without TLS/);
  expect(await exited).toBe(1);
});

test('trap 14: an engine that offers no protocol 6 is told so, on the line it shows to the user', async () => {
  const { firstLine, exited } = await echo.launch({ versions: '4,5' });
  expect(firstLine).toMatch(/speaks plugin protocol 6 only, and this program offered 4, 5\. Use Terraform/);
  expect(firstLine.trimEnd()).not.toMatch(/[|\n]/);
  expect(await exited).toBe(1);
});

test('started by hand it says what it is', async () => {
  const { stderr, exited } = await echo.launch({ env: { TF_PLUGIN_MAGIC_COOKIE: undefined } });
  expect(await exited).toBe(1);
  expect(stderr()).toContain('does nothing by itself: Terraform or OpenTofu starts it');
  expect(() => readHandshakeRequest({ TF_PLUGIN_MAGIC_COOKIE: 'x' }, 'a')).toThrow(
    'This program is a plugin',
  );
  expect(readHandshakeRequest({ TF_PLUGIN_MAGIC_COOKIE: cookie, PLUGIN_MIN_PORT: 'x' }, 'a').ports.min).toBe(
    10_000,
  );
});

test('without a client certificate in the environment there is no TLS, as TF_DISABLE_PLUGIN_TLS asks', async () => {
  const plugin = await echo.start({ tls: false });
  expect(plugin.handshake[5]).toBe('');
  await plugin.client.call('getProviderSchema', {});
  expect(await plugin.shutdown()).toBe(0);
});

test('a client without a certificate, or with another one, is refused; the right one still gets in', async () => {
  const plugin = await echo.start();
  const target = endpointOf(plugin.handshake);
  const serverCertificate = plugin.handshake[5] ?? '';
  const stranger = makeCertificate(new Date());
  for (const options of [{}, { certificate: stranger }]) {
    const client = connect(target, { ...options, serverCertificate });
    await expect(client.call('getProviderSchema', {})).rejects.toThrow('UNAVAILABLE');
    client.close();
  }
  const plain = connect(target, { serverCertificate: '' });
  await expect(plain.call('getProviderSchema', {})).rejects.toThrow('UNAVAILABLE');
  plain.close();
  await plugin.client.call('getProviderSchema', {});
  expect(await plugin.shutdown()).toBe(0);
});
