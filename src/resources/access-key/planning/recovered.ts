import { isUnknown } from '../../../schema/value.ts';
import { Secret } from '../../../secret.ts';
import { keyFingerprint } from '../fingerprint.ts';
import type { AccessKeyState, PlannedAccessKey } from '../schema.ts';

/** A new key that the user gives for one that was lost; `undefined` when there is no such case. */
export function recoveredKey(prior: AccessKeyState, planned: PlannedAccessKey): Secret | undefined {
  const given = planned.current_access_key;
  if (prior.rotation_status !== 'lost' || given === null || isUnknown(given)) return undefined;
  const key = new Secret(given);
  return keyFingerprint(prior.username, key) === prior.key_fingerprint ? undefined : key;
}
