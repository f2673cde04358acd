import { type Change, highest, NO_BLAST, type Remark } from '../../change.ts';
import type { ChangeOf } from '../../plan/resource-change.ts';
import type { Facts } from '../facts.ts';
import { onlyNotes, waitingOf } from '../rotations/held-back.ts';
import { rotationCause } from '../rotations/rotation-cause.ts';
import { scheduleRemarks } from '../rotations/schedule.ts';
import { ageOf, credentialFacts, exportRemarks } from './credential.ts';
import { baseOf, causeOf, commonRemarks, kindOf, levelOf } from './object.ts';

type Row = ChangeOf<'browserstack_credential_pair'>;
type Verdict = Pick<Change, 'kind' | 'cause'> & { readonly remarks?: readonly Remark[] };

export function classifyPair(change: Row, facts: Facts): Change | undefined {
  const verdict = verdictOf(change, facts);
  if (verdict === undefined) return undefined;
  const { kind, cause } = verdict;
  const { before, after } = change;
  const shared = credentialFacts(change, facts);
  const remarks: Remark[] = [
    ...commonRemarks(change, facts),
    ...(verdict.remarks ?? []),
    ...exportRemarks(change, kind, facts),
    ...(cause.code === 'cascade' ? [] : scheduleRemarks(change)),
  ];
  const cutOff = remarks.some(({ code }) => code === 'no_overlap');
  return {
    ...baseOf(change, kind, shared.identifier ?? shared.username ?? change.address),
    ...shared,
    ...ageOf(after ?? before),
    ...(kind === 'switch' && after?.username != null ? { newUsername: after.username } : {}),
    level:
      cause.code === 'cascade' && !cutOff
        ? 'ok'
        : highest([ownLevel(change, kind, cause), ...remarks.map(({ level }) => level)]),
    cause,
    undo: kind === 'switch' || cause.code === 'cascade' ? 'no' : kind === 'may_switch' ? 'partly' : 'yes',
    breaks: cutOff,
    blast: NO_BLAST,
    remarks,
  };
}

function ownLevel(change: Row, kind: Change['kind'], { code }: Change['cause']): Change['level'] {
  if (kind === 'update' && onlyNotes(change)) return 'quiet';
  if (code === 'cascade') return 'ok';
  // Nobody is cut off by a pair that is another one from now on: the accounts of both live.
  return kind === 'replace' ? 'look' : levelOf(kind);
}

function verdictOf(change: Row, facts: Facts): Verdict | undefined {
  const { action, before, after, unknown } = change;
  switch (action) {
    case 'create':
      return { kind: 'adopt', cause: causeOf(change) };
    case 'replace':
    case 'forget-and-create':
      return replaced(change, facts);
    case 'delete':
    case 'forget':
      return { kind: 'forget', cause: cascadeOf(change, facts) ?? causeOf(change) };
    case 'update':
      if (change.importing) return { kind: 'adopt', cause: causeOf(change) };
      if (unknown.has('active_slot') || unknown.has('generation'))
        return {
          kind: 'may_switch',
          cause: { code: 'trigger', attributes: ['triggers'], triggers: change.unknownTriggers },
        };
      if (before?.active_slot !== after?.active_slot)
        return { kind: 'switch', cause: rotationCause(change, facts.document.timestamp) };
      return (
        facts.heldBack(change) ??
        waitingOf(change, facts.document.timestamp) ?? { kind: 'update', cause: causeOf(change) }
      );
    case 'no-op':
    case 'read': {
      const pending = facts.heldBack(change) ?? waitingOf(change, facts.document.timestamp);
      if (pending !== undefined) return pending;
      const kind = kindOf(change);
      return kind && { kind, cause: causeOf(change) };
    }
    case 'unknown':
      return { kind: 'unknown', cause: causeOf(change) };
  }
}

function replaced(change: Row, facts: Facts): Verdict {
  const cascade = cascadeOf(change, facts);
  if (cascade === undefined) return onlyThePair(change);
  const gone = [change.before?.username_a, change.before?.username_b].filter((username) =>
    isReplaced(username, facts),
  );
  return {
    kind: 'replace',
    cause: cascade,
    remarks: gone.length === 2 ? [{ code: 'no_overlap', level: 'danger' }] : [],
  };
}

/** Both accounts stay, and no key rotates: what changes is which of them the pair stands for. It begins with slot a. */
function onlyThePair(change: Row): Verdict {
  const { before, after, unknown } = change;
  const cause = causeOf(change);
  const known = !unknown.has('username_a') && !unknown.has('username_b');
  const same = before?.username_a === after?.username_a && before?.username_b === after?.username_b;
  const from = before?.username ?? '?';
  const to = unknown.has('username_a') ? 'an account that is not known yet' : (after?.username_a ?? '?');
  const remarks: readonly Remark[] = from === to ? [] : [{ code: 'other_account', level: 'look', from, to }];
  return { kind: known && same ? 'restart' : 'replace', cause, remarks };
}

function cascadeOf(change: Row, facts: Facts) {
  const account = [change.before?.username_a, change.before?.username_b]
    .filter((username) => isReplaced(username, facts))
    .map((username) => facts.accounts.withUsername(username))
    .at(0);
  return account === undefined
    ? undefined
    : { ...causeOf(change), code: 'cascade' as const, follows: account.address };
}

function isReplaced(username: string | null | undefined, facts: Facts): boolean {
  const action = facts.accounts.withUsername(username)?.change?.action;
  return action === 'delete' || action === 'replace' || action === 'forget' || action === 'forget-and-create';
}
