import type { Chances } from '../chances.ts';
import type { Strike } from './process.ts';
import type { Mishap, Target } from './proxy.ts';

const LISTS: readonly Target[] = ['accounts', 'teams'];

/**
 * What goes wrong in one run of a program that is about to do `wanted`: one to three things, most often where it hurts.
 * @param strikes What can happen to the program itself.
 */
export function drawMishaps(
  chances: Chances,
  wanted: readonly [Target, ...Target[]],
  strikes: readonly [Strike, ...Strike[]],
): readonly Mishap[] {
  const mishaps: Mishap[] = [];
  if (chances.below(3) === 0) mishaps.push(drawStrike(chances, wanted, strikes));
  if (mishaps.length === 0 || chances.below(2) === 0) mishaps.push(drawAtWrite(chances, wanted));
  if (chances.below(2) === 0) mishaps.push(drawAtList(chances));
  if (chances.below(4) === 0) mishaps.push(drawAtRead(chances, 'try'));
  return mishaps;
}

const STATUSES = [400, 401, 403, 404, 409, 422, 429, 500, 502, 503, 504] as const;

function drawAtWrite(chances: Chances, wanted: readonly [Target, ...Target[]]): Mishap {
  const where = { target: chances.oneOf(...wanted), nth: 1, times: chances.oneOf(1, 1, 2) };
  const when = chances.oneOf('before', 'after', 'after', 'after');
  const status = chances.oneOf(...STATUSES);
  return chances.oneOf<() => Mishap>(
    () => ({ kind: 'reset', when, ...where }),
    () => ({ kind: 'half', ...where }),
    () => ({ kind: 'twice', ...where }),
    () => ({ kind: 'page', status, when, ...where }),
    () => ({ kind: 'page', status: 200, when, ...where }),
    // What the service itself says at the door is believed: it has no effect then.
    () => ({ kind: 'error', status, when: isAtTheDoor(status) ? 'before' : when, ...where }),
    () => ({ kind: 'wrong date', days: chances.oneOf(-365, -1, 1, 365), ...where }),
  )();
}

const isAtTheDoor = (status: number) => status === 401 || status === 403 || status === 429;

function drawAtList(chances: Chances): Mishap {
  const target = chances.oneOf<Target>('accounts', 'accounts', 'accounts', 'teams');
  const where = { target, nth: 1 + chances.below(4), times: 1 };
  return chances.oneOf<() => Mishap>(
    () => ({ kind: 'empty list', ...where }),
    () => ({ kind: 'old list', ago: 1 + chances.below(6), ...where }),
    () => ({ kind: 'old list', ago: 99, ...where }),
    () => drawAtRead(chances, target),
  )();
}

/** How far lists lag behind, in seconds: not at all, for a moment, or for longer than anybody looks. */
export function drawLag(chances: Chances): number {
  return chances.oneOf(0, 0, 0, 5, 20, 50, 90);
}

function drawAtRead(chances: Chances, target: Target): Mishap {
  const where = { target, nth: 1 + chances.below(3), times: chances.oneOf(1, 2, 5) };
  const when = chances.oneOf('before' as const, 'after' as const);
  return chances.oneOf<() => Mishap>(
    () => ({ kind: 'reset', when, ...where }),
    () => ({ kind: 'half', ...where }),
    () => ({ kind: 'twice', ...where }),
    () => ({ kind: 'page', status: chances.oneOf(200, 401, 403, 404, 502, 503), when, ...where }),
    () => ({ kind: 'wrong date', days: chances.oneOf(-365, 365), ...where }),
  )();
}

function drawStrike(
  chances: Chances,
  wanted: readonly [Target, ...Target[]],
  strikes: readonly [Strike, ...Strike[]],
): Mishap {
  const target = chances.oneOf<Target>(...wanted, ...wanted, ...LISTS, 'try');
  const when = chances.oneOf('before' as const, 'after' as const, 'heard' as const);
  return {
    kind: 'strike',
    how: chances.oneOf(...strikes),
    when,
    target,
    nth: 1 + chances.below(2),
    times: 1,
  };
}
