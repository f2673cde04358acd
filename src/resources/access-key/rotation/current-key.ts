// The key of an account as it is, and what a rotation of it needs: for whoever begins to look after it.

import type { WriteOperation } from '../../../lifecycle/operation.ts';
import type { Secret } from '../../../secret.ts';
import type { Session } from '../../session.ts';
import { keyFingerprint } from '../fingerprint.ts';
import { found, knownKey } from '../read.ts';
import type { AccessKeyState } from '../schema.ts';
import type { Configured, Found } from '../state.ts';
import { type Escrow, rehearse, sealCredential, store } from './escrow.ts';
import { hiddenKey, type KeyLookup, lookAt, noSuchAccount } from './key-lookup.ts';

type Write = WriteOperation<Session, AccessKeyState>;

/** Sealed, where there is somebody to seal it to. */
export async function currentKey(
  configured: Configured,
  prior: AccessKeyState | undefined,
  { session }: Write,
): Promise<Found> {
  const { username } = configured;
  const known = (prior && knownKey(prior)) ?? knownKey({ ...configured, access_key: null });
  const lookup = await lookAt(session, username, { blind: known !== undefined });
  const seen = lookup.kind === 'seen' ? found(lookup.key) : unseen(username, known, lookup);
  return { ...seen, sealed: await seal(configured, username, seen) };
}

function unseen(
  username: string,
  known: Secret | undefined,
  lookup: Exclude<KeyLookup, { kind: 'seen' }>,
): Found {
  if (lookup.kind === 'gone') throw noSuchAccount(username);
  if (known === undefined) throw hiddenKey(username, lookup.reason);
  const names = { identifier: null, team: null };
  return { ...names, key: known, fingerprint: keyFingerprint(username, known), sealed: undefined };
}

export async function seal(
  configured: Configured,
  username: string,
  { key }: Pick<Found, 'key' | 'fingerprint'>,
): Promise<string | undefined> {
  const escrow = escrowOf(configured);
  if (escrow === undefined) return undefined;
  await rehearse(escrow);
  const credentials = { username, accessKey: key };
  const sealed = await sealCredential(escrow, credentials);
  await store(escrow, credentials, sealed);
  return sealed;
}

export function optionsOf(configured: Configured, prior: AccessKeyState) {
  return {
    knownKey: knownKey(prior) ?? knownKey({ ...configured, access_key: null }),
    escrow: escrowOf(configured),
    kept: configured.export_access_key,
  };
}

function escrowOf({ escrow_recipient, escrow_directory }: Configured): Escrow | undefined {
  if (escrow_recipient === null) return undefined;
  return { recipient: escrow_recipient, directory: escrow_directory ?? undefined };
}
