// Signs and words for what happens, used by every output for people.

import type { Change, Kind } from '../change.ts';
import type { Verdict } from '../review.ts';

export const VERDICT_SIGNS: Readonly<Record<Verdict, string>> = {
  quiet: '⚪',
  ok: '🟢',
  look: '🟡',
  danger: '🔴',
  refused: '⛔',
};

const KIND_SIGNS: Readonly<Record<Kind, readonly [sign: string, word: string]>> = {
  create: ['➕', 'new'],
  adopt: ['🔑', 'adopted'],
  rotate: ['🔄', 'rotates'],
  may_rotate: ['❓', 'may rotate'],
  switch: ['🔀', 'changes over'],
  may_switch: ['❓', 'may change over'],
  replace: ['🔁', 'replaced'],
  delete: ['🗑️', 'deleted'],
  abandon: ['👋', 'let go'],
  forget: ['👋', 'forgotten'],
  update: ['✏️', 'changed'],
  move: ['🏷️', 'moved'],
  restart: ['📄', 'begun anew'],
  held_back: ['⏸️', 'held back'],
  waiting: ['⏳', 'waits'],
  unknown: ['⚠️', 'unknown'],
};

/** "🔁 replaced". */
export function signOf({ kind, type, cause }: Change): string {
  const [sign, word] = KIND_SIGNS[kind];
  if (kind === 'adopt' && type !== 'browserstack_access_key' && type !== 'browserstack_credential_pair')
    return '📥 taken over';
  if (kind === 'adopt' && cause.code === 'external') return '🕵️ rotated elsewhere';
  if (kind === 'create' && type === 'browserstack_user') return '✉️ invited';
  return `${sign} ${word}`;
}
