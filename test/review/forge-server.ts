// GitHub and GitLab as far as comments go, on a real socket: shapes, pages, limits and refusals as their pages document
// them (docs.github.com/rest/issues/comments, docs.gitlab.com/api/notes).

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface StoredComment {
  readonly id: number;
  body: string;
  readonly author: string;
}

export interface ForgeServer {
  readonly url: string;
  readonly comments: StoredComment[];
  /** `POST /repos/acme/infra/issues/7/comments 201` */
  readonly requests: string[];
  /** Whose token this is; `undefined` for the token of a workflow, which is nobody's. */
  login: string | undefined;
  /** Called before each request is carried out; returns what is answered instead, or after it. */
  disturb: ((method: string, path: string) => Disturbance | undefined) | undefined;
  close(): Promise<void>;
}

export type Disturbance =
  | { readonly status: number; readonly headers?: Readonly<Record<string, string>> }
  /** Carried out, and then the connection breaks. */
  | 'cut after'
  /** Not carried out. */
  | 'cut before';

export const TOKEN = 'ForgeCanaryToken0001';
const GITHUB_LIMIT = 65_536;

export async function forgeServer(kind: 'github' | 'gitlab'): Promise<ForgeServer> {
  const state: ForgeServer = {
    url: '',
    comments: [],
    requests: [],
    login: kind === 'github' ? undefined : 'review-bot',
    disturb: undefined,
    close: async () => {},
  };
  let next = 1000;
  const server = createServer(async (request, response) => {
    const body = await jsonOf(request);
    const { method = '', url = '' } = request;
    const path = url.split('?')[0] ?? '';
    const disturbed = state.disturb?.(method, path);
    const log = (status: number | string) => state.requests.push(`${method} ${path} ${status}`);
    if (disturbed === 'cut before') {
      log('cut');
      request.socket.destroy();
      return;
    }
    if (typeof disturbed === 'object') {
      log(disturbed.status);
      answer(response, disturbed.status, { message: 'as told' }, disturbed.headers);
      return;
    }
    const { status, json, headers } = (kind === 'github' ? gitHub : gitLab)(
      state,
      request,
      body,
      () => next++,
    );
    log(status);
    if (disturbed === 'cut after') request.socket.destroy();
    else answer(response, status, json, headers);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo; // It listens on a port.
  return Object.assign(state, {
    url: `http://127.0.0.1:${port}`,
    close: () => {
      server.closeAllConnections();
      return new Promise<void>((resolve) => server.close(() => resolve()));
    },
  });
}

interface Answered {
  readonly status: number;
  readonly json?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

type Handler = (
  state: ForgeServer,
  request: IncomingMessage,
  body: unknown,
  nextId: () => number,
) => Answered;

const WORKFLOW = 'github-actions[bot]';

const gitHub: Handler = (state, request, body, nextId) => {
  const { pathname, searchParams } = new URL(request.url ?? '', 'http://x');
  if (request.headers.authorization !== `Bearer ${TOKEN}`)
    return { status: 401, json: { message: 'Bad credentials' } };
  if (request.headers['user-agent'] === undefined)
    return { status: 403, json: { message: 'Request forbidden by administrative rules' } };
  if (pathname === '/user')
    return state.login === undefined
      ? { status: 403, json: { message: 'Resource not accessible by integration' } }
      : { status: 200, json: { login: state.login } };
  const written = (comment: StoredComment) => ({
    id: comment.id,
    body: comment.body,
    user: { login: comment.author, type: comment.author.endsWith('[bot]') ? 'Bot' : 'User' },
  });
  if (pathname === '/repos/acme/infra/issues/7/comments') {
    if (request.method === 'GET') {
      const [size, page] = [
        Number(searchParams.get('per_page') ?? 30),
        Number(searchParams.get('page') ?? 1),
      ];
      return { status: 200, json: state.comments.slice((page - 1) * size, page * size).map(written) };
    }
    const text = textIn(body);
    if (Buffer.byteLength(text) > GITHUB_LIMIT)
      return {
        status: 422,
        json: { message: 'Validation Failed', errors: ['Body is too long (maximum is 65536 characters)'] },
      };
    const made = { id: nextId(), body: text, author: state.login ?? WORKFLOW };
    state.comments.push(made);
    return { status: 201, json: written(made) };
  }
  const [, id] = /^\/repos\/acme\/infra\/issues\/comments\/(\d+)$/u.exec(pathname) ?? [];
  return byId(state, request.method, id, body, { removed: 204, written });
};

const gitLab: Handler = (state, request, body, nextId) => {
  const { pathname, searchParams } = new URL(request.url ?? '', 'http://x');
  if (request.headers['private-token'] !== TOKEN)
    return { status: 401, json: { message: '401 Unauthorized' } };
  if (pathname === '/api/v4/user') return { status: 200, json: { id: 1, username: state.login } };
  const written = (comment: StoredComment) => ({
    id: comment.id,
    body: comment.body,
    author: { username: comment.author },
    system: comment.author === 'system',
  });
  const notes = '/api/v4/projects/acme%2Finfra/merge_requests/7/notes';
  if (pathname === notes) {
    if (request.method === 'GET') {
      const [size, page] = [
        Number(searchParams.get('per_page') ?? 20),
        Number(searchParams.get('page') ?? 1),
      ];
      const more = state.comments.length > page * size;
      return {
        status: 200,
        json: state.comments.slice((page - 1) * size, page * size).map(written),
        headers: { 'x-next-page': more ? String(page + 1) : '' },
      };
    }
    const made = { id: nextId(), body: textIn(body), author: state.login ?? '' };
    state.comments.push(made);
    return { status: 201, json: written(made) };
  }
  const id = pathname.startsWith(`${notes}/`) ? pathname.slice(notes.length + 1) : undefined;
  return byId(state, request.method, id, body, { removed: 204, written });
};

function byId(
  { comments }: ForgeServer,
  method: string | undefined,
  id: string | undefined,
  body: unknown,
  { removed, written }: { readonly removed: number; readonly written: (comment: StoredComment) => object },
): Answered {
  const index = comments.findIndex((comment) => String(comment.id) === id);
  const found = comments[index];
  if (found === undefined) return { status: 404, json: { message: 'Not Found' } };
  if (method === 'DELETE') {
    comments.splice(index, 1);
    return { status: removed };
  }
  found.body = textIn(body);
  return { status: 200, json: written(found) };
}

function textIn(body: unknown): string {
  return typeof body === 'object' && body !== null && 'body' in body ? String(body.body) : '';
}

function answer(
  response: ServerResponse,
  status: number,
  json: unknown,
  headers: Readonly<Record<string, string>> = {},
): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(json === undefined ? '' : JSON.stringify(json));
}

async function jsonOf(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const text = Buffer.concat(chunks).toString('utf8');
  return text === '' ? undefined : JSON.parse(text);
}
