import { type ChannelOptions, Server, ServerCredentials } from '@grpc/grpc-js';
import { Problem } from '../../errors.ts';
import type { ThrowAwayCertificate } from '../certificate.ts';
import { ProviderDefinition } from '../generated/tfplugin6.ts';
import type { Endpoint } from '../handshake.ts';
import { providerService, type Serving } from './provider-service.ts';
import { grpcService } from './service.ts';
import { sideServices } from './side-services.ts';

/** Terraform's own limit for one message. */
const LARGEST_MESSAGE = 256 * 1024 * 1024;

const options: ChannelOptions = {
  'grpc.max_receive_message_length': LARGEST_MESSAGE,
  'grpc.max_send_message_length': LARGEST_MESSAGE,
  // Far above any parallelism of an engine; a flood waits in the client instead of in our memory.
  'grpc.max_concurrent_streams': 1000,
  'grpc.enable_channelz': 0,
};

export interface ServerOptions extends Serving {
  /** Absent: no TLS, for engines that turned it off and for tests. */
  readonly tls?: { readonly certificate: ThrowAwayCertificate; readonly clientCertificate: string };
  /** Where to listen: the first place that works. */
  readonly places: readonly Where[];
  /** Runs once Shutdown has been answered, with what resolves when the engine has closed its connection. */
  readonly shutdown: (engineLeft: Promise<void>) => void;
}

export type Where =
  | { readonly network: 'unix'; readonly path: string }
  | { readonly network: 'tcp'; readonly ports: { readonly min: number; readonly max: number } };

export interface RunningServer {
  readonly endpoint: Endpoint;
  /** Stops listening and drops every connection. */
  close(): void;
}

/** Listens and serves. Throws a Problem when there is no place to listen. */
export async function startServer(serverOptions: ServerOptions): Promise<RunningServer> {
  const server = new Server(options);
  server.addService(grpcService(ProviderDefinition), providerService(serverOptions));
  const engineLeft = () => new Promise<void>((resolve) => server.tryShutdown(() => resolve()));
  for (const { description, implementation } of sideServices(() => serverOptions.shutdown(engineLeft())))
    server.addService(grpcService(description), implementation);
  const endpoint = await listen(server, credentialsOf(serverOptions), serverOptions.places);
  return { endpoint, close: () => server.forceShutdown() };
}

function credentialsOf({ tls }: ServerOptions): ServerCredentials {
  if (tls === undefined) return ServerCredentials.createInsecure();
  const { certificate, clientCertificate } = tls;
  const pair = {
    private_key: Buffer.from(certificate.keyPem),
    cert_chain: Buffer.from(certificate.certificatePem),
  };
  // The last argument is the one that makes it mutual: whoever lacks that certificate is refused.
  return ServerCredentials.createSsl(Buffer.from(clientCertificate), [pair], true);
}

async function listen(
  server: Server,
  credentials: ServerCredentials,
  places: readonly Where[],
): Promise<Endpoint> {
  let refusal: unknown;
  for (const endpoint of endpoints(places)) {
    const at = endpoint.network === 'unix' ? `unix:${endpoint.path}` : `ipv4:127.0.0.1:${endpoint.port}`;
    try {
      await bind(server, at, credentials);
      return endpoint;
    } catch (error) {
      // A port is taken, or the file system of a directory knows no sockets: the next may do.
      refusal = error;
    }
  }
  throw new Problem({
    code: 'unreachable',
    summary: 'No place to listen',
    detail: `None of these could be opened: ${places.map(inWords).join(', ')}. Set TMPDIR to a directory that may hold a socket.`,
    cause: refusal,
  });
}

function* endpoints(places: readonly Where[]): Generator<Endpoint> {
  for (const place of places) {
    if (place.network === 'unix') yield place;
    else for (let port = place.ports.min; port <= place.ports.max; port++) yield { network: 'tcp', port };
  }
}

function inWords(place: Where): string {
  return place.network === 'unix' ? place.path : `127.0.0.1:${place.ports.min} to ${place.ports.max}`;
}

function bind(server: Server, address: string, credentials: ServerCredentials): Promise<number> {
  return new Promise((resolve, reject) => {
    server.bindAsync(address, credentials, (error, port) => (error === null ? resolve(port) : reject(error)));
  });
}
