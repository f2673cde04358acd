// The organization the tests of the local BrowserStack start from, and requests written as short as curl.

import { ManualClock } from '../../src/clock.ts';
import { resolveBehaviours } from '../../src/emulator/behaviours/index.ts';
import {
  createLocalBrowserStack,
  type LocalBrowserStack,
  type LocalBrowserStackOptions,
} from '../../src/emulator/local-browserstack.ts';
import { openApiDocument } from '../../src/emulator/openapi/document.ts';
import type { Seed } from '../../src/emulator/storage/seed.ts';
import { Witness } from './openapi-witness.ts';

export const seed = {
  organization: { name: 'Acme Inc.', enterprise: true },
  teams: [{ name: 'Web' }, { name: 'Mobile' }],
  users: [
    { username: 'olivia', access_key: 'olivia-key', role: 'owner' },
    { username: 'oscar', access_key: 'oscar-key', role: 'admin' },
    { username: 'tara', access_key: 'tara-key', role: 'admin', team: 'Web' },
    { username: 'uma', access_key: 'uma-key', role: 'user', team: 'Web' },
  ],
  service_accounts: [
    { identifier: 'web-ci', team: 'Web', username: 'webci_1', access_key: 'web-ci-key' },
    { identifier: 'mobile-ci', team: 'Mobile', username: 'mobileci_1', access_key: 'mobile-ci-key' },
    { identifier: 'nightly', username: 'nightly_1', access_key: 'nightly-key' },
  ],
} satisfies Seed;

export const owner = 'olivia:olivia-key';
export const orgAdmin = 'oscar:oscar-key';
export const teamAdmin = 'tara:tara-key';
export const user = 'uma:uma-key';

/** What a member does in the browser. */
export function click(client: Client, as: string, action: string, fields: Record<string, unknown> = {}) {
  return client.ask(undefined, 'POST /_local/console/act', {
    body: JSON.stringify({ as, action, ...fields }),
  });
}

/** Opens a session on the hub, with credentials in the capabilities as the documentation has them. */
export function openSession(client: Client, credentials: string, options: Record<string, string> = {}) {
  const [userName, accessKey] = credentials.split(':');
  const alwaysMatch = { browserName: 'Chrome', 'bstack:options': { userName, accessKey, ...options } };
  return client.ask(undefined, 'POST /wd/hub/session', {
    body: JSON.stringify({ capabilities: { alwaysMatch } }),
  });
}

export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of every shape
  readonly body: any;
}

export interface Client {
  readonly stack: LocalBrowserStack;
  readonly clock: ManualClock;
  /** `ask('olivia:olivia-key', 'GET /user/team_detail')` */
  ask(credentials: string | undefined, line: string, init?: RequestInit): Promise<Reply>;
}

/** A local BrowserStack on a clock that stands still, without limits unless asked for. */
export async function organization(options: LocalBrowserStackOptions = {}): Promise<Client> {
  const clock = new ManualClock('2026-03-01T12:00:00Z');
  const stack = await createLocalBrowserStack({ seed, clock, rateLimit: 'off', ...options });
  const witness = witnessOf(options);
  const ask: Client['ask'] = async (credentials, line, init) => {
    const reply = await asking((request) => stack.fetch(request))(credentials, line, init);
    const [method = '', path = ''] = line.split(/ (.*)/s);
    const faulted = stack.requests().at(-1)?.faults !== undefined;
    const complaint = witness.complaint(method, path.split('?')[0] ?? '', reply);
    if (complaint !== undefined && !faulted) throw new Error(complaint);
    return reply;
  };
  return { stack, clock, ask };
}

const witnesses = new Map<string, Witness>();

/** Every answer that is not bent by a fault is held against the document of its switches. */
function witnessOf({ mode = 'lenient', behaviours = {} }: LocalBrowserStackOptions): Witness {
  const resolved = resolveBehaviours(mode, behaviours);
  const key = JSON.stringify(resolved);
  const witness = witnesses.get(key) ?? new Witness(openApiDocument({ behaviours: resolved }));
  witnesses.set(key, witness);
  return witness;
}

/** `ask` over any way to send a request, so that real sockets are asked in the same words. */
export function asking(
  send: (request: Request) => Promise<Response>,
  base = 'https://api.browserstack.com',
): Client['ask'] {
  return async (credentials, line, init = {}) => {
    const [method = '', path = ''] = line.split(/ (.*)/s);
    const headers = new Headers(init.headers);
    if (credentials !== undefined)
      headers.set('Authorization', `Basic ${Buffer.from(credentials).toString('base64')}`);
    const response = await send(new Request(`${base}${path}`, { ...init, method, headers }));
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.startsWith('application/json') ?? false;
    return {
      status: response.status,
      headers: response.headers,
      text,
      body: isJson ? JSON.parse(text) : undefined,
    };
  };
}
