// The local BrowserStack on a real socket, where a dropped answer really is a dropped connection.

import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Clock } from '../../clock.ts';
import { Problem } from '../../errors.ts';
import type { Outcome } from '../faults/effects.ts';
import { nginxPage } from './error-pages.ts';
import { requestOfSocket, type ServerRequest } from './request.ts';
import { type Answer, bodyText } from './responses.ts';

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
  handle: (request: ServerRequest) => Promise<Outcome>,
  { port = 0, host = '127.0.0.1' }: ListenOptions,
  { clock, onError }: { readonly clock: Clock; readonly onError: (error: unknown) => void },
): Promise<Listening> {
  const listener = (incoming: IncomingMessage, outgoing: ServerResponse) => {
    const request = requestOfSocket(incoming, outgoing);
    if (request === undefined) return answer(nginxPage(400), outgoing);
    handle(request)
      .then((outcome) => deliver(outcome, incoming, outgoing))
      .catch((error) => {
        onError(error);
        incoming.destroy();
      });
  };
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

type Listener = (incoming: IncomingMessage, outgoing: ServerResponse) => void;

function open(listener: Listener, port: number, host: string): Promise<Server> {
  const server = createServer(listener);
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

function deliver(outcome: Outcome, incoming: IncomingMessage, outgoing: ServerResponse): void {
  switch (outcome.kind) {
    case 'answered':
      answer(outcome.answer, outgoing);
      return;
    case 'cut':
    case 'cut-after-effect':
      incoming.socket.destroy();
      return;
    case 'cut-within': {
      const body = Buffer.from(bodyText(outcome.answer) ?? '');
      outgoing.writeHead(outcome.answer.status, {
        ...outcome.answer.headers,
        'Content-Length': body.byteLength + 1,
      });
      // Cut only once the half is on its way, so that the client has status and headers in hand.
      outgoing.write(body.subarray(0, Math.ceil(body.byteLength / 2)), () => incoming.socket.destroy());
    }
  }
}

function answer(given: Answer, outgoing: ServerResponse): void {
  const { status, headers } = given;
  const body = bodyText(given);
  const length = { 'Content-Length': body === null ? 0 : Buffer.byteLength(body) };
  outgoing.writeHead(status, { ...headers, ...(status === 204 || status === 304 ? {} : length) });
  outgoing.end(body);
}
