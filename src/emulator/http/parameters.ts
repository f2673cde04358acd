// What a request asks for: query, form, multipart and JSON merged as Rails does it, with a limit on everything.

import { Refusal, refuse } from '../organization/refusal.ts';
import type { ServerRequest } from '../transport/request.ts';
import { decoded, parseJson, readBytes } from './body.ts';

export interface Parameters {
  /** The value of a parameter; the query wins over the body. */
  get(name: string): string | undefined;
  readonly names: readonly string[];
}

type Values = Map<string, string>;

/** The kinds of body that parameters are read from; a body of another kind asks for nothing, as in Rails. */
export const parameterBodies = [
  'application/x-www-form-urlencoded',
  'multipart/form-data',
  'application/json',
] as const;

/** Reads the parameters of a request, or says what is wrong with them. */
export async function readParameters(
  request: ServerRequest,
  from: 'anywhere' | 'query',
): Promise<Parameters | Refusal> {
  const query = readForm(request.search);
  if (query instanceof Refusal) return query;
  const bytes = await readBytes(request);
  if (bytes instanceof Refusal) return bytes;
  const sent = from === 'anywhere' ? await parseBody(bytes, request.header('content-type')) : new Map();
  if (sent instanceof Refusal) return sent;
  return parametersOf(new Map([...sent, ...query]));
}

/** The parameters of the query alone. */
export function readQuery(request: ServerRequest): Parameters | Refusal {
  const query = readForm(request.search);
  return query instanceof Refusal ? query : parametersOf(query);
}

function parametersOf(values: ReadonlyMap<string, string>): Parameters {
  return { get: (name) => values.get(name), names: [...values.keys()] };
}

/** Without a content type it is a form. */
async function parseBody(
  bytes: Buffer,
  contentType = 'application/x-www-form-urlencoded',
): Promise<Values | Refusal> {
  const type = contentType.split(';')[0]?.trim().toLowerCase() ?? '';
  if (bytes.byteLength === 0) return new Map();
  if (type === 'multipart/form-data') return readMultipart(bytes, contentType);
  const isForm = type === 'application/x-www-form-urlencoded';
  if (!isForm && !/^(?:application|text)\/(?:[\w.-]+\+)?json$/.test(type)) return new Map();
  const text = decoded(bytes);
  if (text instanceof Refusal) return text;
  return isForm ? readForm(text) : readJson(text);
}

function readJson(text: string): Values | Refusal {
  if (text.trim() === '') return new Map();
  const parsed = parseJson(text);
  if (parsed instanceof Refusal) return parsed;
  const found: Values = new Map();
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) return found;
  for (const [name, value] of Object.entries(parsed)) {
    if (value === null) continue;
    if (typeof value === 'object') return notText(name);
    found.set(name, String(value));
  }
  return found;
}

async function readMultipart(bytes: Buffer, contentType: string): Promise<Values | Refusal> {
  let form: FormData;
  try {
    form = await new Response(bytes, { headers: { 'Content-Type': contentType } }).formData();
  } catch {
    return refuse(400, 'There was a problem in the multipart form you submitted.');
  }
  const found: Values = new Map();
  for (const [name, value] of form) {
    if (typeof value !== 'string' || isNested(name)) return notText(name);
    found.set(name, value);
  }
  return found;
}

/** Reads `name=value&…`; bytes that are no UTF-8 are refused instead of being replaced. */
function readForm(text: string): Values | Refusal {
  const found: Values = new Map();
  for (const pair of text.split('&')) {
    if (pair === '') continue;
    const at = pair.indexOf('=');
    try {
      const name = decode(at < 0 ? pair : pair.slice(0, at));
      if (isNested(name)) return notText(name);
      found.set(name, at < 0 ? '' : decode(pair.slice(at + 1)));
    } catch {
      return refuse(400, 'Invalid encoding of parameters.');
    }
  }
  return found;
}

/** Rails makes an object or a list of `name[key]`. */
function isNested(name: string): boolean {
  return /\[.*\]$/.test(name);
}

function notText(name: string): Refusal {
  return refuse(422, `Parameter ${JSON.stringify(name)} must be a text.`);
}

function decode(text: string): string {
  return decodeURIComponent(text.replaceAll('+', ' '));
}
