// The most keys that one plan may rotate.

import { engineCommand } from '../../../engine-command.ts';
import { Problem } from '../../../errors.ts';
import type { PlanOperation } from '../../../lifecycle/resource.ts';
import type { Session } from '../../session.ts';
import { refuseSelfLockout } from '../diagnostics.ts';
import type { Decision } from '../schedule/decision.ts';

/** A rotation that a plan intends. */
export interface IntendedRotation {
  /** Whose key is rotated. */
  readonly username: string;
  /** `by age`: the command line can rotate it too, a few at a time. */
  readonly cause: 'by age' | 'otherwise';
}

/** What this run has planned, by user name. Terraform asks about each object more than once. */
const intended = new WeakMap<Session, Map<string, IntendedRotation>>();

/**
 * Counts a rotation that this run plans.
 * @throws Problem `refused` for the first one that is more than the provider allows, whenever it is asked about. That
 *   one error stops the plan, which goes on to show all the others with their reasons; hundreds of errors would hide
 *   them. It names them all, so it waits for them. (Terraform asks about each object alone, and all answers must agree
 *   each time, so nobody could choose which ones may go ahead.)
 */
export async function countRotation(
  rotation: IntendedRotation,
  { session, beside }: Pick<PlanOperation<Session>, 'session' | 'beside'>,
): Promise<void> {
  if (session === undefined) return;
  const rotations = intended.get(session) ?? new Map<string, IntendedRotation>();
  intended.set(session, rotations.set(rotation.username, rotation));
  const cap = session.settings.maxRotationsPerApply;
  if (cap === undefined || [...rotations.keys()].indexOf(rotation.username) !== cap) return;
  await beside?.everyoneWasAsked();
  throw overTheCap(cap, [...rotations.values()]);
}

/** Before a rotation is planned. @throws Problem `refused` for the key that this runs on, and over the cap */
export async function admitRotation(
  username: string,
  decision: Decision | undefined,
  op: PlanOperation<Session>,
): Promise<void> {
  refuseSelfLockout(username, op.session);
  const byAge = decision?.kind === 'rotate' && decision.cause === 'age';
  await countRotation({ username, cause: byAge ? 'by age' : 'otherwise' }, op);
}

function overTheCap(cap: number, rotations: readonly IntendedRotation[]): Problem {
  const named = (cause: IntendedRotation['cause']) =>
    rotations
      .filter((one) => one.cause === cause)
      .map(({ username }) => username)
      .sort()
      .join(', ');
  const [byAge, otherwise] = [named('by age'), named('otherwise')];
  const lists = [
    ...(byAge === '' ? [] : [`for their age ${byAge}`]),
    ...(otherwise === '' ? [] : [`for another reason, which the plan names, ${otherwise}`]),
  ];
  const ways = [
    ...(byAge === '' || cap === 0
      ? []
      : [
          `rotate those that are due by age with "${engineCommand(`state pull | browserstack-iac rotate-due --state - --max ${cap}`)}", which takes the oldest and carries the rest over; the next plan adopts what it rotated`,
        ]),
    `apply ${cap === 0 ? 'everything else' : `${cap} of them at a time`}: name resources with -target=ADDRESS, or leave others out with -exclude=ADDRESS (OpenTofu from 1.9)`,
    ...(otherwise === '' ? [] : ['change the triggers of fewer keys at a time']),
    'raise max_rotations_per_apply',
    'spread due dates with jitter_days and window',
  ];
  return new Problem({
    code: 'refused',
    diagnostic: 'too_many_rotations',
    summary: `This plan would rotate more than ${cap} access ${cap === 1 ? 'key' : 'keys'}`,
    detail: `max_rotations_per_apply is ${cap}, and ${rotations.length} are to be rotated, as far as they were planned: ${lists.join('; ')}. Nothing was rotated. Ways out, any of them: ${ways.map((way, index) => `(${index + 1}) ${way}`).join('; ')}. (The cap counts the keys of one provider configuration: each alias has its own.)`,
  });
}
