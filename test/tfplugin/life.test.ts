import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import http2 from 'node:http2';
import net from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { impliedType } from '../../src/schema/schema.ts';
import { objectValue, type Value } from '../../src/schema/value.ts';
import { encodeValue } from '../../src/tfplugin/codec/encode.ts';
import { useEchoProgram } from '../helpers/plugin/echo-program.ts';
import { echoProvider } from '../helpers/plugin/echo-provider.ts';
import { exists, until } from '../helpers/plugin/processes.ts';
import type { Plugin } from '../helpers/plugin/stand-in.ts';

const echo = useEchoProgram();

const emptyMessage = Buffer.alloc(5);

const grpc = (path: string) => ({
  ':method': 'POST',
  ':path': path,
  'content-type': 'application/grpc',
  te: 'trailers',
});

/** An apply of one thing, with these attributes. */
function apply({ client }: Plugin, attributes: Record<string, Value>) {
  const schema = echoProvider().schemas.resources.echo_thing!;
  const names = Object.keys(schema.attributes).map((name): [string, Value] => [name, null]);
  const object = objectValue([...names, ['rule', []], ['name', 'x'], ...Object.entries(attributes)]);
  const value = { msgpack: encodeValue(object, impliedType(schema)) };
  return client.call('applyResourceChange', { typeName: 'echo_thing', plannedState: value, config: value });
}

test('trap 43: Shutdown is answered and ends the process, whatever is still open', async () => {
  const plugin = await echo.start();
  const stdio = plugin.client.stdio();
  const applying = apply(plugin, { delay: 60_000 }).catch((error: Error) => error.message);
  await plugin.client.call('getProviderSchema', {});
  expect(await plugin.shutdown()).toBe(0);
  expect(await stdio).not.toBe(0);
  expect(await applying).toMatch(/UNAVAILABLE|CANCELLED/);
});

test('trap 43: after its answer to Shutdown the process waits until the engine has left, however slowly it reads', async () => {
  const plugin = await echo.launch({ tls: false });
  const [, , , socket = ''] = plugin.firstLine.split('|');
  const engine = http2.connect('http://localhost', { createConnection: () => net.connect(socket) });
  const stdio = engine.request(grpc('/plugin.GRPCStdio/StreamStdio'));
  stdio.on('error', () => undefined);
  stdio.write(emptyMessage);
  const shutdown = engine.request(grpc('/plugin.GRPCController/Shutdown'));
  shutdown.end(emptyMessage);
  const [trailers] = await once(shutdown.resume(), 'trailers');
  expect(trailers['grpc-status']).toBe('0');
  let ended = false;
  void plugin.exited.then(() => {
    ended = true;
  });
  await sleep(500);
  expect(ended).toBe(false);
  engine.destroy();
  expect(await plugin.exited).toBe(0);
});

test('trap 43: an engine that does not leave after Shutdown is not waited for', async () => {
  const plugin = await echo.launch({ tls: false });
  const [, , , socket = ''] = plugin.firstLine.split('|');
  const engine = http2.connect('http://localhost', { createConnection: () => net.connect(socket) });
  engine.on('error', () => undefined);
  const stdio = engine.request(grpc('/plugin.GRPCStdio/StreamStdio'));
  stdio.on('error', () => undefined);
  stdio.write(emptyMessage);
  const shutdown = engine.request(grpc('/plugin.GRPCController/Shutdown'));
  shutdown.resume().end(emptyMessage);
  expect(await plugin.exited).toBe(0);
  engine.destroy();
});

test('trap 43: the stdio stream stays open until the end', async () => {
  const plugin = await echo.start();
  let ended = false;
  const stdio = plugin.client.stdio().then(() => {
    ended = true;
  });
  await apply(plugin, { delay: 300 });
  expect(ended).toBe(false);
  await plugin.shutdown();
  await stdio;
});

test('trap 44: Ctrl-C does not end it, nor what it is doing', async () => {
  const plugin = await echo.start();
  const applying = apply(plugin, { delay: 300 });
  await plugin.client.call('getProviderSchema', {});
  plugin.process.kill('SIGINT');
  plugin.process.kill('SIGINT');
  expect((await applying).diagnostics).toEqual([]);
  expect(await plugin.shutdown()).toBe(0);
});

test.each(['SIGTERM', 'SIGHUP'] as const)(
  'trap 45: %s lets what is in flight finish, then it ends',
  async (signal) => {
    const plugin = await echo.start();
    const socket = plugin.handshake[3] ?? '';
    const applying = apply(plugin, { delay: 500 });
    await plugin.client.call('getProviderSchema', {});
    plugin.process.kill(signal);
    expect((await applying).diagnostics).toEqual([]);
    expect(await plugin.exited).toBe(0);
    expect(existsSync(socket)).toBe(false);
  },
);

test('trap 46: when the engine is killed it ends by itself', async () => {
  const environment = {
    ...process.env,
    TF_PLUGIN_MAGIC_COOKIE: 'd602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2',
    PLUGIN_PROTOCOL_VERSIONS: '6',
  };
  const program = `
    const child = require('node:child_process').spawn(${JSON.stringify(echo.file)}, { stdio: ['ignore', 'pipe', 'ignore'] });
    child.stdout.once('data', (line) => console.log(child.pid + ' ' + line));
    setInterval(() => undefined, 1000);`;
  const mother = spawn(process.execPath, ['-e', program], {
    env: environment,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const [line] = await once(mother.stdout, 'data');
  const [pid = '', handshake = ''] = String(line).split(' ');
  expect(exists(Number(pid))).toBe(true);
  mother.kill('SIGKILL');
  // One second at most, and what a busy machine adds.
  await until('the orphan ended', () => !exists(Number(pid)), 10);
  expect(existsSync(handshake.split('|')[3] ?? '')).toBe(false);
});

test('trap 46: when the engine is killed before it could connect, nothing is left either', async () => {
  const program = `
    const child = require('node:child_process').spawn(${JSON.stringify(echo.file)}, { stdio: ['ignore', 'pipe', 'ignore'] });
    require('node:fs').writeSync(1, String(child.pid));
    process.kill(process.pid, 'SIGKILL');`;
  const mother = spawn(process.execPath, ['-e', program], {
    env: {
      ...process.env,
      TF_PLUGIN_MAGIC_COOKIE: 'd602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2',
      PLUGIN_PROTOCOL_VERSIONS: '6',
    },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const [pid] = await once(mother.stdout, 'data');
  await until('the orphan ended', () => !exists(Number(pid)), 10);
});

test.each(['crash', 'reject'])(
  'trap 47: what nobody caught (%s) is shown to the user, without secrets',
  async (fault) => {
    const plugin = await echo.start();
    const secret = 'v3ry-s3cret-k3y';
    const { diagnostics, newState } = await apply(plugin, { fault, secret });
    expect(diagnostics).toMatchObject([{ severity: 1, summary: 'The provider broke' }]);
    expect(newState).toBeUndefined();
    // Later calls hear it too: nobody knows what still works.
    const later = await plugin.client.call('readResource', {
      typeName: 'echo_thing',
      private: Buffer.alloc(0),
    });
    expect(later.diagnostics).toMatchObject([{ summary: 'The provider broke' }]);
    expect(await plugin.shutdown()).toBe(2);
    const stderr = plugin.stderr();
    expect(stderr).toMatch(/^panic: Error: /);
    for (const text of [stderr, diagnostics[0]?.detail]) {
      expect(text).toMatch(/on purpose with \*\*\*|nobody waits for \*\*\*/);
      expect(text).not.toContain(secret);
    }
    expect(existsSync(plugin.handshake[3] ?? '')).toBe(false);
  },
);

test('trap 47: a write that has nothing to do with a crash ends with its own answer', async () => {
  const plugin = await echo.start();
  const other = apply(plugin, { delay: 1500 });
  const broken = await apply(plugin, { fault: 'crash' });
  expect(broken.diagnostics).toHaveLength(1);
  const { diagnostics, newState } = await other;
  expect(diagnostics).toEqual([]);
  expect(newState?.msgpack?.length).toBeGreaterThan(10);
  expect(await plugin.shutdown()).toBe(2);
});

test('trap 48: nothing on stderr is JSON but our own lines', async () => {
  const plugin = await echo.start({ env: { TF_LOG: 'TRACE' } });
  await apply(plugin, { fault: 'noise' });
  await apply(plugin, { fault: 'crash' });
  await plugin.shutdown();
  const parsed = plugin
    .stderr()
    .split('\n')
    .flatMap((line) => {
      try {
        return [JSON.parse(line)];
      } catch {
        return [];
      }
    });
  expect(parsed.length).toBeGreaterThan(3);
  for (const line of parsed) {
    expect(typeof line['@message']).toBe('string');
    expect(line['@module']).toBe('provider.echo');
    expect(line['@timestamp']).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/);
  }
  expect(plugin.stderr()).toContain('| {"@message":1}');
});

test('trap 49: no line is longer than the engine reads at once', async () => {
  const plugin = await echo.start({ env: { TF_LOG_PROVIDER: 'DEBUG' } });
  await apply(plugin, { fault: 'noise' });
  await plugin.shutdown();
  const longest = Math.max(
    ...plugin
      .stderr()
      .split('\n')
      .map(({ length }) => length),
  );
  expect(longest).toBeGreaterThan(10_000);
  expect(longest).toBeLessThan(64 * 1024);
});

test('it is silent unless TF_LOG or TF_LOG_PROVIDER asks for words', async () => {
  const plugin = await echo.start({ env: { TF_LOG: undefined, TF_LOG_PROVIDER: undefined } });
  await apply(plugin, { fault: 'noise' });
  await plugin.shutdown();
  expect(plugin.stderr()).toBe('');
});
