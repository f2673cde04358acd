import { createHmac } from 'node:crypto';
import type { ObjectValue } from '../../schema/value.ts';
import type { Secret } from '../../secret.ts';

/** Separates this use of HMAC from any other; a new version would change every fingerprint. */
const DOMAIN = 'browserstack-iac/access-key-fingerprint/v1';

/**
 * 16 hexadecimal digits that are the same for the same user name and key on every machine, differ for anything else,
 * and say nothing about the key (which carries about 119 random bits, so it cannot be guessed from them).
 */
export function keyFingerprint(username: string, key: Secret): string {
  return createHmac('sha256', key.reveal()).update(`${DOMAIN}\0${username}`).digest('hex').slice(0, 16);
}

/** Stores take versions as 32-bit integers, and some take none below 1. */
const LARGEST_VERSION = 2 ** 31 - 1;

/**
 * The fingerprint as a number from 1 to 2^31 - 1, for arguments such as `*_wo_version`: another one for another user
 * name or key, the same one for the same, whatever became of the resource in between.
 */
export function keyVersion(fingerprint: string): number {
  return 1 + (Number.parseInt(fingerprint.slice(0, 8), 16) % LARGEST_VERSION);
}

/** A stored key with its version, which states of 0.1.0 do not have. */
export function withKeyVersion(stored: ObjectValue): ObjectValue {
  const { key_fingerprint: fingerprint, key_version: version } = stored;
  return version === null && typeof fingerprint === 'string'
    ? { ...stored, key_version: keyVersion(fingerprint) }
    : stored;
}
