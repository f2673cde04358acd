import { Client, credentials, type ServiceError } from '@grpc/grpc-js';
import { certificatePem, type ThrowAwayCertificate } from '../../../src/tfplugin/certificate.ts';
import { GRPCControllerDefinition, GRPCStdioDefinition } from '../../../src/tfplugin/generated/go_plugin.ts';
import { ProviderDefinition } from '../../../src/tfplugin/generated/tfplugin6.ts';
import { grpcService } from './grpc-service.ts';

type Methods = (typeof ProviderDefinition)['methods'];
type MessageOf<Codec> = Codec extends { decode(...args: never[]): infer Message } ? Message : never;
type RequestOf<M extends keyof Methods> = MessageOf<Methods[M]['requestType']>;
type ResponseOf<M extends keyof Methods> = MessageOf<Methods[M]['responseType']>;

export interface PluginClient {
  call<M extends keyof Methods>(
    method: M,
    request: RequestOf<M>,
    signal?: AbortSignal,
  ): Promise<ResponseOf<M>>;
  /** Leaving the iteration does not cancel the call; the signal does, as a canceled context does in Go. */
  stream<M extends keyof Methods>(
    method: M,
    request: RequestOf<M>,
    signal?: AbortSignal,
  ): AsyncIterable<ResponseOf<M>>;
  /** Any bytes to any path; for what no well-behaved engine sends. */
  raw(path: string, bytes: Buffer): Promise<Buffer>;
  /** Opens the stdio stream, as go-plugin does; resolves with the status when it ends. */
  stdio(): Promise<number>;
  shutdown(): Promise<void>;
  close(): void;
}

export interface ConnectOptions {
  /** The client's own. Absent: it shows none. */
  readonly certificate?: ThrowAwayCertificate;
  /** From the handshake, unpadded base64. Empty: no TLS. */
  readonly serverCertificate: string;
}

const provider = grpcService(ProviderDefinition);
const controller = grpcService(GRPCControllerDefinition);
const stdio = grpcService(GRPCStdioDefinition);

export function connect(target: string, { certificate, serverCertificate }: ConnectOptions): PluginClient {
  const client = new Client(target, credentialsOf(serverCertificate, certificate), {
    'grpc.ssl_target_name_override': 'localhost',
    'grpc.default_authority': 'localhost',
    'grpc.max_receive_message_length': -1,
    'grpc.max_send_message_length': -1,
    'grpc.enable_retries': 0,
  });
  const unary = (path: string, bytes: Buffer, signal?: AbortSignal) =>
    new Promise<Buffer>((resolve, reject) => {
      const call = client.makeUnaryRequest(path, same, same, bytes, (error: ServiceError | null, answer) =>
        error === null && answer !== undefined ? resolve(answer) : reject(error),
      );
      signal?.addEventListener('abort', () => call.cancel());
    });
  return {
    // The codecs of one method belong together; only the generic signature cannot see it.
    call: async (method, request, signal) => {
      const { path, requestSerialize, responseDeserialize } = provider[method]!;
      return responseDeserialize(await unary(path, requestSerialize(request), signal)) as never;
    },
    stream: (method, request, signal) => {
      const { path, requestSerialize, responseDeserialize } = provider[method]!;
      const call = client.makeServerStreamRequest(path, requestSerialize, responseDeserialize, request);
      signal?.addEventListener('abort', () => call.cancel());
      return call as never;
    },
    raw: unary,
    stdio: () =>
      new Promise((resolve) => {
        const { path, requestSerialize, responseDeserialize } = stdio.streamStdio!;
        const call = client.makeServerStreamRequest(path, requestSerialize, responseDeserialize, {});
        call.on('data', () => undefined);
        call.on('error', (error: ServiceError) => resolve(error.code));
        call.on('end', () => resolve(0));
      }),
    shutdown: async () => {
      await unary(controller.shutdown!.path, Buffer.alloc(0));
    },
    close: () => client.close(),
  };
}

const same = (bytes: Buffer): Buffer => bytes;

function credentialsOf(serverCertificate: string, certificate: ThrowAwayCertificate | undefined) {
  if (serverCertificate === '') return credentials.createInsecure();
  const root = Buffer.from(certificatePem(Buffer.from(serverCertificate, 'base64')));
  if (certificate === undefined) return credentials.createSsl(root);
  return credentials.createSsl(
    root,
    Buffer.from(certificate.keyPem),
    Buffer.from(certificate.certificatePem),
  );
}
