// The beginning and the end of a key's object. The key belongs to its account: it is there before, and lives on.

import type { Problem } from '../../errors.ts';
import type { WriteOperation } from '../../lifecycle/operation.ts';
import type { Session } from '../session.ts';
import { hadOneAlready, rotatedByRequest, startedAnew, takenMeanwhile } from './diagnostics.ts';
import { keyVersion } from './fingerprint.ts';
import { isTaken, takeKey } from './planning/holders.ts';
import { decideSuccession, keySuccession } from './planning/plan-new.ts';
import { type Predecessor, stillRequested } from './planning/succession.ts';
import { currentKey, optionsOf } from './rotation/current-key.ts';
import { type ListedKey, listKey, lookAt } from './rotation/key-lookup.ts';
import { rotateKey } from './rotation/rotate.ts';
import { changedDates, dueDate, rotatedDates } from './schedule/status.ts';
import type { AccessKeyState, PlannedAccessKey } from './schema.ts';
import { adoptedState, configuredIn } from './state.ts';
import { carryOut, recover } from './update.ts';

type Write = WriteOperation<Session, AccessKeyState>;

/** Adopts the key as it is; or goes on where an object of the same account ended in this run. */
export function create(planned: PlannedAccessKey, op: Write): Promise<AccessKeyState> {
  const configured = configuredIn(planned);
  const { username } = configured;
  return keySuccession.inTurn(op.session, username, async () => {
    const predecessor = keySuccession.predecessor(op.session, username);
    if (predecessor !== undefined) return succeed(predecessor, planned, op);
    const state = adoptedState(configured, await currentKey(configured, undefined, op), op.clock.now());
    op.save(state);
    const { key_fingerprint: fingerprint, schedule_base: since } = state;
    keySuccession.make(op.session, username, { fingerprint, since });
    return state;
  });
}

/** The key as an object of another type takes it over: from now on no end of an object of this run kills it. */
export function takeOver(session: Session, username: string): Promise<ListedKey> {
  return keySuccession.inTurn(session, username, () => {
    takeKey(username, session);
    return listKey(session, username);
  });
}

async function succeed(
  { state: prior, requested, announced }: Predecessor<AccessKeyState>,
  planned: PlannedAccessKey,
  op: Write,
): Promise<AccessKeyState> {
  // Whatever goes wrong from here on: the old object is gone, and what was asked for must not be.
  op.save(requested ? { ...prior, ...stillRequested } : prior);
  if (!announced) throw hadOneAlready(prior);
  const decision = decideSuccession(prior, planned, requested);
  const state = (await recover(planned, prior, op)) ?? (await carryOut(decision, planned, prior, op));
  if (decision.kind === 'rotate' && requested)
    op.warn(rotatedByRequest(`The access key of "${state.identifier ?? state.username}"`));
  return state;
}

/** Forgets, unless the key is to die with its object. */
export function destroy(state: AccessKeyState, op: Write, farewell?: string): Promise<void> {
  const { session } = op;
  const { username } = state;
  const end = (ended: AccessKeyState) =>
    keySuccession.end(session, username, {
      state: ended,
      requested: farewell === 'requested',
      announced: farewell !== undefined,
    });
  return keySuccession.inTurn(session, username, async () => {
    if (farewell === 'requested' || farewell === 'kept') return end(state);
    const newcomer = keySuccession.newcomer(session, username);
    if (newcomer !== undefined) return endAfter(newcomer.since, state, op);
    if (state.rotate_on_destroy && isTaken(session, username)) throw spared(state, op, takenMeanwhile(state));
    end(state.rotate_on_destroy ? await kill(state, op) : state);
  });
}

/** The new object has adopted the key already: it must not die now. */
function endAfter(since: string, state: AccessKeyState, op: Write): void {
  if (!state.rotate_on_destroy && since <= state.schedule_base) return;
  throw spared(state, op, startedAnew(state));
}

/** What is left of the old object is destroyed by the next apply, and must not kill the key then. */
function spared(state: AccessKeyState, op: Write, problem: Problem): Problem {
  op.save({ ...state, rotate_on_destroy: false });
  return problem;
}

/** The object as it would be after the rotation, for one of the same account that may follow. */
async function kill(state: AccessKeyState, op: Write): Promise<AccessKeyState> {
  const lookup = await lookAt(op.session, state.username, { blind: true });
  if (lookup.kind === 'gone') return state;
  const options = { ...optionsOf(state, state), kept: true };
  const { key, fingerprint, at, sealed } = await rotateKey(
    state.username,
    state.key_fingerprint,
    op,
    options,
  );
  const now = op.clock.now();
  const dates = at === undefined ? changedDates(state, now) : rotatedDates(state.username, state, false, at);
  const due = dueDate(state.username, dates, state);
  return {
    ...state,
    ...dates,
    access_key: state.export_access_key ? key.reveal() : null,
    escrowed_access_key: sealed ?? state.escrowed_access_key,
    key_fingerprint: fingerprint,
    key_version: keyVersion(fingerprint),
    rotation_due_at: due,
  };
}
