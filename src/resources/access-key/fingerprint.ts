import { createHmac } from 'node:crypto';
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
