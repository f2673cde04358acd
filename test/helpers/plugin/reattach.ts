import { systemClock } from '../../../src/clock.ts';
import type { Provider } from '../../../src/provider/provider.ts';
import { Scrubber } from '../../../src/scrubber.ts';
import { PROTOCOL_VERSION } from '../../../src/tfplugin/handshake.ts';
import { createLogger } from '../../../src/tfplugin/log/logger.ts';
import { socketPaths } from '../../../src/tfplugin/socket-path.ts';
import { Calls } from '../../../src/tfplugin/transport/calls.ts';
import { startServer } from '../../../src/tfplugin/transport/server.ts';
import { addressOf } from '../engine.ts';

export interface Reattached {
  /** Given to a real Terraform, it uses the provider of this very process: no launch, no handshake, no init of it. */
  readonly env: { readonly TF_REATTACH_PROVIDERS: string };
  readonly socket: string;
  readonly calls: Calls;
  close(): void;
}

/**
 * Serves a provider inside the test. A plan costs about 50 ms this way. All aliases of one configuration share it, so
 * the last ConfigureProvider wins (trap 52). The host of `address` is that of the engine under test.
 */
export async function serveForReattach(provider: Provider, address: string): Promise<Reattached> {
  const [path] = socketPaths();
  if (path === undefined) throw new Error('no directory for a socket');
  const scrubber = new Scrubber();
  const calls = new Calls();
  const { close } = await startServer({
    provider,
    calls,
    scrubber,
    logger: createLogger({
      level: 'off',
      module: 'test',
      clock: systemClock,
      scrub: scrubber.scrub,
      write: () => undefined,
    }),
    places: [{ network: 'unix', path }],
    shutdown: () => undefined,
  });
  const reattach = {
    Protocol: 'grpc',
    ProtocolVersion: PROTOCOL_VERSION,
    Pid: process.pid,
    Test: true,
    Addr: { Network: 'unix', String: path },
  };
  return {
    env: { TF_REATTACH_PROVIDERS: JSON.stringify({ [addressOf(address)]: reattach }) },
    socket: path,
    calls,
    close,
  };
}

/** The environment in which an engine uses all of them. */
export function reattachTo(served: readonly Reattached[]): Reattached['env'] {
  const all = served.map(({ env }) => JSON.parse(env.TF_REATTACH_PROVIDERS));
  return { TF_REATTACH_PROVIDERS: JSON.stringify(Object.assign({}, ...all)) };
}
