// gRPC over one HTTP/2 stream (github.com/grpc/grpc, doc/PROTOCOL-HTTP2.md): what a server of one local client needs.
// Messages are whole and uncompressed, errors are statuses in trailers.

import { constants, type IncomingHttpHeaders, type ServerHttp2Stream } from 'node:http2';
import { Gone } from './gone.ts';
import type { Method, Methods } from './method.ts';

const Status = {
  OK: 0,
  CANCELLED: 1,
  DEADLINE_EXCEEDED: 4,
  RESOURCE_EXHAUSTED: 8,
  UNIMPLEMENTED: 12,
  INTERNAL: 13,
} as const;
type Status = (typeof Status)[keyof typeof Status];

/** Terraform's own limit for one message. */
const LARGEST_MESSAGE = 256 * 1024 * 1024;
/** A flag for compression, and four bytes of length. */
const PREFIX = 5;
/** Below this, copying a message behind its prefix is cheaper than a frame of its own. */
const SMALL = 64 * 1024;

/** Ends a call with a status instead of an answer. */
class Refused extends Error {
  readonly status: Status;

  constructor(status: Status, message: string) {
    super(message);
    this.status = status;
  }
}

/** Answers one stream. Never throws, whatever comes. */
export function answerStream(
  stream: ServerHttp2Stream,
  headers: IncomingHttpHeaders,
  methods: Methods,
): void {
  // A stream that breaks is closed as well; there is nobody left to tell.
  stream.on('error', () => undefined);
  const method = methods.get(String(headers[':path']));
  const isGrpc = String(headers['content-type']).startsWith('application/grpc');
  const response = new Response(stream);
  if (isGrpc && method !== undefined) {
    void serve(stream, headers, method, response);
    return;
  }
  // Heard to its end: a client that is cut off while it sends takes that for an error of the connection.
  stream.resume();
  if (isGrpc) response.end(Status.UNIMPLEMENTED, `The server has no ${headers[':path']}`);
  else stream.respond({ ':status': 415 }, { endStream: true });
}

async function serve(
  stream: ServerHttp2Stream,
  headers: IncomingHttpHeaders,
  method: Method,
  response: Response,
): Promise<void> {
  const gone = new Gone(stream, headers['grpc-timeout']);
  try {
    if (method.requestStream) {
      // Whatever the client says, nobody is interested: it is heard to its end, so that it may go on.
      for await (const _ of stream);
      return response.end(Status.OK);
    }
    const bytes = await onlyMessage(stream);
    const request = decoded(method, bytes);
    if (!method.responseStream) response.message(method.encode(await method.answer(request, gone)));
    else
      for await (const event of method.events(request, gone)) {
        if (gone.is) return;
        await response.write(method.encode(event), gone);
      }
    response.end(Status.OK);
  } catch (error) {
    if (gone.late) response.end(Status.DEADLINE_EXCEEDED, 'The time of the call is up');
    else if (error instanceof Refused) response.end(error.status, error.message);
    else response.end(Status.INTERNAL, error instanceof Error ? error.message : String(error));
  } finally {
    gone.done();
    // Whoever was refused in the middle of a message need not send the rest.
    if (!stream.readableEnded) stream.close(constants.NGHTTP2_NO_ERROR);
  }
}

function decoded(method: Method, bytes: Buffer): unknown {
  try {
    return method.decode(bytes);
  } catch {
    throw new Refused(Status.INTERNAL, 'The request cannot be decoded');
  }
}

/** The one message that a request has, once the client has said that this was all. */
function onlyMessage(stream: ServerHttp2Stream): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let received = 0;
  let expected = PREFIX;
  let whole = false;
  return new Promise((resolve, reject) => {
    const refuse = (refusal: unknown) => {
      stream.removeAllListeners('data').pause();
      reject(refusal);
    };
    stream.on('data', (chunk: Buffer) => {
      chunks.push(chunk);
      received += chunk.length;
      try {
        if (expected === PREFIX && received >= PREFIX) expected = PREFIX + announced(chunks);
        if (expected !== PREFIX && received > expected)
          throw new Refused(Status.INTERNAL, 'The request has more than one message');
      } catch (refusal) {
        refuse(refusal);
      }
    });
    stream.once('end', () => {
      if (received < PREFIX || received < expected)
        refuse(new Refused(Status.INTERNAL, 'The request is cut short'));
      whole = true;
      const [first = Buffer.alloc(0)] = chunks;
      resolve((chunks.length === 1 ? first : Buffer.concat(chunks, received)).subarray(PREFIX));
    });
    // A stream that breaks before its end has nobody left to tell.
    stream.once('close', () => {
      if (!whole) reject(new Refused(Status.CANCELLED, 'The request broke off'));
    });
  });
}

/** The length of the message whose prefix has arrived. */
function announced(chunks: readonly Buffer[]): number {
  const [first = Buffer.alloc(0)] = chunks;
  const prefix = first.length >= PREFIX ? first : Buffer.concat(chunks);
  if (prefix[0] !== 0) throw new Refused(Status.UNIMPLEMENTED, 'Compressed messages are not understood');
  const length = prefix.readUInt32BE(1);
  if (length > LARGEST_MESSAGE)
    throw new Refused(
      Status.RESOURCE_EXHAUSTED,
      `A message of ${length} bytes is larger than ${LARGEST_MESSAGE}`,
    );
  return length;
}

const HEADERS = {
  [constants.HTTP2_HEADER_STATUS]: 200,
  [constants.HTTP2_HEADER_CONTENT_TYPE]: 'application/grpc+proto',
};

/** What goes back on a stream: messages, then a status. */
class Response {
  readonly #stream: ServerHttp2Stream;
  #begun = false;
  #ended = false;

  constructor(stream: ServerHttp2Stream) {
    this.#stream = stream;
  }

  /** Gives the message to the transport. False: it has enough for now. */
  message(bytes: Uint8Array): boolean {
    if (bytes.length > LARGEST_MESSAGE)
      throw new Refused(
        Status.RESOURCE_EXHAUSTED,
        `An answer of ${bytes.length} bytes is larger than ${LARGEST_MESSAGE}`,
      );
    if (!this.#open) return true;
    if (!this.#begun) this.#stream.respond(HEADERS, { waitForTrailers: true });
    this.#begun = true;
    const prefix = Buffer.alloc(PREFIX);
    prefix.writeUInt32BE(bytes.length, 1);
    if (bytes.length <= SMALL) return this.#stream.write(Buffer.concat([prefix, bytes]));
    this.#stream.write(prefix);
    return this.#stream.write(bytes);
  }

  /** The same, at the reader's pace. */
  async write(bytes: Uint8Array, gone: Gone): Promise<void> {
    if (this.message(bytes) || gone.is) return;
    await new Promise<void>((resolve) => {
      this.#stream.once('drain', resolve);
      gone.on(() => resolve());
    });
  }

  end(status: Status, message = ''): void {
    if (this.#ended || !this.#open) return;
    this.#ended = true;
    const trailers = {
      'grpc-status': status,
      'grpc-message': encodeURI(message.replace(/\p{Surrogate}/gu, '\uFFFD')),
    };
    if (!this.#begun) {
      this.#stream.respond({ ...HEADERS, ...trailers }, { endStream: true });
      return;
    }
    this.#stream.once('wantTrailers', () => this.#stream.sendTrailers(trailers));
    this.#stream.end();
  }

  get #open(): boolean {
    return !this.#stream.closed && !this.#stream.destroyed;
  }
}
