// Objects of BrowserStack that this version of the review does not know: a newer provider has more kinds.

import { type Change, highest, NO_BLAST } from '../../change.ts';
import { type ForeignChange, PREFIX } from '../../plan/resource-change.ts';
import { withoutInstances } from '../accounts.ts';
import { levelOf } from './object.ts';

const KINDS = {
  create: 'create',
  update: 'update',
  delete: 'delete',
  replace: 'replace',
  forget: 'forget',
  'forget-and-create': 'replace',
  unknown: 'unknown',
} as const;

/** A delivery is told with the key that it delivers. */
const TOLD_ELSEWHERE = new Set(['browserstack_key_delivery']);

export function isOurs({ type }: ForeignChange): boolean {
  return type.startsWith(PREFIX);
}

export function classifyUnknownType({ action, address, type }: ForeignChange): Change | undefined {
  if (action === 'no-op' || action === 'read' || TOLD_ELSEWHERE.has(type)) return undefined;
  const kind = KINDS[action];
  return {
    id: address,
    kind,
    level: highest(['look', levelOf(kind)]),
    type,
    address,
    shown: address,
    block: withoutInstances(address),
    name: address,
    cause: { code: 'configuration', attributes: [], triggers: [] },
    undo: kind === 'create' ? 'partly' : 'no',
    breaks: false,
    consumers: [],
    deliveries: [],
    blast: NO_BLAST,
    differences: [],
    remarks: [{ code: 'unknown_type', level: 'look' }],
  };
}
