// The codes of this provider's diagnostics. Since they have one it stands in brackets; version 0.1.0 had none, so its
// sentences are known here, and only here.

import type { DiagnosticCode } from '../../diagnostics/index.ts';

const BRACKETED = /\[([a-z][a-z0-9_]*)\]\s*$/u;

const SENTENCES: readonly (readonly [code: DiagnosticCode, summary: RegExp])[] = [
  ['account_replaced', /^Service account ".*" gets a new user name and a new key$/su],
  ['consumers_lose_account', /^Service account ".*" has consumers that lose it$/su],
  ['lives_on', /is no longer managed and (lives on|stays in the organization)$/su],
  ['protected', /is protected against deletion$/su],
  ['exists_already', /^A (service account|team) ".*" exists already$/su],
  ['exists_already', /belongs to the organization already$/su],
  ['too_many_rotations', /^This plan would rotate more than \d+ access keys?$/su],
  ['own_key', /^This would rotate the key that the provider runs on$/su],
  ['own_account', /is the one this provider runs on$/su],
  ['rotated_elsewhere', /^The access key of ".*" was rotated elsewhere$/su],
  ['stopped_by_rotation_elsewhere', /^The access key of \S+ was rotated elsewhere$/su],
  ['held_back', /^The rotation of .* is held back$/su],
  ['may_rotate', /^The access key of .* may be rotated$/su],
  ['key_lost', /^The access key of .* is lost$/su],
  ['list_lags', /^The list shows an old key of /su],
  ['plan_takes_long', /^This plan needs at least \d+ requests/su],
  ['product_kept', /^\S+@\S+ keeps /su],
  ['managed_elsewhere', /^The access key of \S+ is managed at another address, which this plan destroys$/su],
  ['cannot_be_changed', /^The (role|team) of .* cannot be changed here$/su],
  ['team_replaced', /^Team ".*" is replaced by an empty one$/su],
  ['gone', /^(Service account|Team) ".*" is gone$/su],
  ['gone', /^The account of the access key of \S+ is gone$/su],
];

/** The code of one of our diagnostics; `undefined` for what another provider or the engine said. */
export function codeOf(summary: string, detail: string): string | undefined {
  const written = BRACKETED.exec(summary)?.[1] ?? BRACKETED.exec(detail)?.[1];
  return written ?? SENTENCES.find(([, sentence]) => sentence.test(summary))?.[0];
}
