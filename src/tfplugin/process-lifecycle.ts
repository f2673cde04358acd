import type { Clock } from '../clock.ts';
import { Problem } from '../errors.ts';
import type { Provider } from '../provider/provider.ts';
import type { Scrub } from './codec/diagnostics.ts';
import type { Host } from './host.ts';
import { type Logger, rawLines } from './log/logger.ts';
import type { Calls } from './transport/calls.ts';

// When this process ends: asked to (Shutdown, SIGTERM), left alone (the engine died), or broken. Never on Ctrl-C, which
// reaches the whole process group while the engine still needs us to finish and report.

export interface LifecycleContext {
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
/** What writes in flight are given to end by themselves after a crash, milliseconds. */
const LAST_WRITE = 5_000;
/** How many causes of a crash are told. */
const DEEPEST_CAUSE = 5;

/** Exit code of a process that broke, whatever ended it. */
const BROKEN = 2;

export interface Ending {
  /** Ends the process now. */
  end(code: number): void;
  /** From now on an engine can ask: a crash before that ends the process, later ones become answers. */
  connectable(): void;
}

/** Catches signals, crashes and the death of the parent from now on. */
export function watchOver(context: LifecycleContext): Ending {
  const { host, calls, logger, scrub, cleanUp } = context;
  let ended = false;
  const end = (code: number) => {
    if (ended) return;
    ended = true;
    cleanUp();
    host.exit(calls.isBroken ? BROKEN : code);
  };
  host.onSignal('SIGINT', () => logger.log('info', 'interrupted; waiting for the engine to say what to do'));
  for (const signal of ['SIGTERM', 'SIGHUP'] as const)
    host.onSignal(signal, () => void endWhenIdle(context, signal, end));
  let connectable = false;
  host.onCrash((error) => {
    // What broke once may break every moment: told once, then only to the log.
    if (calls.isBroken) return logger.log('error', 'broke again', { stack: describe(error) });
    // The prefix makes engines show this to the user when the process ends before they are done with it.
    host.writeStderr(rawLines(scrub(`panic: ${describe(error)}`)));
    if (connectable) void refuseFromNowOn(context, error);
    else end(BROKEN);
  });
  void watchParent(context, end);
  return {
    end,
    connectable: () => {
      connectable = true;
    },
  };
}

async function endWhenIdle(
  { calls, clock, logger }: LifecycleContext,
  signal: string,
  end: (code: number) => void,
) {
  logger.log('info', 'asked to terminate; finishing the calls in flight', { signal, calls: calls.count });
  do {
    await calls.idle();
    await clock.sleep(QUIET);
  } while (calls.count > 0);
  end(0);
}

/**
 * Not every engine shows what a process said before it broke, none shows what it did with an object: so this process
 * stays until the engine is done with it, and answers everything with the reason.
 */
async function refuseFromNowOn({ calls, clock }: LifecycleContext, error: unknown): Promise<void> {
  if (calls.isBroken) return;
  const problem = new Problem({
    code: 'internal',
    summary: 'The provider broke',
    detail: `${describe(error)}\n\nThis is a bug in browserstack-iac; please report it with the steps that led here. What was sent before may have been carried out: look at the next plan before you apply it.`,
    cause: error,
  });
  calls.breakOff(problem, { writes: false });
  // A write may have nothing to do with it: then its answer says what became of it.
  await clock.sleep(LAST_WRITE);
  calls.breakOff(problem, { writes: true });
}

async function watchParent(
  { host, clock, calls, provider, logger }: LifecycleContext,
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
