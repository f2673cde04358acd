// A port that is listened on, at one address or at both of this machine's own.

import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { Problem } from '../../errors.ts';

/** So much is read of a target and headers, to say which of them is too long. */
const MAXIMUM_READ = 4 * 1024 * 1024;
/** A port that is free at one address may be taken at the other. */
const ATTEMPTS = 20;

export interface PortOptions {
  /** A name or address; `localhost` is 127.0.0.1 and, where there is IPv6, ::1. */
  readonly host: string;
  /** 0 is any free one. */
  readonly port: number;
  readonly onRequest: RequestListener;
  /** Called for what Node cannot read as HTTP. */
  readonly onUnreadable: (error: Error, socket: Duplex) => void;
}

export interface Port {
  readonly number: number;
  /** Stops listening and cuts every connection. */
  close(): Promise<void>;
}

/** @throws Problem `unreachable` when the port is taken or the host is none of this machine. */
export async function openPort(options: PortOptions): Promise<Port> {
  const [first = options.host, second] = options.host === 'localhost' ? ['127.0.0.1', '::1'] : [options.host];
  for (let attempt = 1; ; attempt += 1) {
    const server = await listening(options, first, options.port);
    // A server that listens on TCP has such an address.
    const { port } = server.address() as AddressInfo;
    try {
      const other = second === undefined ? undefined : await listeningIfThere(options, second, port);
      const servers = other === undefined ? [server] : [server, other];
      return { number: port, close: async () => void (await Promise.all(servers.map(shut))) };
    } catch (error) {
      await shut(server);
      if (options.port !== 0 || attempt === ATTEMPTS) throw error;
    }
  }
}

function listening({ onRequest, onUnreadable }: PortOptions, host: string, port: number): Promise<Server> {
  const server = createServer({ maxHeaderSize: MAXIMUM_READ }, onRequest);
  server.on('clientError', onUnreadable);
  return new Promise((resolve, reject) => {
    server.once('error', (cause) =>
      reject(
        new Problem({
          code: 'unreachable',
          summary: `Cannot listen on ${host}:${port}`,
          detail: `${cause.message}. Choose another port, or 0 for any free one.`,
          cause,
        }),
      ),
    );
    server.listen(port, host, () => resolve(server));
  });
}

/** Undefined where the machine has no such address: many have no IPv6. */
async function listeningIfThere(
  options: PortOptions,
  host: string,
  port: number,
): Promise<Server | undefined> {
  try {
    return await listening(options, host, port);
  } catch (error) {
    const cause = error instanceof Problem ? error.cause : undefined;
    const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
    if (code === 'EAFNOSUPPORT' || code === 'EADDRNOTAVAIL') return undefined;
    throw error;
  }
}

function shut(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
