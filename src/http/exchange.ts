// One request and its whole answer, or the reason why there is none, which knows whether anything was sent.

import { isUtf8 } from 'node:buffer';
import type { Dispatcher } from 'undici';

export interface Exchange {
  readonly method: Dispatcher.HttpMethod;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
  /** Milliseconds to wait for the head of the answer, and again for all of its body. */
  readonly timeout: number;
  /** Ends the exchange at once, wherever it is. */
  readonly signal?: AbortSignal | undefined;
}

export interface RawAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  /** `undefined` when the body is no UTF-8 text. */
  readonly text: string | undefined;
}

/** There is no answer. */
export class NoAnswer extends Error {
  /** Whether any part of the request can have left this process. */
  readonly sent: boolean;

  constructor(sent: boolean, cause: unknown) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
    this.sent = sent;
  }
}

/** The answer was refused while it was read: it is larger than anything this API has to say. */
export class AnswerTooLarge extends Error {}

/** The answer had begun, and was still coming when its time was up. */
export class AnswerTooSlow extends Error {}

/** The list of 100,000 accounts has 20 MB. */
export const LARGEST_ANSWER = 64 * 1024 * 1024;

/**
 * @throws NoAnswer, or the signal's reason.
 */
export async function exchange(dispatcher: Dispatcher, url: URL, options: Exchange): Promise<RawAnswer> {
  const { method, headers, body, timeout, signal } = options;
  let sent = false;
  try {
    signal?.throwIfAborted();
    const watched = dispatcher.compose((dispatch) => (sending, handler) => {
      // Called when there is a connection and the request is about to be written to it.
      const { onRequestStart, onConnect } = handler;
      if (onRequestStart !== undefined)
        handler.onRequestStart = (...started) => {
          sent = true;
          onRequestStart.apply(handler, started);
        };
      // The older form of the same, which the transport's own handlers have.
      if (onConnect !== undefined)
        handler.onConnect = (...started) => {
          sent = true;
          onConnect.apply(handler, started);
        };
      return dispatch(sending, handler);
    });
    const asked = watched.request({
      origin: url.origin,
      path: url.pathname + url.search,
      method,
      headers,
      body,
      headersTimeout: timeout,
      bodyTimeout: timeout,
      signal: signal ?? null,
    });
    const { statusCode, headers: answered, body: stream } = await unlessAborted(asked, signal);
    const bytes = await wholeBody(stream, timeout);
    return { status: statusCode, headers: answered, text: isUtf8(bytes) ? textOf(bytes) : undefined };
  } catch (thrown) {
    signal?.throwIfAborted();
    throw new NoAnswer(sent, thrown);
  }
}

/** The transport lets go of a request only once it is connected; nobody waits for that. */
async function unlessAborted<T>(asked: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return asked;
  let abort = () => {};
  const aborted = new Promise<never>((_, reject) => {
    abort = () => reject(signal.reason);
    signal.addEventListener('abort', abort, { once: true });
  });
  try {
    return await Promise.race([asked, aborted]);
  } finally {
    signal.removeEventListener('abort', abort);
    // What is still to come of it has nobody to hear it.
    asked.catch(() => undefined);
  }
}

async function wholeBody(stream: Dispatcher.ResponseData['body'], timeout: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  // The transport's own limit is one between two pieces: a body that drips would never reach it.
  const clock = setTimeout(() => stream.destroy(new AnswerTooSlow()), timeout);
  try {
    for await (const chunk of stream) {
      const piece = Buffer.from(chunk);
      size += piece.length;
      if (size > LARGEST_ANSWER) throw new AnswerTooLarge();
      chunks.push(piece);
    }
  } finally {
    clearTimeout(clock);
  }
  return Buffer.concat(chunks);
}

/** Without the mark that some servers put in front of UTF-8. */
function textOf(bytes: Buffer): string {
  const text = bytes.toString('utf8');
  return text.startsWith('\uFEFF') ? text.slice(1) : text;
}
