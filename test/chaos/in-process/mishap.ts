import type { FaultRule } from '../../../src/emulator/faults/faults.ts';
import type { Chances } from '../chances.ts';
import type { Kill } from './network.ts';

/** What goes wrong at one rotation. */
export interface Mishap {
  readonly kind:
    | 'nothing'
    | 'fault'
    | 'killed'
    | 'killed while planning'
    | 'state write refused'
    | 'state restored from a backup'
    | 'planned without refresh'
    | 'list lags behind afterwards'
    | 'applied twice'
    | 'applied a day later'
    | 'two at once'
    | 'planned before it was due';
  readonly faults?: readonly FaultRule[];
  readonly kill?: Kill;
}

const RECYCLE = '/automate/recycle_key.json';
const LIST = '/user/service-accounts';
const PROBE = '/automate/plan.json';

/**
 * @param merciful The old key lives on for a while. Then nobody can tell an old list from a new one, nor keep two who
 *   rotate at once apart, so neither happens; but a call that is repeated rotates again, and that shows.
 */
export function drawMishap(chances: Chances, due: boolean, merciful: boolean): Mishap {
  if (merciful) return drawMercifulMishap(chances);
  const kind = chances.oneOf<Mishap['kind']>(
    'fault',
    'fault',
    'fault',
    'killed',
    'killed',
    'killed while planning',
    'state write refused',
    'state restored from a backup',
    'applied twice',
    'applied a day later',
    'two at once',
    'two at once',
    'planned without refresh',
    'list lags behind afterwards',
    due ? 'planned before it was due' : 'fault',
  );
  switch (kind) {
    case 'fault':
      return { kind, faults: drawFaults(chances) };
    case 'planned before it was due':
    case 'list lags behind afterwards':
      return { kind };
    case 'killed':
      return { kind, kill: drawKill(chances, 4), ...maybeFaults(chances) };
    case 'killed while planning':
      return { kind, kill: drawKill(chances, 1), ...maybeFaults(chances) };
    case 'two at once':
      return {
        kind,
        ...(chances.oneOf(true, false) ? { kill: drawKill(chances, 3) } : maybeFaults(chances)),
      };
    default:
      return { kind, ...maybeFaults(chances) };
  }
}

function drawMercifulMishap(chances: Chances): Mishap {
  const faults = [answerFault(chances, RECYCLE)];
  const kind = chances.oneOf<Mishap['kind']>('fault', 'fault', 'killed', 'state write refused');
  return kind === 'killed' ? { kind, kill: drawKill(chances, 4) } : { kind, faults };
}

/** A list that shows what was true so long ago, until the faults are cleared. */
export const laggingList: FaultRule = { kind: 'stale-list', seconds: 50, path: LIST, times: 'always' };

/** A run makes so many requests, or fewer. */
function drawKill(chances: Chances, requests: number): Kill {
  return { request: 1 + chances.below(requests), side: chances.oneOf<Kill['side']>('before', 'after') };
}

function maybeFaults(chances: Chances): { readonly faults?: readonly FaultRule[] } {
  return chances.oneOf(true, false) ? { faults: drawFaults(chances) } : {};
}

function drawFaults(chances: Chances): readonly FaultRule[] {
  const faults = [answerFault(chances, RECYCLE)];
  if (chances.oneOf(true, false)) faults.push(answerFault(chances, chances.oneOf(LIST, PROBE)));
  // The list lags behind: for a moment, or for longer than anybody waits.
  if (chances.below(3) === 0)
    faults.push({ kind: 'stale-list', seconds: chances.oneOf(3, 12, 50), path: LIST, times: 'always' });
  return faults;
}

function answerFault(chances: Chances, path: string): FaultRule {
  const when = chances.oneOf<'before' | 'after'>('before', 'after');
  const nth = path === RECYCLE ? 1 : 1 + chances.below(2);
  const where = { path, nth };
  return chances.oneOf<() => FaultRule>(
    () => ({ kind: 'drop', when, ...where }),
    () => ({ kind: 'reset', ...where }),
    () => ({ kind: 'status', status: chances.oneOf(500, 502, 503, 504), when, ...where }),
    () => ({ kind: 'html', when, ...where }),
    // For a moment, or for longer than anybody tries.
    () => ({ kind: 'throttle', seconds: 4, ...where, times: chances.oneOf(2, 20) }),
    () => ({ kind: 'refuse', seconds: 1, ...where }),
    () => ({ kind: 'missing-field', field: 'new_key', ...where }),
  )();
}
