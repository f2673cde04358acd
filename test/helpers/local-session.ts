import { Agent, type Dispatcher } from 'undici';
import type { Clock } from '../../src/clock.ts';
import {
  createLocalBrowserStack,
  type LocalBrowserStack,
  type LocalBrowserStackOptions,
} from '../../src/entry/emulator.ts';
import type { Operation, Warning, WriteOperation } from '../../src/lifecycle/operation.ts';
import { configure } from '../../src/resources/configuration/configure.ts';
import { type Configuration, configurationSchema } from '../../src/resources/configuration/schema.ts';
import type { Session } from '../../src/resources/index.ts';
import { objectValue } from '../../src/schema/value.ts';
import { SkippingClock } from './skipping-clock.ts';
import { Traffic } from './traffic.ts';

export const OWNER = { username: 'owner_local', access_key: 'owner-local-key-0001' };

export interface LocalSession {
  readonly local: LocalBrowserStack;
  readonly session: Session;
  readonly clock: SkippingClock;
  /** A second run against the same organization: fresh snapshots, fresh budget. */
  another(settings?: Partial<Configuration>): Promise<Session>;
  close(): Promise<void>;
}

/** A local BrowserStack on a real socket and a session on it, both on the same virtual clock. */
export async function localSession(
  options: LocalBrowserStackOptions = {},
  settings: Partial<Configuration> = {},
): Promise<LocalSession> {
  const clock = new SkippingClock();
  const local = await createLocalBrowserStack({ clock, rateLimit: 'off', ...options });
  const { url } = await local.listen();
  const traffic = new Traffic();
  const agent = new Agent().compose(traffic.interceptor);
  clock.atRest = () => traffic.atRest();
  const another = (changed: Partial<Configuration> = {}) =>
    openSession({ ...OWNER, base_url: url, ...settings, ...changed }, clock, agent);
  return {
    local,
    session: await another(),
    clock,
    another,
    close: async () => {
      await agent.close();
      await local.close();
    },
  };
}

function openSession(settings: Partial<Configuration>, clock: Clock, agent: Dispatcher): Promise<Session> {
  const nothing = objectValue(
    Object.keys(configurationSchema.attributes).map((name) => [name, null] as const),
  );
  const open = configure({ env: {}, dispatcher: async () => agent, random: () => 0, version: 'test' });
  return open({ ...(nothing as Configuration), ...settings }, { clock, log: () => {} });
}

/** An operation on a session, which collects what it is told. */
export function operation<State>(
  session: Session,
): WriteOperation<Session, State> & { readonly warnings: Warning[]; readonly saved: State[] } {
  const warnings: Warning[] = [];
  const saved: State[] = [];
  const op: Operation<Session> = {
    session,
    clock: session.clock,
    signal: new AbortController().signal,
    warn: (warning) => warnings.push(warning),
    progress: () => {},
  };
  return { ...op, save: (state) => saved.push(state), warnings, saved };
}
