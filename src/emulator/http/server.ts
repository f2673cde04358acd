// The local BrowserStack on a real socket, where a dropped answer really is a dropped connection.

import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { getRequestListener, type HttpBindings } from '@hono/node-server';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import type { Clock } from '../../clock.ts';
import { Problem } from '../../errors.ts';
import type { Outcome } from '../faults/effects.ts';
import { responseOf } from './in-memory.ts';
import { bodyText } from './responses.ts';

export interface Listening {
  readonly url: string;
  /** Refuses connections for so long. */
  refuse(seconds: number): void;
  close(): Promise<void>;
}

export interface ListenOptions {
  /** Default 0: any free port. */
  readonly port?: number;
  /** Default 127.0.0.1. */
  readonly host?: string;
}

export async function listen(
  handle: (request: Request, address: string) => Promise<Outcome>,
  { port = 0, host = '127.0.0.1' }: ListenOptions,
  { clock, onError }: { readonly clock: Clock; readonly onError: (error: unknown) => void },
): Promise<Listening> {
  const listener = getRequestListener(
    async (request, env) => {
      // Only plain HTTP/1 servers are made here.
      const { incoming, outgoing } = env as HttpBindings;
      const outcome = await handle(request, incoming.socket.remoteAddress ?? 'unknown');
      return deliver(outcome, incoming, outgoing);
    },
    { overrideGlobalObjects: false },
  );
  let server = await open(listener, port, host);
  // What the server was given, when 0 was asked for.
  const { port: bound } = server.address() as AddressInfo;
  const closing = new AbortController();
  let shutNow = false;
  const reopenAfter = async (seconds: number) => {
    await shut(server);
    await clock.sleep(seconds * 1000, closing.signal);
    if (!closing.signal.aborted) server = await open(listener, bound, host);
    shutNow = false;
  };
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${bound}`,
    refuse: (seconds) => {
      if (shutNow) return;
      shutNow = true;
      reopenAfter(seconds).catch((error) => {
        if (!closing.signal.aborted) onError(error);
      });
    },
    close: async () => {
      closing.abort();
      await shut(server);
    },
  };
}

type Listener = (incoming: IncomingMessage, outgoing: ServerResponse) => Promise<void>;

function open(listener: Listener, port: number, host: string): Promise<Server> {
  const server = createServer((incoming, outgoing) => void listener(incoming, outgoing));
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

function shut(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

function deliver(outcome: Outcome, incoming: IncomingMessage, outgoing: ServerResponse): Response {
  switch (outcome.kind) {
    case 'answered':
      return responseOf(outcome.answer);
    case 'cut':
    case 'cut-after-effect':
      cut(incoming.socket);
      return RESPONSE_ALREADY_SENT;
    case 'cut-within': {
      const body = Buffer.from(bodyText(outcome.answer) ?? '');
      outgoing.writeHead(outcome.answer.status, {
        ...outcome.answer.headers,
        'Content-Length': String(body.byteLength + 1),
      });
      // Cut only once the half is on its way, so that the client has status and headers in hand.
      outgoing.write(body.subarray(0, Math.ceil(body.byteLength / 2)), () => cut(incoming.socket));
      return RESPONSE_ALREADY_SENT;
    }
  }
}

function cut(socket: Socket): void {
  socket.destroy();
}
