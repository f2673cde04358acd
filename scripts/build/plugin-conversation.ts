// An engine's side of the plugin protocol, as far as a build needs it: start, connect, call, shut down.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:http2';
import { connect as connectTls } from 'node:tls';
import { makeCertificate } from '../../src/tfplugin/certificate.ts';
import { GRPCControllerDefinition } from '../../src/tfplugin/generated/go_plugin.ts';
import { ProviderDefinition } from '../../src/tfplugin/generated/tfplugin6.ts';
import { COOKIE, COOKIE_NAME, PROTOCOL_VERSION } from '../../src/tfplugin/handshake.ts';

type Methods = (typeof ProviderDefinition)['methods'];
type MessageOf<Codec> = Codec extends { decode(...args: never[]): infer Message } ? Message : never;

export interface Conversation {
  call<M extends keyof Methods>(
    method: M,
    request: MessageOf<Methods[M]['requestType']>,
  ): Promise<MessageOf<Methods[M]['responseType']>>;
  /** Asks the plugin to end. Rejects when it ends otherwise than well. */
  end(): Promise<void>;
}

/** A flag for compression, and four bytes of length. */
const PREFIX = 5;

/** Starts a plugin and connects to it. */
export async function converse(
  [file = '', ...args]: readonly string[],
  env: NodeJS.ProcessEnv,
): Promise<Conversation> {
  const { certificatePem, keyPem } = makeCertificate(new Date());
  const child = spawn(file, args, {
    env: {
      ...env,
      [COOKIE_NAME]: COOKIE,
      PLUGIN_PROTOCOL_VERSIONS: String(PROTOCOL_VERSION),
      PLUGIN_CLIENT_CERT: certificatePem,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'close');
  const [line] = await Promise.race([once(child.stdout, 'data'), ended.then(() => [''])]);
  const [, , network, path] = String(line).split('|');
  if (network !== 'unix' || path === undefined)
    throw new Error(`${args.at(-1)} did not shake hands: ${line}`);
  const session = connect('https://localhost', {
    createConnection: () =>
      connectTls({
        path,
        key: keyPem,
        cert: certificatePem,
        ALPNProtocols: ['h2'],
        // The plugin that was started here is who answers here; nothing secret is said to it.
        rejectUnauthorized: false,
      }),
  });
  const send = async (service: string, method: string, message: Uint8Array): Promise<Buffer> => {
    const stream = session.request({
      ':method': 'POST',
      ':path': `/${service}/${method}`,
      'content-type': 'application/grpc',
      te: 'trailers',
    });
    const prefix = Buffer.alloc(PREFIX);
    prefix.writeUInt32BE(message.length, 1);
    stream.end(Buffer.concat([prefix, message]));
    return Buffer.concat(await stream.toArray()).subarray(PREFIX);
  };
  return {
    call: async (name, request) => {
      const method = ProviderDefinition.methods[name];
      // The codecs of one method belong together; only the generic signature cannot see it.
      const bytes = method.requestType.encode(request as never).finish();
      return method.responseType.decode(await send(ProviderDefinition.fullName, method.name, bytes)) as never;
    },
    end: async () => {
      await send(
        GRPCControllerDefinition.fullName,
        GRPCControllerDefinition.methods.shutdown.name,
        Buffer.alloc(0),
      );
      session.close();
      const [code] = await ended;
      if (code !== 0) throw new Error(`${args.at(-1)} ended with ${code}`);
    },
  };
}
