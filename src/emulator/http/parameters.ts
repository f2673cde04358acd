// What a request asks for: query, form and JSON merged as Rails does it, with a limit on everything.

import { Refusal, refuse } from '../organization/refusal.ts';
import type { ServerRequest } from './request.ts';

const MAXIMUM_BODY = 1024 * 1024;
const MAXIMUM_QUERY = 16 * 1024;

export interface Parameters {
  /** The value of a parameter; the query wins over the body. */
  get(name: string): string | undefined;
  readonly names: readonly string[];
}

/** Reads the parameters of a request, or says what is wrong with them. */
export async function readParameters(
  request: ServerRequest,
  from: 'anywhere' | 'query',
): Promise<Parameters | Refusal> {
  const query = queryOf(request);
  if (query instanceof Refusal) return query;
  const body = await readBody(request);
  if (body instanceof Refusal) return body;
  const sent = from === 'anywhere' ? parseBody(body, request.header('content-type') ?? '') : new Map();
  if (sent instanceof Refusal) return sent;
  return parametersOf(new Map<string, string>([...sent, ...query]));
}

/** The parameters of the query alone. */
export function readQuery(request: ServerRequest): Parameters | Refusal {
  const query = queryOf(request);
  return query instanceof Refusal ? query : parametersOf(query);
}

/** A JSON body as it stands, for the calls that are defined with one. */
export async function readJsonBody(request: ServerRequest): Promise<unknown> {
  const body = await readBody(request);
  return body instanceof Refusal ? body : parseJson(body);
}

function queryOf({ search }: ServerRequest): Map<string, string> | Refusal {
  return search.length > MAXIMUM_QUERY ? refuse(414, 'The query is too long.') : readForm(search);
}

function parametersOf(values: ReadonlyMap<string, string>): Parameters {
  return { get: (name) => values.get(name), names: [...values.keys()] };
}

function parseBody(body: string, contentType: string): Map<string, string> | Refusal {
  const type = contentType.split(';')[0]?.trim().toLowerCase();
  if (type === 'application/x-www-form-urlencoded') return readForm(body);
  if (type !== 'application/json' || body.trim() === '') return new Map();
  const parsed = parseJson(body);
  if (parsed instanceof Refusal) return parsed;
  const found = new Map<string, string>();
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) return found;
  for (const [name, value] of Object.entries(parsed)) {
    if (value === null) continue;
    if (typeof value === 'object') return refuse(422, `Parameter ${JSON.stringify(name)} must be a text.`);
    found.set(name, String(value));
  }
  return found;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return refuse(400, 'There was a problem in the JSON you submitted.');
  }
}

/** Reads `name=value&…`; bytes that are no UTF-8 are refused instead of being replaced. */
function readForm(text: string): Map<string, string> | Refusal {
  const found = new Map<string, string>();
  for (const pair of text.split('&')) {
    if (pair === '') continue;
    const at = pair.indexOf('=');
    try {
      const name = decode(at < 0 ? pair : pair.slice(0, at));
      if (/\[.*\]$/.test(name)) return refuse(422, `Parameter ${JSON.stringify(name)} must be a text.`);
      found.set(name, at < 0 ? '' : decode(pair.slice(at + 1)));
    } catch {
      return refuse(400, 'Invalid encoding of parameters.');
    }
  }
  return found;
}

function decode(text: string): string {
  return decodeURIComponent(text.replaceAll('+', ' '));
}

async function readBody({ body }: ServerRequest): Promise<string | Refusal> {
  if (body === null) return '';
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.byteLength;
    if (size > MAXIMUM_BODY) return refuse(413, 'The body is too large.');
    chunks.push(chunk);
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks));
  } catch {
    return refuse(400, 'The body is not UTF-8.');
  }
}
