import type { FaultRule } from '../../emulator/faults.ts';
import type { Kill } from './network.ts';
import type { Chances } from './random.ts';

/** What goes wrong at one rotation. */
export interface Mishap {
  readonly kind:
    | 'nothing'
    | 'fault'
    | 'killed'
    | 'state write refused'
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

export function drawMishap(chances: Chances, due: boolean): Mishap {
  switch (chances.below(due ? 9 : 8)) {
    case 0:
      return { kind: 'state write refused', ...maybeFaults(chances) };
    case 1:
      return { kind: 'applied twice', ...maybeFaults(chances) };
    case 2:
      return { kind: 'applied a day later', ...maybeFaults(chances) };
    case 3:
    case 4: {
      const kill = { request: 1 + chances.below(4), side: chances.oneOf<Kill['side']>('before', 'after') };
      return { kind: 'killed', kill, ...maybeFaults(chances) };
    }
    case 5:
      return { kind: 'two at once', ...maybeFaults(chances) };
    case 8:
      return { kind: 'planned before it was due' };
    default:
      return { kind: 'fault', faults: drawFaults(chances) };
  }
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
    () => ({ kind: 'throttle', seconds: 4, ...where, times: 2 }),
    () => ({ kind: 'refuse', seconds: 1, ...where }),
    () => ({ kind: 'missing-field', field: 'new_key', ...where }),
  )();
}
