// A rotation that somebody asked for and that this plan does not make.

import type { Cause, Remark } from '../../change.ts';
import type { Block } from '../../plan/configuration.ts';
import type { Diagnostic } from '../../plan/diagnostics.ts';
import type { Credential } from '../../plan/resource-change.ts';
import { differencesOf } from '../differences.ts';
import { rotationCause } from './rotation-cause.ts';

export interface HeldBack {
  readonly kind: 'held_back';
  readonly cause: Cause;
  readonly remarks: readonly Remark[];
}

export interface Waiting {
  readonly kind: 'waiting';
  readonly cause: Cause;
  readonly remarks: readonly Remark[];
}

/** What the provider notes down about a rotation: nothing is sent because of it, and nobody is concerned. */
const NOTES = new Set(['rotation_reason', 'rotation_cause', 'rotation_pending', 'rotation_status']);

/** Whether a change of a credential does nothing but note down what was true before. */
export function onlyNotes(change: Credential): boolean {
  const { action, importing, before, after } = change;
  if (action !== 'update' || importing || before === undefined || after === undefined) return false;
  return differencesOf(change).every(({ attribute }) => NOTES.has(attribute));
}

/** A rotation that is due and waits for its window, in a plan that does nothing else to the credential. */
export function waitingOf(change: Credential, now: Date | undefined): Waiting | undefined {
  const { action, before } = change;
  const does = action === 'update' && !onlyNotes(change);
  if (does || before?.rotation_status !== 'waiting') return undefined;
  return {
    kind: 'waiting',
    cause: rotationCause(change, now),
    remarks: [{ code: 'still_due', level: 'quiet' }],
  };
}

/**
 * Told by the attribute or, by older versions of the provider, in a warning; and where there are no diagnostics, by
 * triggers that are written as literals: held back means that they are planned as they were.
 */
export function heldBackOf(
  change: Credential,
  block: Block | undefined,
  diagnostics: readonly Diagnostic[],
  now: Date | undefined,
): HeldBack | undefined {
  const warned = diagnostics.some(({ code, address }) => code === 'held_back' && address === change.address);
  const pending = pendingTriggers(change, block);
  const told = change.after?.rotation_pending != null && change.after.rotation_status !== 'waiting';
  if (!told && !warned && pending.length === 0) return undefined;
  const cause = rotationCause(change, now);
  return {
    kind: 'held_back',
    cause:
      pending.length === 0
        ? cause
        : { ...cause, code: 'trigger', attributes: ['triggers'], triggers: pending },
    remarks: [],
  };
}

function pendingTriggers({ after, unknown }: Credential, block: Block | undefined): readonly string[] {
  const written = block?.triggers;
  if (written === undefined || after === undefined || unknown.has('triggers')) return [];
  return [...written].flatMap(([name, value]) => {
    const planned = after.triggers.get(name);
    return planned !== undefined && planned !== value ? [name] : [];
  });
}
