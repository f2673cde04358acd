import { type EventEmitter, once } from 'node:events';
import { type ClientHttp2Session, connect as connectHttp2 } from 'node:http2';
import { connect as connectSocket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { attribute } from '../../src/schema/attribute.ts';
import { defineSchema } from '../../src/schema/schema.ts';
import { ProviderDefinition } from '../../src/tfplugin/generated/tfplugin6.ts';
import { baseProvider } from '../helpers/plugin/base-provider.ts';
import { useEchoProgram } from '../helpers/plugin/echo-program.ts';
import { sent, useInProcess } from '../helpers/plugin/in-process.ts';
import type { Plugin } from '../helpers/plugin/stand-in.ts';

const echo = useEchoProgram();
const serve = useInProcess();
const noun = defineSchema({
  description: 'A noun.',
  attributes: {
    name: attribute.string({ required: true, description: 'N.' }),
    any: attribute.dynamic({ optional: true, description: 'A.' }),
  },
});
const schemas = {
  resources: { noun },
  dataSources: { noun },
  ephemeralResources: { noun },
  actions: { noun },
  listResources: { noun },
};
const config = sent({ name: 'x', any: null }, noun);

/** The process is there and still answers. */
async function alive({ client, shutdown }: Plugin): Promise<void> {
  expect((await client.call('getProviderSchema', {})).diagnostics).toEqual([]);
  expect(await shutdown()).toBe(0);
}

describe('a client that means harm', () => {
  test('garbage instead of TLS, and half a handshake, are dropped', async () => {
    const plugin = await echo.start();
    for (const garbage of ['GET / HTTP/1.1\r\n\r\n', '\x16\x03\x01\xff\xff', 'x'.repeat(100_000)]) {
      const socket = connectSocket(plugin.handshake[3] ?? '');
      socket.on('error', () => undefined);
      socket.end(garbage);
      socket.resume();
      await closed(socket);
    }
    await alive(plugin);
  });

  test('garbage instead of HTTP/2, and broken frames, end that connection only', async () => {
    const plugin = await echo.start();
    const preface = 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n';
    for (const garbage of [
      'x'.repeat(10_000),
      `${preface}${'\xff'.repeat(500)}`,
      `${preface}\x00\x00\x05\x09`,
    ]) {
      const socket = connectTls({
        path: plugin.handshake[3] ?? '',
        key: plugin.clientCertificate.keyPem,
        cert: plugin.clientCertificate.certificatePem,
        ALPNProtocols: ['h2'],
        rejectUnauthorized: false,
      });
      socket.on('error', () => undefined);
      socket.resume();
      await once(socket, 'secureConnect');
      socket.end(garbage, 'latin1');
      await closed(socket);
    }
    await alive(plugin);
  });

  test('frames that lie about their length or compression are refused', async () => {
    const plugin = await echo.start({ tls: false });
    for (const [frame, wanted] of [
      // 300 MB announced: refused before it is read (trap 25 allows 256 MB).
      [Buffer.from([0, 0x12, 0xc0, 0, 0, 1, 2, 3]), ['8']],
      [Buffer.from([1, 0, 0, 0, 1, 0x99]), ['12', '13']],
      [Buffer.from([0, 0, 0, 0, 9, 1]), ['13', '12', '2']],
      [Buffer.alloc(0), ['12', '13']],
    ] as const) {
      const session = connectHttp2('http://localhost', {
        createConnection: () => connectSocket(plugin.handshake[3] ?? ''),
      });
      expect(wanted).toContain(await statusOf(session, '/tfplugin6.Provider/ReadResource', frame));
      session.destroy();
    }
    await alive(plugin);
  });

  test('a message of 300 MB is refused, and the next call is answered', async () => {
    const plugin = await echo.start();
    const huge = Buffer.alloc(300 * 1024 * 1024);
    await expect(plugin.client.raw('/tfplugin6.Provider/ReadResource', huge)).rejects.toThrow(
      'RESOURCE_EXHAUSTED',
    );
    await alive(plugin);
  });

  test('10,000 calls at once are all answered', async () => {
    const plugin = await echo.start();
    const calls = Array.from({ length: 10_000 }, (_, index) =>
      plugin.client.call('callFunction', {
        name: 'echo',
        arguments: [{ msgpack: Buffer.from([0x92, 0xc4, 8, ...Buffer.from('"number"'), index % 128]) }],
      }),
    );
    const answers = await Promise.all(calls);
    expect(answers.every(({ result }, index) => result?.msgpack?.at(-1) === index % 128)).toBe(true);
    await alive(plugin);
  });

  test('an RPC nobody knows, or only a later engine, is UNIMPLEMENTED', async () => {
    const plugin = await echo.start();
    for (const method of [
      'ReadStateBytes',
      'ValidateStateStoreConfig',
      'LockState',
      'ConfigureStateStore',
      'X',
    ])
      await expect(plugin.client.raw(`/tfplugin6.Provider/${method}`, Buffer.alloc(0))).rejects.toThrow(
        'UNIMPLEMENTED',
      );
    await expect(plugin.client.raw('/tfplugin5.Provider/GetSchema', Buffer.alloc(0))).rejects.toThrow(
      'UNIMPLEMENTED',
    );
    await alive(plugin);
  });

  test('calls before configure, with nothing in them, are answered', async () => {
    const plugin = await echo.start();
    for (const { name, requestStream } of Object.values(ProviderDefinition.methods)) {
      expect(requestStream).toBe(false);
      await plugin.client.raw(`/tfplugin6.Provider/${name}`, Buffer.alloc(0));
    }
    await alive(plugin);
  });
});

describe('invented messages', () => {
  const unary = Object.values(ProviderDefinition.methods).filter(({ responseStream }) => !responseStream);

  test('100,000 damaged or invented protobuf messages decode or are refused', () => {
    const noise = fc.sample(fc.uint8Array({ minLength: 1, maxLength: 60 }), { numRuns: 100_000, seed: 11 });
    let decoded = 0;
    noise.forEach((bytes, index) => {
      const { requestType } = unary[index % unary.length]!;
      try {
        requestType.decode(bytes);
        decoded++;
      } catch (error) {
        expect(error).toBeInstanceOf(Error);
        expect(error).not.toBeInstanceOf(TypeError);
      }
    });
    expect(decoded).toBeGreaterThan(1000);
  });

  test('what nests without end is refused, not a crash', () => {
    const { requestType } = ProviderDefinition.methods.readResource;
    // Groups are long gone from protobuf, but readers still skip them.
    expect(() => requestType.decode(Buffer.alloc(2_000_000, 0x7b))).toThrow();
  });

  test('requests whose values are damaged are answered with diagnostics', async () => {
    const { client } = await serve(baseProvider(schemas));
    const noise = fc.sample(fc.uint8Array({ minLength: 1, maxLength: 30 }), { numRuns: 2000, seed: 13 });
    const answers = await Promise.all(
      noise.map(async (bytes, index) => {
        const damaged = Buffer.from(config.msgpack!);
        for (const byte of bytes.subarray(0, 2))
          damaged[byte % damaged.length] = bytes[index % bytes.length]!;
        const broken = { msgpack: index % 2 === 0 ? damaged : Buffer.from(bytes) };
        const answer = await client.call('planResourceChange', {
          typeName: 'noun',
          priorState: config,
          proposedNewState: broken,
          config,
        });
        return answer.diagnostics.length;
      }),
    );
    expect(answers.filter((count) => count > 0).length).toBeGreaterThan(1000);
    expect(answers).not.toContain(2);
  });
});

test('trap 25: a value of 20 MB goes there and back, in linear time and one piece', async () => {
  const plugin = await echo.start();
  const long = { name: 'x'.repeat(20 * 1024 * 1024) };
  const type = defineSchema({ description: '', attributes: { name: noun.attributes.name } });
  const [typeJson, value] = ['["object",{"name":"string"}]', sent(long, type).msgpack!];
  const msgpack = Buffer.concat([Buffer.from([0x92, 0xc4, typeJson.length]), Buffer.from(typeJson), value]);
  const answer = await plugin.client.call('callFunction', { name: 'echo', arguments: [{ msgpack }] });
  expect(answer.result?.msgpack?.equals(msgpack)).toBe(true);
  await alive(plugin);
});

/** Unlike `once`, not disturbed by an error before the end. */
function closed(stream: EventEmitter): Promise<void> {
  return new Promise((resolve) => stream.on('close', resolve));
}

/** Sends one raw frame to an RPC; the gRPC status it ends with. */
async function statusOf(session: ClientHttp2Session, path: string, frame: Buffer): Promise<string> {
  const stream = session.request({
    ':method': 'POST',
    ':path': path,
    'content-type': 'application/grpc',
    te: 'trailers',
  });
  let status = '';
  stream.on('response', (headers) => (status = String(headers['grpc-status'] ?? status)));
  stream.on('trailers', (headers) => (status = String(headers['grpc-status'] ?? status)));
  stream.on('error', () => undefined);
  stream.resume();
  stream.end(frame);
  await closed(stream);
  return status;
}
