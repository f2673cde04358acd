// A proxy between the programs and the local BrowserStack: what stands there in real life, on its worst day. It bends
// what was asked or answered, as it was told to, and counts what the service really did.

import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import type { Strike } from './process.ts';

/** What the programs ask for, by what it does. */
const TARGETS = {
  accounts: 'GET /user/service-accounts',
  teams: 'GET /user/team_detail',
  'make account': 'POST /user/service-accounts',
  'make team': 'POST /user/create_team',
  'delete account': 'DELETE /user/service-accounts',
  'delete team': 'DELETE /user/delete_team',
  rotate: 'PUT /automate/recycle_key.json',
  try: 'GET /automate/plan.json',
} as const;
export type Target = keyof typeof TARGETS;

/** Before the service hears of it; or after its effect. */
type When = 'before' | 'after';

export type Mishap = { readonly target: Target; readonly nth: number; readonly times: number } & (
  | /** The connection is cut. */ { readonly kind: 'reset'; readonly when: When }
  | /** Half of the answer comes. */ { readonly kind: 'half' }
  | /** The answer comes twice, one behind the other. */ { readonly kind: 'twice' }
  | /** A page comes instead of the answer. */ {
      readonly kind: 'page';
      readonly status: number;
      readonly when: When;
    }
  | /** An error of the service's own form comes instead. */ {
      readonly kind: 'error';
      readonly status: number;
      readonly when: When;
    }
  | /** The list of so many lists ago. */ { readonly kind: 'old list'; readonly ago: number }
  | /** Nothing is there. */ { readonly kind: 'empty list' }
  | /** The answer is dated so many days off. */ { readonly kind: 'wrong date'; readonly days: number }
  | /** Something happens to the program: before its call is passed on, before or after it hears the answer. */ {
      readonly kind: 'strike';
      readonly how: Strike;
      readonly when: When | 'heard';
    }
);

interface Armed {
  readonly mishap: Mishap;
  met: number;
}

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

const EMPTY: Partial<Record<Target, string>> = { accounts: '[]', teams: '{"count":0,"team_details":[]}' };
const PAGE = '<!DOCTYPE html><html><body><h1>We will be back soon</h1></body></html>\n';

export class BendingProxy {
  readonly url: string;
  /** What really went wrong, e.g. `reset after rotate`. */
  readonly met: string[] = [];
  /** How often the service gave an account another key. */
  rotations = 0;
  /** Told when something is to happen to the program that asks. */
  onStrike: (how: Strike) => void = () => {};
  #armed: Armed[] = [];
  readonly #lists = new Map<Target, Buffer[]>();
  readonly #close: () => Promise<void>;

  private constructor(url: string, close: () => Promise<void>) {
    this.url = url;
    this.#close = close;
  }

  static async open(service: string): Promise<BendingProxy> {
    const server = createServer((incoming, outgoing) => {
      // Whoever has gone away is not told anything.
      void proxy.#pass(incoming, outgoing, service).catch(() => outgoing.destroy());
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    // A server that listens on TCP has such an address.
    const { port } = server.address() as AddressInfo;
    const close = () =>
      new Promise<void>((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      });
    const proxy = new BendingProxy(`http://127.0.0.1:${port}`, close);
    return proxy;
  }

  arm(mishaps: readonly Mishap[]): void {
    this.#armed = mishaps.map((mishap) => ({ mishap, met: 0 }));
  }

  calm(): void {
    this.#armed = [];
  }

  close(): Promise<void> {
    return this.#close();
  }

  async #pass(incoming: IncomingMessage, outgoing: ServerResponse, service: string): Promise<void> {
    const target = targetOf(incoming);
    const body = await buffer(incoming);
    const hits = this.#hitting(target);
    for (const hit of hits) {
      if (!('when' in hit) || hit.when !== 'before') continue;
      if (hit.kind === 'page' || hit.kind === 'error') return send(outgoing, instead(hit));
      if (hit.kind === 'strike') {
        this.onStrike(hit.how);
        // Who only pressed Ctrl-C is still there to ask.
        if (hit.how === 'Ctrl-C') continue;
      }
      outgoing.destroy();
      return;
    }
    const answer = await forward(incoming, body, service);
    this.#count(target, answer);
    await this.#answer(outgoing, this.#bent(target, answer, hits), hits);
  }

  #hitting(target: Target | undefined): readonly Mishap[] {
    const hits = this.#armed.filter((armed) => {
      if (armed.mishap.target !== target) return false;
      armed.met += 1;
      const { nth, times } = armed.mishap;
      return armed.met >= nth && armed.met < nth + times;
    });
    for (const { mishap } of hits) this.met.push(nameOf(mishap));
    return hits.map(({ mishap }) => mishap);
  }

  #count(target: Target | undefined, { status, body }: Answer): void {
    if (target === undefined || status !== 200) return;
    if (target in EMPTY) this.#lists.set(target, [...(this.#lists.get(target) ?? []), body]);
    if (target === 'rotate') this.rotations += 1;
  }

  #bent(target: Target | undefined, answer: Answer, hits: readonly Mishap[]): Answer {
    let bent = answer;
    for (const hit of hits) {
      if (hit.kind === 'page' || hit.kind === 'error') bent = instead(hit);
      if (hit.kind === 'empty list' && target) bent = { ...bent, body: Buffer.from(EMPTY[target] ?? '') };
      if (hit.kind === 'old list' && target) {
        const seen = this.#lists.get(target) ?? [];
        bent = { ...bent, body: seen[Math.max(0, seen.length - 1 - hit.ago)] ?? bent.body };
      }
      if (hit.kind === 'twice') bent = { ...bent, body: Buffer.concat([bent.body, bent.body]) };
      if (hit.kind === 'wrong date') {
        const date = new Date(Date.parse(bent.headers.date ?? '') + hit.days * 86_400_000);
        bent = { ...bent, headers: { ...bent.headers, date: date.toUTCString() } };
      }
    }
    return bent;
  }

  async #answer(outgoing: ServerResponse, answer: Answer, hits: readonly Mishap[]): Promise<void> {
    for (const hit of hits)
      if (hit.kind === 'strike' && hit.when === 'after') {
        this.onStrike(hit.how);
        // Who only pressed Ctrl-C still hears the answer.
        if (hit.how !== 'Ctrl-C') return void outgoing.destroy();
      }
    if (hits.some((hit) => hit.kind === 'reset')) return void outgoing.destroy();
    if (hits.some(({ kind }) => kind === 'half')) {
      outgoing.writeHead(answer.status, { ...answer.headers, 'content-length': String(answer.body.length) });
      outgoing.write(answer.body.subarray(0, Math.ceil(answer.body.length / 2)), () => outgoing.destroy());
      return;
    }
    await send(outgoing, answer);
    for (const hit of hits) if (hit.kind === 'strike' && hit.when === 'heard') this.onStrike(hit.how);
  }
}

export function nameOf(mishap: Mishap): string {
  const { kind, target } = mishap;
  const what = kind === 'strike' ? mishap.how : 'status' in mishap ? `${kind} ${mishap.status}` : kind;
  return `${what}${'when' in mishap ? ` ${mishap.when}` : ''} at ${target}`;
}

function targetOf({ method, url = '' }: IncomingMessage): Target | undefined {
  const call = `${method} ${url.split('?')[0]}`;
  const found = Object.entries(TARGETS).find(([, one]) => one === call);
  // The keys of the table are the targets.
  return found?.[0] as Target | undefined;
}

function instead(hit: { readonly kind: 'page' | 'error'; readonly status: number }): Answer {
  const isPage = hit.kind === 'page';
  return {
    status: hit.status,
    headers: { 'content-type': isPage ? 'text/html; charset=utf-8' : 'application/json' },
    body: Buffer.from(isPage ? PAGE : JSON.stringify({ message: 'Something went wrong.' })),
  };
}

function forward(incoming: IncomingMessage, body: Buffer, service: string): Promise<Answer> {
  const { method, headers } = incoming;
  return new Promise((resolve, reject) => {
    const outgoing = request(new URL(incoming.url ?? '/', service), { method, headers }, async (answer) => {
      const { date, 'content-type': type } = answer.headers;
      resolve({
        status: answer.statusCode ?? 502,
        headers: { ...(date && { date }), ...(type && { 'content-type': type }) },
        body: await buffer(answer),
      });
    });
    outgoing.once('error', reject);
    outgoing.end(body);
  });
}

function send(outgoing: ServerResponse, { status, headers, body }: Answer): Promise<void> {
  return new Promise((resolve) => {
    outgoing.once('close', () => resolve());
    outgoing.writeHead(status, headers);
    outgoing.end(body, () => resolve());
  });
}
