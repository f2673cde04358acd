// Changing a key: rotated, kept, or recovered. A failed update does not taint, so the prior state stays.

import { Problem } from '../../errors.ts';
import type { WriteOperation } from '../../lifecycle/operation.ts';
import { isUnknown } from '../../schema/value.ts';
import type { Session } from '../session.ts';
import { adoptedInstead } from './diagnostics.ts';
import { keyFingerprint } from './fingerprint.ts';
import { namesOf } from './planning/planned.ts';
import { recoveredKey } from './planning/recovered.ts';
import { currentKey, optionsOf, seal } from './rotation/current-key.ts';
import { KeyLost } from './rotation/problems.ts';
import { rotateKey } from './rotation/rotate.ts';
import { type Decision, decideRotation } from './schedule/decision.ts';
import type { AccessKeyState, PlannedAccessKey } from './schema.ts';
import { type Configured, configuredIn, keptState, recoveredState, rotatedState } from './state.ts';

type Write = WriteOperation<Session, AccessKeyState>;

export async function update(
  planned: PlannedAccessKey,
  prior: AccessKeyState,
  op: Write,
): Promise<AccessKeyState> {
  const recovered = await recover(planned, prior, op);
  if (recovered !== undefined) return recovered;
  return carryOut(decideRotation(prior, configuredIn(planned)), planned, prior, op);
}

/** The prior object as the planned one says, by a decision that was made of both. */
export async function carryOut(
  decision: Decision,
  planned: PlannedAccessKey,
  prior: AccessKeyState,
  op: Write,
): Promise<AccessKeyState> {
  const configured = configuredIn(planned);
  if (decision.kind === 'stop' || decision.kind === 'undecided')
    throw new Error(`a plan to ${decision.kind} was applied`);
  if (decision.kind !== 'rotate') return keep(keptState(prior, configured, decision, planned), prior, op);
  refuseUnplanned(prior, planned);
  return rotate(prior, configured, decision, op);
}

/** The state with the key that the user gave for the lost one; `undefined` where there is no such case. */
export async function recover(
  planned: PlannedAccessKey,
  prior: AccessKeyState,
  op: Write,
): Promise<AccessKeyState | undefined> {
  const configured = configuredIn(planned);
  // What is configured is part of what is planned.
  const key = recoveredKey(prior, configured as PlannedAccessKey);
  if (key === undefined) return undefined;
  const fingerprint = keyFingerprint(prior.username, key);
  const sealed = await seal(configured, prior.username, { key, fingerprint });
  return recoveredState(prior, configured, { ...namesOf(prior), key, fingerprint, sealed }, op.clock.now());
}

async function rotate(
  prior: AccessKeyState,
  configured: Configured,
  decision: Extract<Decision, { readonly kind: 'rotate' }>,
  op: Write,
): Promise<AccessKeyState> {
  try {
    const rotation = await rotateKey(prior.username, prior.key_fingerprint, op, optionsOf(configured, prior));
    if (rotation.outcome === 'adopted') op.warn(adoptedInstead(prior.username));
    const state = rotatedState(prior, configured, rotation, decision, op.clock.now());
    op.save(state);
    return state;
  } catch (error) {
    // The prior state, prior triggers included: what was wished for stays wished for.
    if (error instanceof KeyLost) op.save({ ...prior, rotation_status: 'lost' });
    throw error;
  }
}

/** No rotation; but the export or the escrow may just begin. */
async function keep(kept: AccessKeyState, prior: AccessKeyState, op: Write): Promise<AccessKeyState> {
  const exporting = kept.export_access_key && prior.access_key === null;
  const sealing = kept.escrow_recipient !== null && kept.escrow_recipient !== prior.escrow_recipient;
  const escrowed = kept.escrow_recipient === null ? null : prior.escrowed_access_key;
  const state = {
    ...kept,
    access_key: kept.export_access_key ? prior.access_key : null,
    escrowed_access_key: escrowed,
  };
  if (!exporting && !sealing) return state;
  const { key, sealed } = await currentKey(kept, prior, op);
  return {
    ...state,
    access_key: exporting ? key.reveal() : state.access_key,
    escrowed_access_key: sealing ? (sealed ?? null) : escrowed,
  };
}

/** What the plan did not show, the apply does not do. */
function refuseUnplanned(prior: AccessKeyState, planned: PlannedAccessKey): void {
  if (isUnknown(planned.key_fingerprint)) return;
  throw new Problem({
    code: 'stale',
    summary: `The plan does not rotate the key of ${prior.username}`,
    detail: 'Something changed since it was made. Nothing was rotated; plan again.',
  });
}
