// The states of a pair that are made of its configuration. Pure.

import { isWhollyKnown } from '../../schema/value.ts';
import { adoptedDates, dueDate, keyVersion, type ListedKey } from '../access-key/index.ts';
import type { CredentialPairState, PlannedCredentialPair } from './schema.ts';

/** What the user wrote, as it stands in state. */
export type Configured = Pick<
  CredentialPairState,
  | 'username_a'
  | 'username_b'
  | 'triggers'
  | 'rotate_after_days'
  | 'minimum_age_days'
  | 'jitter_days'
  | 'window'
  | 'adopted_key_age'
  | 'consumers'
  | 'export_access_key'
  | 'wait_for_adoption'
>;

function configuredOf(given: PlannedCredentialPair | CredentialPairState) {
  return {
    username_a: given.username_a,
    username_b: given.username_b,
    triggers: given.triggers ?? null,
    rotate_after_days: given.rotate_after_days ?? null,
    minimum_age_days: given.minimum_age_days ?? null,
    jitter_days: given.jitter_days ?? null,
    window: given.window ?? null,
    adopted_key_age: given.adopted_key_age ?? 'new',
    consumers: given.consumers ?? null,
    export_access_key: given.export_access_key ?? false,
    wait_for_adoption: given.wait_for_adoption ?? null,
  };
}

/** Terraform resolves everything configured before it applies; a leftover unknown is a bug of the engine. */
export function known(planned: PlannedCredentialPair): PlannedCredentialPair & Configured {
  const configured = configuredOf(planned);
  if (!isWhollyKnown(configured)) throw new Error('a configured value is still unknown at apply');
  // Just checked.
  return configured as PlannedCredentialPair & Configured;
}

/** An import knows the two user names only. */
export function imported(prior: CredentialPairState): Configured {
  return configuredOf(prior) as Configured;
}

export function adopted(configured: Configured, a: ListedKey, b: ListedKey, seen: Date): CredentialPairState {
  const dates = adoptedDates(configured, seen);
  return {
    ...configured,
    active_slot: 'a',
    username: configured.username_a,
    identifier: a.identifier,
    team: teamOf(a, b),
    access_key: configured.export_access_key ? a.credentials.accessKey.reveal() : null,
    key_fingerprint: a.fingerprint,
    key_version: keyVersion(a.fingerprint),
    idle_username: configured.username_b,
    idle_identifier: b.identifier,
    idle_key_fingerprint: b.fingerprint,
    idle_slot_status: 'spare',
    ...dates,
    rotation_due_at: dueDate(configured.username_a, dates, configured),
    rotation_status: 'current',
    rotation_reason: null,
    rotation_cause: null,
    rotation_pending: null,
    adoption_seen_at: null,
  };
}

/** A name for people only where there is one: both accounts may belong to different teams. */
export function teamOf(a: ListedKey, b: ListedKey): string | null {
  return a.team === b.team ? a.team : null;
}
