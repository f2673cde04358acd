// The emulator is a second witness: it knows BrowserStack's pages and nothing that a client of ours uses.

import { type Clock, systemClock } from '../clock.ts';
import { type Behaviours, type Mode, resolveBehaviours } from './behaviours/index.ts';
import { consoleRoutes } from './console/routes.ts';
import type { Context } from './context.ts';
import type { Outcome } from './faults/effects.ts';
import { type FaultRule, Faults, parseFaults } from './faults/faults.ts';
import { operationRoute } from './http/operation-route.ts';
import { RequestPipeline } from './http/pipeline.ts';
import { type Gauge, type RateLimit, RateLimiter } from './http/rate-limit.ts';
import { SessionQueue } from './hub/session-queue.ts';
import { endIdleSessions } from './hub/sessions.ts';
import { hubRoutes } from './hub/webdriver.ts';
import { controlRoutes } from './inspect/control-api.ts';
import { RequestLog, type RequestRecord } from './inspect/request-log.ts';
import {
  type AccountView,
  accountViews,
  type MailView,
  mailViews,
  type OrganizationView,
  organizationView,
  type SessionView,
  sessionViews,
  type TeamView,
  teamViews,
  type UserView,
  userViews,
} from './inspect/views.ts';
import { licencesUsed } from './organization/users.ts';
import { Random } from './random.ts';
import { operations } from './routes/index.ts';
import { openStorage } from './storage/data-file.ts';
import { defaultSeed, parseSeed, type Seed, stateOf } from './storage/seed.ts';
import { fetched, networkError, unlessAborted } from './transport/in-memory.ts';
import { requestOfFetch, type ServerRequest } from './transport/request.ts';
import { type Listening, type ListenOptions, listen } from './transport/server.ts';

export interface LocalBrowserStackOptions {
  /** Default: `defaultSeed`. */
  readonly seed?: Seed;
  readonly clock?: Clock;
  /** The same seed gives the same user names, keys and chances. */
  readonly randomSeed?: number | string;
  /** `real` (default), `off`, or how many times faster than real. */
  readonly rateLimit?: RateLimit;
  readonly behaviours?: Partial<Behaviours>;
  /** `lenient` (default) serves every documented form, `strict` the newest one only. */
  readonly mode?: Mode;
  readonly faults?: readonly FaultRule[];
  /** Keeps the organization in this file; what is in it wins over the seed. Default: memory only. */
  readonly dataFile?: string;
  /** Gets a line for each request. Never contains a key. */
  readonly log?: (line: string) => void;
  /** Told about failures of the server itself, such as a data file that cannot be written. Default: `log`. */
  readonly onError?: (report: string) => void;
}

export interface LocalBrowserStack {
  /** Answers a request in this process. A cut connection rejects as Node's fetch does. */
  fetch(request: Request): Promise<Response>;
  /** Listens on a real socket; 127.0.0.1 and a free port unless told otherwise. */
  listen(options?: ListenOptions): Promise<{ readonly url: string; close(): Promise<void> }>;
  /** Every request of the API since the start or the last clearing; never with a key. */
  requests(): readonly RequestRecord[];
  clearRequests(): void;
  inject(faults: FaultRule | readonly FaultRule[]): void;
  clearFaults(): void;
  /** How the organization's request budget stands. */
  budget(): Gauge;
  /** The organization this is: the seed's, or the data file's. */
  organization(): OrganizationView;
  /** The service accounts with their current keys: for assertions, as no caller sees them. */
  accounts(): readonly AccountView[];
  teams(): readonly TeamView[];
  users(): readonly UserView[];
  /** What ran on the hub, under the name dashboards show. */
  sessions(): readonly SessionView[];
  /** E-mails the service would have sent. */
  mails(): readonly MailView[];
  /** Licences in use: people count, service accounts do not. */
  licencesUsed(): number;
  /** Stops listening and waits until everything is kept. */
  close(): Promise<void>;
}

/** Starts a BrowserStack organization in this process. */
export async function createLocalBrowserStack(
  options: LocalBrowserStackOptions = {},
): Promise<LocalBrowserStack> {
  const { clock = systemClock, randomSeed = 'browserstack-iac', rateLimit = 'real' } = options;
  const behaviours = resolveBehaviours(options.mode ?? 'lenient', options.behaviours);
  const seed = parseSeed(options.seed ?? defaultSeed);
  const random = new Random(randomSeed);
  const storage = await openStorage(options.dataFile, random, () => stateOf(seed, clock, random));
  const context: Context = { state: storage.state, behaviours, clock, random: storage.random };
  const rateLimiter = new RateLimiter(context, rateLimit);
  const requestLog = new RequestLog();
  const queue = new SessionQueue();
  const faults = new Faults(new Random(`faults of ${randomSeed}`));
  faults.inject(parseFaults(options.faults ?? []));
  const servers = new Set<Listening>();
  const closing = new AbortController();
  const underWay = new Set<Promise<unknown>>();
  let shutUntil = 0;

  const onError = (error: unknown) =>
    (options.onError ?? options.log)?.(
      error instanceof Error ? (error.stack ?? error.message) : String(error),
    );

  const { save } = storage;
  const parts = { context, behaviours, rateLimiter, requestLog, faults, queue, save };
  const served = operations.filter((operation) => operation.served?.(behaviours) ?? true);
  const pipeline = new RequestPipeline({
    ...parts,
    routes: [
      ...served.map((operation) => operationRoute(operation, parts)),
      ...hubRoutes(parts),
      ...consoleRoutes(parts),
      ...controlRoutes(parts),
    ],
    connections: { refuse, closing: closing.signal },
    onError,
  });

  function refuse(seconds: number): void {
    shutUntil = clock.now().getTime() + seconds * 1000;
    for (const server of servers) server.refuse(seconds);
  }

  async function handle(request: ServerRequest): Promise<Outcome> {
    // Whoever asks, parallels that crashed clients hold are given back first.
    endIdleSessions(context, queue);
    const handling = pipeline.handle(request);
    underWay.add(handling);
    const { local, ...outcome } = await handling.finally(() => underWay.delete(handling));
    if (!local) options.log?.(lineOf(request, outcome));
    return outcome;
  }

  return {
    fetch: async (request) => {
      if (clock.now().getTime() < shutUntil) throw networkError('ECONNREFUSED', 'connect ECONNREFUSED');
      return fetched(await unlessAborted(handle(requestOfFetch(request, closing.signal)), request.signal));
    },
    listen: async (listenOptions = {}) => {
      const server = await listen(handle, listenOptions, { clock, onError });
      servers.add(server);
      const close = async () => {
        servers.delete(server);
        await server.close();
      };
      return { url: server.url, close };
    },
    requests: () => requestLog.all(),
    clearRequests: () => requestLog.clear(),
    inject: (rules) => faults.inject(parseFaults([rules].flat())),
    clearFaults: () => faults.clear(),
    budget: () => rateLimiter.gauge(),
    organization: () => organizationView(context.state),
    accounts: () => accountViews(context.state),
    teams: () => teamViews(context.state),
    users: () => userViews(context.state),
    sessions: () => sessionViews(context.state),
    mails: () => mailViews(context.state),
    licencesUsed: () => licencesUsed(context),
    close: async () => {
      closing.abort();
      await Promise.all([...servers].map((server) => server.close()));
      servers.clear();
      await Promise.allSettled(underWay);
      await storage.close();
    },
  };
}

function lineOf({ method, path }: ServerRequest, outcome: Outcome): string {
  const status = 'answer' in outcome ? outcome.answer.status : 0;
  return `${method} ${JSON.stringify(path).slice(1, -1)} ${status}${outcome.kind === 'answered' ? '' : ` (${outcome.kind})`}`;
}
