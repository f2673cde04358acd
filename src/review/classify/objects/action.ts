// What an action does: it has no row among the changes of a plan, and rotates a key all the same.

import { type Change, highest, NO_BLAST } from '../../change.ts';
import type { ActionInvocation, PlanDocument } from '../../plan/plan-document.ts';
import { PREFIX } from '../../plan/resource-change.ts';
import { withoutInstances } from '../accounts.ts';
import type { Facts } from '../facts.ts';
import { levelOf } from './object.ts';

const ROTATES = 'browserstack_rotate_access_key';

export function classifyActions(facts: Facts): readonly Change[] {
  const ours = facts.document.actions.filter(({ type }) => type.startsWith(PREFIX));
  return ours.map((action, index) =>
    action.type === ROTATES ? rotation(action, index, facts) : unknownAction(action, index),
  );
}

function rotation(action: ActionInvocation, index: number, facts: Facts): Change {
  const { username, reason, deferred } = action;
  const account = facts.accounts.withUsername(username);
  const { identifier, team } = account?.before ?? account?.after ?? keyOf(username, facts.document) ?? {};
  const kind = deferred || username === undefined ? 'may_rotate' : 'rotate';
  return {
    ...baseOf(action, index),
    kind,
    level: levelOf(kind),
    type: 'browserstack_access_key',
    name: identifier ?? username ?? action.address,
    ...(identifier == null ? {} : { identifier }),
    ...(team === undefined ? {} : { team }),
    ...(username === undefined ? {} : { username }),
    cause: { code: 'request', attributes: [], triggers: [] },
    undo: kind === 'rotate' ? 'no' : 'partly',
    breaks: kind === 'rotate',
    consumers: consumersOf(username, facts),
    blast: { ...NO_BLAST, keys: kind === 'rotate' ? 1 : 0 },
    remarks: [{ code: 'by_action', level: 'ok', reason, triggeredBy: action.triggeredBy }],
  };
}

function unknownAction(action: ActionInvocation, index: number): Change {
  return {
    ...baseOf(action, index),
    kind: 'unknown',
    level: highest(['look', levelOf('unknown')]),
    type: action.type,
    name: action.address,
    cause: { code: 'configuration', attributes: [], triggers: [] },
    undo: 'no',
    breaks: false,
    consumers: [],
    blast: NO_BLAST,
    remarks: [{ code: 'unknown_type', level: 'look' }],
  };
}

/** One action may be invoked by several triggers: each is a change of its own. */
function baseOf({ address }: ActionInvocation, index: number) {
  return {
    id: `${address} (${index})`,
    address,
    shown: address,
    block: withoutInstances(address),
    deliveries: [],
    differences: [],
  };
}

/** The key of this user name, where this configuration manages it. */
function keyOf(username: string | undefined, { prior, planned }: PlanDocument) {
  const found = [...planned, ...prior].find(
    (object) => object.type === 'browserstack_access_key' && object.values.username === username,
  );
  return found?.type === 'browserstack_access_key' && username !== undefined ? found.values : undefined;
}

function consumersOf(username: string | undefined, { accounts, document }: Facts): readonly string[] {
  const account = accounts.withUsername(username);
  const declared = [
    ...(keyOf(username, document)?.consumers ?? []),
    ...((account?.after ?? account?.before)?.consumers ?? []),
  ];
  return [...new Set(declared)];
}
