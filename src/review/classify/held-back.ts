// A rotation that somebody asked for and that this plan does not make.

import type { Cause, Remark } from '../change.ts';
import type { Block } from '../plan/configuration.ts';
import type { Diagnostic } from '../plan/diagnostics.ts';
import type { Credential } from '../plan/resource-change.ts';
import { rotationCause } from './rotation-cause.ts';

export interface HeldBack {
  readonly kind: 'held_back';
  readonly cause: Cause;
  readonly remarks: readonly Remark[];
}

/**
 * Told by the provider's warning; and where there are no diagnostics, by triggers that are written as literals: held
 * back means that they are planned as they were.
 */
export function heldBackOf(
  change: Credential,
  block: Block | undefined,
  diagnostics: readonly Diagnostic[],
  now: Date | undefined,
): HeldBack | undefined {
  const warned = diagnostics.some(({ code, address }) => code === 'held_back' && address === change.address);
  const pending = pendingTriggers(change, block);
  if (!warned && pending.length === 0) return undefined;
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
