// What a request carries, with a limit, and without cutting off a client that is still sending.

import { Refusal, refuse } from '../organization/refusal.ts';
import type { ServerRequest } from '../transport/request.ts';

const MAXIMUM = 1024 * 1024;
/**
 * The bytes of a body; a refusal when there are more than `maximum`. All are read, so that a client that sends first
 * and reads then gets its answer, and the connection can go on.
 */
export async function readBytes({ body }: ServerRequest, maximum = MAXIMUM): Promise<Buffer | Refusal> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body ?? []) {
    size += chunk.byteLength;
    if (size <= maximum) chunks.push(chunk);
  }
  return size > maximum ? refuse(413, 'The body is too large.') : Buffer.concat(chunks);
}

async function readText(request: ServerRequest, maximum?: number): Promise<string | Refusal> {
  const bytes = await readBytes(request, maximum);
  return bytes instanceof Refusal ? bytes : decoded(bytes);
}

/** A JSON body as it stands, for the calls that are defined with one. */
export async function readJsonBody(request: ServerRequest, maximum?: number): Promise<unknown> {
  const text = await readText(request, maximum);
  return text instanceof Refusal ? text : parseJson(text);
}

export function decoded(bytes: Uint8Array): string | Refusal {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return refuse(400, 'The body is not UTF-8.');
  }
}

export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return refuse(400, 'There was a problem in the JSON you submitted.');
  }
}
