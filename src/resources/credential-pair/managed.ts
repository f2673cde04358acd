import type { Problem } from '../../errors.ts';
import { type ManagedKey, managedKeyOf } from '../access-key/index.ts';
import { credentialPairSchema } from './schema.ts';

/** What a state knows of a pair: the active key, and whose turn is next. */
export interface ManagedPair extends ManagedKey {
  readonly idle_username: string;
  readonly idle_key_fingerprint: string;
}

/** The pair in the stored values of one, and everything about them that is not as this version writes it. */
export function managedPairOf(values: unknown): {
  readonly key: ManagedPair;
  readonly problems: readonly Problem[];
} {
  return managedKeyOf<ManagedPair>(credentialPairSchema, values, ['idle_username', 'idle_key_fingerprint']);
}
