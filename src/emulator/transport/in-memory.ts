import type { Outcome } from '../faults/effects.ts';
import { type Answer, bodyText } from '../http/responses.ts';

/** An answer as the fetch standard has it. */
function responseOf(answer: Answer): Response {
  return new Response(bodyText(answer), { status: answer.status, headers: { ...answer.headers } });
}

/** Rejects with the reason as soon as the caller gives up; what the server does meanwhile, it still does. */
export function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason);
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}

/** What `fetch` gives for an outcome: a cut connection rejects just as a real one does. */
export function fetched(outcome: Outcome): Response {
  switch (outcome.kind) {
    case 'answered':
      return responseOf(outcome.answer);
    case 'cut':
    case 'cut-after-effect':
      throw networkError('ECONNRESET', 'socket hang up');
    case 'cut-within': {
      const text = bodyText(outcome.answer) ?? '';
      const half = new TextEncoder().encode(text.slice(0, Math.ceil(text.length / 2)));
      const body = new ReadableStream({
        start: (controller) => controller.enqueue(half),
        pull: (controller) => controller.error(networkError('ECONNRESET', 'terminated')),
      });
      return new Response(body, { status: outcome.answer.status, headers: { ...outcome.answer.headers } });
    }
  }
}

/** The error of Node's own fetch when there is no answer. */
export function networkError(code: 'ECONNRESET' | 'ECONNREFUSED', message: string): TypeError {
  return new TypeError('fetch failed', { cause: Object.assign(new Error(message), { code }) });
}
