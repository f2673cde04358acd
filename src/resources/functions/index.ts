// Functions for configurations: the same arguments and environment give the same, so that any engine may call them at
// any time, as often as it likes.

export { credentialJson } from './credential-json.ts';
export { hubUrl } from './hub-url.ts';
export { keyFingerprintFunction } from './key-fingerprint.ts';
export { rotationDueAt } from './rotation-due-at.ts';
