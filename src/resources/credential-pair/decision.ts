// Whether the accounts of a pair change places, and why: as for a key, but that a credential may still be in use.

import { type Decision, decideRotation } from '../access-key/index.ts';
import { POLICY } from './planned.ts';
import type { CredentialPairState, PlannedCredentialPair } from './schema.ts';

/** @param requested Whether the replacement of the pair was asked for. */
export function decide(
  prior: CredentialPairState,
  planned: PlannedCredentialPair,
  requested = false,
): Decision {
  // Whoever waits for consumers protects the retired credential as much as a date does.
  const status = prior.rotation_status === 'unadopted' ? 'young' : prior.rotation_status;
  const state = { ...prior, rotation_status: status };
  const overlap = prior.idle_slot_status === 'retired';
  return decideRotation(state, { ...planned, ...POLICY }, { overlap, requested });
}
