import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Agent, type Dispatcher } from 'undici';
import { systemClock } from '../../src/clock.ts';
import { network } from '../../src/entry/network.ts';
import { configure } from '../../src/resources/configuration/configure.ts';
import { type Configuration, configurationSchema } from '../../src/resources/configuration/schema.ts';
import type { Session } from '../../src/resources/index.ts';
import { objectValue } from '../../src/schema/value.ts';

export interface RawServer {
  readonly url: string;
  /** Method and path of every request, in order. */
  readonly requests: string[];
  close(): Promise<void>;
}

/** A server that answers however the test likes; what a faithful service would never do. */
export async function rawServer(answer: RequestListener): Promise<RawServer> {
  const requests: string[] = [];
  const server = createServer((request, response) => {
    requests.push(`${request.method} ${request.url}`);
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // A server that listens on TCP has such an address.
  const { port } = server.address() as AddressInfo;
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { url: `http://127.0.0.1:${port}`, requests, close };
}

const NOTHING = objectValue(Object.keys(configurationSchema.attributes).map((name) => [name, null] as const));

interface Outside {
  readonly signal?: AbortSignal;
  readonly env?: Readonly<Record<string, string>>;
  readonly dispatcher?: Dispatcher;
}

/** A session in real time; with `env`, over the network as the programs lay it out. */
export function sessionIn(
  settings: Partial<Configuration>,
  { signal, env, dispatcher = new Agent() }: Outside = {},
): Promise<Session> {
  const outside = env === undefined ? { dispatcher: async () => dispatcher } : network(env);
  const open = configure({ env: {}, ...outside, random: () => 0, version: 'test' });
  const defaults = {
    ...NOTHING,
    username: 'owner_local',
    access_key: 'owner-local-key-0001',
    max_retries: 0,
  };
  // Every attribute of the schema is there, null where it is left out.
  return open({ ...defaults, ...settings } as Configuration, {
    clock: systemClock,
    log: () => {},
    ...(signal && { signal }),
  });
}
