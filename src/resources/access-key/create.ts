// The beginning and the end of a key's object. The key belongs to its account: it is there before, and lives on.

import { Problem } from '../../errors.ts';
import type { WriteOperation } from '../../lifecycle/operation.ts';
import { isUnknown } from '../../schema/value.ts';
import type { Session } from '../session.ts';
import { rotatedByRequest, startedAnew } from './diagnostics.ts';
import { decideSuccession, keySuccession } from './planning/plan-new.ts';
import { type Predecessor, stillRequested } from './planning/succession.ts';
import { currentKey, optionsOf } from './rotation/current-key.ts';
import { lookAt } from './rotation/key-lookup.ts';
import { rotateKey } from './rotation/rotate.ts';
import { changedDates, dueDate, rotatedDates } from './schedule/status.ts';
import type { AccessKeyState, PlannedAccessKey } from './schema.ts';
import { adoptedState, configuredIn } from './state.ts';
import { carryOut, recover } from './update.ts';

type Write = WriteOperation<Session, AccessKeyState>;

/** Adopts the key as it is; or goes on where an object of the same account ended in this run. */
export async function create(planned: PlannedAccessKey, op: Write): Promise<AccessKeyState> {
  const configured = configuredIn(planned);
  const predecessor = keySuccession.predecessor(op.session, configured.username);
  if (predecessor !== undefined) return succeed(predecessor, planned, op);
  const state = adoptedState(configured, await currentKey(configured, undefined, op), op.clock.now());
  op.save(state);
  const { key_fingerprint: fingerprint, schedule_base: since } = state;
  keySuccession.make(op.session, configured.username, { fingerprint, since });
  return state;
}

async function succeed(
  { state: prior, requested }: Predecessor<AccessKeyState>,
  planned: PlannedAccessKey,
  op: Write,
): Promise<AccessKeyState> {
  // Whatever goes wrong from here on: the old object is gone, and what was asked for must not be.
  op.save(requested ? { ...prior, ...stillRequested } : prior);
  const decision = decideSuccession(prior, planned, requested);
  refuseOtherCount(prior, planned, decision.kind === 'rotate');
  const state = (await recover(planned, prior, op)) ?? (await carryOut(decision, planned, prior, op));
  if (decision.kind === 'rotate' && requested)
    op.warn(rotatedByRequest(`The access key of "${state.identifier ?? state.username}"`));
  return state;
}

/** A plan that did not see the old object promises a first one: nobody can keep that, and an age besides. */
function refuseOtherCount(prior: AccessKeyState, planned: PlannedAccessKey, rotates: boolean): void {
  const { generation } = planned;
  if (isUnknown(generation) || generation === prior.generation + (rotates ? 1 : 0)) return;
  throw new Problem({
    code: 'stale',
    summary: `The access key of ${prior.username} had an object already`,
    detail:
      'It ended in this very run, which the plan of the new one did not know. Nothing was rotated; apply again, and it goes on where the old one ended.',
  });
}

/** Forgets, unless the key is to die with its object. */
export async function destroy(state: AccessKeyState, op: Write, farewell?: string): Promise<void> {
  const { session } = op;
  const { username } = state;
  const end = (ended: AccessKeyState) =>
    keySuccession.end(session, username, { state: ended, requested: farewell === 'requested' });
  if (farewell === 'requested' || farewell === 'kept') return end(state);
  const newcomer = keySuccession.newcomer(session, username);
  if (newcomer !== undefined) return endAfter(newcomer.since, state, op);
  end(state.rotate_on_destroy ? await kill(state, op) : state);
}

/** The new object has adopted the key already: it must not die now. */
function endAfter(since: string, state: AccessKeyState, op: Write): void {
  if (!state.rotate_on_destroy && since <= state.schedule_base) return;
  // What is left of the old object is destroyed by the next apply, and must not kill the key then.
  op.save({ ...state, rotate_on_destroy: false });
  throw startedAnew(state);
}

/** The object as it would be after the rotation, for one of the same account that may follow. */
async function kill(state: AccessKeyState, op: Write): Promise<AccessKeyState> {
  const lookup = await lookAt(op.session, state.username, { blind: true });
  if (lookup.kind === 'gone') return state;
  const options = { ...optionsOf(state, state), kept: true };
  const { fingerprint, at } = await rotateKey(state.username, state.key_fingerprint, op, options);
  const now = op.clock.now();
  const dates = at === undefined ? changedDates(state, now) : rotatedDates(state.username, state, false, at);
  const due = dueDate(state.username, dates, state);
  return { ...state, ...dates, key_fingerprint: fingerprint, rotation_due_at: due };
}
