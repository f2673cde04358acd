// A request as the server sees it, whether it came through a socket or through `fetch` in this process.

import type { IncomingMessage, ServerResponse } from 'node:http';
import { PassThrough, pipeline } from 'node:stream';

export interface ServerRequest {
  readonly method: string;
  /** Normalized, not decoded. */
  readonly path: string;
  /** The query as sent, without its question mark. */
  readonly search: string;
  /** Scheme, host and port as the client addressed them, e.g. `http://127.0.0.1:4000`; undefined without a socket. */
  readonly origin: string | undefined;
  /** The address of the client. */
  readonly address: string;
  /** Aborted when the client has left or the server stops. */
  readonly gone: AbortSignal;
  header(name: string): string | undefined;
  /** Null where there is none, and for GET and HEAD, whose body means nothing. */
  readonly body: AsyncIterable<Uint8Array> | null;
}

const HOST = /^(?:[\w.-]+|\[[\da-f:.]+\])(?::\d{1,5})?$/i;
/** What a target looks like that needs no normalizing: no dot segments, nothing that URLs escape. */
const PLAIN_TARGET = /^\/(?!.*\/\.)[!$&-;=?@A-Z[\]_a-z~%]*$/;

/** The request of a socket; undefined when its target or host is none. */
export function requestOfSocket(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): ServerRequest | undefined {
  const { method = 'GET', socket } = incoming;
  const host = incoming.headers.host ?? 'localhost';
  const base = `${'encrypted' in socket ? 'https' : 'http'}://${host}`;
  const target = normalized(incoming.url ?? '');
  if (target === undefined || !HOST.test(host) || !URL.canParse(base)) return undefined;
  const at = target.indexOf('?');
  return {
    method,
    path: at < 0 ? target : target.slice(0, at),
    search: at < 0 ? '' : target.slice(at + 1),
    origin: new URL(base).origin,
    address: socket.remoteAddress ?? 'unknown',
    // Few ask, and a signal costs as much as an answer.
    get gone() {
      return leaving(outgoing);
    },
    header: (name) => textOf(incoming.headers[name.toLowerCase()]),
    body: hasNoBody(method) ? null : taken(incoming, outgoing),
  };
}

/** The request that `fetch` was given. */
export function requestOfFetch(request: Request, closing: AbortSignal): ServerRequest {
  const { pathname, search } = new URL(request.url);
  return {
    method: request.method,
    path: pathname,
    search: search.slice(1),
    origin: undefined,
    address: 'in-process',
    get gone() {
      return AbortSignal.any([request.signal, closing]);
    },
    header: (name) => request.headers.get(name) ?? undefined,
    body: hasNoBody(request.method) ? null : request.body,
  };
}

function leaving(outgoing: ServerResponse): AbortSignal {
  const gone = new AbortController();
  const left = () => {
    if (!outgoing.writableFinished) gone.abort();
  };
  if (outgoing.closed) left();
  else outgoing.once('close', left);
  return gone.signal;
}

function hasNoBody(method: string): boolean {
  return method === 'GET' || method === 'HEAD';
}

/** Taken in as it comes, as by the proxy before a service: who leaves after sending it has sent it. */
function taken(incoming: IncomingMessage, outgoing: ServerResponse): PassThrough {
  // What breaks off breaks its reader off too: nobody else has to be told.
  const body = pipeline(incoming, new PassThrough(), () => undefined);
  // What nobody wanted to read stands before the next request of the connection.
  outgoing.once('finish', () => body.resume());
  return body;
}

function textOf(value: string | readonly string[] | undefined): string | undefined {
  return typeof value === 'object' ? value.join(', ') : value;
}

/** Path and query as a URL has them; a proxy's request names the whole URL. */
function normalized(target: string): string | undefined {
  if (PLAIN_TARGET.test(target)) return target;
  const url = target.startsWith('/') ? `http://localhost${target}` : target;
  if (target.includes('\\') || !/^https?:\/\//i.test(url) || !URL.canParse(url)) return undefined;
  const { pathname, search } = new URL(url);
  return pathname + search;
}
