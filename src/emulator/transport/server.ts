// The local BrowserStack on a real socket, where a dropped answer really is a dropped connection.

import { type IncomingMessage, type ServerResponse, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Clock } from '../../clock.ts';
import type { Outcome } from '../faults/effects.ts';
import { nginxPage } from '../http/error-pages.ts';
import { type Answer, bodyBytes, bodyText } from '../http/responses.ts';
import { openPort } from './port.ts';
import { requestOfSocket, type ServerRequest } from './request.ts';

/** Characters of all headers together. */
const MAXIMUM_HEADERS = 16 * 1024;

export interface Listening {
  readonly url: string;
  /** Refuses connections for so long. */
  refuse(seconds: number): void;
  close(): Promise<void>;
}

export interface ListenOptions {
  /** Default 0: any free port. */
  readonly port?: number;
  /** Default `localhost`: 127.0.0.1 and, where there is IPv6, ::1. */
  readonly host?: string;
}

export async function listen(
  handle: (request: ServerRequest) => Promise<Outcome>,
  { port = 0, host = 'localhost' }: ListenOptions,
  { clock, onError }: { readonly clock: Clock; readonly onError: (error: unknown) => void },
): Promise<Listening> {
  const onRequest = (incoming: IncomingMessage, outgoing: ServerResponse) => {
    const request = requestOfSocket(incoming, outgoing);
    if (request === undefined) return answer(nginxPage(400), outgoing);
    if (lengthOf(incoming.rawHeaders) > MAXIMUM_HEADERS) return answer(nginxPage(431), outgoing);
    handle(request)
      .then((outcome) => deliver(outcome, incoming, outgoing))
      .catch((error) => {
        onError(error);
        incoming.destroy();
      });
  };
  const options = { host, onRequest, onUnreadable: refuseUnreadable };
  let opened = await openPort({ ...options, port });
  const { number } = opened;
  const closing = new AbortController();
  let shutNow = false;
  const reopenAfter = async (seconds: number) => {
    await opened.close();
    await clock.sleep(seconds * 1000, closing.signal);
    opened = await openPort({ ...options, port: number });
    shutNow = false;
    if (closing.signal.aborted) await opened.close();
  };
  return {
    url: `http://${nameOf(host)}:${number}`,
    refuse: (seconds) => {
      if (shutNow) return;
      shutNow = true;
      reopenAfter(seconds).catch((error) => {
        if (!closing.signal.aborted) onError(error);
      });
    },
    close: async () => {
      closing.abort();
      await opened.close();
    },
  };
}

/** The host as a URL has it. */
function nameOf(host: string): string {
  if (host === 'localhost') return '127.0.0.1';
  return host.includes(':') ? `[${host}]` : host;
}

function lengthOf(headers: readonly string[]): number {
  return headers.reduce((sum, text) => sum + text.length, 0);
}

/** What Node cannot read as HTTP is answered as nginx does it. */
function refuseUnreadable(error: Error & { readonly code?: string }, socket: Duplex): void {
  if (!socket.writable || error.code === 'ECONNRESET') return void socket.destroy();
  const tooLarge = error.code === 'HPE_HEADER_OVERFLOW';
  const status = tooLarge ? 431 : error.code === 'ERR_HTTP_REQUEST_TIMEOUT' ? 408 : 400;
  const page = nginxPage(status);
  const body = bodyText(page) ?? '';
  const headers = { ...page.headers, 'Content-Length': Buffer.byteLength(body), Connection: 'close' };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  socket.end(`${[`HTTP/1.1 ${status} ${STATUS_CODES[status]}`, ...lines].join('\r\n')}\r\n\r\n${body}`);
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
  const body = bodyBytes(given);
  const length = { 'Content-Length': body === null ? 0 : body.byteLength };
  outgoing.writeHead(status, { ...headers, ...(status === 204 || status === 304 ? {} : length) });
  outgoing.end(body);
}
