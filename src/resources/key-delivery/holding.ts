// What a store was read back to hold, against what it should hold. It may hold anything at all, so nothing of it is ever
// shown: neither a text nor the fingerprint of one that could be guessed.

import { Secret } from '../../secret.ts';
import { keyFingerprint } from '../access-key/index.ts';

/** The credential that a store should hold, and how it is written down there. */
export interface Credential {
  readonly username: string;
  readonly key_fingerprint: string;
  readonly username_field: string;
  readonly access_key_field: string;
}

/** What a store holds, in that light. */
export type Holding =
  | { readonly kind: 'right' }
  /** Of this account, as far as the store says; dead, unless it is the account's before a rotation. */
  | { readonly kind: 'other-key' }
  | { readonly kind: 'other-account'; readonly username: string }
  /** No text where the key should be. */
  | { readonly kind: 'no-key' };

export function holdingOf(stored: string, { key_fingerprint: expected, ...credential }: Credential): Holding {
  const { username, key } = read(stored, credential);
  if (key === undefined) return { kind: 'no-key' };
  if (username !== undefined && username !== credential.username) return { kind: 'other-account', username };
  const right = keyFingerprint(credential.username, new Secret(key)) === expected;
  return { kind: right ? 'right' : 'other-key' };
}

/** Whose credential a store says it holds. */
export function usernameIn(stored: string, fields: Omit<Credential, 'key_fingerprint'>): string | undefined {
  return read(stored, fields).username;
}

interface StoredCredential {
  /** Absent where the store keeps the bare key. */
  readonly username: string | undefined;
  readonly key: string | undefined;
}

function read(
  stored: string,
  { username_field, access_key_field }: Omit<Credential, 'key_fingerprint'>,
): StoredCredential {
  const document = objectIn(stored);
  // Files and forms end with a line break; no key does.
  if (document === undefined) return { username: undefined, key: textOf(stored.trim()) };
  return { username: textOf(document[username_field]), key: textOf(document[access_key_field]) };
}

function objectIn(text: string): Readonly<Record<string, unknown>> | undefined {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return undefined; // no JSON: the bare key
  }
  // A JSON object has string keys and anything below them.
  return typeof parsed === 'object' && parsed !== null ? (parsed as Record<string, unknown>) : undefined;
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
