// The emulator is a second witness: it knows BrowserStack's pages and nothing that a client of ours uses.

import { type Clock, systemClock } from '../clock.ts';
import { type Answer, type Json, json } from './answer.ts';
import { type Behaviours, type Mode, resolveBehaviours } from './behaviours/index.ts';
import { handleConsole } from './console/door.ts';
import { CONTROL_PREFIX, handleControl } from './control-door.ts';
import { openKeeping } from './data-file.ts';
import type { Outcome } from './fault-effects.ts';
import { type FaultRule, Faults, parseFaults } from './faults.ts';
import { Gateway } from './gateway.ts';
import { endIdleSessions, Line } from './hub/sessions.ts';
import { Journal, type RequestRecord } from './journal.ts';
import { type Listening, type ListenOptions, listen } from './listening.ts';
import { openApiDocument } from './openapi.ts';
import { Random } from './random.ts';
import { fetched, networkError, unlessAborted } from './response.ts';
import { operations } from './routes/index.ts';
import { defaultSeed, parseSeed, type Seed, stateOf } from './seed.ts';
import { type Gauge, type RateLimit, Throttle } from './throttle.ts';
import { licencesUsed } from './users.ts';
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
} from './views.ts';
import type { World } from './world.ts';

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
  const keeping = await openKeeping(options.dataFile, random, () => stateOf(seed, clock, random));
  const world: World = { state: keeping.state, behaviours, clock, random: keeping.random };
  const throttle = new Throttle(world, rateLimit);
  const journal = new Journal();
  const line = new Line();
  const faults = new Faults(new Random(`faults of ${randomSeed}`));
  faults.inject(parseFaults(options.faults ?? []));
  const doors = new Set<Listening>();
  let shutUntil = 0;

  const onError = (error: unknown) =>
    (options.onError ?? options.log)?.(
      error instanceof Error ? (error.stack ?? error.message) : String(error),
    );

  const gateway = new Gateway({
    world,
    operations,
    throttle,
    faults,
    journal,
    line,
    save: keeping.save,
    refuseConnections: (seconds) => {
      shutUntil = clock.now().getTime() + seconds * 1000;
      for (const door of doors) door.refuse(seconds);
    },
    onError,
  });

  async function handle(request: Request, address: string): Promise<Outcome> {
    const { pathname } = new URL(request.url);
    const answered = (answer: Answer): Outcome => ({ kind: 'answered', answer });
    // Whoever asks, parallels that crashed clients hold are given back first.
    endIdleSessions(world, line);
    if (pathname === '/_local/openapi.json' && request.method === 'GET')
      return answered(json(openApiDocument(behaviours) as Json)); // A document is plain data.
    const seen = await handleConsole({ world, journal, faults, throttle, save: keeping.save }, request);
    if (seen !== undefined) return answered(seen);
    if (pathname.startsWith(CONTROL_PREFIX))
      return answered(await handleControl({ journal, faults }, request));
    const outcome = await gateway.handle(request, address);
    options.log?.(lineOf(request.method, pathname, outcome));
    return outcome;
  }

  return {
    fetch: async (request) => {
      if (clock.now().getTime() < shutUntil) throw networkError('ECONNREFUSED', 'connect ECONNREFUSED');
      return fetched(await unlessAborted(handle(request, 'in-process'), request.signal));
    },
    listen: async (listenOptions = {}) => {
      const door = await listen(handle, listenOptions, { clock, onError });
      doors.add(door);
      const close = async () => {
        doors.delete(door);
        await door.close();
      };
      return { url: door.url, close };
    },
    requests: () => journal.all(),
    clearRequests: () => journal.clear(),
    inject: (rules) => faults.inject(parseFaults([rules].flat())),
    clearFaults: () => faults.clear(),
    budget: () => throttle.gauge(),
    organization: () => organizationView(world.state),
    accounts: () => accountViews(world.state),
    teams: () => teamViews(world.state),
    users: () => userViews(world.state),
    sessions: () => sessionViews(world.state),
    mails: () => mailViews(world.state),
    licencesUsed: () => licencesUsed(world),
    close: async () => {
      await Promise.all([...doors].map((door) => door.close()));
      doors.clear();
      await keeping.save();
    },
  };
}

function lineOf(method: string, path: string, outcome: Outcome): string {
  const status = 'answer' in outcome ? outcome.answer.status : 0;
  return `${method} ${JSON.stringify(path).slice(1, -1)} ${status}${outcome.kind === 'answered' ? '' : ` (${outcome.kind})`}`;
}
