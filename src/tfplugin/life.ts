import type { Clock } from '../clock.ts';
import type { Provider } from '../provider/provider.ts';
import type { Scrub } from './codec/diagnostics.ts';
import type { Host } from './host.ts';
import { type Logger, rawLines } from './log/logger.ts';
import type { Calls } from './transport/calls.ts';

// When this process ends: asked to (Shutdown, SIGTERM), left alone (the engine died), or broken. Never on Ctrl-C, which
// reaches the whole process group while the engine still needs us to finish and report.

export interface Life {
  readonly host: Host;
  readonly clock: Clock;
  readonly calls: Calls;
  readonly provider: Provider;
  readonly logger: Logger;
  readonly scrub: Scrub;
  /** Removes what must not outlive the process. */
  readonly cleanUp: () => void;
}

/** How often the parent is looked at, milliseconds. */
const WATCH_INTERVAL = 500;
/** What calls in flight are given to end once nobody waits for them, milliseconds. */
const ORPHAN_GRACE = 500;
/** How long nothing must be in flight after SIGTERM: the engine asks several things in a row. */
const QUIET = 250;
/** How many causes of a crash are told. */
const DEEPEST_CAUSE = 5;

export interface Ending {
  /** Ends the process now. */
  end(code: number): void;
}

/** Catches signals, crashes and the death of the parent from now on. */
export function watchOver(life: Life): Ending {
  const { host, logger, scrub, cleanUp } = life;
  let ended = false;
  const end = (code: number) => {
    if (ended) return;
    ended = true;
    cleanUp();
    host.exit(code);
  };
  host.onSignal('SIGINT', () => logger.log('info', 'interrupted; waiting for the engine to say what to do'));
  for (const signal of ['SIGTERM', 'SIGHUP'] as const)
    host.onSignal(signal, () => void endWhenIdle(life, signal, end));
  host.onCrash((error) => {
    // The prefix makes the engine show this to the user instead of "Plugin did not respond".
    host.writeStderr(rawLines(scrub(`panic: ${describe(error)}`)));
    end(2);
  });
  void watchParent(life, end);
  return { end };
}

async function endWhenIdle({ calls, clock, logger }: Life, signal: string, end: (code: number) => void) {
  logger.log('info', 'asked to terminate; finishing the calls in flight', { signal, calls: calls.count });
  do {
    await calls.idle();
    await clock.sleep(QUIET);
  } while (calls.count > 0);
  end(0);
}

async function watchParent(
  { host, clock, calls, provider, logger }: Life,
  end: (code: number) => void,
): Promise<void> {
  const parent = host.parentId();
  while (host.parentId() === parent && (host.platform !== 'win32' || host.isAlive(parent)))
    await clock.sleep(WATCH_INTERVAL);
  logger.log('warn', 'the engine is gone; ending', { calls: calls.count });
  provider.stop();
  calls.abortAll('The engine that asked for this is gone.');
  await Promise.race([calls.idle(), clock.sleep(ORPHAN_GRACE)]);
  end(1);
}

/** With its causes, which may go round in a circle. */
function describe(error: unknown, depth = 0): string {
  if (!(error instanceof Error)) return String(error);
  const stack = error.stack ?? String(error);
  if (!(error.cause instanceof Error) || depth === DEEPEST_CAUSE) return stack;
  return `${stack}\ncaused by: ${describe(error.cause, depth + 1)}`;
}
