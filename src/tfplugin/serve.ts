// The protocol server: bytes only. It knows the plugin protocol and the Provider interface, and nothing of what a
// provider is about.

import { rmSync } from 'node:fs';
import type { Clock } from '../clock.ts';
import { Problem, problemsOf } from '../errors.ts';
import type { Provider } from '../provider/provider.ts';
import { Scrubber } from '../scrubber.ts';
import { watchSecrets } from '../secret.ts';
import { makeCertificate } from './certificate.ts';
import { type HandshakeRequest, handshakeLine, readHandshakeRequest } from './handshake.ts';
import type { Host } from './host.ts';
import { createLogger, levelFrom } from './log/logger.ts';
import { watchOver } from './process-lifecycle.ts';
import { socketPaths } from './socket-path.ts';
import { Calls } from './transport/calls.ts';
import { startServer, type Where } from './transport/server.ts';

export interface ServeOptions {
  readonly provider: Provider;
  /** E.g. `registry.terraform.io/browserstack-iac/browserstack`. */
  readonly address: string;
  readonly host: Host;
  readonly clock: Clock;
  /** Secrets that must never be printed: each that is made, and whatever a schema calls sensitive, is added. */
  readonly scrubber?: Scrubber;
  /** Serve on TCP where Unix sockets would do. */
  readonly network?: 'tcp';
}

/** What an engine is given to close its connection after Shutdown, milliseconds. After 2 s it kills. */
const LONGEST_GOODBYE = 1500;

/** Serves until the engine is done, then ends the process. Returns once the engine can connect. */
export async function serve(options: ServeOptions): Promise<void> {
  try {
    await answer(options, readHandshakeRequest(options.host.env, options.address));
  } catch (error) {
    giveUp(options, error);
  }
}

async function answer(options: ServeOptions, request: HandshakeRequest): Promise<void> {
  const { provider, address, host, clock, scrubber = new Scrubber() } = options;
  watchSecrets((secret) => scrubber.register(secret));
  const logger = createLogger({
    level: levelFrom(host.env),
    module: `provider.${address.split('/').at(-1)}`,
    clock,
    scrub: scrubber.scrub,
    write: (line) => host.writeStderr(line),
  });
  // Anything on stdout before the handshake is taken for the handshake.
  host.redirectOutput((text) => logger.log('debug', text.trimEnd(), { source: 'output' }));
  const calls = new Calls();
  const places = placesFor(options, request);
  const cleanUp = () => {
    for (const place of places) if (place.network === 'unix') rmSync(place.path, { force: true });
  };
  const ending = watchOver({ host, clock, calls, provider, logger, scrub: scrubber.scrub, cleanUp });
  host.restrictNewFiles(0o077);
  const tls = tlsFor(request, places, clock.now());
  const { endpoint } = await startServer({
    provider,
    calls,
    scrubber,
    logger,
    places,
    ...(tls === undefined ? {} : { tls }),
    // Ending any earlier could lose the answer: what this process has written may still wait in it, and what the engine
    // wrote meanwhile would make the system drop the connection instead of closing it.
    shutdown: (engineLeft) =>
      void Promise.race([engineLeft, clock.sleep(LONGEST_GOODBYE)]).then(() => ending.end(0)),
  });
  ending.connectable();
  // An engine that was killed this early cannot be missed later: our parent is another process already.
  if (!host.writeStdout(handshakeLine(endpoint, tls?.certificate.der))) ending.end(1);
}

/** Best first. Without TLS no TCP: other users of the machine could connect. */
function placesFor({ host, network }: ServeOptions, request: HandshakeRequest): readonly Where[] {
  // Node has no Unix sockets on Windows, and engines understand no named pipes.
  const paths = network === 'tcp' || host.platform === 'win32' ? [] : socketPaths();
  const unix = paths.map((path): Where => ({ network: 'unix', path }));
  if (request.clientCertificate === undefined) return unix;
  return [...unix, { network: 'tcp', ports: request.ports }];
}

function tlsFor({ clientCertificate }: HandshakeRequest, places: readonly Where[], now: Date) {
  if (clientCertificate !== undefined) return { clientCertificate, certificate: makeCertificate(now) };
  if (places.length > 0) return undefined;
  throw new Problem({
    code: 'refused',
    summary: 'No TCP without TLS',
    detail: 'Other users of this machine could connect. Unset TF_DISABLE_PLUGIN_TLS.',
  });
}

/** On stdout, where the engine expects its handshake: it shows that line to the user, and stderr only in its log. */
function giveUp({ host }: ServeOptions, error: unknown): void {
  const text = problemsOf(error)
    .map(({ message }) => message)
    .join(' ');
  host.writeStderr(`${text}\n`);
  host.writeStdout(`${text.replace(/[\r\n|]+/g, ' ')}\n`);
  host.exit(1);
}
