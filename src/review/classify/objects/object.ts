// What holds for every object, whatever its type: what the row means, why it is there, and what is left to say.

import { type Cause, type Change, type Kind, type Level, NO_BLAST, type Remark } from '../../change.ts';
import type { ResourceChange } from '../../plan/resource-change.ts';
import { withoutInstances } from '../accounts.ts';
import { differencesOf } from '../differences.ts';
import type { Facts } from '../facts.ts';

const BY_REQUEST = new Set(['replace_by_request', 'replace_because_tainted', 'replace_by_triggers']);

/** `undefined` for a row that does nothing. */
export function kindOf(change: ResourceChange): Kind | undefined {
  const { action, before, importing, previousAddress } = change;
  switch (action) {
    case 'create':
      return 'create';
    case 'update':
      return importing ? 'adopt' : 'update';
    case 'no-op':
      if (importing) return 'adopt';
      return previousAddress === undefined ? undefined : 'move';
    case 'replace':
    case 'forget-and-create':
      return 'replace';
    case 'delete':
      return isAbandoned(before) ? 'abandon' : 'delete';
    case 'forget':
      return 'forget';
    case 'read':
      return undefined;
    case 'unknown':
      return 'unknown';
  }
}

function isAbandoned(before: object | undefined): boolean {
  return before !== undefined && 'deletion_policy' in before && before.deletion_policy === 'abandon';
}

export function isByRequest({ actionReason }: ResourceChange): boolean {
  return actionReason !== undefined && BY_REQUEST.has(actionReason);
}

export function causeOf(change: ResourceChange): Cause {
  const { action, replacePaths } = change;
  const code = isByRequest(change)
    ? 'request'
    : (action === 'replace' || action === 'forget-and-create') && replacePaths.length > 0
      ? 'replace_path'
      : 'configuration';
  return { code, attributes: replacePaths, triggers: [] };
}

/** The parts of a change that a noun says nothing special about. */
export function baseOf(change: ResourceChange, kind: Kind, name: string) {
  return {
    id: change.deposed ? `${change.address} (deposed)` : change.address,
    kind,
    type: change.type,
    address: change.address,
    shown: change.address,
    block: withoutInstances(change.address),
    ...(change.previousAddress === undefined ? {} : { previousAddress: change.previousAddress }),
    name,
    cause: causeOf(change),
    undo: 'yes',
    breaks: false,
    consumers: [],
    deliveries: [],
    blast: NO_BLAST,
    differences: kind === 'move' ? [] : differencesOf(change),
  } as const satisfies Partial<Change>;
}

/** How much a kind alone makes a person look. */
export function levelOf(kind: Kind): Level {
  switch (kind) {
    case 'create':
    case 'adopt':
    case 'update':
    case 'move':
      return 'ok';
    case 'waiting':
      return 'quiet';
    case 'rotate':
    case 'may_rotate':
    case 'switch':
    case 'may_switch':
    case 'abandon':
    case 'forget':
    case 'restart':
    case 'held_back':
      return 'look';
    case 'replace':
    case 'delete':
    case 'unknown':
      return 'danger';
  }
}

/** What there is to say about any object, besides what its kind says. */
export function commonRemarks(change: ResourceChange, { driftOf, madeAnew }: Facts): readonly Remark[] {
  const remarks: Remark[] = [];
  const anew = change.action === 'delete' && !change.deposed ? madeAnew(change) : undefined;
  if (anew !== undefined) remarks.push({ code: 'made_anew', level: 'look', at: anew });
  if (change.action === 'unknown')
    remarks.push({ code: 'unknown_action', level: 'danger', actions: change.actions });
  if (change.deposed) remarks.push({ code: 'left_behind', level: 'look' });
  if (change.action === 'create' && driftOf(change.address)?.action === 'delete')
    remarks.push({ code: 'made_again', level: 'look' });
  return remarks;
}

interface Protected {
  readonly deletion_protection: boolean | null;
  readonly deletion_policy: string | null;
}

/** Protection switched on or off; null is the default. */
export function protectionRemarks(
  before: Protected | undefined,
  after: Protected | undefined,
): readonly Remark[] {
  if (before === undefined || after === undefined) return [];
  const remarks: Remark[] = [];
  const [was, is] = [before.deletion_protection ?? true, after.deletion_protection ?? true];
  if (was && !is) remarks.push({ code: 'protection_off', level: 'look' });
  if (!was && is) remarks.push({ code: 'protection_on', level: 'ok' });
  const [abandoned, abandons] = [isAbandoned(before), isAbandoned(after)];
  if (!abandoned && abandons) remarks.push({ code: 'abandon_set', level: 'look' });
  if (abandoned && !abandons) remarks.push({ code: 'abandon_unset', level: 'look' });
  return remarks;
}
