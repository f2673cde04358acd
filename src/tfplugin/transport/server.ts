import { X509Certificate } from 'node:crypto';
import { createServer, type Http2Server, type ServerHttp2Session } from 'node:http2';
import { createServer as createPlainServer, type ListenOptions, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer, type TLSSocket } from 'node:tls';
import { Problem } from '../../errors.ts';
import type { ThrowAwayCertificate } from '../certificate.ts';
import type { Endpoint } from '../handshake.ts';
import { answerStream } from './grpc.ts';
import { providerMethods, type ServiceContext } from './provider-service.ts';
import { sideServices } from './side-services.ts';

export interface ServerOptions extends ServiceContext {
  /** Absent: no TLS, for engines that turned it off and for tests. */
  readonly tls?: { readonly certificate: ThrowAwayCertificate; readonly clientCertificate: string };
  /** Where to listen: the first place that works. */
  readonly places: readonly Where[];
  /** Runs when Shutdown is being answered, with what resolves when the engine has closed its connections. */
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

/** Far above any parallelism of an engine; a flood waits in the client instead of in our memory. */
const MOST_STREAMS = 1000;
/** How much of a message may be on its way, bytes: the usual 64 KB would make each large one wait for its reader. */
const WINDOW = 1024 * 1024;

/** Listens and serves. Throws a Problem when there is no place to listen. */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const sessions = new Set<ServerHttp2Session>();
  const engineLeft = () =>
    Promise.all(
      [...sessions].map((session) => new Promise((resolve) => session.once('close', resolve))),
    ).then(() => undefined);
  const methods = new Map([
    ...providerMethods(options),
    ...sideServices(() => options.shutdown(engineLeft())),
  ]);
  const http2 = createServer({
    settings: { maxConcurrentStreams: MOST_STREAMS, initialWindowSize: WINDOW },
    // Messages have a limit of their own.
    maxSessionMemory: Number.MAX_SAFE_INTEGER,
  });
  http2.on('stream', (stream, headers) => answerStream(stream, headers, methods));
  http2.on('session', (session) => {
    sessions.add(session);
    session.setLocalWindowSize(4 * WINDOW);
    session.once('close', () => sessions.delete(session));
  });
  // Of a connection that breaks the rules; it is closed, and the others go on.
  http2.on('sessionError', () => undefined);
  const listener = listenerFor(http2, options);
  const connections = new Set<Socket>();
  listener.on('connection', (socket: Socket) => {
    connections.add(socket);
    socket.once('close', () => connections.delete(socket));
  });
  const endpoint = await listen(listener, options.places);
  return {
    endpoint,
    close: () => {
      listener.close();
      for (const session of sessions) session.destroy();
      for (const socket of connections) socket.destroy();
    },
  };
}

/** What accepts connections and gives those that may be served to HTTP/2. */
function listenerFor(http2: Http2Server, { tls }: ServerOptions): Server {
  const serve = (socket: Socket) => void http2.emit('connection', socket);
  if (tls === undefined) return createPlainServer({ noDelay: true }, serve);
  const { certificate, clientCertificate } = tls;
  const expected = new X509Certificate(clientCertificate).raw;
  const listener = createTlsServer(
    {
      key: certificate.keyPem,
      cert: certificate.certificatePem,
      ALPNProtocols: ['h2'],
      minVersion: 'TLSv1.2',
      requestCert: true,
      // Exactly one certificate may connect, and it is compared below. To check chains, Node would first parse all the
      // root certificates of the world, at every start; that the client has the key, the handshake has proven.
      ca: [],
      rejectUnauthorized: false,
      noDelay: true,
    },
    (socket: TLSSocket) => {
      // Before any byte of HTTP/2 is read.
      if (socket.getPeerX509Certificate()?.raw.equals(expected)) serve(socket);
      else socket.destroy();
    },
  );
  // A handshake that failed; its connection is closed already.
  listener.on('tlsClientError', () => undefined);
  return listener;
}

async function listen(server: Server, places: readonly Where[]): Promise<Endpoint> {
  let refusal: unknown;
  for (const endpoint of endpoints(places)) {
    try {
      await bind(
        server,
        endpoint.network === 'unix' ? { path: endpoint.path } : { host: '127.0.0.1', port: endpoint.port },
      );
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

function bind(server: Server, where: ListenOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    const settle = (done: () => void) => () => {
      server.off('error', failed);
      server.off('listening', listening);
      done();
    };
    const failed = (error: Error) => settle(() => reject(error))();
    const listening = settle(resolve);
    server.once('error', failed);
    server.once('listening', listening);
    server.listen(where);
  });
}
